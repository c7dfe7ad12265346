"""What a text is about and where it plays: its one firm or club, its one land, its one town.

Whoever writes of one firm, land or town need not say whose "the board", "the finance minister" and
"the mayor" are: that one's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from kg.extract.lexicon import gazetteer, words
from kg.extract.lexicon.sets import PLACES
from kg.extract.mentions.naming import name_of
from kg.extract.parse.repair import tree_of
from kg.extract.parse.tree import Tree
from kg.extract.reading import MentionDraft, ParsedBlock, Reading, Setting
from kg.model import HEADS

# What a firm or club has one of, and who stands at its head.
ORGANS = words("noun_phrases", "identity", "organs")
# What a firm reports of itself, with an article or without.
FIGURES = words("noun_phrases", "identity", "figures")
RANKS = words("noun_phrases", "identity", "ranks")
# What a land has one of, who stands at its head, and what else is a land's by the word before it.
OF_LANDS = words("noun_phrases", "identity", "of_lands")
FIELDS_OF_LANDS = words("noun_phrases", "identity", "fields_of_lands")
# Who of these is a person, and has his office of the land.
HEADING = frozenset({"minister", "premier", "president"})
# What a town has one of, and what is a town's by the word before it.
OF_TOWNS = words("noun_phrases", "identity", "of_towns")
TOWNS = words("noun_phrases", "identity", "towns")
FORMER = words("nominals", "office", "former") | {"then", "new", "late", "deputy", "vice", "acting"}
PLURAL_LANDS = words("nominals", "place", "plural")
# How the names of lands end that have an article, too.
UNIONS = frozenset({"republic", "islands", "federation"})
# What has no board or chairman of its own in this sense, by the last word of its name.
NO_TRADER = words("coref", "nominals", "no_trader")
# How often the body that a text is about is mentioned at least, and how much oftener than any other.
LEAST, TIMES = 4, 2
# The blocks up to so many behind the first are the head and the lead of a text.
LEAD = 1
ARTICLES = frozenset({"a", "an", "another", "every", "no", "each", "any"})

Chains = Mapping[int, list[MentionDraft]]


def find(reading: Reading, chains: Chains) -> Setting:
    """Find what a text is about, by what its chains are called and how often."""
    main = _body(reading, chains)
    return Setting(name_of(main), main[0].chain if main else None, _land(reading), _town(reading, chains))


class Owners:
    """Knows whose the organs, figures and offices of a text are that are told of as the only ones."""

    def __init__(self, reading: Reading, chains: Chains) -> None:
        self.reading, self.setting = reading, (setting := reading.setting)
        main = chains.get(setting.chain, []) if setting.chain is not None else []
        self.body = setting.body if _is_trader(main) else ""
        self.is_public = any(m.head.lemma_.lower() in OF_LANDS for m in reading.mentions)

    def body_of(self, m: MentionDraft, tree: Tree) -> str:
        """Give whose a board, a chairman or a figure without an owner is by being the text's, else empty."""
        if not self.body or not _is_organ(tree, m.head.i):
            return ""
        other = tree.lemma[m.head.i] in FIGURES and self._tells_of_another(m)
        return "" if other else self.body

    def placed(self, m: MentionDraft, tree: Tree, text: str) -> str:
        """Give the words for an office or body of state with whose it is, as it is the text's, else empty.

        It is "finance minister of Norland", but "Norlandic army"; "mayor of Lorn", but "Lorn city council".
        """
        i, town = m.head.i, self.setting.town
        land = gazetteer.land_named(self.setting.land) if self.setting.land else None
        if land and (_is_of_land(tree, i) or (self.is_public and _is_title_of_state(m, tree))):
            if tree.lemma[i] not in HEADING and land.adjectives:
                return f"{land.adjectives[0]} {text}"
            return f"{text} of the {land.label}" if _has_article(land.label) else f"{text} of {land.label}"
        if not town or not _is_of_town(tree, i) or self._is_elsewhere(m):
            return ""
        return f"{text} of {town}" if tree.lemma[i] in OF_TOWNS else f"{town} {text}"

    def _is_elsewhere(self, m: MentionDraft) -> bool:
        """Whether the sentence of an office names another place: "In Ulm, Ida Moe was elected mayor"."""
        there = (o for o in self.reading.mentions if o.block is m.block and o.head.sent == m.head.sent)
        return any(o.kind == "name" and o.type in PLACES and o.label != self.setting.town for o in there)

    def _tells_of_another(self, m: MentionDraft) -> bool:
        """Whether the sentence of a figure, or the one before, speaks of another organization."""
        sentence = m.head.sent
        before = m.block.doc[sentence.start - 1].sent if sentence.start else sentence
        there = (o for o in self.reading.mentions if o.block is m.block and o.type == "Organization")
        return any(
            before.start <= o.head.i < sentence.end and (o.chain is None or o.chain != self.setting.chain)
            for o in there
            if o is not m
        )


