"""Two are not one: who shares a name, and what tells the one from the other.

Father and son are told apart by what stands behind their names, man and wife by what stands before, a planet
or a firm from the person of that surname by what is said of it.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from kg.classes import NAME_FAMILIES, PLACES
from kg.extract import constructions
from kg.extract.coref.cluster import Clusters, gender_of_word
from kg.extract.coref.context import SUBJECTS
from kg.extract.coref.leading import goes_on, leads
from kg.extract.coref.mourned import in_lead
from kg.extract.lexicon import gazetteer, inverse, mapping, words
from kg.extract.lexicon.labels import ODDS, STOCK_LABELS
from kg.extract.lexicon.nouns import nominal_type
from kg.extract.mentions.evidence.around import around
from kg.extract.mentions.evidence.weights import TITLES
from kg.extract.parse.tree import Tree
from kg.extract.reading import MentionDraft

Key = tuple[str, ...]

# What tells namesakes of one family apart, each in one form: "Jr." and "the Younger" are "jr".
GENERATION = mapping("coref", "names", "generation")
NUMERALS = words("coref", "names", "numerals")
# These are initials as often.
SMALL_NUMERALS = frozenset("ivx")
ELDER = "sr"
# Small words at the beginning of a surname: "van", "de la".
PARTICLES = words("coref", "names", "particles")
POLITE = words("coref", "names", "polite")
# Titles in their full form: "Sen." is "senator".
FULL_TITLE = mapping("coref", "names", "full_title")
# Names of firms, brands and heavenly bodies that are surnames as well.
KNOWN_AS_OTHER = words("coref", "namesakes", "known")
# What is said of firms and places, and of no person.
FOUNDED = words("coref", "namesakes", "founded")
TRADE = words("coref", "namesakes", "trade")
ORBIT = words("coref", "namesakes", "orbit")
CELESTIAL = words("coref", "namesakes", "celestial")
HAVING = words("coref", "namesakes", "having")
LIE = words("coref", "namesakes", "lie")
INTO = words("coref", "namesakes", "into")
KINDS = {label: kind for kind, label in STOCK_LABELS.items()}
# What only persons do, or what is done to them alone.
OF_PERSONS = words("coref", "namesakes", "of_persons")
NOT_PERSON = frozenset("Organization GPE Location Facility Product Work Event".split())
# The share of the class of persons below which a name is read as something else.
LEAST, DOUBTED = 0.4, 0.9
# How often a bare name must have been used for one person to go on being that person's.
OFTEN = 3
# Words by which somebody comes in as kin.
KIN = inverse("nominals", "kin").keys() | {"marry", "wed"}
# A part of a double surname has so many letters at least: "Al" of "Al-Amin" is none.
SHORTEST = 4
# A sentence with more names is a list, or nobody's, and each is looked at beside each.
MOST_TOGETHER = 60


def generation(m: MentionDraft) -> str:
    """Give what tells a person from an elder or younger of the same name, be it in or beside the name."""
    doc, end = m.span.doc, m.span.end
    if len(m.span) > 1 and (found := generation_of(m.span[-1].text)):
        return found
    if m.span.start and (word := doc[m.span.start - 1].lower_) in ("elder", "younger"):
        return str(GENERATION[word])
    if end < len(doc) and doc[end].text == ",":
        end += 1
        return found if end < len(doc) and (found := generation_of(doc[end].text)) in ("jr", "sr") else ""
    if end + 1 < len(doc) and doc[end].lower_ == "the":
        return str(GENERATION[doc[end + 1].lower_]) if doc[end + 1].lower_ in ("elder", "younger") else ""
    return generation_of(doc[end].text) if end < len(doc) else ""


@functools.lru_cache(maxsize=4096)
def generation_of(word: str) -> str:
    """Give the one form of a word behind a name.

    >>> generation_of("Junior"), generation_of("III"), generation_of("Lund")
    ('jr', 'iii', '')
    """
    low = word.lower().rstrip(".")
    if low in GENERATION:
        return str(GENERATION[low]) if word[:1].isupper() else ""
    return low if word.isupper() and low in NUMERALS else ""


def split_generation(name: Key) -> tuple[Key, str]:
    """Part the key of a person's name from the generation at its end.

    >>> split_generation(("anna", "lund", "jr")), split_generation(("anna", "lund"))
    ((('anna', 'lund'), 'jr'), (('anna', 'lund'), ''))
    """
    last = name[-1]
    if len(name) > 1 and (last in GENERATION.values() or last in NUMERALS):
        return name[:-1], last
    return name, ""


def surnames(last: str) -> tuple[str, ...]:
    """Give the words by which a surname may be called: a double one by either of its parts as well.

    >>> surnames("kolar-horvat"), surnames("kolar")
    (('kolar-horvat', 'kolar', 'horvat'), ('kolar',))
    """
    parts = last.split("-")
    return (last, *parts) if len(parts) == 2 and min(map(len, parts)) >= SHORTEST else (last,)


def differ_by_sign(short: Key, long: Key) -> bool:
    """Whether a longer name has only a number more than a shorter one, or is one of two partners.

    >>> differ_by_sign(("apollo",), ("apollo", "12")), differ_by_sign(("lund",), ("lund", "&", "ek"))
    (True, True)
    >>> differ_by_sign(("lund",), ("lund", "press"))
    False
    """
    n = len(short)
    rest = long[n:] if long[:n] == short else long[:-n]
    beside = rest[0] if long[:n] == short else rest[-1]
    return beside in ("&", "and", "+", "/") or all(_is_number(w) for w in rest)


def _is_number(word: str) -> bool:
    return word in NUMERALS or word in SMALL_NUMERALS or any(c.isdigit() for c in word)


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands before a name: the sign of a woman (1) or a man (-1), and titles."""

    gender: float = 0.0
    titles: frozenset[str] = frozenset()
    # Whether it is one that goes with surnames and says no more: "Mr.".
    polite: bool = False

    def __bool__(self) -> bool:
        return bool(self.gender or self.titles or self.polite)

    @property
    def sort(self) -> str:
        """What those have in common who are one under such a mark."""
        sex = "f" if self.gender > 0 else "m" if self.gender < 0 else ""
        return sex or " ".join(sorted(self.titles)) or "titled"


