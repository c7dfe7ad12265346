"""Names of one thing: the same words, a surname, an acronym, a distinctive part."""

from __future__ import annotations

import functools

from kg.classes import NAME_FAMILIES, PLACES, kindred
from kg.extract.coref import houses
from kg.extract.coref.cluster import Clusters, CorefCluster, gender_of_names
from kg.extract.coref.namesakes import (
    ELDER,
    GENERATION,
    Namesakes,
    differ_by_sign,
    generation,
    split_generation,
    surnames,
)
from kg.extract.lexicon import gazetteer, words
from kg.extract.lexicon.nouns import lemma_type
from kg.extract.mentions.evidence.weights import END_CLASS, TITLES
from kg.extract.reading import MentionDraft
from kg.iri import without_accents

SMALL = words("coref", "names", "small")
SUFFIX = words("coref", "names", "suffix")
ARTICLES = words("coref", "names", "articles")
DISTRICT = words("coref", "names", "district")
LOCAL = words("coref", "names", "local")
GENERIC = words("coref", "names", "generic")
# Classes whose names have parts that stand for the whole.
NAMED_AS_BODIES = frozenset({"Organization", "Group", "Product", "Work", "Award"})

Key = tuple[str, ...]


def join(clusters: Clusters) -> None:
    """Join the names of a document that stand for one thing."""
    names = [m for m in clusters.reading.mentions if is_name(m)]
    keyed = [(m, _key(m)) for m in names]
    namesakes = Namesakes(clusters, keyed, houses.called(clusters, keyed))
    by_key: dict[tuple[Key, str], CorefCluster] = {}
    for m, key in keyed:
        thing = clusters.cluster_of(m)
        thing.type = m.type
        thing.forms.add(key)
        if m.kind == "name" and len(m.span):
            thing.heads |= _heads(m)
        which = key, namesakes.facet(m)
        known = by_key.get(which)
        by_key[which] = thing if known is None else clusters.join(known, thing, "same-name")
    _acronyms_in_brackets(clusters, names)
    _acronyms(clusters, list(by_key.values()))
    _parts(clusters, keyed, by_key, namesakes)
    for thing in clusters.alive():
        if thing.named and thing.type not in ("Group", "Event", "Language", "Law"):
            thing.gender += gender_of_names([m for m in thing.mentions if m.kind == "name"])


def _heads(m: MentionDraft) -> set[str]:
    """Give the nouns that a name has in it for what it names: "Lorn Bank", "Port Authority of Lorn"."""
    found = {m.span[-1].lower_}
    if m.type != "Person":
        found |= {t.nbor(-1).lower_ for t in m.span[1:] if t.lower_ == "of"}
    known = found & END_CLASS.keys()
    return known | {m.span[-1].lower_} if _ends_in_kind(m) else known


def _ends_in_kind(m: MentionDraft) -> bool:
    """Whether a name of several words ends with a noun for what it names: "Lund Railroad", "Faliero Coup"."""
    kind = lemma_type(m.span[-1].lower_) if len(m.span) > 1 else None
    return kind is not None and m.type not in ("Person", "Work", "GPE") and kindred(m.type, kind)


def is_name(m: MentionDraft) -> bool:
    """Whether a mention names its thing: a name, or the adjective of a land."""
    return m.kind == "name" or (m.kind == "attribute" and m.type in ("GPE", "Location"))


@functools.lru_cache(maxsize=16384)
def words_of(text: str) -> Key:
    """Give the words of a name without case, accents, periods, articles and possessives."""
    plain = without_accents(text).casefold().replace("’", "'")
    bare = [w.removesuffix("'s").strip(",.'\"()").replace(".", "") for w in plain.split()]
    bare = [w for w in bare if w]
    return tuple(bare[1:] if len(bare) > 1 and bare[0] in ARTICLES else bare)


def _key(m: MentionDraft) -> Key:
    key = key_of(m.label, m.type)
    if m.type != "Person" or m.kind != "name" or split_generation(key)[1]:
        return key
    own = generation(m)
    return (*key, own) if own else key


@functools.lru_cache(maxsize=16384)
def key_of(label: str, kind: str) -> Key:
    """Give what two names of one thing have in common: their bare words, or the land that they name."""
    if kind in ("GPE", "Location"):
        land = gazetteer.land_named(label) or gazetteer.land_named(label.replace(" ", ""))
        if land is not None:
            return ("land", land.label)
    if kind == "Group":
        people = gazetteer.land_of_people(label)
        if people is not None:
            return ("people", people.label)
    return _person_key(words_of(label)) if kind == "Person" else words_of(label)