# The body.


def _body(reading: Reading, chains: Chains) -> list[MentionDraft]:
    """Give the mentions of the organization that a text is about, none if there is no such one.

    Its head or lead names it, and it is mentioned far oftener than any other.
    """
    found = [members for members in chains.values() if _is_body(members)]
    found.sort(key=len, reverse=True)
    if not found or len(found[0]) < LEAST:
        return []
    if len(found) > 1 and len(found[0]) < TIMES * len(found[1]):
        return []
    lead = _lead(reading)
    return found[0] if any(m.block in lead for m in found[0] if m.kind == "name") else []


def _is_body(members: list[MentionDraft]) -> bool:
    names = [m for m in members if m.kind == "name"]
    return bool(names) and all(m.type == "Organization" for m in names)


def _is_trader(members: list[MentionDraft]) -> bool:
    names = [m for m in members if m.kind == "name"]
    return bool(names) and names[0].span[-1].lower_ not in NO_TRADER


def _lead(reading: Reading) -> list[ParsedBlock]:
    """Give the blocks of a text up to its first paragraph, or to the second block."""
    first = next((k for k, b in enumerate(reading.blocks) if b.kind not in HEADS), 0)
    return reading.blocks[: max(first, LEAD) + 1]


# The land.


def _land(reading: Reading) -> str:
    """Give the land of a text: the only one of its lead, if none is spoken of more."""
    lead = {id(b) for b in _lead(reading)}
    told: Counter[str] = Counter()
    here = set()
    for m, land in _lands(reading):
        told[land] += 1
        if id(m.block) in lead:
            here.add(land)
    if len(here) != 1:
        return ""
    land = next(iter(here))
    return land if told[land] == max(told.values()) else ""


def _lands(reading: Reading) -> Iterator[tuple[MentionDraft, str]]:
    """Give the names of lands, and the adjectives of what belongs to one: "the Norwegian army"."""
    for m in reading.mentions:
        if m.kind == "name" and m.type in PLACES:
            land = gazetteer.land_named(m.label or m.span.text)
        elif m.kind == "attribute" and _is_public(tree_of(m.block), m.head.i):
            land = gazetteer.land_of_adjective(m.span.text)
        else:
            continue
        if land is not None and land.code:
            yield m, land.label


def _is_public(tree: Tree, i: int) -> bool:
    head = tree.head[i]
    return head != i and (tree.lemma[head] in OF_LANDS | OF_TOWNS | TOWNS)


def _is_of_land(tree: Tree, i: int) -> bool:
    """Whether an office or body without an owner is one that a land has: "the finance minister"."""
    if tree.lemma[i] not in OF_LANDS:
        return False
    needed = tree.lemma[i] in FIELDS_OF_LANDS
    fielded = i > 0 and i - 1 in tree.of(i, "compound", "amod", "nmod")
    return fielded == needed and _is_lone(tree, i, allowed=int(needed))


def _is_title_of_state(m: MentionDraft, tree: Tree) -> bool:
    """Whether a title is that of the head of a state: "President Ida Moe"; clubs have presidents, too."""
    i = m.head.i
    named = tree.head[i] > i and tree.pos[tree.head[i]] == "PROPN" and not _is_named(tree, i - 1)
    return tree.lemma[i] == "president" and m.block.doc[i].is_title and named and _is_lone(tree, i, allowed=0)


def _has_article(land: str) -> bool:
    """Whether the name of a land has an article: "the Netherlands", "the United Kingdom"."""
    parts = land.lower().split()
    return parts[-1] in PLURAL_LANDS or parts[0] == "united" or parts[-1] in UNIONS


