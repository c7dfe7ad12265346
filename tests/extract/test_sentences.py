"""Sentences and the claims they must and must not give: `sentences/*.toml`, grouped by construction.

    [[sentence]]
    text = "Norland plans to buy two ships from Estmark."
    published = "2024-03-28"              # optional, for relative dates
    claims = ["Norland | plan", "Norland | buy | ships | from: Estmark | Planned"]
    never = ["Norland | buy | ships"]

A line is subject, relation, object, then in any order `role: argument`, `not`, a modality, `by: speaker`
(the source of what is reported), `begins: day`, `ends: day`. `*` stands for anything, a part left out is
not looked at, `-` as object says that there is none. A line in `claims` without `not`, modality and `by:`
must be asserted; a line in `never` must not be, whatever its other parts. `rule: id` says which rule
reads a claim; the rules of `spared` must read nothing in the sentence, asserted or not. Arguments are
compared with the label and the text of a mention and with its value, without regard to case. With
`doubtful` a claim must say why it is not taken for a fact.
"""

import datetime as dt
import pathlib
import tomllib
import typing

import pytest

from kg.extract.claims.rules import RULES
from kg.model import Block, Document, Modality

pytestmark = pytest.mark.model

FOLDER = pathlib.Path(__file__).parent / "sentences"
MODALITIES = set(typing.get_args(Modality))
# `learned`: read with the learned reader of events, too.
KEYS = {"text", "published", "claims", "never", "spared", "learned"}


def cases():
    for path in sorted(FOLDER.glob("*.toml")):
        for number, case in enumerate(tomllib.loads(path.read_text(encoding="utf-8"))["sentence"], 1):
            yield pytest.param(case, id=f"{path.stem}-{number}")


def show(extraction):
    lines = []
    for c in extraction.claims:
        names = [extraction.mentions[c.subject].label, c.relation]
        names.append("-" if c.object is None else extraction.mentions[c.object].label)
        names += [f"{role}: {extraction.mentions[m].label}" for role, m in c.qualifiers]
        names += ["not"] * c.negated + [c.modality or "", "" if c.asserted else "(not asserted)"]
        if c.attributed_to is not None:
            names.append(f"by: {extraction.mentions[c.attributed_to].label}")
        names += [f"begins: {c.begins}"] * bool(c.begins) + [f"ends: {c.ends}"] * bool(c.ends)
        lines.append(" | ".join(n for n in names if n) + f"   ({c.rule} {c.confidence:.2f})")
    return "\n".join(lines)


class Line:
    """One expected or forbidden claim."""

    def __init__(self, text):
        parts = [p.strip() for p in text.split("|")]
        self.subject, self.relation, self.object = ([p for p in parts if not self.is_extra(p)] + ["*"] * 3)[
            :3
        ]
        self.extras = [p for p in parts if self.is_extra(p)]
        self.modality = next((p for p in self.extras if p in MODALITIES), None)
        self.negated = "not" in self.extras
        self.doubtful = "doubtful" in self.extras
        self.pairs = [tuple(x.strip() for x in p.split(":", 1)) for p in self.extras if ":" in p]

    @staticmethod
    def is_extra(part):
        return part in ("not", "doubtful") or part in MODALITIES or ": " in part

    @property
    def unasserted(self):
        return (
            self.negated
            or self.doubtful
            or bool(self.modality)
            or any(role == "by" for role, _ in self.pairs)
        )

    def fits(self, claim, mentions):
        """Whether a claim has the parts of this line, whatever its status."""

        def same(pattern, index):
            if pattern == "*":
                return True
            if index is None or pattern == "-":
                return index is None and pattern == "-"
            m = mentions[index]
            names = {m.label, m.text, m.value.lexical if m.value else m.text}
            return pattern.lower() in {n.lower() for n in names}

        if not (same(self.subject, claim.subject) and same(self.object, claim.object)):
            return False
        if self.relation not in ("*", claim.relation):
            return False
        for role, value in self.pairs:
            if role in ("begins", "ends"):
                if str(getattr(claim, role)) != value:
                    return False
            elif role == "rule":
                if claim.rule != value:
                    return False
            elif role == "by":
                if claim.attributed_to is None or not same(value, claim.attributed_to):
                    return False
            elif not any(r == role and same(value, m) for r, m in claim.qualifiers):
                return False
        return True

    def stands(self, claim, mentions):
        """Whether a claim fits, with the status that this line gives."""
        if not self.fits(claim, mentions) or claim.asserted == self.unasserted:
            return False
        if self.doubtful != bool(claim.doubt):
            return False
        return claim.negated == self.negated and self.modality in (None, claim.modality)


@pytest.mark.parametrize("case", list(cases()))
def test_sentence(case, extractor, learned_extractor):
    assert set(case) <= KEYS
    reading = learned_extractor if case.get("learned") else extractor
    published = dt.date.fromisoformat(case["published"]) if "published" in case else None
    text = case["text"]
    document = Document(
        id="0" * 16, source="test", text=text, published=published, blocks=(Block(0, len(text)),)
    )
    found = reading.extract(document)
    missing = [
        line
        for line in case.get("claims", ())
        if not any(Line(line).stands(c, found.mentions) for c in found.claims)
    ]
    wrong = [
        line
        for line in case.get("never", ())
        if any(c.asserted and Line(line).fits(c, found.mentions) for c in found.claims)
    ]
    fired = {c.rule for c in found.claims}
    report = f"missing {missing}\nwrong {wrong}\nfound\n{show(found)}"
    assert missing == [], report
    assert wrong == [], report
    assert not fired & set(case.get("spared", ())), report
    assert fired <= set(RULES), report
