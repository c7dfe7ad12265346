"""The topic of a sentence: what stands before its verb, and what it is called."""

from __future__ import annotations

from kg.extract import constructions, lexicon
from kg.extract.lexicon.nouns import lemma_type
from kg.extract.lexicon.sets import FINITE, NOUNS, TIME_LABELS, VERBS
from kg.extract.parse.tree import Tree
from kg.extract.schema.phrase import ARTICLES, COPULAS, QUOTES, Phrase, capital

BEHIND = lexicon.words("schema/words", "topics", "behind")
DETERMINED = lexicon.words("schema/words", "topics", "determined")
TITLES = lexicon.words("names", "title", "titles")
MISTERS = lexicon.words("schema/words", "topics", "misters")
ORDERS = lexicon.words("schema/words", "topics", "orders")
WHEN = lexicon.words("schema/words", "topics", "when")
PEOPLE = lexicon.words("schema/words", "topics", "people")
# Nouns that belong to a name behind "of": "the Republic of Norland", "the battle of Lund".
SETTLED = lexicon.words("schema/words", "topics", "settled")
POSSESSIVE = lexicon.words("schema/words", "possessive")
# How many words a sentence is searched for its verb, and how many a topic may have.
FAR, LONGEST = 100, 20
# Tags of what opens a clause or phrase before the topic ("Filmed in Oslo, …").
OPENING = frozenset({"IN", "VBN", "VBG", "RB", "TO"})
# Labels of verbs that only tell more of a noun or clause.
DEPENDENT = frozenset({"relcl", "acl", "advcl", "amod", "compound"})
# Signs that end the name they stand behind, and those that a name may end with.
CUTS = frozenset({"(", "[", "–", "—"})
KEPT = frozenset({"?", "!", ".", "]"})
# Parts of speech of a common noun and what stands before it.
COMMON = frozenset({"NOUN", "ADJ", "NUM", "PRON", "ADV", "VERB"})
# Types of what a common noun points back to ("The film").
TOLD = frozenset({"Work", "Person", "Group", "Organization", "Event", "Facility"})


def topic_of(tree: Tree, start: int, end: int) -> Phrase | None:
    """Give what a sentence describes: what stands before its first verb, if that names something.

    The words are read rather than the parse, as titles mislead the parser: a verb is written small, and what
    stands in brackets or quotation marks is passed over. What stands before the last comma is passed over
    where it is no name ("Filmed in Oslo, …"), and of "Lund's last film" only Lund is the topic.
    """
    verb = _first_verb(tree, start, end)
    if verb is None:
        return None
    first = start
    segments = _segments(tree, start, verb)
    opening = tree.tag[start] in OPENING or tree.lower[start] in ("a", "an")
    # "Released in May, the song …": participles are often taken for the past.
    opening |= tree.tag[start] == "VBD" and not capital(tree, min(start + 1, verb))
    if opening and len(segments) > 1:
        first = segments[-1]
    elif tree.tag[start] == "IN" and not capital(tree, min(start + 2, verb)):
        subject = tree.first(verb, "nsubj", "nsubjpass")
        if subject is not None and tree.left[subject] > start:
            first = tree.left[subject]
    return _title(tree, _behind_time(tree, first, verb), verb)


def _behind_time(tree: Tree, start: int, end: int) -> int:
    """Give where a sentence's subject begins that opens with a time: "In 2014 Ana Lund"."""
    i = start
    if tree.tag[i] == "IN" and i + 1 < end and tree.doc[i + 1].ent_type_ in TIME_LABELS:
        i += 1
        while i < end and tree.doc[i].ent_type_ in TIME_LABELS:
            i += 1
    elif tree.lower[i] in WHEN:
        i += 1
    if i > start and i < end and tree.lower[i] == ",":
        i += 1
    return i if i < end and capital(tree, i) else start


def _first_verb(tree: Tree, start: int, end: int) -> int | None:
    """Give the first finite verb that is written small and stands outside of brackets and quotation marks."""
    for i in constructions.outside(tree, start, min(end, start + FAR), reach=end):
        if i == start or not tree.doc[i].text[:1].islower() or tree.dep[i] in DEPENDENT:
            continue
        if tree.tag[i] in FINITE and tree.pos[i] in VERBS:
            return i
    return None


