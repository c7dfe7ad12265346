"""Pronouns: he and she by a trained ranker, it and they where clear, who and which through their clause."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract.coref import ranker
from kg.extract.coref.cluster import Clusters, Thing
from kg.extract.coref.nominals import refer
from kg.extract.reading import MentionDraft, ParsedBlock

HE = frozenset("he him his himself".split())
SHE = frozenset("she her hers herself".split())
IT = frozenset("it its itself".split())
THEY = frozenset("they them their theirs themselves".split())
RELATIVE = frozenset("who which whom whose that".split())


def relatives(clusters: Clusters) -> None:
    """Join who, which and that to the noun their clause hangs on."""
    reading = clusters.reading
    for m in [m for m in reading.mentions if m.kind == "pronoun" and m.head.lower_ in RELATIVE]:
        if m.head.tag_ not in ("WP", "WDT", "WP$"):
            continue
        clause: Token | None = m.head
        while clause is not None and clause.dep_ != "relcl":
            clause = clause.head if clause.head != clause else None
        if clause is None:
            continue
        noun = clause.head
        antecedent = reading.at(m.block, noun)
        if antecedent is not None and antecedent.kind in ("name", "nominal") and noun.i < m.head.i:
            thing = clusters.thing(antecedent)
            m.type = thing.type
            clusters.join(thing, clusters.thing(m))


def resolve(clusters: Clusters, block: ParsedBlock, token: Token) -> bool:
    """Join a pronoun to its antecedent, where that is clear."""
    word = token.lower_
    if token.tag_ not in ("PRP", "PRP$") or word not in HE | SHE:
        return False
    known = clusters.reading.at(block, token)
    if known is not None and clusters.chained(known):
        return True
    sex = -1.0 if word in HE else 1.0
    candidates = candidates_for(clusters, block, token, sex)
    choice = ranker.choose(clusters, block, token, sex, candidates)
    if choice is not None:
        choice.gender += 0.3 * sex
        choice.pronouns.append((clusters.sentence_at(block, token), word))
        refer(clusters, block, token, choice)
    return True


def candidates_for(
    clusters: Clusters, block: ParsedBlock, token: Token, sex: float
) -> list[tuple[Thing, MentionDraft]]:
    """Give the persons that a he or she may stand for, each with its last mention, nearest first."""
    found = []
    here = clusters.sentence_at(block, token)
    for thing in clusters.alive():
        if thing.type != "Person" or thing.plural or thing.gender * sex < -0.6:
            continue
        last = clusters.last_before(thing, block, token)
        if last is None:
            last = _after(clusters, thing, block, token)
        if last is None or here - clusters.sentence_of(last) > 12:
            continue
        if last.head == token:
            continue
        found.append((thing, last))
    return sorted(found, key=lambda pair: clusters.place(pair[1]), reverse=True)


def _after(clusters: Clusters, thing: Thing, block: ParsedBlock, token: Token) -> MentionDraft | None:
    """The first mention after the pronoun in its sentence: "In his speech, Miller said"."""
    here = clusters.sentence_at(block, token)
    later = [m for m in thing.mentions if clusters.sentence_of(m) == here and m.head.i > token.i]
    return min(later, key=clusters.place, default=None)