def mark_of(m: MentionDraft) -> Mark:
    """Give the mark of a mention from the titles before the name and at its beginning."""
    doc, gender = m.span.doc, 0.0
    titles: list[str] = []
    inside = 0
    while inside < len(m.span) - 1 and m.span[inside].lower_ in TITLES:
        titles.append(m.span[inside].lower_)
        inside += 1
    i = m.span.start - 1
    while i >= 0 and i > m.span.start - 4 and doc[i].lower_ in TITLES:
        titles.append(doc[i].lower_)
        i -= 1
    for title in titles:
        gender = gender or gender_of_word(title)
    full = {str(FULL_TITLE.get(t, t)).rstrip(".") for t in titles}
    return Mark(gender, frozenset(full) - POLITE, bool(full & POLITE))


class Bearer:
    """A person with a full name, who may be called by a part of it."""

    def __init__(self, clusters: Clusters, key: Key, mentions: list[MentionDraft]) -> None:
        self.clusters, self.key, self.mentions = clusters, key, mentions

    @functools.cached_property
    def mark(self) -> Mark:
        """What is known of the person: by titles, by the given name, by words of kin beside the name."""
        gender, titles = 0.0, set[str]()
        for m in self.mentions:
            tree = self.clusters.trees[m.block.index]
            own = mark_of(m)
            titles |= own.titles
            gender += 2 * own.gender
            for i in _said_of(tree, m):
                gender += 2 * gender_of_word(tree.lower[i])
                titles.add(tree.lemma[i])
        share = gazetteer.female_share(_given(self.mentions[0]))
        if not gender and share is not None:
            gender = 2 * share - 1
        return Mark(gender, frozenset(titles))

    @functools.cached_property
    def is_kin(self) -> bool:
        """Whether the person is introduced as kin of somebody: "his wife, Ida Vik", "she married Jo Vik"."""
        first = min(self.mentions, key=place)
        tree, i = self.clusters.trees[first.block.index], first.head.i
        above = tree.head[_first_listed(tree, i)]
        near = {tree.lemma[k] for k in (*_said_of(tree, first), above)}
        if tree.lower[above] == "of":
            near.add(tree.lemma[tree.head[above]])  # "the son of Jan Vik"
        return not near.isdisjoint(KIN)

    def agrees(self, mark: Mark, name: str) -> bool:
        """Whether nothing speaks against a title with a part of the name being that of this person.

        "Mr. Vik" is called Vik by surname.
        """
        if mark.polite and name not in surnames(split_generation(self.key)[0][-1]):
            return False
        return mark.gender * self.mark.gender >= -0.5

    def bears(self, mark: Mark) -> bool:
        """Whether the person was introduced with a title."""
        return bool(mark.titles & self.mark.titles)


