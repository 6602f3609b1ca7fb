"""Every shape has an example that conforms and one that breaks it and nothing else."""

from __future__ import annotations

from pathlib import Path

import pyshacl
import pytest
from rdflib import RDF, RDFS, SH, XSD, Graph, Literal, URIRef

from oncopact.namespaces import ID, OP
from oncopact.validate import SHAPES, ontology, shapes, validate

EXAMPLES = Path(__file__).parent / "shapes"
CASES = sorted(f"{path.parent.name}/{path.name.removesuffix('-fail.ttl')}" for path in EXAMPLES.glob("*/*-fail.ttl"))


ALL = shapes()
TERMS = ontology()


def read(case: str, ending: str) -> tuple[Graph, str]:
    text = (EXAMPLES / f"{case}-{ending}.ttl").read_text("utf-8")
    return Graph().parse(data=text, format="turtle"), text


def is_coverage(case: str) -> bool:
    return case.startswith("coverage/")


@pytest.mark.parametrize("case", CASES)
def test_passing_example_conforms(case: str) -> None:
    graph, _ = read(case, "pass")
    assert validate(graph, coverage=is_coverage(case)).text == validate(Graph(), coverage=is_coverage(case)).text


@pytest.mark.parametrize("case", CASES)
def test_failing_example_breaks_its_shape_and_no_other(case: str) -> None:
    graph, text = read(case, "fail")
    first = text.partition("\n")[0]
    expected = first.removeprefix("# reports: ").split() if first.startswith("# reports: ") else [Path(case).name]
    report = validate(graph, coverage=is_coverage(case))
    assert sorted({result.shape.removeprefix(str(SHAPES)) for result in report.results}) == expected
    assert Path(case).name in expected


@pytest.mark.parametrize("case", CASES)
def test_passing_example_is_one_that_the_shape_looks_at(case: str) -> None:
    graph, _ = read(case, "pass")
    shape = SHAPES[Path(case).name]
    owners = [shape, *ALL.subjects(SH.sparql, shape)]
    looked_at = [node for owner in owners for node in targets(owner, graph)]
    assert looked_at


def targets(shape: object, graph: Graph) -> list[object]:
    assert isinstance(shape, URIRef)
    types = {
        below
        for above in ALL.objects(shape, SH.targetClass)
        for below in TERMS.transitive_subjects(RDFS.subClassOf, above)
    }
    found: list[object] = [node for node, kind in graph.subject_objects(RDF.type) if kind in types]
    for property_ in ALL.objects(shape, SH.targetSubjectsOf):
        assert isinstance(property_, URIRef)
        found += graph.subjects(property_)
    for property_ in ALL.objects(shape, SH.targetObjectsOf):
        assert isinstance(property_, URIRef)
        found += graph.objects(None, property_)
    return found


def test_every_shape_that_can_be_reported_has_both_examples() -> None:
    reportable = {str(shape).removeprefix(str(SHAPES)) for shape in ALL.subjects(SH.message)}
    assert {Path(case).name for case in CASES} == reportable
    assert {path.name.removesuffix("-pass.ttl") for path in EXAMPLES.glob("*/*-pass.ttl")} == reportable


def test_examples_lie_in_the_folder_of_their_shapes_file() -> None:
    for case in CASES:
        folder, shape = case.split("/")
        source = (EXAMPLES.parents[1] / "shapes" / f"{folder}.ttl").read_text("utf-8")
        assert f"ops:{shape} a sh:" in source


def test_every_shape_with_a_target_has_a_message_that_says_what_to_do() -> None:
    aimed = {
        shape
        for term in (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf)
        for shape in ALL.subjects(term)
        if (shape, SH.sparql, None) not in ALL
    }
    assert aimed <= set(ALL.subjects(SH.message))
    for message in ALL.objects(None, SH.message):
        wrong, semicolon, remedy = str(message).partition("; ")
        assert wrong
        assert semicolon
        assert remedy.endswith(".")


def test_shapes_are_well_formed_by_the_shapes_of_shacl_itself() -> None:
    conforms, _, text = pyshacl.validate(Graph(), shacl_graph=shapes(), meta_shacl=True)
    assert conforms, text


def test_shapes_speak_of_terms_that_exist() -> None:
    ours = {term for triple in ALL for term in triple if isinstance(term, URIRef) and str(term).startswith(str(OP))}
    assert ours <= set(TERMS.subjects())


WRONG: dict[URIRef, tuple[URIRef | Literal, ...]] = {
    SH.datatype: (Literal("x", datatype=XSD.anyURI),),
    SH["class"]: (ID["target/x"], ID["company/x"]),
    SH["in"]: (Literal("none of these"),),
    SH.pattern: (Literal("?"), Literal("®"), Literal("/x"), Literal("two words"), ID["x"]),
    SH.nodeKind: (Literal("x"),),
    SH.minLength: (Literal(""),),
    SH.maxLength: (Literal("X" * 1000),),
    SH.minExclusive: (Literal("0", datatype=XSD.decimal),),
    SH.minInclusive: (Literal("-0.5", datatype=XSD.decimal), Literal(-1)),
    SH.maxInclusive: (Literal("100.5", datatype=XSD.decimal),),
    SH["or"]: (Literal("some day"),),
}
"""Values that break a constraint, at least one of each row in every shape that has it."""

CONSTRAINTS = sorted(
    (case, str(parameter).removeprefix(str(SH)))
    for case in CASES
    for parameter in ALL.predicates(SHAPES[Path(case).name], unique=True)
    if parameter in {*WRONG, SH.minCount, SH.maxCount} and (SHAPES[Path(case).name], SH.path, None) in ALL
)


@pytest.mark.parametrize(("case", "parameter"), CONSTRAINTS)
def test_every_constraint_of_a_shape_is_felt(case: str, parameter: str) -> None:
    graph, _ = read(case, "pass")
    shape = SHAPES[Path(case).name]
    path = ALL.value(shape, SH.path)
    assert isinstance(path, URIRef)
    seen = [node for node in targets(shape, graph) if isinstance(node, URIRef)]
    focus = next((node for node in seen if (node, path, None) in graph), seen[0])
    trials: list[tuple[URIRef | Literal, ...]] = [(value,) for value in WRONG.get(SH[parameter], ())]
    if parameter == "maxCount":
        trials = [(*(ID[f"x/{number}"] for number in range(3)),)]
    elif parameter == "minCount":
        trials = [()]
    component = URIRef(f"{SH}{parameter[0].upper()}{parameter[1:]}ConstraintComponent")
    assert any((shape, component) in broken(graph, focus, path, values) for values in trials)


def broken(
    graph: Graph, focus: URIRef, path: URIRef, values: tuple[URIRef | Literal, ...]
) -> set[tuple[object, object]]:
    """The shapes and constraints that break once `focus` has these values instead of its own."""
    changed = Graph()
    for subject, predicate, value in graph:
        if (subject, predicate) != (focus, path):
            changed.add((subject, predicate, value))
    for value in values:
        changed.add((focus, path, value))
    report = validate(changed, coverage=False).graph
    return {
        (report.value(result, SH.sourceShape), report.value(result, SH.sourceConstraintComponent))
        for result in report.objects(None, SH.result)
    }
