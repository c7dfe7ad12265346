"""Each promise of a graph, broken once: the report names the rule and the node."""

import pytest
from small_graph import DOCUMENT, EXTRACTION, RESOLUTION, TEXT

from kg import cli
from kg.check.invariants import RULES, texts_in, validate
from kg.knowledge import KnowledgeGraph, open_graph

ST = "<https://example.org/statement/"
KG = "https://example.org/kg#"
ENT = "https://example.org/entity/"
REL = "https://example.org/relation/"
XSD = "http://www.w3.org/2001/XMLSchema#"
DATE = f"^^<{XSD}date>"
SEM = "http://semanticweb.cs.vu.nl/2009/11/sem/"


@pytest.fixture(scope="module")
def lines():
    return KnowledgeGraph.from_records([DOCUMENT], [EXTRACTION], RESOLUTION).store.lines()


@pytest.fixture
def checked(tmp_path):
    def check(lines, **options):
        path = tmp_path / "g.nt"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return validate(open_graph(path), **options)

    return check


def test_built_graph_has_no_problem(lines, checked):
    assert checked(lines, text=texts_in([TEXT])) == []


def without(part):
    return lambda lines: [line for line in lines if part not in line]


def replaced(old, new):
    def change(lines):
        assert any(old in line for line in lines)
        return [line.replace(old, new) for line in lines]

    return change


def added(line):
    return lambda lines: [*lines, line]


BROKEN = [
    ("blank-node", added(f"_:b <{REL}launch> <{ENT}Norland> .")),
    ("incomplete", without("rdf-syntax-ns#object>")),
    ("no-evidence", without("prov#wasDerivedFrom>")),
    ("no-evidence", without("anchorOf>")),
    ("offsets", replaced(f'{KG}beginIndex> "60"', f'{KG}beginIndex> "600"')),
    ("offsets", replaced("The old mayor died.", "The old mayor is dead.")),
    ("asserted", replaced(f"<{ENT}Ada_Moreau> <{REL}country> ", f"<{ENT}Ada_Moreau> <{REL}x> ")),
    ("asserted", added(f"<{ENT}Norland> <{REL}buy> <{ENT}share-01234567> .")),
    ("asserted", added(f"<{ENT}Norland> <{REL}invade> <{ENT}Port_Vale> .")),
    ("negated", replaced(f'{KG}negated> "false"', f'{KG}negated> "true"')),
    ("relation-text", replaced('relationText> "met"', 'relationText> "encountered"')),
    ("dates", replaced(f'{SEM}hasEndTimeStamp> "2021-05-03"', f'{SEM}hasEndTimeStamp> "2021-05-02"')),
    ("dates", replaced(f'{SEM}hasEndTimeStamp> "2021-05-03"{DATE}', f'{SEM}hasEndTimeStamp> "May"')),
    ("confidence", replaced('confidence> "0.95"', 'confidence> "9.5"')),
    ("label", replaced('label> "Norland"@en', f'label> "{"very " * 12}long"@en')),
    ("label", without('label> "Norland"@en')),
    ("class", added(f"<{ENT}Norland> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{KG}Person> .")),
    ("unknown-term", replaced(f"<{KG}modality>", f"<{KG}mood>")),
    ("ill-typed", replaced(f'count> "18"^^<{XSD}integer>', f'count> "many"^^<{XSD}integer>')),
    (
        "orphan",
        added(
            f"<{ENT}Nobody> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{KG}Person> .\n"
            f'<{ENT}Nobody> <http://www.w3.org/2000/01/rdf-schema#label> "Nobody" .'
        ),
    ),
    ("domain", replaced(f"<{ENT}Ada_Moreau> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{KG}Person>",
                        f"<{ENT}Ada_Moreau> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{KG}GPE>")),
    ("range", replaced(f"<{ENT}Norland> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{KG}GPE>",
                       f"<{ENT}Norland> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{KG}Law>")),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "change"), BROKEN)
def test_broken_promise_is_reported(lines, checked, rule, change):
    problems = checked(change(list(lines)))
    assert rule in {p.rule for p in problems}
    assert all(p.node and p.message and p.remedy for p in problems)


def test_every_rule_is_tried():
    elsewhere = {"quote", "text-missing", "shape", "shape-warning"}
    assert set(RULES) == {rule for rule, _ in BROKEN} | elsewhere


def test_quotes_are_compared_with_the_texts(lines, checked):
    problems = checked(replaced("The old mayor died.", "The sad mayor died.")(lines), text=lambda _: TEXT)
    assert [p.rule for p in problems] == ["quote"]
    assert [p.rule for p in checked(lines, text=texts_in(["another text"]))] == ["text-missing"]


def test_command_exits_with_1_and_says_what_to_do(lines, tmp_path, capsys):
    good, bad = tmp_path / "good.nt", tmp_path / "bad.nt"
    good.write_text("\n".join(lines), encoding="utf-8")
    bad.write_text(
        "\n".join(added(f"<{ENT}Norland> <{REL}invade> <{ENT}Port_Vale> .")(lines)), encoding="utf-8"
    )
    assert cli.main(["validate", str(good)]) == 0
    assert "0 errors" in capsys.readouterr().err
    assert cli.main(["validate", str(bad)]) == 1
    out, err = capsys.readouterr()
    row = out.splitlines()[1].split("\t")
    assert row[:3] == ["error", "asserted", "ent:Norland"]
    assert "1 error" in err


def test_warnings_count_only_if_strict(lines, tmp_path, capsys):
    path = tmp_path / "g.nt"
    typed = f"<{ENT}Norland> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{KG}"
    path.write_text("\n".join(replaced(f"{typed}GPE>", f"{typed}Law>")(lines)), encoding="utf-8")
    assert cli.main(["validate", str(path)]) == 0
    assert cli.main(["validate", str(path), "--strict"]) == 1
    assert "1 warning" in capsys.readouterr().err


def test_shapes_agree_with_our_own_checks(lines, tmp_path):
    pytest.importorskip("pyshacl")
    from kg.check.shacl import check_shapes

    path = tmp_path / "g.nt"
    path.write_text("\n".join(lines), encoding="utf-8")
    assert check_shapes(open_graph(path)) == []
    path.write_text("\n".join(without("rdf-syntax-ns#object>")(lines)), encoding="utf-8")
    problems = check_shapes(open_graph(path))
    assert {(p.rule, p.level) for p in problems} == {("shape", "error")}
    assert all("rdf:object" in p.message for p in problems)


def test_shapes_of_a_file(lines, tmp_path):
    pytest.importorskip("pyshacl")
    from kg.check.shacl import check_shapes

    path, shapes = tmp_path / "g.nt", tmp_path / "s.ttl"
    path.write_text("\n".join(lines), encoding="utf-8")
    shapes.write_text(
        f"@prefix sh: <http://www.w3.org/ns/shacl#> . <x:s> a sh:NodeShape ; sh:targetClass <{KG}Person> ;"
        " sh:property [ sh:path <x:age> ; sh:minCount 1 ] .",
        encoding="utf-8",
    )
    assert [p.node for p in check_shapes(open_graph(path), str(shapes))] == [
        "ent:Ada_Moreau",
        "ent:old_mayor-01234567",
    ]