def _first_listed(tree: Tree, i: int) -> int:
    """Give what a list begins with in which a token stands."""
    while tree.dep[i] == "conj" and tree.head[i] < i:
        i = tree.head[i]
    return i


def _given(m: MentionDraft) -> str:
    """Give the first word of a name that is no title."""
    return str(next((t for t in m.span if t.lower_ not in TITLES), m.span[0]).text)


def _said_of(tree: Tree, m: MentionDraft) -> list[int]:
    """Give the nouns that say who a person is: before the name, in apposition to it, or with "be"."""
    start, end, root = m.span.start, m.span.end, m.head.i
    found = []
    i = start - 1
    while i >= 0 and i > start - 5 and (tree.pos[i] in ("NOUN", "PROPN", "ADJ") or tree.lower[i] == ","):
        if tree.pos[i] == "NOUN" or tree.lower[i] in TITLES:
            found.append(i)
        elif tree.pos[i] == "PROPN":
            break
        i -= 1
    found += [a.renaming for a in constructions.appositions(tree, *range(start, end))]
    head = tree.head[root]
    if tree.dep[root] == "nsubj" and tree.lemma[head] in ("be", "become"):
        found += tree.of(head, "attr")
    return [i for i in found if tree.pos[i] in ("NOUN", "PROPN") and not start <= i < end]


