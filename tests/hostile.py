"""A release, written by us, that tries to be more than text: markup, quotes, separators, marks that turn writing."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import Literal, Quad

from oncopact.knowledge import KnowledgeGraph, build
from oncopact.namespaces import OP, SKOS
from oncopact.rewrite import named

ENDS = "</script><script>document.title='owned'</script>"
IMAGE = "<img src=x onerror=\"document.title='owned'\">"
TURNED = "\u202edellac\u202c"
TITLE = f"""<i>"Hostile" & 'sons'</i> {ENDS}"""

_SOURCE = """<html><head><title>Vexil</title></head><body>
<h1>\U0001f9ea Vexil Bio Licenses VX-101 to Marrow Pharma
&lt;/script&gt;&lt;script&gt;document.title='owned'&lt;/script&gt;</h1>
<p>BASEL, Switzerland, May 4, 2021 -- Vexil Bio AG today announced that it has granted Marrow Pharma, Inc. an exclusive
license to VX-101 \u2066\u202edellac\u202c, an antibody-drug conjugate that targets HER2 with MMAE as its payload.</p>
<p>Marrow Pharma, Inc. paid Vexil Bio AG $20 million upfront &lt;img src=x onerror="document.title='owned'"&gt; in
&lt;b onmouseover="alert('x')"&gt;"cash"&lt;/b&gt;, {{SCRIPT}} ${alert(1)} `x` \U0001f9ea.</p>
</body></html>
"""


def hostile_release(folder: Path) -> Path:
    """The release as a file whose name is no better than its text."""
    path = folder / "a'\"&<b>.html"
    path.write_text(_SOURCE, encoding="utf-8")
    return path


def hostile_graph(folder: Path) -> KnowledgeGraph:
    """Its graph, in which the companies' names are markup too."""
    graph = build([hostile_release(folder)])
    names = {
        quad.object.value: Literal(f"{quad.object.value} {ENDS}{IMAGE}\u2028{TURNED}")
        for quad in graph.quads
        if isinstance(quad.object, Literal)
        and quad.predicate.value == str(SKOS.prefLabel)
        and "/company/" in named(quad.subject).value
    }
    renamed = (
        Quad(quad.subject, quad.predicate, names.get(quad.object.value, quad.object), quad.graph_name)
        if quad.predicate.value in (str(SKOS.prefLabel), str(OP.evidenceValue)) and isinstance(quad.object, Literal)
        else quad
        for quad in graph.quads
    )
    return KnowledgeGraph(renamed, findings=graph.findings)