def _person_key(name: Key) -> Key:
    """The words of a person's name without titles before it and degrees behind it; "Jr." in one form."""
    while len(name) > 1 and (name[0] in TITLES or name[0] + "." in TITLES):
        name = name[1:]
    while len(name) > 2 and name[-1] in SUFFIX:
        name = name[:-1]
    own = GENERATION.get(name[-1]) if len(name) > 1 else None
    return (*name[:-1], str(own)) if own else name


def _acronyms_in_brackets(clusters: Clusters, names: list[MentionDraft]) -> None:
    """ "Long Form (LF)" and "LF (Long Form)"."""
    at = {(m.block.index, m.span.start): m for m in names}
    for m in names:
        inner = _bracketed(m, at)
        if inner is None or m.type == "Person" or inner.kind != "name" or m.kind != "name":
            continue
        short, long = sorted((inner, m), key=lambda x: len(x.span.text))
        if is_acronym(short.label) and (
            stands_for(short.label, long.label) or (short is inner and short.type == long.type)
        ):
            clusters.join(
                clusters.cluster_of(long), clusters.cluster_of(short), "acronym-in-brackets", short, long
            )


def _bracketed(m: MentionDraft, at: dict[tuple[int, int], MentionDraft]) -> MentionDraft | None:
    """Give the name that begins a bracket right behind a name and ends it, or a part of it."""
    doc, end = m.span.doc, m.span.end
    if end + 2 >= len(doc) or doc[end].text != "(":
        return None
    inner = at.get((m.block.index, end + 1))
    if inner is None or inner.span.end >= len(doc) or doc[inner.span.end].text not in (")", ",", ";"):
        return None
    return inner


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
    parts = [w for part in long.replace("-", " ").split() if (w := part.strip("().,'’\"")) and w != "'s"]
    if len(letters) < 2 or len(parts) < 2:
        return False
    initials = [w[0].lower() for w in parts]
    main = [w[0].lower() for w in parts if w.lower() not in SMALL]
    return letters in (initials, main)


def _acronyms(clusters: Clusters, named: list[CorefCluster]) -> None:
    """An acronym with the only name of the document whose initials it has."""
    for thing in clusters.alive():
        short = _acronym_of(thing)
        if short is None:
            continue
        found: dict[int, CorefCluster] = {}
        for other in named:
            if other.mentions:
                other = clusters.cluster_of(other.mentions[0])
                if other is not thing and other.type != "Person" and _has_initials(other, short):
                    found[id(other)] = other
        if len(found) == 1:
            clusters.join(next(iter(found.values())), thing, "acronym")


def _acronym_of(thing: CorefCluster) -> str | None:
    """Give the first acronym among the names of what is no person and no land."""
    if not thing.named or thing.type == "Person" or any(f[0] == "land" for f in thing.forms if f):
        return None
    return next((m.label for m in thing.mentions if m.kind == "name" and is_acronym(m.label)), None)


def _has_initials(thing: CorefCluster, short: str) -> bool:
    return any(m.kind == "name" and stands_for(short, m.label) for m in thing.mentions)


def _parts(
    clusters: Clusters,
    keyed: list[tuple[MentionDraft, Key]],
    by_key: dict[tuple[Key, str], CorefCluster],
    namesakes: Namesakes,
) -> None:
    """A name that is a part of a longer one: surname, given name, distinctive part.

    What two longer names share stands for neither. Names of several words come first, so that "Eva M. Vik"
    and "Eva Vik" are one before it is asked who "Vik" is.
    """
    by_word = _by_outer_word(by_key)
    for short in (False, True):
        for m, key in keyed:
            own = clusters.cluster_of(m)
            if (len(split_generation(key)[0]) == 1) != short or len(own.forms) > 2:
                continue
            options = [
                (longer, thing)
                for longer, thing in _longer(clusters, m, key, by_word)
                if namesakes.may_join(m, key, longer) and not _is_inside(m, thing)
            ]
            if any(thing is own for _, thing in options):
                continue
            chosen = _only(options) or _only([(k, t) for k, t in options if _adds_nothing(key, k)])
            if chosen is not None:
                clusters.join(chosen, own, "name-part", m)


def _is_inside(m: MentionDraft, thing: CorefCluster) -> bool:
    """Whether a name stands in a longer one that it is a part of: "Tarn" of "Tarn College" is not that."""
    return any(
        o is not m and o.block is m.block and o.span.start <= m.span.start and m.span.end <= o.span.end
        for o in thing.mentions
        if o.kind == "name"
    )


def _only(options: list[tuple[Key, CorefCluster]]) -> CorefCluster | None:
    """Give the thing that all of some names are of."""
    things = {id(thing): thing for _, thing in options}
    return next(iter(things.values())) if len(things) == 1 else None