class Namesakes:
    """Which mentions of one short name are of which person, or of none.

    `facet` parts the mentions that have the same words: those of one facet are one thing. `may_join` says
    whether a mention may be joined to a longer name.
    """

    def __init__(
        self,
        clusters: Clusters,
        named: Sequence[tuple[MentionDraft, Key]],
        firms: Mapping[int, Key] = MappingProxyType({}),
    ) -> None:
        """`firms` are the keys of firms for the mentions, by their id, that call them by a surname."""
        self.clusters = clusters
        self._mourned = in_lead(clusters)
        self._facets: dict[int, str] = {}
        # The full name that a mention was found to stand for, or None where it stands for none.
        self._bearer: dict[int, Key | None] = {}
        # A short name, and a longer one that is somebody else's.
        self._strangers: set[tuple[Key, Key]] = set()
        by_key: dict[Key, list[MentionDraft]] = {}
        by_sentence: dict[int, list[tuple[MentionDraft, Key]]] = {}
        for m, key in named:
            if id(m) in firms:
                m.type = "Organization"
                self._settle(m, "firm", firms[id(m)])
                continue
            by_key.setdefault(key, []).append(m)
            by_sentence.setdefault(clusters.sentence_of(m), []).append((m, key))
        self._by_key = by_key
        for sentence in by_sentence.values():
            if len(sentence) > 1:
                self._part_within(sentence)
        bearers = self._full_names(by_key)
        for key, mentions in by_key.items():
            called = bearers.get(split_generation(key)[0][-1], [])
            if _is_short(key) and (called or any(m.type == "Person" for m in mentions)):
                self._part_short(key, mentions, called)

    def facet(self, m: MentionDraft) -> str:
        """Give what parts a mention from others of the same words; empty for most."""
        return self._facets.get(id(m), "")

    def may_join(self, m: MentionDraft, key: Key, longer: Key) -> bool:
        """Whether a mention with its key may be joined to a longer name."""
        if id(m) in self._bearer:
            return self._bearer[id(m)] == longer
        return (key, longer) not in self._strangers

    def _full_names(self, by_key: dict[Key, list[MentionDraft]]) -> dict[str, list[Bearer]]:
        """Give the persons with a name of several words, by its first and last word."""
        found: dict[str, list[Bearer]] = {}
        for key, mentions in by_key.items():
            base, _ = split_generation(key)
            if not _is_short(key) and any(m.type == "Person" for m in mentions):
                for word in {base[0], *surnames(base[-1])}:
                    found.setdefault(word, []).append(Bearer(self.clusters, key, mentions))
        return found

    # Names of one sentence.

    def _part_within(self, sentence: list[tuple[MentionDraft, Key]]) -> None:
        """Part the names of one sentence of which one acts on the other: "Vik hired Eva Vik"."""
        if len(sentence) > MOST_TOGETHER:
            return
        for m, key in sentence:
            for other, longer in sentence:
                if m is other:
                    continue
                if self._is_kin_of(m, other):
                    self._part_kin(key, other, longer)
                elif key == longer:
                    self._part_equals(m, other)
                elif len(key) < len(longer) and set(key) <= set(longer) and self._are_two(m, other):
                    self._strangers.add((key, longer))

    def _part_kin(self, key: Key, parent: MentionDraft, longer: Key) -> None:
        """Part somebody from kin of his name: "Vik, the son of Jo Vik": Jo is not who Vik is."""
        if not set(split_generation(key)[0]) & set(split_generation(longer)[0]):
            return
        self._settle(parent, "kin" if key == longer else "", None)
        for other in self._by_key:
            if other != longer and (set(key) <= set(other) or other == key):
                self._strangers |= {(other, longer), (longer, other)}

    def _is_kin_of(self, m: MentionDraft, other: MentionDraft) -> bool:
        """Whether the other is whose kin somebody is said to be: "Vik was born here, the son of Jo Vik"."""
        if m.block is not other.block or m.type != "Person" or other.type != "Person":
            return False
        tree, i = self.clusters.trees[m.block.index], other.head.i
        first = _first_listed(tree, i)
        of = tree.head[first]
        kin = tree.head[of]
        if tree.dep[first] != "pobj" or tree.lower[of] != "of" or tree.lemma[kin] not in KIN:
            return False
        beside = constructions.renames(tree, kin) or tree.dep[kin] in ("attr", "oprd", "npadvmod")
        subject = self.clusters.site(m.block.index, m.head.i).role in SUBJECTS
        return beside and subject and m.head.i < kin

    def _part_equals(self, m: MentionDraft, other: MentionDraft) -> None:
        """Part the same words as subject and as place in one clause: "Vik won the race in Vik"."""
        kind = _local(m)
        if _family(kind) != _family(_local(other)) and self._acts_on(other, m):
            m.type = kind
            self._settle(m, "other", None)

    def _are_two(self, m: MentionDraft, other: MentionDraft) -> bool:
        return self._acts_on(m, other) or self._acts_on(other, m) or self._listed(m, other)

    def _acts_on(self, one: MentionDraft, other: MentionDraft) -> bool:
        """Whether the one is the subject of a verb of which the other is an object or complement."""
        if one.block is not other.block:
            return False
        tree = self.clusters.trees[one.block.index]
        a, b = (self.clusters.site(m.block.index, m.head.i) for m in (one, other))
        if a.verb < 0 or a.verb != b.verb or a.role not in SUBJECTS or b.role in SUBJECTS:
            return False
        return _depends(tree, other.head.i, a.verb) and _is_argument(tree, one.head.i)

    def _listed(self, one: MentionDraft, other: MentionDraft) -> bool:
        """Whether two names stand in one list: "Eva Vik and Vik"."""
        if one.block is not other.block:
            return False
        tree = self.clusters.trees[one.block.index]
        a, b = (constructions.renamed(tree, m.head.i) for m in (one, other))
        return a != b and (b in tree.conjuncts(a) or a in tree.conjuncts(b))

    # Names of one word.

    def _part_short(self, key: Key, mentions: list[MentionDraft], bearers: list[Bearer]) -> None:
        """Tell the mentions of a surname or given name apart."""
        base, own = split_generation(key)
        bearers = [
            b
            for b in bearers
            if (key, b.key) not in self._strangers and (not own or split_generation(b.key)[1] == own)
        ]
        people = []
        bare = _is_short(key) and not own
        early = bare and _comes_before(mentions, bearers)
        for m in mentions:
            mark = mark_of(m)
            if early and not mark:
                # Who is introduced by a full name is not called by a part of it before: that is another.
                self._settle(m, "before", None)
                continue
            kind = self._other_kind(m) if bearers and not mark and bare else None
            if kind is None:
                people.append((m, mark))
            else:
                m.type = kind
                self._settle(m, "thing", None)
        self._by_marks(people, _distinct(bearers), base[-1])

    def _by_marks(self, people: list[tuple[MentionDraft, Mark]], persons: list[Bearer], name: str) -> None:
        """Give each mention the person whom its title fits: "Mrs. Vik", "Senator Vik"."""
        strangers = _strange(people, persons, name)
        if len(persons) > 1 or (persons and strangers) or self._two(people):
            usual = self._usual(people, persons, strangers)
            for m, mark in people:
                own = self._fitting(mark, persons, name) if mark else usual.get(id(m))
                if own is not None:
                    self._settle(m, " ".join(own.key), own.key)
                elif mark:
                    self._settle(m, mark.sort, None)
                elif strangers:
                    # Whoever is called so without a title may be either.
                    self._settle(m, "unmarked", None)

    def _usual(
        self, people: list[tuple[MentionDraft, Mark]], persons: list[Bearer], strangers: set[Mark]
    ) -> dict[int, Bearer]:
        """Give who is called by a bare name before anybody else of that name comes in.

        Whom a text mourns or is about, who has been called so `OFTEN`, or whose kin the others come in as,
        goes on being called so.
        """
        sentence = self.clusters.sentence_of
        introduced = sorted(((min(map(sentence, b.mentions)), n) for n, b in enumerate(persons)))
        if not introduced:
            return {}
        first, number = introduced[0]
        main, later = persons[number], [persons[n] for _, n in introduced[1:]]
        bare = [m for m, mark in people if not mark and sentence(m) >= first]
        if not self._is_main(main, later, strangers):
            others = [p for p, _ in introduced[1:]]
            if not strangers and self._is_lead(main, first, others):
                bare = self._of_lead(bare, later)
            else:
                bare = self._before(bare, others + [sentence(m) for m, mark in people if mark in strangers])
        return {id(m): main for m in bare}

    def _is_lead(self, main: Bearer, first: int, others: list[int]) -> bool:
        """Whether a text is about somebody, and others of the name come in later sentences."""
        return min(others, default=first) > first and leads(self.clusters, main.mentions)

    def _before(self, bare: list[MentionDraft], others: list[int]) -> list[MentionDraft]:
        """Give the bare names that stand before the sentences with others of the name."""
        first = min(others, default=0)
        return _usually(bare, [m for m in bare if self.clusters.sentence_of(m) < first])

    def _of_lead(self, bare: list[MentionDraft], later: list[Bearer]) -> list[MentionDraft]:
        """Give the bare names that are those of whom a text is about."""
        others = [o for b in later for o in b.mentions]
        return [m for m in bare if not goes_on(self.clusters, m, others)]

    def _is_main(self, person: Bearer, others: list[Bearer], strangers: set[Mark]) -> bool:
        """Whether a text mourns somebody, or all others of the name come in as kin."""
        if any(m is self._mourned for m in person.mentions):
            return True
        together = any(self._listed(m, o) for m in person.mentions for b in others for o in b.mentions)
        return not strangers and not together and _are_kin(others)

    def _two(self, people: list[tuple[MentionDraft, Mark]]) -> bool:
        """Whether a name is that of two: "Mr. Vik … Mrs. Vik", "Senator Vik met Dr. Vik"."""
        if len({mark.gender for _, mark in people if mark.gender}) > 1:
            return True
        titled: dict[int, list[tuple[MentionDraft, Mark]]] = {}
        for m, mark in people:
            if mark.titles:
                titled.setdefault(self.clusters.sentence_of(m), []).append((m, mark))
        return any(
            not a.titles & b.titles and self._are_two(m, other)
            for together in titled.values()
            for m, a in together
            for other, b in together
        )

    def _fitting(self, mark: Mark, persons: list[Bearer], name: str) -> Bearer | None:
        """Give the one person whom a title fits best."""
        fitting = [b for b in persons if b.agrees(mark, name)]
        sure = [b for b in fitting if mark.gender * b.mark.gender > 0.5]
        chosen = [b for b in fitting if b.bears(mark)] or sure or fitting
        return chosen[0] if len(chosen) == 1 else None

    def _settle(self, m: MentionDraft, facet: str, bearer: Key | None) -> None:
        self._facets[id(m)], self._bearer[id(m)] = facet, bearer

    def _other_kind(self, m: MentionDraft) -> str | None:
        """Give the class of what bears a person's surname and is no person, where the text shows that."""
        if any(kind == "Person" for kind, _ in around(m.span)):
            return None  # "Lund, 48, was appointed"
        tree, i = self.clusters.trees[m.block.index], m.head.i
        if tree.dep[i] in SUBJECTS and tree.lemma[tree.head[i]] in OF_PERSONS:
            return None
        person, best = odds(m)
        kind = _by_verb(self.clusters.trees[m.block.index], m, person, best)
        return kind or (best if person < LEAST and best in NOT_PERSON else None)


