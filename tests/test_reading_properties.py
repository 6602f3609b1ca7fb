"""Properties of reading, on releases that are made up: the form, the container and the line ends change nothing."""

from __future__ import annotations

import gzip
import html
import io
import json
import textwrap
import zipfile
from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from oncopact.model import Document, Failure, Release
from oncopact.readers import read_bytes
from oncopact.segment import segment
from oncopact.text import folded

NAMES = ["Alpha AG", "Beta Inc.", "Halden Bio AS", "R&D Labs Ltd.", "Schönau GmbH", "Kitano Seiyaku K.K."]
SENTENCES = [
    "{one} today announced that it has licensed its antibody to {two}.",
    "{two} pays $1.5 million now and 3.5% of sales.",
    "The U.S. Food and Drug Administration cleared No. 1 of {one}’s conjugates.",
    "“We are pleased,” said Jo Roe, Ph.D., of {two}.",
    "It binds FRα < 5 nM & more.",
    "Under the agreement, {one} will supply huN901-DM1 to {two} at 5 p.m. each day.",
]
WORDS = st.lists(
    st.sampled_from(["Alpha", "licensed", "its antibody", "to", "Beta", "Inc.", "“TAP”", "\n", "\n\n", "5%", "a-b"]),
    min_size=5,
    max_size=60,
)
PLAIN = (
    "Alpha Takes Licence\n\nVIENNA, Austria, 15 October 2002 - Alpha AG today announced that it has taken a licence\n"
    "to Beta Inc.’s antibody. Alpha pays €2 million.\n"
)
FRAMES = ["{}", "<html><p>{}", "# T\n{}", "<PAGE>\n{}", '{{"body": "{}"}}', "<SUBMISSION>{}"]


@dataclass(frozen=True, slots=True)
class Made:
    """A release before it has a form."""

    title: str
    paragraphs: tuple[str, ...]
    about: str

    def wrapped(self) -> str:
        """As plain text with lines of 72 characters."""
        blocks = [self.title, *self.paragraphs, f"About {self.about}", f"{self.about} makes antibodies for cancer."]
        return "\n\n".join("\n".join(textwrap.wrap(block, 72, break_on_hyphens=False)) for block in blocks) + "\n"

    def markup(self) -> str:
        """As the body of a page."""
        blocks = [f"<h1>{html.escape(self.title)}</h1>", *(f"<p>{html.escape(text)}</p>" for text in self.paragraphs)]
        blocks += [f"<p><b>About {html.escape(self.about)}</b></p>"]
        blocks += [f"<p>{html.escape(self.about)} makes antibodies for cancer.</p>"]
        return "\n".join(blocks)

    def forms(self) -> dict[str, bytes]:
        """In every form."""
        text, markup = self.wrapped(), self.markup()
        escaped = html.escape(text, quote=False)
        head = "<SEC-DOCUMENT>x\nACCESSION NUMBER:\t\t0000912345-04-000042\n"
        document = f"<DOCUMENT>\n<TYPE>EX-99.1\n<TEXT>\n{escaped}\n</TEXT>\n</DOCUMENT>\n"
        first, *rest = text.split("\n\n")
        pages = "\n\n-more-\n<PAGE>\n\n".join(["\n\n".join([first, rest[0]]), "\n\n".join(rest[1:])])
        return {
            "plain": text.encode(),
            "utf-16": text.encode("utf-16"),
            "windows": text.replace("\n", "\r\n").encode("utf-8-sig"),
            "sgml": pages.replace("&", "&amp;").replace("<", "&lt;").replace("&lt;PAGE>", "<PAGE>").encode(),
            "edgar": (head + document).encode(),
            "pem": f"-----BEGIN PRIVACY-ENHANCED MESSAGE-----\nProc-Type: 2001\n\n{head}{document}".encode(),
            "html": f"<html><body><nav>Home</nav><article>{markup}</article></body></html>".encode(),
            "json": json.dumps({"body": text, "title": self.title}).encode(),
            "json of html": json.dumps({"html": f"<div>{markup}</div>"}, ensure_ascii=False).encode(),
            "gzip": gzip.compress(text.encode()),
            "zip": zipped(text.encode()),
        }