# The town.


def _town(reading: Reading, chains: Chains) -> str:
    """Give the town of a text: the only one of which it tells that it has a mayor or council.

    If that is in its lead, or there is no other in it.
    """
    towns = [members for members in chains.values() if _is_town(members)]
    run = [members for members in towns if any(_is_run(m) for m in members)]
    lead = {id(b) for b in _lead(reading)}
    here = [t for t in towns if any(id(m.block) in lead for m in t)]
    return name_of(run[0]) if len(run) == 1 and run[0] in (here or run) else ""


def _is_run(m: MentionDraft) -> bool:
    """Whether a place has what towns have: "Lorn's mayor", "mayor of Lorn", "Lorn town council"."""
    tree, start, end = tree_of(m.block), int(m.span.start), int(m.span.end)
    head = tree.head[m.head.i]
    if tree.lower[start - 1 : start] == ["of"] and start > 1:
        return tree.lemma[start - 2] in OF_TOWNS | TOWNS
    behind = end + (tree.tag[end : end + 1] == ["POS"])
    public = tree.lemma[head] in OF_TOWNS or any(tree.lower[k] in TOWNS for k in tree.kids[head])
    beside = tree.lower[behind : behind + 1]
    return (head >= end and public) or any(w in TOWNS | OF_TOWNS for w in beside)


def _is_town(members: list[MentionDraft]) -> bool:
    """Whether a place is a town for all that is known: no land, state, valley or street."""
    names = [m for m in members if m.kind == "name"]
    if not names or any(m.type != "GPE" for m in names):
        return False
    label = names[0].label or names[0].span.text
    known = gazetteer.place_named(label)
    return gazetteer.land_named(label) is None and (known is None or known.kind == "city")


def _is_of_town(tree: Tree, i: int) -> bool:
    """Whether an office or body without an owner is one that a town has: "the mayor", "the town council"."""
    if tree.lemma[i] in OF_TOWNS:
        return _is_lone(tree, i, allowed=0)
    before = any(k == i - 1 and tree.lower[k] in TOWNS for k in tree.of(i, "compound", "nmod", "amod"))
    return before and _is_lone(tree, i, allowed=1)


# The nouns.


def _is_lone(tree: Tree, i: int, *, allowed: int) -> bool:
    """Whether nothing says whose one office or body is, but so many words before its noun say which it is."""
    if tree.tag[i] in ("NNS", "NNPS") or any(tree.lower[k] in ARTICLES for k in tree.of(i, "det")):
        return False
    own = [k for k in tree.kids[i] if tree.lower[k] not in FORMER and not _is_behind_comma(tree, k)]
    telling = any(tree.dep[k] in ("prep", "relcl", "acl") for k in own)
    before = [k for k in own if tree.dep[k] in ("compound", "amod", "nmod", "nummod")]
    named = any(_is_named(tree, k) for k in before)
    return not telling and not named and len(before) <= allowed


def _is_named(tree: Tree, k: int) -> bool:
    """Whether a word before a noun may be the name of another owner: "the French minister"."""
    if tree.pos[k] == "PROPN":
        return tree.lower[k] not in TOWNS
    return gazetteer.land_of_adjective(tree.lower[k].title()) is not None


def _is_organ(tree: Tree, i: int) -> bool:
    """Whether a noun is "the board", "the chairman" or "net profit", with nothing that says whose."""
    articles = {tree.lower[k] for k in tree.of(i, "det")}
    organ = tree.lemma[i] in ORGANS and tree.tag[i] != "NNS" and "the" in articles
    if not organ and (tree.lemma[i] not in FIGURES or articles - {"the"}):
        return False
    return not any(_tells(tree, k) for k in tree.kids[i])


def _tells(tree: Tree, k: int) -> bool:
    """Whether what hangs on a noun may say whose it is."""
    if tree.dep[k] in ("relcl", "acl"):
        return not _is_behind_comma(tree, k)
    return tree.dep[k] in ("prep", "nmod", "amod", "compound") and tree.lower[k] not in RANKS


def _is_behind_comma(tree: Tree, k: int) -> bool:
    return tree.dep[k] in ("relcl", "acl") and tree.lower[tree.left[k] - 1] == ","
