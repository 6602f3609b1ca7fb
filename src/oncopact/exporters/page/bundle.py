"""One file that holds everything: template, styles, scripts and data, so that it opens from disk without a network.

The page's own policy forbids all that it does not hold itself: scripts and styles run only with the hashes below,
nothing is fetched, and no script may turn text into markup. Data stands in blocks that no browser runs, in JSON whose
every character that could end a block is written as an escape.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Final

from oncopact.exporters.page.frame import Json

_SCRIPTS: Final = (
    "data.js",
    "dom.js",
    "routes.js",
    "icons.js",
    "facts.js",
    "network.js",
    "drawing.js",
    "lists.js",
    "timeline.js",
    "reading.js",
    "main.js",
)
"""Our own scripts, in the order in which they run."""

_STYLES: Final = ("base.css", "views.css", "panel.css")
"""Our styles, in the order in which they hold."""

_VENDORED: Final = "vendor/cytoscape-3.34.4.min.js"
_UNSAFE: Final = re.compile("[<>&\u0000-\u001f\u007f-\u009f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")


def bundled(content: Mapping[str, Json], texts: Iterator[tuple[str, Mapping[str, Json]]], *, title: str) -> str:
    """The page.

    Args:
        content: The data but the texts.
        texts: Pairs of a release's id and its reading.
        title: Of the page.
    """
    style = styles()
    vendored, own = asset(_VENDORED), scripts()
    blocks = [_block("content", content), *(_block(f"text-{release}", reading) for release, reading in texts)]
    parts = {
        "POLICY": policy((vendored, own), (style,)),
        "TITLE": html.escape(title, quote=True),
        "STYLE": style,
        "DATA": "\n".join(blocks),
        "VENDORED": vendored,
        "SCRIPT": own,
    }
    return re.sub(r"\{\{([A-Z]+)\}\}", lambda match: parts[match[1]], asset("page.html")) + "\n"


def policy(ran: tuple[str, ...], styled: tuple[str, ...]) -> str:
    """The content security policy under which only these scripts run and only these styles hold."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {' '.join(map(_digest, ran))}",
            f"style-src {' '.join(map(_digest, styled))}",
            "img-src data:",
            "connect-src 'none'",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )


def scripts() -> str:
    """Our scripts as the one that the page runs."""
    parts = "\n".join(asset(name) for name in _SCRIPTS)
    return f'(() => {{\n"use strict";\n{parts}\n}})();'


def styles() -> str:
    """Our styles as the one that the page has."""
    return "\n\n".join(asset(name) for name in _STYLES)


def asset(name: str) -> str:
    """One of the files beside this module; line ends are plain, as a browser would read them for the hash."""
    content = files("oncopact.exporters.page").joinpath("assets").joinpath(*name.split("/")).read_text("utf-8")
    return content.replace("\r\n", "\n").strip("\n")


def in_script(value: Json | Mapping[str, Json]) -> str:
    r"""JSON that stays inert and whole inside a script element.

    >>> in_script(["</script>", "a\u2028b"])
    '["\\u003c/script\\u003e","a\\u2028b"]'
    """
    plain = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", plain)


def _block(name: str, value: Mapping[str, Json]) -> str:
    return f'<script type="application/json" id="{html.escape(name, quote=True)}">{in_script(value)}</script>'


def _digest(source: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()}'"