def _adds_nothing(short: Key, longer: Key) -> bool:
    """Whether a longer name says no more than what kind of body it is: "Halm" is "Halm Group"."""
    return longer[: len(short)] == short and all(w in GENERIC for w in longer[len(short) :])


def _by_outer_word(
    by_key: dict[tuple[Key, str], CorefCluster],
) -> dict[str, list[tuple[Key, CorefCluster]]]:
    """Give the names of several words by their first and last word."""
    found: dict[str, list[tuple[Key, CorefCluster]]] = {}
    for (key, _), thing in by_key.items():
        if len(key) > 1 and key[0] not in ("land", "people"):
            base, _ = split_generation(key)
            for word in {base[0], *surnames(base[-1])}:
                found.setdefault(word, []).append((key, thing))
    return found


def _longer(
    clusters: Clusters, m: MentionDraft, key: Key, by_word: dict[str, list[tuple[Key, CorefCluster]]]
) -> list[tuple[Key, CorefCluster]]:
    """Give the longer names that a name may be a part of, with the things that bear them."""
    base, _ = split_generation(key)
    found = []
    for word in dict.fromkeys((base[0], base[-1])):
        for longer, thing in by_word.get(word, ()):
            thing = clusters.cluster_of(thing.mentions[0]) if thing.mentions else _root(thing)
            if len(longer) > len(key) and (
                is_part(key, longer, m.type, thing.type) or _is_head_of(m, key, longer, thing)
            ):
                found.append((longer, thing))
    return found


def _is_head_of(m: MentionDraft, key: Key, longer: Key, thing: CorefCluster) -> bool:
    """Whether "the Agency" is the noun of a longer name: "Environmental Standards Agency", "Bank of Lorn"."""
    if len(key) != 1 or key[0] not in END_CLASS or thing.type != m.type or m.span.start == 0:
        return False
    heads = key[0] == longer[-1] or longer[:2] == (key[0], "of")
    return heads and m.span.doc[m.span.start - 1].lower_ == "the"


def _root(thing: CorefCluster) -> CorefCluster:
    while thing.merged is not None:
        thing = thing.merged
    return thing


def is_part(short: Key, long: Key, kind: str, long_kind: str) -> bool:
    """Whether a shorter name may stand for a longer one, by their words and classes.

    >>> is_part(("lovelace",), ("ada", "lovelace"), "Person", "Person")
    True
    >>> is_part(("china",), ("bank", "of", "china"), "GPE", "Organization")
    False
    """
    if NAME_FAMILIES.get(kind, kind) != NAME_FAMILIES.get(long_kind, long_kind):
        return False
    if kind == "Person":
        return _is_part_of_person(short, long)
    if _begins_or_ends(short, long) and differ_by_sign(short, long):
        return False
    if kind in PLACES:
        return _is_part_of_place(short, long)
    if kind in NAMED_AS_BODIES:
        return _is_part_of_body(short, long)
    return len(short) >= 2 and _begins_or_ends(short, long)


def _begins_or_ends(short: Key, long: Key) -> bool:
    return short in (long[: len(short)], long[-len(short) :])


def _is_part_of_person(short: Key, long: Key) -> bool:
    """A given name or surname; both, with others between them; the last words.

    A name without "Jr." is not that of the junior, but may be that of the senior.
    """
    short, own = split_generation(short)
    long, other = split_generation(long)
    if own and own != other:
        return False
    if len(short) == 1:
        if short[0] == long[-1] and long[-2:-1] == ("of",):
            return False  # "Joan of Arc" is Joan; Arc is a place
        return short[0] in (long[0], *surnames(long[-1])) and len(short[0]) > 1
    if other and other not in (own, ELDER):
        return False
    if short[0] == long[0] or (len(short[0]) == 1 and long[0].startswith(short[0])):
        return short[-1] == long[-1]
    return short == long[-len(short) :]


def _is_part_of_place(short: Key, long: Key) -> bool:
    """ "Gaza Strip", "Washington, D.C."; "City of Oslo"."""
    n = len(short)
    if short == long[:n] and long[n] in DISTRICT:
        return True
    return short == long[-n:] and long[:-n] == ("city", "of")


def _is_part_of_body(short: Key, long: Key) -> bool:
    """Its first or last words, but no general noun, adjective of a land, or "Bank" for "Bank of Norland".

    A place is not its hospital: "Lorn General" may be that, "Lorn" is not.
    """
    n = len(short)
    if long[-1] in LOCAL and short == long[:n] and (n == 1 or len(long) > n + 1):
        return False
    if len(short) == 1:
        if short[0] == long[0] and long[1:2] == ("of",):
            return False
        if short[0] in END_CLASS or gazetteer.land_of_adjective(short[0].title()):
            return False
    return _begins_or_ends(short, long)