def _segments(tree: Tree, start: int, end: int) -> list[int]:
    """Give where the stretches between commas begin, brackets and quotation marks passed over."""
    outside = constructions.outside(tree, start, end, reach=end)
    return [start, *(i + 1 for i in outside if tree.lower[i] == "," and i + 1 < end)]


def _title(tree: Tree, start: int, end: int) -> Phrase | None:
    """Make a topic of the words before a verb, without brackets, what follows a comma, quotation marks."""
    begin = _begin(tree, start, end)
    if begin >= end:
        return None
    # "(4213) 1987 SV" begins with its number
    if begin > start and not tree.lower[start + 1].isdigit():
        start = begin
    inside = _unquoted(tree, start, end)
    if inside != (start, end):
        # "Rain (On the Quay)" is a title with its brackets.
        start, stop = inside
    else:
        stop = next((i for i in range(begin, end) if _cuts(tree, i, begin)), end)
        stop = _before_comma(tree, start, stop, end)
        start, stop = _unquoted(tree, start, stop)
    start = _behind_titles(tree, _behind_owner(tree, start, stop), stop)
    if tree.lower[stop - 1] != ")" or "(" not in tree.lower[start:stop]:
        stop = _trimmed(tree, start, stop)
    stop = _before_possessive(tree, start, stop)
    if not 0 < stop - start <= LONGEST or (stop - start == 1 and tree.pos[start] == "PRON"):
        return None
    return _topic(tree, start, stop)


def _cuts(tree: Tree, i: int, begin: int) -> bool:
    """Whether a name ends before a token: a bracket, a dash, how it is spoken ("/bid/"), or by whom it is."""
    spoken = len(tree.lower[i]) > 1 and tree.lower[i].startswith("/") and tree.doc[i - 1].whitespace_
    if tree.lower[i] in CUTS or (i > begin and spoken):
        return True
    if tree.doc[i].text == "or" and i > begin + 1 and capital(tree, min(i + 1, tree.n - 1)):
        # "De Navibus or On Ships": two names, each of several words.
        return i + 2 < tree.n and tree.doc[i + 2].is_alpha and tree.tag[i + 2] not in FINITE
    return i > begin and tree.doc[i].text == "by" and i + 1 < tree.n and tree.doc[i + 1].ent_type_ == "PERSON"


def _behind_owner(tree: Tree, start: int, stop: int) -> int:
    """Give where a work's name begins behind whose it is: "Karl Lund's Der Hafen"."""
    i = start
    while i < stop and tree.doc[i].ent_type_ == "PERSON" and tree.lower[i] not in POSSESSIVE:
        i += 1
    several = i - start > 1 and i + 1 < stop and tree.lower[i] in POSSESSIVE
    return i + 1 if several and capital(tree, i + 1) else start


def _behind_titles(tree: Tree, start: int, stop: int) -> int:
    """Give where a person's name begins behind titles: "Sir Karl Lund"."""
    i = start
    while i < stop and tree.lower[i] in TITLES:
        i += 1
    # "Mr. Vik" has no other name, and may be a title.
    named = stop - i > 1 and all(tree.doc[k].ent_type_ == "PERSON" for k in range(i, stop))
    return i if named and tree.lower[start] not in MISTERS else start


def _begin(tree: Tree, start: int, end: int) -> int:
    """Give where the words begin behind a bracket that opens the sentence."""
    if tree.lower[start] != "(":
        return start
    close = constructions.closed_at(tree, start, end)
    return (start if close is None else close) + 1


def _before_comma(tree: Tree, start: int, stop: int, end: int) -> int:
    """Give the first comma, where what follows is no part of the name ("Lund, who", "Lund, …, is")."""
    comma = next((i for i in range(start, stop) if tree.lower[i] == ","), None)
    if comma is None:
        return stop
    after = tree.doc[comma + 1].text if comma + 1 < tree.n else ""
    apart = tree.lower[end - 1] == "," or after.lower() in BEHIND or after[:1].islower()
    return comma if apart else stop


def _unquoted(tree: Tree, start: int, stop: int) -> tuple[int, int]:
    """Give what stands in the quotation marks that open a topic, an article before them left out."""
    opened = next((i for i in range(start, min(start + 3, stop)) if tree.lower[i] in QUOTES), None)
    if opened is None or tree.lower[opened] not in constructions.CLOSING:
        return start, stop
    if opened != start and tree.lower[start] not in ARTICLES:
        return start, stop
    close = constructions.closed_at(tree, opened, stop)
    return opened + 1, stop if close is None else close