def _usually(bare: list[MentionDraft], before: list[MentionDraft]) -> list[MentionDraft]:
    """Give the bare names that are one person's: all, where enough of them stand before anybody else."""
    return bare if len(before) >= OFTEN else before


def _are_kin(others: Iterable[Bearer]) -> bool:
    """Whether there are others of a name, and all come in as somebody's kin."""
    known = [b.is_kin for b in others]
    return bool(known) and all(known)


def _comes_before(mentions: list[MentionDraft], bearers: list[Bearer]) -> bool:
    """Whether a bare name stands in running text before anybody with that name is introduced."""
    if not bearers:
        return False
    introduced = min(place(m) for b in bearers for m in b.mentions)
    return any(
        place(m) < introduced and m.block.kind not in ("title", "heading", "header") and not mark_of(m)
        for m in mentions
    )


def place(m: MentionDraft) -> tuple[int, int]:
    """Give where a mention begins: its block and token."""
    return m.block.index, m.span.start


def _strange(people: list[tuple[MentionDraft, Mark]], persons: list[Bearer], name: str) -> set[Mark]:
    """Give the titles that are of nobody with a full name."""
    marks = {mark for _, mark in people if mark}
    return {mark for mark in marks if not any(b.agrees(mark, name) for b in persons)}


def _is_short(key: Key) -> bool:
    """Whether a name is a surname or given name alone, with the small words that a surname begins with."""
    *before, _ = split_generation(key)[0]
    return all(word in PARTICLES for word in before)