def zipped(data: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("m.txt", data)
    return buffer.getvalue()


@st.composite
def made(draw: st.DrawFn) -> Made:
    one, two = draw(st.permutations(NAMES))[:2]
    body = draw(st.lists(st.sampled_from(SENTENCES), min_size=2, max_size=6))
    texts = [sentence.format(one=one, two=two).replace("..", ".") for sentence in (SENTENCES[0], *body)]
    split = draw(st.integers(1, len(texts)))
    place = draw(st.sampled_from(["VIENNA, Austria, May 4, 2004 -- ", "BOSTON--(BUSINESS WIRE)--May 4, 2004-- "]))
    parts = [" ".join(texts[:split]), " ".join(texts[split:])]
    return Made(f"{one} Licenses Antibody to {two}", tuple(filter(None, (place + parts[0], parts[1]))), one)


def only(data: bytes) -> Release:
    (release,) = read_bytes(data, name="x")
    assert isinstance(release, Release), release
    return release


def told(found: Document) -> list[tuple[str, str]]:
    return [(sentence.kind.value, folded(sentence.span.of(found.text))) for sentence in found.sentences]


@settings(max_examples=40, deadline=None)
@given(made())
def test_a_release_says_the_same_in_every_form(release: Made) -> None:
    forms = {name: segment(only(data)) for name, data in release.forms().items()}
    wanted = told(forms["plain"])
    assert [text for kind, text in wanted if kind == "headline"] == [release.title]
    assert ("about", f"{release.about} makes antibodies for cancer.") in wanted
    for name, found in forms.items():
        assert told(found) == wanted, name
        assert found.issued == forms["plain"].issued, name
    assert len({found.release.id for found in forms.values()}) == 1


@settings(max_examples=30, deadline=None)
@given(made())
def test_every_character_of_every_form_leads_to_itself_in_the_source(release: Made) -> None:
    forms = release.forms()
    for name in ("plain", "windows", "sgml", "edgar", "pem", "html", "json of html"):
        source = forms[name].decode("utf-8-sig")
        found = only(forms[name])
        for at, character in enumerate(found.text):
            if character.isalnum():
                assert source[found.offsets.to_source(at)] == character, name
    escaped, found = forms["json"].decode(), only(forms["json"])
    for at, character in enumerate(found.text):
        if character.isalnum() and character.isascii():
            assert escaped[found.offsets.to_source(at)] == character


@settings(max_examples=30, deadline=None)
@given(made())
def test_spans_are_what_they_say_and_lie_in_their_sections(release: Made) -> None:
    for data in release.forms().values():
        found = segment(only(data))
        for section in found.sections:
            for sentence in (s for s in found.sentences if found.sections[s.section] is section):
                assert section.span.covers(sentence.span)
                assert found.text[sentence.span.start : sentence.span.end] == sentence.span.of(found.text)
                for quote in sentence.quoted:
                    assert sentence.span.covers(quote)
                    assert quote.of(found.text).strip('“”"') == quote.of(found.text).strip('“”"').strip()


@settings(max_examples=60, deadline=None)
@given(WORDS)
def test_offsets_of_plain_text_lead_to_the_character_in_the_source(words: list[str]) -> None:
    source = PLAIN + " ".join(words)
    release = only(source.encode())
    for at, character in enumerate(release.text):
        if character.isalpha():
            assert source[release.offsets.to_source(at)] == character


@settings(max_examples=40, deadline=None)
@given(WORDS)
def test_packing_and_line_endings_change_nothing(words: list[str]) -> None:
    data = (PLAIN + " ".join(words)).encode()
    wanted = only(data)
    for other in (gzip.compress(data), zipped(data), data.replace(b"\n", b"\r\n"), data.replace(b"\n", b"\r")):
        assert (only(other).id, only(other).text) == (wanted.id, wanted.text)


@settings(max_examples=60, deadline=None)
@given(WORDS)
def test_reading_what_was_read_changes_nothing(words: list[str]) -> None:
    text = only((PLAIN + " ".join(words)).encode()).text
    assert folded(only(text.encode()).text) == folded(text)


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_give_results_and_no_exception(data: bytes) -> None:
    assert all(isinstance(result, Release | Failure) for result in read_bytes(data, name="x"))


@settings(max_examples=60, deadline=None)
@given(
    st.text(max_size=300),
    st.sampled_from(["{}", "<html><p>{}", "# T\n{}", "<PAGE>\n{}", '{{"body": "{}"}}', "<SUBMISSION>{}"]),
)
def test_any_text_in_any_frame_gives_results_and_spans_that_hold(text: str, frame: str) -> None:
    for result in read_bytes(frame.format(PLAIN + text).encode("utf-8", "surrogatepass"), name="x"):
        if isinstance(result, Release):
            found = segment(result)
            assert all(0 <= s.span.start < s.span.end <= len(found.text) for s in found.sentences)
