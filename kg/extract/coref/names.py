"""Names of one thing: the same words, a surname, an acronym, a distinctive part."""

from __future__ import annotations

import functools

from kg.extract.coref.cluster import Clusters, CorefCluster, gender_of_names
from kg.extract.lexicon import gazetteer
from kg.extract.mentions.evidence import END_CLASS, TITLES
from kg.extract.reading import MentionDraft
from kg.iri import without_accents

FAMILY = {
    "GPE": "place",
    "Location": "place",
    "Facility": "place",
    "Organization": "organization",
    "Group": "organization",
    "Product": "organization",
    "Work": "organization",
}
SMALL = frozenset("of the and for in on de la & 's".split())
SUFFIX = frozenset("jr jr. sr sr. ii iii iv phd ph.d. md m.d. esq".split())


def join(clusters: Clusters) -> None:
    """Join the names of a document that stand for one thing."""
    names = [m for m in clusters.reading.mentions if is_name(m)]
    by_key: dict[tuple[str, ...], CorefCluster] = {}
    for m in names:
        thing = clusters.thing(m)
        key = _key(m)
        thing.forms.add(key)
        if m.kind == "name" and len(m.span):
            last = m.span[-1].lower_
            if last in END_CLASS:
                thing.heads.add(last)
        known = by_key.get(key)
        by_key[key] = thing if known is None else clusters.join(known, thing, "same-name")
    _acronyms_in_brackets(clusters, names)
    _acronyms(clusters, by_key)
    _parts(clusters, names, by_key)
    for thing in clusters.alive():
        if thing.named and thing.type not in ("Group", "Event", "Language", "Law"):
            thing.gender += gender_of_names([m for m in thing.mentions if m.kind == "name"])


def is_name(m: MentionDraft) -> bool:
    """Whether a mention names its thing: a name, or the adjective of a land."""
    return m.kind == "name" or (m.kind == "attribute" and m.type in ("GPE", "Location"))


@functools.lru_cache(maxsize=16384)
def words_of(text: str) -> tuple[str, ...]:
    """Give the words of a name without case, accents, periods, articles and possessives."""
    plain = without_accents(text).casefold().replace("’", "'")
    words = [w.removesuffix("'s").strip(",.'\"()").replace(".", "") for w in plain.split()]
    words = [w for w in words if w]
    return tuple(words[1:] if len(words) > 1 and words[0] in ("the", "a", "an") else words)


def _key(m: MentionDraft) -> tuple[str, ...]:
    return key_of(m.label, m.type)


@functools.lru_cache(maxsize=16384)
def key_of(label: str, kind: str) -> tuple[str, ...]:
    """Give what two names of one thing have in common: their bare words, or the land that they name."""
    if kind in ("GPE", "Location"):
        land = gazetteer.land_named(label) or gazetteer.land_named(label.replace(" ", ""))
        if land is not None:
            return ("land", land.label)
    if kind == "Group":
        people = gazetteer.land_of_people(label)
        if people is not None:
            return ("people", people.label)
    words = words_of(label)
    if kind == "Person":
        while len(words) > 1 and (words[0] in TITLES or words[0] + "." in TITLES):
            words = words[1:]
        while len(words) > 2 and words[-1] in SUFFIX:
            words = words[:-1]
    return words


def _acronyms_in_brackets(clusters: Clusters, names: list[MentionDraft]) -> None:
    """ "Long Form (LF)" and "LF (Long Form)"."""
    at = {(m.block.index, m.span.start): m for m in names}
    for m in names:
        doc, end = m.span.doc, m.span.end
        if end + 2 >= len(doc) or doc[end].text != "(":
            continue
        inner = at.get((m.block.index, end + 1))
        if inner is None or inner.span.end >= len(doc) or doc[inner.span.end].text not in (")", ",", ";"):
            continue
        short, long = sorted((inner, m), key=lambda x: len(x.span.text))
        if m.type == "Person" or inner.kind != "name" or m.kind != "name":
            continue
        if is_acronym(short.label) and (
            stands_for(short.label, long.label) or (short is inner and short.type == long.type)
        ):
            clusters.join(clusters.thing(long), clusters.thing(short), "acronym-in-brackets", short, long)


def is_acronym(text: str) -> bool:
    """Whether a name is written as an acronym: short, and mostly capitals.

    >>> is_acronym("NATO"), is_acronym("PhRMA"), is_acronym("Ford")
    (True, True, False)
    """
    letters = [c for c in text if c.isalpha()]
    capitals = sum(c.isupper() for c in letters)
    return " " not in text and 2 <= len(letters) <= 8 and capitals >= 2 and capitals * 2 >= len(letters)


