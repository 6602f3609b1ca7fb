"""Hostile input: refused in one clear line, or read as what it says, in bounded time and memory and with no network.

All inputs are read in one process of its own that may use little memory, gets little time and has no sockets; it
reports what each gave.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass

import pytest

PROGRAM = '''
import gzip, io, json, pathlib, resource, socket, struct, sys, time, zipfile

limit = 2_000 * 1024 * 1024
resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
resource.setrlimit(resource.RLIMIT_CPU, (240, 240))

def refuse(*_, **__):
    raise AssertionError("the network was touched")

socket.socket.connect = socket.create_connection = socket.getaddrinfo = refuse

from oncopact.model import Failure
from oncopact.readers import read_bytes
from oncopact.segment import segment

MB = 1024 * 1024
HEAD = "Alpha Licenses\\n\\nVIENNA, May 4, 2004 -- Alpha AG announced today that it licensed its antibody to Beta Inc."
HEAD += "\\n"

def zipped(*members):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return buffer.getvalue()

def lying(data):
    """An archive whose member says that it is small."""
    packed = bytearray(zipped(("a.txt", data)))
    central = packed.rindex(b"PK\\x01\\x02")
    struct.pack_into("<L", packed, central + 24, 10)
    return bytes(packed)

def link():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        item = zipfile.ZipInfo("link.txt")
        item.external_attr = 0o120777 << 16
        archive.writestr(item, "/etc/passwd")
    return buffer.getvalue()

def container(text):
    return ("<SEC-DOCUMENT>x\\n<DOCUMENT>\\n<TYPE>EX-99.1\\n<TEXT>\\n" + text + "\\n</TEXT>\\n</DOCUMENT>\\n").encode()

def nested(levels):
    data = HEAD.encode()
    for _ in range(levels):
        data = zipped(("in.zip", data))
    return data

def page(entities, end):
    return f'<?xml version="1.0"?><!DOCTYPE x [{entities}]><html><body><p>{HEAD}{end}</p></body></html>'.encode()

laughs = "".join(f'<!ENTITY a{n} "{("&a%d;" % (n - 1)) * 10}">' for n in range(1, 10))
PATHS = ("../../up.txt", "/root.txt", "a\\\\..\\\\..\\\\b.txt", "C:x")
INPUTS = {
    "a zip bomb": lambda: zipped(("a.txt", bytes(140 * MB))),
    "many small zip bombs": lambda: zipped(*((f"{n}.txt", bytes(30 * MB)) for n in range(8))),
    "a zip that lies about its size": lambda: lying(bytes(40 * MB)),
    "zips in zips": lambda: nested(12),
    "a gzip bomb": lambda: gzip.compress(bytes(140 * MB), 1),
    "a gzip bomb in a gzip": lambda: gzip.compress(gzip.compress(bytes(140 * MB), 1)),
    "a truncated gzip": lambda: gzip.compress(HEAD.encode() * 99)[:-9],
    "a gzip of noise": lambda: b"\\x1f\\x8b\\x08\\x00" + bytes(range(256)) * 9,
    "a zip cut short": lambda: zipped(("a.txt", HEAD.encode() * 99))[:-30],
    "paths that climb out": lambda: zipped(*((path, HEAD) for path in PATHS)),
    "a link in an archive": link,
    "a line of a hundred megabytes": lambda: b"ab " * (34 * MB),
    "a line of a hundred megabytes in a container": lambda: container("ab " * (30 * MB)),
    "a tag of twenty megabytes": lambda: b"<html><body><p " + b"x" * (20 * MB) + b">" + HEAD.encode(),
    "twenty megabytes of short lines": lambda: (HEAD + "more of it.\\n" * (2 * MB)).encode(),
    "NUL bytes": lambda: HEAD.replace(" ", "\\0").encode(),
    "a NUL byte": lambda: HEAD.encode() + b"\\0",
    "XML entities that grow": lambda: page(f'<!ENTITY a0 "ha">{laughs}', "&a9;"),
    "external entities": lambda: page(
        '<!ENTITY f SYSTEM "file:///etc/passwd"><!ENTITY n SYSTEM "http://x.invalid/">', "&f;&n;"
    ),
    "a page that wants other pages": lambda: page(
        "", '<iframe src="http://x.invalid/"></iframe><img src="http://x.invalid/p">'
    ),
    "a million open tags": lambda: b"<html><body>" + b"<div><b>" * 200_000 + HEAD.encode(),
    "nested tables": lambda: b"<html><body>" + b"<table><tr><td>" * 50_000 + HEAD.encode(),
    "unclosed quotes": lambda: b"<html><body>" + b'<a href="' * 100_000 + HEAD.encode(),
    "nested JSON": lambda: b'{"a":' * 200_000 + b"1",
    "nested lists of JSON": lambda: b"[" * 500_000,
    "unclosed links of Markdown": lambda: b"# T\\n\\n" + b"[a](" * 100_000 + HEAD.encode(),
    "blanks and breaks": lambda: (HEAD + " \\n\\t" * 300_000).encode(),
    "one letter": lambda: b"a" * (20 * MB),
    "a picture set into a page": lambda: page("", '<img src="data:image/png;base64,' + "AbCd" * MB + '">'),
}

def most_memory():
    # what getrusage tells of a new process begins with the size of the one that started it
    status = pathlib.Path("/proc/self/status")
    if status.exists():
        return int(status.read_text().split("VmHWM:")[1].split()[0]) // 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024

for name, make in INPUTS.items():
    data = make()
    start = time.process_time()
    told = []
    for result in read_bytes(data, name="x"):
        if isinstance(result, Failure):
            told.append(result.message)
        else:
            told.append([sentence.span.of(result.text)[:200] for sentence in segment(result).sentences][:50])
    seconds = time.process_time() - start
    del data
    memory = most_memory()
    print(json.dumps([name, told, seconds, memory]), flush=True)
'''


@dataclass(frozen=True, slots=True)
class Told:
    """What an input gave: a message for a refusal, sentences for a release; processor seconds; megabytes so far."""

    results: list[str | list[str]]
    seconds: float
    memory: int

    @property
    def refusals(self) -> list[str]:
        return [result for result in self.results if isinstance(result, str)]

    @property
    def sentences(self) -> list[str]:
        return [sentence for result in self.results if not isinstance(result, str) for sentence in result]


@pytest.fixture(scope="module")
def told() -> dict[str, Told]:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    return {name: Told(results, seconds, memory) for name, results, seconds, memory in lines}


REFUSED = {
    "a zip bomb": "larger than",
    "many small zip bombs": "larger than",
    "a zip that lies about its size": "",
    "zips in zips": "nested too deep",
    "a gzip bomb": "larger than",
    "a gzip bomb in a gzip": "larger than",
    "a truncated gzip": "cut short",
    "a gzip of noise": "cut short or broken",
    "a zip cut short": "cut short",
    "paths that climb out": "out of the archive",
    "a link in an archive": "",
    "a line of a hundred megabytes": "too long",
    "a line of a hundred megabytes in a container": "too long",
    "a tag of twenty megabytes": "longer than",
    "twenty megabytes of short lines": "longer than",
    "NUL bytes": "binary",
    "a NUL byte": "binary",
    "nested JSON": "broken",
    "nested lists of JSON": "no record",
    "unclosed links of Markdown": "without running text",
    "one letter": "longer than",
}


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_in_one_clear_line(name: str, told: dict[str, Told]) -> None:
    found = told[name]
    assert found.refusals
    assert not found.sentences
    for message in found.refusals:
        assert message.startswith("x")
        assert ": " in message
        assert "; " in message, "a message says what to do"
        assert "\n" not in message
        assert "passwd" not in message
    assert any(REFUSED[name] in message for message in found.refusals)


READ = (
    "XML entities that grow",
    "external entities",
    "a page that wants other pages",
    "a million open tags",
    "nested tables",
    "blanks and breaks",
    "a picture set into a page",
)


@pytest.mark.parametrize("name", READ)
def test_it_is_read_as_what_it_says_and_nothing_is_fetched_or_expanded(name: str, told: dict[str, Told]) -> None:
    found = told[name]
    assert not found.refusals
    said = " ".join(" ".join(found.sentences).split())
    assert "Alpha AG announced today that it licensed its antibody to Beta Inc." in said
    assert "haha" not in said
    assert "root:" not in said


def test_tags_that_never_close_are_text(told: dict[str, Told]) -> None:
    assert told["unclosed quotes"].sentences[0].startswith("<a href=")


def test_every_input_has_an_outcome(told: dict[str, Told]) -> None:
    assert set(told) == {*REFUSED, *READ, "unclosed quotes"}


def test_nothing_takes_long_or_much_memory(told: dict[str, Told]) -> None:
    slow = {name: found.seconds for name, found in told.items() if found.seconds > 20}
    assert not slow
    assert max(found.memory for found in told.values()) < 700
