"""Which chains of different documents are one thing: merged on evidence, homonyms kept apart."""

from __future__ import annotations

import collections
import itertools
import logging
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from kg.nearest import did_you_mean
from kg.resolve.classes import female_shares, one_family
from kg.resolve.linking import Decision, Decisions, Link, Linker, Reference, lexicon
from kg.resolve.parts import ONE, Parts
from kg.resolve.things import GENERATION, EntityCandidate, normalise

# A name of nothing but words that many institutions share is one thing only within one country.
GENERIC = frozenset(lexicon("institutions")["generic"].split())
# A homonym is tested against so many different profiles of a name.
PROFILES = 40
# Who is meant by a surname is told by so many names in its company, and so many bearers are named.
RAREST, MOST_CALLED_SO = 6, 3
SAME_SURNAME = "same surname"
# The local part of an entity's IRI: its name, its family and a document, where these tell it from others.
LOCAL = re.compile(r"(.+?)(?:--([a-z]+))?(?:-([0-9a-f]{8}))?")
# What is kept apart is known before anything is joined, and a new name before it is used.
FIRST_DECIDED = ("rename", "retype", "different", "same")
log = logging.getLogger("kg.resolve")


@dataclass(frozen=True, slots=True)
class Around:
    """What is known of all things where only some are to be merged."""

    # How often each name is borne, and by how many documents anything is named.
    frequency: Mapping[str, int]
    documents: int
    # Words that several persons are called by, of whom not all are among those to be merged.
    crowded: frozenset[str] = frozenset()

    @classmethod
    def of(cls, things: Sequence[EntityCandidate]) -> Around:
        """Give it for things that are all there are."""
        named = [t for t in things if t.named]
        return cls(collections.Counter(t.key for t in named), len({t.doc for t in named}))

    @property
    def often(self) -> int:
        """From how many bearers on a name says nothing of who is meant."""
        return max(20, self.documents // 5)


class Groups:
    """Things joined into groups; what must not be one thing is never joined."""

    def __init__(self, things: Sequence[EntityCandidate]) -> None:
        self.things = things
        self.parent = list(range(len(things)))
        self.links: list[str | None] = [None] * len(things)
        # For each root the sides of the decisions that keep things apart.
        self.sides: dict[int, set[tuple[int, int]]] = {}
        self.reasons: dict[int, set[str]] = {}
        # What the user calls things, and of what class they are, each with the number of the decision.
        self.labels: dict[int, tuple[int, str]] = {}
        self.kinds: dict[int, tuple[int, str]] = {}
        # The things that stood for the groups before persons were found by parts of their names.
        self.before_surnames: list[int] = []

    def root(self, i: int) -> int:
        """Give the thing that stands for the group of a thing."""
        while self.parent[i] != i:
            self.parent[i] = self.parent[self.parent[i]]
            i = self.parent[i]
        return i

    def join(self, i: int, j: int, reason: str) -> bool:
        """Make the groups of two things one, unless they are known to be two; whether they are one now."""
        a, b = sorted((self.root(i), self.root(j)))
        if a == b:
            return True
        link_a, link_b = self.links[a], self.links[b]
        if link_a and link_b and link_a != link_b:
            return False
        if self.apart(a, b):
            return False
        self.parent[b] = a
        self.links[a] = link_a or link_b
        if b in self.sides:
            self.sides.setdefault(a, set()).update(self.sides[b])
        if b in self.reasons:
            self.reasons.setdefault(a, set()).update(self.reasons.pop(b))
        if reason:
            self.reasons.setdefault(a, set()).add(reason)
        return True

    def mark(self, decision: Decision, row: int, sides: Sequence[Iterable[int]]) -> None:
        """Note what the user decided of things, by the number of the decision."""
        if decision.kind == "different":
            for number, side in enumerate(sides):
                for i in side:
                    self.sides.setdefault(i, set()).add((row, number))
        elif decision.to:
            given = self.labels if decision.kind == "rename" else self.kinds
            given.update(dict.fromkeys(sides[0], (row, decision.to)))

    def apart(self, i: int, j: int) -> bool:
        """Whether the user decided that two things are two."""
        a, b = self.sides.get(self.root(i)), self.sides.get(self.root(j))
        if not a or not b:
            return False
        rows = dict(a)
        return any(rows.get(row, side) != side for row, side in b)

    def link_of(self, i: int) -> str | None:
        """Give the id of what a thing is linked to."""
        return self.links[self.root(i)]

    def groups(self) -> list[list[int]]:
        """Give the groups, each in order, by their first thing."""
        found: dict[int, list[int]] = {}
        for i in range(len(self.things)):
            found.setdefault(self.root(i), []).append(i)
        return list(found.values())


def merge(
    things: Sequence[EntityCandidate],
    linkers: Sequence[Linker] = (),
    decisions: Decisions | None = None,
    around: Around | None = None,
    parts: Parts = ONE,
) -> tuple[Groups, dict[str, Link], list[tuple[int, int, float, str]]]:
    """Group the things of all documents; give also the links by id, and pairs of things that may be one.

    Where they are not all, `around` says what is to be known of the others. Who bears one name is told apart
    in `parts`.
    """
    groups = Groups(things)
    possible: list[tuple[int, int, float, str]] = []
    named = [i for i, t in enumerate(things) if t.named]
    found = _find_links(groups, named, linkers)
    _decide(groups, named, decisions if decisions is not None else Decisions(), found)
    links = _link(groups, found)
    _same_name(groups, named, parts)
    _short_forms(groups, named)
    groups.before_surnames = [groups.root(i) for i in range(len(things))]
    possible += _surnames(groups, named, around or Around.of(things))
    possible += _other_class(groups, named)
    return groups, links, possible


def _decide(groups: Groups, named: list[int], decisions: Decisions, links: Mapping[int, Link]) -> None:
    """Keep apart, join, call and class what the user decided so; the last decision of a kind counts."""
    if not decisions:
        return
    called = _Called(groups, named, decisions, links)
    found: list[tuple[Decision, list[list[int]]]] = []
    for row, decision in enumerate(sorted(decisions.all(), key=lambda d: FIRST_DECIDED.index(d.kind))):
        sides = called.sides(decision)
        found.append((decision, sides))
        groups.mark(decision, row, sides)
        if decision.kind == "rename":
            called.call(decision.to, sides[0])
    for decision, sides in found:
        if decision.kind == "same" and not _join_sides(groups, sides, decision.why) and decision.key:
            decisions.idle.setdefault(decision.key, "they are known to be two, by a table or by a decision")
    for decision, sides in found:
        # The names of one side are one thing, of which the others were taken out.
        if decision.kind == "different" and any(len(side) > 1 for side in decision.sides):
            _join_sides(groups, sides, decision.why)
    called.tell()


def _join_sides(groups: Groups, sides: Iterable[list[int]], why: str) -> bool:
    """Make the things of each side one; whether all could be."""
    joined = [groups.join(side[0], other, why) for side in sides for other in side[1:]]
    return all(joined)


class _Called:
    """Finds things by the names that a user wrote down, and tells which of them nothing bears."""

    def __init__(
        self, groups: Groups, named: list[int], decisions: Decisions, links: Mapping[int, Link]
    ) -> None:
        self.groups, self.decisions = groups, decisions
        self.by_key: dict[str, list[int]] = {}
        for i in named:
            keys = groups.things[i].keys
            if i in links:
                keys = keys | {normalise(links[i].label)}
            for key in sorted(keys):
                self.by_key.setdefault(key, []).append(i)
        self.nameless: dict[str, list[int]] = {}
        for i, thing in enumerate(groups.things):
            if not thing.named:
                self.nameless.setdefault(normalise(thing.label), []).append(i)
        self.unknown: dict[str, None] = {}
        self.missing: dict[str, str] = {}

    def call(self, name: str, things: Iterable[int]) -> None:
        """Let things be found by a name that a decision gave them."""
        known = self.by_key.setdefault(normalise(name), [])
        known += [i for i in things if i not in known]

    def sides(self, decision: Decision) -> list[list[int]]:
        """Give the things of each side of a decision; where there are too few, it has no effect."""
        found = [[self._find(name, decision) for name in side] for side in decision.sides]
        several = decision.kind in ("same", "different")
        there = sum(map(any, found)) if decision.kind == "different" else sum(map(bool, found[0]))
        if there < 1 + several and decision.key:
            self.decisions.idle[decision.key] = self.missing[decision.key]
        return [list(itertools.chain(*side)) for side in found]

    def _find(self, wanted: Reference, decision: Decision) -> list[int]:
        """Give the things of a name, of a name in a document (`Ann Lee@3f2a`), or of an entity's IRI.

        What has no name is found by what it is called in a document that is named.
        """
        name, doc, family = self._parts(wanted)
        places: Sequence[int] = self.by_key.get(normalise(name), ())
        if decision.to and (wanted.source or doc):
            places = [*places, *self.nameless.get(normalise(name), ())]
        things = self.groups.things
        fitting = (i for i in places if family in ("", things[i].family))
        found = [i for i in fitting if self._is_in(things[i].doc, wanted, doc)]
        if not found:
            self._miss(wanted, decision, bool(places))
        return found

    def _parts(self, wanted: Reference) -> tuple[str, str, str]:
        """Take a name as it was written apart: the name, a document, a family."""
        name, doc, family = wanted.name, wanted.document, ""
        if "://" in name or name.startswith("ent:"):
            local = unquote(re.split("[/:]", name)[-1])
            parts = LOCAL.fullmatch(local)
            assert parts is not None, "every text is a name"
            name, family, doc = (part or "" for part in parts.groups())
            if normalise(name.replace("_", " ")) not in self.by_key:
                name, family, doc = local, "", ""
            name = name.replace("_", " ")
        elif "@" in name and not wanted.source and not doc:
            name, _, doc = name.rpartition("@")
        return name, doc, family

    def _is_in(self, doc: str, wanted: Reference, start: str) -> bool:
        if not wanted.source:
            return doc.startswith(start)
        return self.decisions.sources.get(doc) == wanted.source or bool(start and doc.startswith(start))

    def _miss(self, wanted: Reference, decision: Decision, elsewhere: bool) -> None:
        """Note that nothing bears a name, or that nothing does in its document any more."""
        if not decision.key:
            self.unknown[wanted.name] = None
            return
        where = wanted.source or wanted.document
        why = f"nothing is called {wanted.name!r}"
        if where and elsewhere:
            why += f" in {where}"
        elif near := self._near(wanted.name):
            why += f"; {near}"
        self.missing[decision.key] = why

    def _near(self, name: str) -> str:
        known = {self.groups.things[i].label for places in self.by_key.values() for i in places}
        return did_you_mean(name, known)

    def tell(self) -> None:
        """Say once which names nothing bears, each with the nearest that are there."""
        for reference in self.unknown:
            near = self._near(reference.rpartition("@")[0] if "@" in reference else reference)
            log.warning("merges: nothing is called %r%s", reference, f"; {near}" if near else "")


def _find_links(groups: Groups, named: list[int], linkers: Sequence[Linker]) -> dict[int, Link]:
    """Give what linkers know of things, by their numbers."""
    known: dict[tuple[tuple[str, ...], str], Link | None] = {}
    found: dict[int, Link] = {}
    for i in named:
        thing = groups.things[i]
        names = tuple(dict.fromkeys((thing.label, *sorted(set(thing.names)))))
        if (names, thing.type) not in known:
            known[names, thing.type] = next(
                (link for linker in linkers if (link := linker.link(names, thing.type)) is not None), None
            )
        link = known[names, thing.type]
        if link is not None:
            found[i] = link
    return found


def _link(groups: Groups, found: Mapping[int, Link]) -> dict[str, Link]:
    """Join what is linked to one thing; gives the links by id."""
    links: dict[str, Link] = {}
    first: dict[str, int] = {}
    for i, link in found.items():
        links[link.id] = link
        groups.links[groups.root(i)] = groups.links[groups.root(i)] or link.id
        other = first.setdefault(link.id, i)
        if other != i:
            groups.join(other, i, link.source)
    return links


def _same_name(groups: Groups, named: list[int], parts: Parts = ONE) -> None:
    """Join things of one family whose full names are the same, homonyms apart."""
    buckets: dict[tuple[str, str], list[int]] = {}
    for i in named:
        thing = groups.things[i]
        if thing.family == "person" and thing.called:
            continue
        buckets.setdefault((thing.family, thing.key), []).append(i)
    several = {name: members for name, members in sorted(buckets.items()) if len(members) > 1}
    told_apart = _told_apart(groups.things, several, parts)
    for name, members in several.items():
        for group in told_apart.get(name, [members]):
            _join_all(groups, group, "same name")


def _told_apart(
    things: Sequence[EntityCandidate], several: Mapping[tuple[str, str], list[int]], parts: Parts
) -> dict[tuple[str, str], list[list[int]]]:
    """Divide the things of each name that many bear, by family and name; a name lies in one part."""

    def divided(part: int) -> dict[tuple[str, str], list[list[int]]]:
        return {
            (family, key): [[members[i] for i in group] for group in _homonyms([things[i] for i in members])]
            for (family, key), members in several.items()
            if is_shared_by_many(family, key) and parts.of(key) == part
        }

    names = sum(map(len, several.values()))
    return {name: groups for found in parts.each(divided, names) for name, groups in found.items()}


def _join_all(groups: Groups, members: list[int], reason: str) -> None:
    """Join things, each with the first of those before it that it may be one with."""
    firsts = members[:1]
    for other in members[1:]:
        if not any(groups.join(first, other, reason) for first in firsts):
            firsts.append(other)


def is_shared_by_many(family: str, key: str) -> bool:
    """Whether a name alone does not tell who or what bears it."""
    return family == "person" or set(key.split()) <= GENERIC


def _homonyms(things: list[EntityCandidate]) -> list[list[int]]:
    """Divide things of one name by who they are with and what is said of them.

    Things with the same traits go together; then groups, the largest first, are put with the first group that
    they do not conflict with.
    """
    by_traits: dict[tuple[tuple[str, tuple[str, ...]], ...], list[int]] = {}
    for i, t in enumerate(things):
        profile = tuple((k, tuple(sorted(v))) for k, v in sorted(t.traits.items()))
        by_traits.setdefault(profile, []).append(i)
    told = sorted((p for p in by_traits if p), key=lambda p: (-len(by_traits[p]), p))
    groups: list[list[int]] = []
    for profile in told:
        members = by_traits[profile]
        number = _least_conflict(things, groups, things[members[0]])
        if number is None:
            groups.append(list(members))
        else:
            groups[number] += members
    for i in by_traits.get((), ()):
        # Nothing is said of this one: its company decides, and without it the most talked of.
        if not groups:
            groups.append([])
        shared = [
            max((len(things[i].company & things[j].company) for j in g[:PROFILES]), default=0) for g in groups
        ]
        groups[max(range(len(groups)), key=lambda n: (shared[n], -n))].append(i)
    return [sorted(g) for g in groups]


def _least_conflict(
    things: list[EntityCandidate], groups: list[list[int]], thing: EntityCandidate
) -> int | None:
    """Give the number of the first group that a thing conflicts with least, if it may be of any."""
    best: tuple[int, int] | None = None
    for number, group in enumerate(groups[:PROFILES]):
        against = max(conflict(things[i], thing) for i in group[:PROFILES])
        if against < 2 and (best is None or against < best[0]):
            best = against, number
    return None if best is None else best[1]


def conflict(a: EntityCandidate, b: EntityCandidate) -> int:
    """Say how much speaks against two things of one name being one; 2 and more keeps them apart."""
    points = 0
    for trait, weight in (("country", 2), ("birth", 3), ("role", 1)):
        left, right = a.traits.get(trait), b.traits.get(trait)
        if left and right:
            points += weight if not left & right else -1
    shared = len(a.company & b.company)
    if shared:
        points -= 2 if shared > 1 else 1
    elif len(a.company) > 2 and len(b.company) > 2:
        points += 1
    return points


def _short_forms(groups: Groups, named: list[int]) -> None:
    """Join a short form (acronym, distinctive part) with the only thing that a document calls so in full."""
    long_of: dict[tuple[str, str], set[int]] = {}
    for i in named:
        thing = groups.things[i]
        for key in long_forms(thing):
            long_of.setdefault((thing.family, key), set()).add(i)
    for i in named:
        thing = groups.things[i]
        full = long_of.get((thing.family, thing.key))
        if full and len({groups.root(j) for j in full} - {groups.root(i)}) == 1:
            groups.join(min(full), i, "short form with its full name known")


def _surname(key: str) -> str:
    """Give the last word of a person's name; the place in "bertrand of ansel" is no surname."""
    before, _, last = GENERATION.sub("", key).rpartition(" ")
    return key if before.endswith(" of") else last


def _surnames(groups: Groups, named: list[int], around: Around) -> list[tuple[int, int, float, str]]:
    """Join a bare surname with the only person of that surname where both are in the same company.

    Otherwise the pair is a candidate. Bare surnames alone meet only in company of two shared names. What a
    document that knows the full name keeps apart stays so.
    """
    things = groups.things
    people = _people(things, named)
    possible: list[tuple[int, int, float, str]] = []
    meetings: dict[tuple[str, int, str, str], int] = {}
    for i in named:
        thing = things[i]
        key = thing.called
        if thing.family != "person" or not key:
            continue
        company = usual_company(thing, around)
        for x, y in itertools.combinations(sorted(rarest(company, around)), 2):
            j = meetings.setdefault((key, thing.sex, x, y), i)
            if j != i and things[j].doc != thing.doc:
                groups.join(j, i, "surname in shared company")
        full = sorted(people.get(key, ()))
        if key not in around.crowded and not _join_full(groups, i, key, company, full):
            roots = [r for r in dict.fromkeys(groups.root(j) for j in full) if r != groups.root(i)]
            possible += [(r, i, surname_score(len(roots)), SAME_SURNAME) for r in roots[:MOST_CALLED_SO]]
    return possible


def usual_company(thing: EntityCandidate, around: Around) -> frozenset[str]:
    """Give the names in a thing's company that are not borne everywhere."""
    return frozenset(k for k in thing.company if around.frequency[k] <= around.often)


def rarest(company: frozenset[str], around: Around) -> list[str]:
    """Give the names in some company that are borne least."""
    return sorted(company, key=lambda k: (around.frequency[k], k))[:RAREST]


def surname_score(persons: int) -> float:
    """Say how likely one of so many persons is the one whom a part of their name means."""
    return round(0.5 / persons + 0.1, 2)


def _join_full(groups: Groups, i: int, surname: str, company: frozenset[str], full: list[int]) -> bool:
    """Join a bare surname with those who bear it in full, if they are one and it may be theirs."""
    things = groups.things
    thing = things[i]
    if len({groups.root(j) for j in full} - {groups.root(i)}) != 1:
        return False
    if any(things[j].doc == thing.doc for j in full):
        return False  # that document says whose it is
    fitting = [j for j in full if _sexes_agree(thing, things[j])]
    if not fitting or not _is_of(surname, company, [things[j] for j in fitting]):
        return False
    groups.join(fitting[0], i, "surname in shared company")
    return True


def _sexes_agree(short: EntityCandidate, full: EntityCandidate) -> bool:
    """Whether "Mrs. Vik" may be a person of this full name."""
    sex = full.sex or _sex_of_given_name(full.label.split()[0])
    return short.sex * sex >= 0


def _sex_of_given_name(name: str) -> int:
    share = female_shares().get(name, 0.5)
    return (share > 0.8) - (share < 0.2)


def _people(things: Sequence[EntityCandidate], named: list[int]) -> dict[str, set[int]]:
    """Give the persons with a full name, by surname and by first name."""
    people: dict[str, set[int]] = {}
    for i in named:
        for word in words_of(things[i]):
            people.setdefault(word, set()).add(i)
    return people


def words_of(thing: EntityCandidate) -> set[str]:
    """Give the words by which a person with a full name may be called: surname and first name."""
    if thing.family != "person" or thing.called:
        return set()
    return {_surname(thing.key), thing.key.split(" ", 1)[0]}


def long_forms(thing: EntityCandidate) -> set[str]:
    """Give the short forms by which a thing with a longer name is known."""
    if thing.family == "person":
        return set()
    return {key for key in thing.keys - {thing.key} if not set(key.split()) <= GENERIC}


def _is_of(surname: str, company: frozenset[str], people: list[EntityCandidate]) -> bool:
    """Whether a bare surname in such company is that of one of these, who are one person."""
    shared = any(company & person.company for person in people[:PROFILES])
    return shared and any(_surname(person.key) == surname for person in people)


def _other_class(groups: Groups, named: list[int]) -> list[tuple[int, int, float, str]]:
    """Join what bears one name in several classes, where that is a slip of the reader; else give the pairs.

    What one document keeps apart stays so.
    """
    things = groups.things
    by_key: dict[str, list[int]] = {}
    for i in named:
        by_key.setdefault(things[i].key, []).append(i)
    possible: list[tuple[int, int, float, str]] = []
    for _, members in sorted(by_key.items()):
        first: dict[str, int] = {}
        for i in members:
            first.setdefault(things[i].family, i)
        if len(first) == 1 or len({things[i].doc for i in members}) < len(
            {(things[i].doc, things[i].family) for i in members}
        ):
            continue
        family = one_family([things[i] for i in members])
        if family is None:
            for a, b in itertools.combinations(sorted(first), 2):
                kinds = " and ".join(sorted({things[first[a]].type, things[first[b]].type}))
                possible.append((first[a], first[b], 0.5, f"same name, {kinds}"))
            continue
        kind = things[first[family]].type
        for i in members:
            if groups.join(first[family], i, "same name in another class"):
                things[i].type = kind if things[i].family != family else things[i].type
                things[i].family = family
    return possible
