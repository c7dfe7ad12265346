"""The topic of a sentence: what stands before its verb, and what it is called."""

from __future__ import annotations

from kg.extract.lexicon.nouns import lemma_type
from kg.extract.parse.tree import Tree
from kg.extract.schema.phrase import ARTICLES, COPULAS, OPENING, QUOTES, Phrase, capital

# What may follow the comma behind a name and is no part of it.
BEHIND = frozenset(
    {"also", "known", "or", "the", "a", "an", "who", "which", "formerly", "born", "officially"}
)
DETERMINED = frozenset({"the", "this", "that", "his", "her", "its", "their", "these"})


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
    opening = tree.tag[start] in ("IN", "VBN", "VBG", "RB", "TO") or tree.lower[start] in ("a", "an")
    if opening and len(segments) > 1:
        first = segments[-1]
    elif tree.tag[start] == "IN" and not capital(tree, min(start + 2, verb)):
        subject = tree.first(verb, "nsubj", "nsubjpass")
        if subject is not None and tree.left[subject] > start:
            first = tree.left[subject]
    return _title(tree, first, verb)


def _first_verb(tree: Tree, start: int, end: int) -> int | None:
    """Give the first finite verb that is written small and stands outside of brackets and quotation marks."""
    closing: list[str] = []
    for i in range(start, min(end, start + 100)):
        word = tree.lower[i]
        if closing and word == closing[-1]:
            closing.pop()
        elif word in OPENING and len(closing) < 3 and OPENING[word] in tree.lower[i + 1 : end]:
            closing.append(OPENING[word])
        elif closing or i == start or not tree.doc[i].text[:1].islower():
            continue
        elif tree.tag[i] in ("VBZ", "VBD", "VBP", "MD") and tree.pos[i] in ("VERB", "AUX"):
            if tree.dep[i] not in ("relcl", "acl", "advcl", "amod", "compound"):
                return i
    return None


def _segments(tree: Tree, start: int, end: int) -> list[int]:
    """Give where the stretches between commas begin, brackets and quotation marks passed over."""
    found: list[int] = [start]
    closing: list[str] = []
    for i in range(start, end):
        word = tree.lower[i]
        if closing and word == closing[-1]:
            closing.pop()
        elif word in OPENING and OPENING[word] in tree.lower[i + 1 : end]:
            closing.append(OPENING[word])
        elif word == "," and not closing and i + 1 < end:
            found.append(i + 1)
    return found


def _title(tree: Tree, start: int, end: int) -> Phrase | None:
    """Make a topic of the words before a verb, without brackets, what follows a comma, quotation marks."""
    begin = start
    if tree.lower[start] == "(":
        begin = next((i for i in range(start, end) if tree.lower[i] == ")"), start) + 1
        if begin >= end:
            return None
        if not tree.lower[start + 1].isdigit():  # "(4213) 1987 SV" begins with its number
            start = begin
    stop = next((i for i in range(begin, end) if tree.lower[i] in ("(", "[", "–", "—")), end)
    commas = [i for i in range(start, stop) if tree.lower[i] == ","]
    after = tree.doc[commas[0] + 1].text if commas and commas[0] + 1 < tree.n else ""
    if commas and (tree.lower[end - 1] == "," or after.lower() in BEHIND or after[:1].islower()):
        stop = commas[0]
    opened = next((i for i in range(start, min(start + 3, stop)) if tree.lower[i] in QUOTES), None)
    if opened is not None and tree.lower[opened] in OPENING:
        closed = next(
            (i for i in range(opened + 1, stop) if tree.lower[i] == OPENING[tree.lower[opened]]), stop
        )
        if opened == start or tree.lower[start] in ARTICLES:
            start, stop = opened + 1, closed
    while stop > start and (
        tree.pos[stop - 1] in ("PUNCT", "SPACE")
        or (tree.pos[stop - 1] in ("ADV", "AUX") and tree.doc[stop - 1].is_lower)
    ):
        if tree.lower[stop - 1] in ("?", "!", ".", "]"):
            break
        stop -= 1
    for i in range(start + 1, stop):
        small = i + 1 >= stop or not tree.doc[i + 1].text[:1].isupper()
        if tree.lower[i] in ("'s", "’s", "'", "’") and small and tree.dep[i] == "case":
            stop = i
            break
    if start >= stop or stop - start > 20:
        return None
    if tree.pos[start] == "PRON" and stop - start == 1:
        return None
    bare = start + (tree.lower[start] in ARTICLES)
    if bare >= stop:
        return None
    last = tree.doc[stop - 1]
    points_back = tree.lower[start] in DETERMINED and (
        lemma_type(tree.lemma[stop - 1]) in ("Work", "Person", "Group", "Organization", "Event", "Facility")
    )
    if not any(w.text[:1].isupper() or w.text[:1].isdigit() for w in tree.doc[bare:stop]):
        # "The northern harrier" names a kind; "The film" only points back.
        if tree.lower[start] != "the" or stop - bare < 2 or points_back:
            return None
        stop = next((i for i in range(bare + 1, stop) if tree.lower[i] == "or"), stop)
        return Phrase(bare, stop, "Concept", "topic", tree.doc[bare:stop].text)
    if last.is_lower and points_back:
        return None
    return Phrase(start, stop, "", "topic", tree.doc[start:stop].text)


def predicate(tree: Tree, topic: Phrase) -> int | None:
    """Give the noun that the sentence calls its topic: "film" in "X is a 1974 film by …"."""
    end = tree.doc[topic.end - 1].sent.end
    for i in range(topic.end, min(end, topic.end + 60)):
        if tree.lower[i] in COPULAS:
            attr = tree.first(i, "attr")
            if attr is not None and attr > i:
                return attr
            for k in range(i + 1, min(i + 12, end)):
                if tree.pos[k] == "NOUN" and (k + 1 >= end or tree.pos[k + 1] not in ("NOUN", "PROPN")):
                    return k
            return None
    return None
