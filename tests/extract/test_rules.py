"""Every rule is registered, says what is declared, and has a sentence that it reads and one it spares."""

import functools
import inspect
import pathlib
import tomllib

import pytest

from kg import relations as names
from kg.extract.claims import rules
from kg.extract.claims.nominal.context import BlockContext
from kg.extract.lexicon import mapping
from kg.vocab import relations

SENTENCES = pathlib.Path(__file__).parent / "sentences"


@functools.cache
def cases():
    found = []
    for path in sorted(SENTENCES.glob("*.toml")):
        found += tomllib.loads(path.read_text(encoding="utf-8"))["sentence"]
    return found


@functools.cache
def read_by():
    return {
        part.removeprefix("rule:").strip()
        for case in cases()
        for line in case.get("claims", ())
        for part in map(str.strip, line.split("|"))
        if part.startswith("rule:")
    }


@pytest.mark.parametrize("rule", sorted(rules.RULES))
def test_rule_has_a_sentence_that_it_reads_and_one_that_it_spares(rule):
    assert rule in read_by(), f"no sentence says `rule: {rule}`"
    assert any(rule in case.get("spared", ()) for case in cases()), f"no sentence has `spared` {rule}"


def test_sentences_name_only_rules_that_there_are():
    spared = {rule for case in cases() for rule in case.get("spared", ())}
    assert read_by() | spared <= set(rules.RULES)


@pytest.mark.parametrize("rule", rules.RULES.values(), ids=lambda r: r.id)
def test_rule_tells_what_it_reads_what_it_says_and_how_surely(rule):
    assert rule.reads
    assert 0.3 < rule.prior <= 1.0
    assert rule.says or rule.free
    assert rule.says <= set(relations()), f"{rule.id} says what relations.toml does not declare"


@pytest.mark.parametrize("name", sorted(names.CURATED))
def test_curated_relation_is_said_by_a_rule(name):
    said = frozenset().union(*(rule.says for rule in rules.RULES.values()))
    inverses = {value.removeprefix("rel:") for value in relations()[name].linked("owl:inverseOf")}
    assert name in said or inverses & said, f"no rule says {name}"


def said_in_sentences():
    lines = (line for case in cases() for line in case.get("claims", ()))
    return {parts[1].strip() for line in lines if len(parts := line.split("|")) > 1}


@pytest.mark.parametrize("name", sorted(relations()))
def test_declared_relation_is_said_in_a_sentence(name):
    inverses = {value.removeprefix("rel:") for value in relations()[name].linked("owl:inverseOf")}
    assert {name, *inverses} & said_in_sentences(), f"no sentence of the tests says {name}"


@pytest.mark.parametrize(
    ("path", "key"),
    [
        (("related", "relation"), None),
        (("participle", "place"), None),
        (("participle", "with"), None),
        (("place", "close"), None),
        (("value", "plain"), None),
        (("measure", "adjectives"), None),
        (("measure", "parts"), None),
        (("measure", "verbs"), {"of", "behind", "passive"}),
    ],
    ids=lambda p: "-".join(p) if isinstance(p, tuple) else "",
)
def test_relations_in_the_lexicon_are_declared(path, key):
    found = mapping("nominals", *path)
    rows = found if isinstance(found, list) else [found]
    named = {value for row in rows for field, value in row.items() if field not in (key or ())}
    assert named <= set(relations())
    assert set(mapping("nominals", "extent")) <= set(relations())


def test_claims_are_added_by_registered_rules_that_may_say_them():
    assert inspect.signature(BlockContext.add_claim).parameters["rule"].annotation == "Rule"
    assert rules.AGE.may_say("age")
    assert not rules.AGE.may_say("country")
    assert rules.EVENT_NOUN.may_say("invade")


@pytest.mark.parametrize("link", ["main", "conj", "ccomp", "xcomp", "relcl", "advcl", "acl", "pcomp", "det"])
@pytest.mark.parametrize("how", ["", "host", "conj", "subject", "object", "advcl", "pcomp", "owner", "event"])
def test_each_way_to_hang_and_to_find_a_subject_has_a_rule(link, how):
    assert rules.clausal(link, how) in rules.CLAUSES
