"""Archives, folders and standard input: what is packed, nested or piped reads as it does alone."""

from __future__ import annotations

import gzip
import io
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from oncopact.model import Failure, Release
from oncopact.readers import read, read_bytes
from oncopact.segment import segment
from oncopact.text import folded

CASES = Path(__file__).parent / "cases" / "readers"
EDGAR = "edgar/04-two-releases-and-an-agreement.txt"
NC = "edgar-nc/05-two-releases.nc"
PEM = "edgar-pem/05-sentence-over-a-page.txt"
PAGE = "pages/06-investor-page-with-widgets.html"
EXHIBIT = "sgml/01-sentence-over-a-page.txt"
HTML = "html/08-nested-divisions-of-2006.htm"
MARKDOWN = "markdown/01-front-matter.md"
PLAIN = "plain/15-london-notice.txt"
LINES = "json/02-json-lines.jsonl"
GERMAN = "json/09-other-language.json"


def case(name: str) -> bytes:
    return (CASES / name).read_bytes()


def zipped(members: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def told(result: Release | Failure) -> str:
    """A result without its name: sections, sentences and identity, or the reason why there are none."""
    if isinstance(result, Failure):
        return result.message.partition(": ")[2].replace(result.name, "")
    found = segment(result)
    sections = [section.kind.value for section in found.sections]
    sentences = [folded(sentence.span.of(found.text)) for sentence in found.sentences]
    return "\n".join([result.id, *sections, *sentences])


def alone(*names: str) -> list[str]:
    """What the cases give when each is read by itself."""
    return [told(result) for name in names for result in read_bytes(case(name), name=name)]


PACKED = {
    "a gzipped container": (gzip.compress(case(EDGAR)), [EDGAR]),
    "a gzipped page": (gzip.compress(case(PAGE)), [PAGE]),
    "a gzipped file of lines": (gzip.compress(case(LINES)), [LINES]),
    "twice gzipped": (gzip.compress(gzip.compress(case(PEM))), [PEM]),
    "two gzip streams in a row": (
        gzip.compress(case(PLAIN)[:200]) + gzip.compress(case(PLAIN)[200:]),
        [PLAIN],
    ),
    "a zip of one exhibit": (zipped({"ex99.txt": case(EXHIBIT)}), [EXHIBIT]),
    "a zip of several forms": (
        zipped({"c.htm": case(HTML), "a.nc": case(NC), "b.md": case(MARKDOWN)}),
        [NC, MARKDOWN, HTML],
    ),
    "a zip with folders in it": (zipped({"2003/b.txt": case(PEM), "2002/z.txt": case(EXHIBIT)}), [EXHIBIT, PEM]),
    "a zip of gzipped files": (
        zipped({"1.gz": gzip.compress(case(NC)), "2.gz": gzip.compress(case(PAGE))}),
        [NC, PAGE],
    ),
    "a zip in a zip beside a text in another language": (
        zipped({"a.json": case(GERMAN), "in.zip": zipped({"x.html": case(PAGE)})}),
        [GERMAN, PAGE],
    ),
}


@pytest.mark.parametrize("packed", PACKED)
def test_what_is_packed_reads_as_it_does_alone(packed: str) -> None:
    data, inside = PACKED[packed]
    results = list(read_bytes(data, name="packed"))
    assert [told(result) for result in results] == alone(*inside)
    names = [result.name if isinstance(result, Failure) else result.source.name for result in results]
    assert all(name.startswith("packed") for name in names)


FOLDERS = {
    "one file": ({"a.txt": case(PLAIN)}, [PLAIN]),
    "several forms, sorted by name": (
        {"c.htm": case(HTML), "a.nc": case(NC), "b.md": case(MARKDOWN)},
        [NC, MARKDOWN, HTML],
    ),
    "folders in folders, sorted by folder": ({"b/1.txt": case(PEM), "a/b/9.txt": case(EXHIBIT)}, [EXHIBIT, PEM]),
    "archives among files": ({"a.zip": zipped({"m": case(PAGE)}), "b.gz": gzip.compress(case(NC))}, [PAGE, NC]),
    "hidden files and folders are left out": (
        {".git/x": case(PEM), ".x.txt": case(PEM), "x.txt": case(PLAIN)},
        [PLAIN],
    ),
    "numbers sort as words do": ({"10.txt": case(PEM), "9.txt": case(PLAIN)}, [PEM, PLAIN]),
    "a text in another language": ({"a.json": case(GERMAN), "b.txt": case(PLAIN)}, [GERMAN, PLAIN]),
    "endings that say nothing": (
        {"a": case(PAGE), "b.data": case(EDGAR), "c.TXT": case(MARKDOWN)},
        [PAGE, EDGAR, MARKDOWN],
    ),
    "blanks and letters in names": ({"Märkte 2003/á b.txt": case(EXHIBIT)}, [EXHIBIT]),
    "an empty folder beside a file": ({"empty/": b"", "x.txt": case(PLAIN)}, [PLAIN]),
}


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_folder_reads_as_its_files_do(folder: str, tmp_path: Path) -> None:
    files, inside = FOLDERS[folder]
    for name, data in files.items():
        place = tmp_path / name
        place.parent.mkdir(parents=True, exist_ok=True)
        if name.endswith("/"):
            place.mkdir()
        else:
            place.write_bytes(data)
    assert [told(result) for result in read(tmp_path)] == alone(*inside)


PIPED = {
    "a container": (case(EDGAR), [EDGAR]),
    "an older container": (case(PEM), [PEM]),
    "the dissemination form": (case(NC), [NC]),
    "an exhibit": (case(EXHIBIT), [EXHIBIT]),
    "a page": (case(PAGE), [PAGE]),
    "Markdown": (case(MARKDOWN), [MARKDOWN]),
    "plain text with carriage returns": (case(PLAIN).replace(b"\n", b"\r\n"), [PLAIN]),
    "lines of JSON": (case(LINES), [LINES]),
    "a gzipped page": (gzip.compress(case(PAGE)), [PAGE]),
    "an archive": (zipped({"a": case(HTML), "b": case(PLAIN)}), [HTML, PLAIN]),
}


@pytest.mark.parametrize("piped", PIPED)
def test_standard_input_reads_as_a_file_does(piped: str, monkeypatch: pytest.MonkeyPatch) -> None:
    data, inside = PIPED[piped]

    class _Stream:
        buffer = io.BytesIO(data)

    monkeypatch.setattr(sys, "stdin", _Stream())
    results = list(read("-"))
    assert [told(result) for result in results] == alone(*inside)
    assert all(isinstance(r, Failure) or r.source.name.split("!")[0] == "-" for r in results)