def _distinct(bearers: Iterable[Bearer]) -> list[Bearer]:
    """Give one of each person: longer forms of the same first and last name are the same."""
    found: dict[tuple[str, str, str], Bearer] = {}
    for b in bearers:
        base, own = split_generation(b.key)
        found.setdefault((base[0], base[-1], own), b)
    return list(found.values())


def odds(m: MentionDraft) -> tuple[float, str]:
    """Give how likely a mention by itself is a person, and its likeliest class."""
    doc, start = m.span.doc, m.span.start
    odds = doc.user_data.get(ODDS, {}).get(start)
    if odds:
        return odds.get("Person", 0.0), min(odds, key=lambda k: (-odds[k], k))
    kind = KINDS.get(doc[start].ent_type_, m.type)
    return float(kind == "Person"), kind


def _local(m: MentionDraft) -> str:
    """Give the class of a mention by itself."""
    return odds(m)[1]


def _family(kind: str) -> str:
    return NAME_FAMILIES.get(kind, kind)


def _by_verb(tree: Tree, m: MentionDraft, person: float, best: str) -> str | None:
    """Give the class that a clause shows a name to have, if not that of persons."""
    i = m.head.i
    verb, dep = tree.head[i], tree.dep[i]
    other = _not_person(best, "Organization")
    if dep == "pobj":
        return "GPE" if tree.lower[verb] in INTO and _isplace(m) and person < DOUBTED else None
    if dep == "compound" and i < verb:
        sells = tree.tag[verb] in ("NN", "NNS") and (_is_known(m) or person < 0.6)
        return other if sells else None
    if dep == "nsubjpass":
        return other if tree.lemma[verb] in FOUNDED else None
    return _by_act(tree, m, person, best) if dep == "nsubj" else None


