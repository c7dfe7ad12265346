"""What tells an office from others of its kind: the body before it, as in "Norwind director Ida Moe"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from kg import relations as rel
from kg.extract import constructions
from kg.extract.lexicon import mapping, words
from kg.extract.parse.repair import tree_of
from kg.extract.parse.tree import Tree
from kg.extract.reading import MentionDraft, Reading

# Offices that one of a land or a town holds; of other words for persons the land is where they come from.
POSTS = words("events", "words", "posts") | {"captain"}
HELPERS = words("nominals", "office", "helpers")
OF_TEAMS = words("nominals", "office", "of_teams")
# Prepositions behind an office that say of what or to whom.
LINKING = frozenset({"of", "to", "at", "for"})
# What stands between a body and an office: "Norwind's then-director".
EPITHETS = words("nominals", "office", "former") | words("nominals", "office", "acting") | {"-"}
FOUNDERS = words("nominals", "office", "founders")
PLURAL_LANDS = words("nominals", "place", "plural")
_RANKS = mapping("nominals", "rank")
RANKS = frozenset(_RANKS) | {rank.lower() for rank in _RANKS.values()}
# Ranks of states that other bodies have, too.
HEADING = frozenset({"president", "governor"})
BODIES = frozenset({"Organization", "Facility", "Group"})
LANDS = frozenset({"GPE", "Location"})
# How a word hangs on the office, or on the name of who holds it, beside who owns it.
BEFORE = frozenset({"compound", "nmod", "amod"})
# Offices that firms alone have, and relations of who has another one.
OF_FIRMS = words("nominals", "office", "of_firms")
EMPLOYED = frozenset({rel.EMPLOYER, rel.FORMER_EMPLOYER, rel.MEMBER_OF})
# An office is described by at most so many words.
LONGEST = 12

# Gives the name or the land that covers a token.
Covering = Callable[[int], MentionDraft | None]


def is_held(m: MentionDraft) -> bool:
    """Whether an office is a post, or that of one who helps somebody, and no profession."""
    return not {m.head.lemma_.lower(), m.label.lower()}.isdisjoint(POSTS | HELPERS)


def possessive(name: str) -> str:
    """Give a name as an owner; one of several words that ends with an s looks like a plural.

    >>> possessive("Harker"), possessive("Lukas"), possessive("Aldern Rovers"), possessive("Netherlands")
    ("Harker's", "Lukas's", "Aldern Rovers'", "Netherlands'")
    """
    plural = name.endswith("s") and (" " in name or name.lower() in PLURAL_LANDS)
    return f"{name}'" if plural else f"{name}'s"


def of_body(office: str, body: str) -> str:
    """Give an office with the body, in front or with "'s", that stands before it.

    >>> of_body("coach", "Aldern Rovers'"), of_body("director", "Norwind"), of_body("head of sales", "Vero's")
    ('coach of Aldern Rovers', 'Norwind director', "Vero's head of sales")
    """
    owner = re.sub(r"'s?$", "", body)
    if owner == body or LINKING & set(office.split()):
        return f"{body} {office}".strip()
    return f"{office} of {owner}"


def ends(m: MentionDraft) -> tuple[int, int]:
    """Give the first and the last token of the label of an office, of its noun where the text has another."""
    doc, i = m.block.doc, m.head.i
    for first in range(m.span.start, i + 1):
        for last in range(i, m.span.end):
            if doc[first : last + 1].text == m.label:
                return first, last
    return m.span.start, max(i, m.span.end - 1) if m.span.text == m.label else i


def body_before(m: MentionDraft, first: int, covering: Covering) -> str:
    """Give whose an office is by what stands right before it: "Norwind" of "Norwind director", else empty."""
    tree = tree_of(m.block)
    while first > 0 and tree.lower[first - 1] in EPITHETS:
        first -= 1
    k = first - 1 - (first > 0 and tree.tag[first - 1] == "POS")
    body = covering(k) if k >= 0 else None
    if body is None or body is m or not _stands_before(m, body, (k, first), covering):
        return ""
    lemma = tree.lemma[m.head.i]
    if body.kind == "attribute":  # "Norlandic"
        return body.span.text if lemma in POSTS else ""
    name = body.label or body.span.text
    if k + 1 < first:
        return possessive(name) if body.type != "Work" else ""
    return name if _may_have(body, lemma, tree.lower[m.head.i]) else ""


def _may_have(body: MentionDraft, lemma: str, word: str) -> bool:
    """Whether an office may be of a named thing: of a body, of a land if it is public, of any team."""
    if body.type in BODIES:
        return lemma in HEADING or not {lemma, word} & RANKS
    if body.type in LANDS and lemma in POSTS | FOUNDERS:
        return True
    return lemma in OF_TEAMS and len(body.span) == 1


def _hangs_behind(tree: Tree, body: MentionDraft, first: int) -> bool:
    """Whether a name belongs to the phrase behind it."""
    start, end = int(body.span.start), int(body.span.end)
    tops = [i for i in range(start, end) if not start <= tree.head[i] < end]
    return all(tree.head[i] >= first and (tree.dep[i] in BEFORE or constructions.owns(tree, i)) for i in tops)


def _stands_before(m: MentionDraft, body: MentionDraft, at: tuple[int, int], covering: Covering) -> bool:
    """Whether a body that ends at the first of two tokens belongs to the office that begins at the second.

    One that stands right between a body and a person does, whatever the parser makes of the three.
    """
    last, first = at
    if body.span.end != last + 1 or _hangs_behind(tree_of(m.block), body, first):
        return bool(body.span.end == last + 1)
    end = int(m.span.end)
    holder = (
        covering(end)
        if last + 1 == first and body.type == "Organization" and end < len(m.block.doc)
        else None
    )
    return holder is not None and holder.type == "Person" and holder.span.start == end


def held_again(reading: Reading, told: Mapping[int, str], main: str) -> Iterator[tuple[MentionDraft, str]]:
    """Give the bare offices of persons that are told elsewhere whose they are: "President Vik" of Norland.

    "Chief executive Ida Moe", of whom no other firm is told, is that of `main`, whom a text is about.
    """
    known: dict[tuple[int, str], dict[str, None]] = {}
    bare: list[tuple[MentionDraft, tuple[int, str]]] = []
    for office, key in _held(reading):
        if text := told.get(id(office)):
            known.setdefault(key, {})[text] = None
        elif " " not in office.label or office.label.lower() in OF_FIRMS:
            bare.append((office, key))
    employed = {c.subject.chain for c in reading.claims if c.relation in EMPLOYED}
    for office, key in bare:
        if len(found := known.get(key, {})) == 1:
            yield office, next(iter(found))
        elif main and not found and key[0] not in employed and office.label.lower() in OF_FIRMS:
            yield office, f"{office.label} of {main}"


def _held(reading: Reading) -> Iterator[tuple[MentionDraft, tuple[int, str]]]:
    """Give the offices that are said to be held, each with the chain of who holds it and its noun."""
    for claim in reading.claims:
        office, chain = claim.object, claim.subject.chain
        if claim.relation in (rel.POSITION_HELD, rel.FORMER_POSITION) and office is not None:
            if office.type == "Position" and chain is not None:
                yield office, (chain, office.head.lemma_.lower())
