"""Every rule is listed, and has a sentence that it reads and a near one that it leaves alone."""

import ast
import functools
import pathlib
import re
import tomllib

import pytest

from kg.extract.claims import nominal, rules

SENTENCES = pathlib.Path(__file__).parent / "sentences"
SOURCES = sorted(pathlib.Path(nominal.__file__).parent.glob("*.py"))
# Where a call names its rule: the place among its arguments.
CALLS = {"add_claim": 3, "affiliate": 3, "describe": 3, "belong": 5}


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


def patterns():
    """Give what names a rule, or a part of its name, in the code of nominal facts, as patterns."""
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name not in CALLS or len(node.args) <= CALLS[name]:
                continue
            rule = node.args[CALLS[name]]
            whole = name == "add_claim"
            if isinstance(rule, ast.Constant):
                yield (
                    f"{path.name}:{node.lineno}",
                    re.escape(rule.value) if whole else f".*{re.escape(rule.value)}.*",
                )
            elif isinstance(rule, ast.JoinedStr):
                parts = [re.escape(v.value) if isinstance(v, ast.Constant) else ".+" for v in rule.values]
                yield f"{path.name}:{node.lineno}", "".join(parts)


@pytest.mark.parametrize("rule", sorted(rules.RULES))
def test_rule_has_a_sentence_that_it_reads_and_one_that_it_spares(rule):
    assert rule in read_by(), f"no sentence says `rule: {rule}`"
    assert any(rule in case.get("spared", ()) for case in cases()), f"no sentence has `spared` {rule}"


def test_sentences_name_only_rules_that_there_are():
    spared = {rule for case in cases() for rule in case.get("spared", ())}
    assert read_by() | spared <= set(rules.RULES)


def test_rules_named_in_the_code_are_listed():
    found = list(patterns())
    assert len(found) > 60
    for where, pattern in found:
        assert any(re.fullmatch(pattern, r) for r in rules.PHRASES), f"{where}: no rule is called {pattern}"


@pytest.mark.parametrize("link", ["main", "conj", "ccomp", "xcomp", "relcl", "advcl", "acl", "pcomp", "det"])
@pytest.mark.parametrize("how", ["", "host", "conj", "subject", "object", "advcl", "pcomp", "owner", "event"])
def test_each_way_to_hang_and_to_find_a_subject_has_a_rule(link, how):
    assert rules.clausal(link, how) in rules.CLAUSES