def _by_act(tree: Tree, m: MentionDraft, person: float, best: str) -> str | None:
    """Give the class that a name has by what it does, if not that of persons: "Vik sells cars"."""
    verb = tree.head[m.head.i]
    act = tree.lemma[verb]
    if act == "be":
        return _by_attribute(tree, m, verb)
    if act in ORBIT or (act in HAVING and _is_known(m) and _has_celestial(tree, verb)):
        return _not_person(best, "Location")
    if act in LIE and _lies_somewhere(tree, m, verb):
        return "GPE" if _isplace(m) else "Location" if person < LEAST else None
    trades = act in TRADE and _habitual(tree, verb) and (_is_known(m) or person < 0.75)
    return _not_person(best, "Organization") if trades else None


def _not_person(best: str, default: str) -> str:
    return best if best in NOT_PERSON else default


def _isplace(m: MentionDraft) -> bool:
    return gazetteer.place_named(m.label) is not None or gazetteer.land_named(m.label) is not None


def _is_known(m: MentionDraft) -> bool:
    return m.label.lower() in KNOWN_AS_OTHER


def _by_attribute(tree: Tree, m: MentionDraft, verb: int) -> str | None:
    """What a name is said to be: "Vik is a town in Norland"."""
    for k in tree.of(verb, "attr"):
        kind = nominal_type(m.block.doc[k])[0] if tree.pos[k] == "NOUN" else ""
        if kind in PLACES or kind in NOT_PERSON:
            return kind
    return None


def _has_celestial(tree: Tree, verb: int) -> bool:
    """Whether a planet is said to have moons or an orbit."""
    return any(tree.lemma[k] in CELESTIAL for k in tree.of(verb, "dobj"))


def _lies_somewhere(tree: Tree, m: MentionDraft, verb: int) -> bool:
    """Whether what is said to lie does so on a coast or by a river, not on a sofa."""
    for preposition in tree.of(verb, "prep"):
        for k in tree.of(preposition, "pobj"):
            token = m.block.doc[k]
            if token.ent_type_ in ("GPE", "LOC") or nominal_type(token)[0] in ("GPE", "Location"):
                return True
    return any(tree.dep[k] in ("dobj", "npadvmod", "advmod") for k in tree.kids[verb] if k > verb)


def _habitual(tree: Tree, verb: int) -> bool:
    """Whether a verb says what is done as a rule: "sells cars"."""
    return tree.tag[verb] in ("VBZ", "VBP") and not tree.of(verb, "aux")


def _is_argument(tree: Tree, i: int) -> bool:
    joined = constructions.owns(tree, i) or constructions.renames(tree, i)
    return not joined and tree.dep[i] not in ("compound", "nmod")


def _depends(tree: Tree, i: int, verb: int) -> bool:
    """Whether a name is an object or complement of a verb by itself, not a part of one."""
    if not _is_argument(tree, i):
        return False
    for _ in range(6):
        above = tree.head[i]
        if above == verb:
            return tree.dep[i] in ("dobj", "dative", "prep", "agent")
        if tree.dep[i] == "pobj" or tree.dep[i] == "conj":
            i = above
        elif tree.dep[i] == "prep" and tree.dep[above] == "dobj" and tree.lower[i] in INTO:
            i = above
        else:
            return False
    return False