def stands_for(short: str, long: str) -> bool:
    """Whether an acronym is made of the initials of a name.

    >>> stands_for("IDF", "Israel Defense Forces"), stands_for("DoD", "Department of Defense")
    (True, True)
    """
    letters = [c.lower() for c in short if c.isalpha()]
    words = [w for part in long.replace("-", " ").split() if (w := part.strip("().,'’\"")) and w != "'s"]
    if len(letters) < 2 or len(words) < 2:
        return False
    initials = [w[0].lower() for w in words]
    main = [w[0].lower() for w in words if w.lower() not in SMALL]
    return letters in (initials, main)


def _acronyms(clusters: Clusters, by_key: dict[tuple[str, ...], CorefCluster]) -> None:
    """An acronym with the only name of the document whose initials it has."""
    for thing in clusters.alive():
        if not thing.named or thing.type == "Person" or any(f[0] == "land" for f in thing.forms if f):
            continue
        short = next((m.label for m in thing.mentions if m.kind == "name" and is_acronym(m.label)), None)
        if short is None:
            continue
        found = {
            id(t): t
            for t in (clusters.thing(t.mentions[0]) for t in by_key.values() if t.mentions)
            if t is not thing and t.type != "Person"
            and any(m.kind == "name" and stands_for(short, m.label) for m in t.mentions)
        }  # fmt: skip
        if len(found) == 1:
            clusters.join(next(iter(found.values())), thing, "acronym")


def _parts(
    clusters: Clusters, names: list[MentionDraft], by_key: dict[tuple[str, ...], CorefCluster]
) -> None:
    """A name that is a part of a longer one: surname, given name, distinctive part."""
    by_word: dict[str, list[tuple[tuple[str, ...], CorefCluster]]] = {}
    for key, thing in by_key.items():
        if len(key) > 1 and key[0] not in ("land", "people"):
            for word in {key[0], key[-1]}:
                by_word.setdefault(word, []).append((key, thing))
    seen_last: dict[int, tuple[int, int]] = {}
    pending: list[tuple[CorefCluster, CorefCluster]] = []
    for m in sorted(names, key=lambda m: (*clusters.place(m), -len(m.span))):
        key = _key(m)
        options: dict[int, CorefCluster] = {}
        for word in dict.fromkeys((key[0], key[-1])):
            for longer, thing in by_word.get(word, ()):
                thing = clusters.thing(thing.mentions[0]) if thing.mentions else _root(thing)
                if len(longer) > len(key) and is_part(key, longer, m.type, thing.type):
                    options[id(thing)] = thing
        own = clusters.thing(m)
        options.pop(id(own), None)
        if options and len(own.forms) <= 2:
            ranked = sorted(options.values(), key=lambda t: seen_last.get(id(t), (-1, -1)), reverse=True)
            if len(ranked) == 1 or seen_last.get(id(ranked[0])):
                pending.append((ranked[0], own))
                seen_last[id(ranked[0])] = clusters.place(m)
        seen_last[id(own)] = clusters.place(m)
    joined: set[int] = set()
    for into, own in pending:
        # One form stands for one thing in a document: the first full name that it was used for.
        if id(own) not in joined and into.mentions and own.mentions:
            joined.add(id(own))
            clusters.join(_root(into), own, "name-part")


def _root(thing: CorefCluster) -> CorefCluster:
    while thing.merged is not None:
        thing = thing.merged
    return thing


def is_part(short: tuple[str, ...], long: tuple[str, ...], kind: str, long_kind: str) -> bool:
    """Whether a shorter name may stand for a longer one, by their words and classes.

    >>> is_part(("lovelace",), ("ada", "lovelace"), "Person", "Person")
    True
    >>> is_part(("china",), ("bank", "of", "china"), "GPE", "Organization")
    False
    """
    if FAMILY.get(kind, kind) != FAMILY.get(long_kind, long_kind):
        return False
    n = len(short)
    if kind == "Person":
        if n == 1:
            if short[0] == long[-1] and long[-2:-1] == ("of",):
                return False  # "Joan of Arc" is Joan; Arc is a place
            return short[0] in (long[0], long[-1]) and len(short[0]) > 1
        if short[0] == long[0] or (len(short[0]) == 1 and long[0].startswith(short[0])):
            return short[-1] == long[-1]
        return short == long[-n:]
    start, end = short == long[:n], short == long[-n:]
    if FAMILY.get(kind, kind) == "place":
        return (start and long[n] in ("dc", "d", "strip")) or (
            end and long[: len(long) - n] == ("city", "of")
        )
    if kind in ("Organization", "Group", "Product", "Work"):
        if start and n == 1 and long[1:2] == ("of",):
            return False
        if n == 1 and (short[0] in END_CLASS or gazetteer.land_of_adjective(short[0].title())):
            return False
        return start or end
    return n >= 2 and (start or end)