def _trimmed(tree: Tree, start: int, stop: int) -> int:
    """Give where a topic ends without signs and adverbs behind it."""
    while stop > start and tree.lower[stop - 1] not in KEPT:
        if tree.lower[stop - 1] in ORDERS and tree.doc[stop - 1].is_upper and stop - start > 2:
            stop -= 1
            continue
        kind = tree.pos[stop - 1]
        if kind not in ("PUNCT", "SPACE") and not (kind in ("ADV", "AUX") and tree.doc[stop - 1].is_lower):
            break
        stop -= 1
    return stop


def _before_possessive(tree: Tree, start: int, stop: int) -> int:
    """Give where the owner's name ends: of "Lund's last film" only Lund is the topic."""
    for i in range(start + 1, stop):
        small = i + 1 >= stop or not capital(tree, i + 1)
        if tree.lower[i - 1] in PEOPLE and tree.doc[i - 1].is_lower:
            continue  # "the Norland women's team"
        if tree.lower[i] in POSSESSIVE and small and tree.dep[i] == "case":
            return i
    return stop


def _topic(tree: Tree, start: int, stop: int) -> Phrase | None:
    """Give a topic, unless its words only point back ("The film")."""
    bare = start + (tree.lower[start] in ARTICLES)
    if bare >= stop:
        return None
    points_back = tree.lower[start] in DETERMINED and lemma_type(tree.lemma[stop - 1]) in TOLD
    if any(w.text[:1].isupper() or w.text[:1].isdigit() for w in tree.doc[bare:stop]):
        named = capital(tree, bare) and tree.pos[bare] == "PROPN"
        common = tree.doc[stop - 1].is_lower and points_back and not named
        if common or _tells_of(tree, bare, stop):
            return None
        return Phrase(start, stop, "", "topic", tree.doc[start:stop].text)
    return _kind(tree, bare, stop) if tree.lower[start] == "the" else None


def _kind(tree: Tree, bare: int, stop: int) -> Phrase | None:
    """Give a kind as a topic: "the northern harrier", and where its Latin name follows, "the lynx"."""
    latin = stop + 1 < tree.n and tree.lower[stop] == "(" and capital(tree, stop + 1)
    points_back = lemma_type(tree.lemma[stop - 1]) in TOLD
    if (stop - bare < 2 or points_back) and not latin:
        return None
    stop = next((i for i in range(bare + 1, stop) if tree.lower[i] == "or"), stop)
    return Phrase(bare, stop, "Concept", "topic", tree.doc[bare:stop].text)


def _tells_of(tree: Tree, start: int, stop: int) -> bool:
    """Whether words are a common noun with what it is of: "the lake behind Lund Dam".

    A title has capitals behind the preposition where the sentence begins with it: "Tales of the Quay".
    """
    preposition = next((i for i in range(start, stop) if tree.dep[i] in ("prep", "agent")), start)
    head = [i for i in range(start, preposition) if tree.pos[i] != "DET"]
    if not head or (tree.lower[preposition] == "of" and tree.lemma[head[-1]] in SETTLED):
        return False
    if any(tree.pos[i] not in COMMON for i in head) or not all(tree.doc[i].is_lower for i in head[1:]):
        return False
    first = tree.doc[head[0]]
    if first.is_sent_start and not first.is_lower:
        return not _has_title_word(tree, preposition, stop)
    return bool(first.is_lower)


def _has_title_word(tree: Tree, start: int, stop: int) -> bool:
    """Whether a word begins with a capital or a digit."""
    return any(w.text[:1].isupper() or w.text[:1].isdigit() for w in tree.doc[start:stop])


def predicate(tree: Tree, topic: Phrase) -> int | None:
    """Give the noun that the sentence calls its topic: "film" in "X is a 1974 film by …"."""
    end = tree.doc[topic.end - 1].sent.end
    for i in range(topic.end, min(end, topic.end + 60)):
        if tree.lower[i] in COPULAS:
            attr = tree.first(i, "attr")
            if attr is not None and attr > i:
                return attr
            for k in range(i + 1, min(i + 12, end)):
                if tree.pos[k] == "NOUN" and (k + 1 >= end or tree.pos[k + 1] not in NOUNS):
                    return k
            return None
    return None
