"""Stretches of text that are no names to the model and can yet be arguments.

Titles in quotation marks or after their noun, offices, members of known classes, other capitalised words, and
the words that a sentence describes its topic with.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract import constructions, lexicon
from kg.extract.lexicon.nouns import lemma_type
from kg.extract.lexicon.sets import NOUNS, TIME_LABELS
from kg.extract.parse.tree import Tree
from kg.extract.schema.classes import Class
from kg.extract.schema.phrase import QUOTES, Phrase, called_by, capital

LONGEST_MEMBER = 5
LONGEST_QUOTED = 15
LONGEST_RUN = 12
DESCRIBING = NOUNS | {"ADJ"}
# Labels of what may follow a title after a preposition and is none of it.
WHEN_OR_WHERE = frozenset({"GPE", "DATE", "LOC"})
AMBIGUOUS = lexicon.words("schema/words", "spans", "ambiguous")
OFFICES = lexicon.words("schema/words", "spans", "offices")
RANKS = lexicon.words("schema/words", "spans", "ranks")
INSIDE = lexicon.words("schema/words", "spans", "inside")
TITLED = lexicon.words("schema/words", "spans", "titled")
VAGUE = lexicon.words("schema/words", "spans", "vague")
LOCATIVE = lexicon.words("schema/words", "locative")


def offices(tree: Tree, taken: set[int]) -> list[Phrase]:
    """Give offices with what they are of: "President of Norland", "bishop of Ely"."""
    found = []
    for i in range(tree.n - 2):
        end = None if i in taken or not _is_office_of(tree, i) else _holding(tree, i + 2)
        if end is None:
            continue
        start = i
        while start > 0 and tree.lower[start - 1] in RANKS:
            start -= 1
        found.append(Phrase(start, end, "Position", "office", tree.doc[start:end].text))
    return found


def _is_office_of(tree: Tree, i: int) -> bool:
    if tree.lower[i + 1] != "of" or tree.pos[i] not in NOUNS:
        return False
    return tree.lemma[i] in OFFICES and tree.tag[i] not in ("NNS", "NNPS")


def _holding(tree: Tree, start: int) -> int | None:
    """Give where the name ends that an office is of: "the Bank of Norland"."""
    if tree.lower[start] == "the" and start + 1 < tree.n:
        start += 1
    end = start
    while end < tree.n and (
        capital(tree, end) or (tree.lower[end] == "of" and end + 1 < tree.n and capital(tree, end + 1))
    ):
        end += 1
    return end if end > start else None


def capitalised(tree: Tree, known: set[int]) -> list[Phrase]:
    """Give runs of capitalised words within a sentence that are no known names: species, brands, titles."""
    found = []
    i = 0
    while i < tree.n:
        token = tree.doc[i]
        if i in known or token.is_sent_start or not capital(tree, i) or token.ent_type_:
            i += 1
            continue
        end = _run_end(tree, i, known)
        if len(token.text) > 2 or end > i + 1:
            found.append(Phrase(i, end, "Other", "name", tree.doc[i:end].text, called_by(tree, i, end)))
        i = end
    return found


def _run_end(tree: Tree, start: int, known: set[int]) -> int:
    """Give where a run of capitalised words and numbers ends, or two words as "Rosa canina" do."""
    end = start + 1
    while end < tree.n and end not in known and (capital(tree, end) or tree.doc[end].text.isdigit()):
        end += 1
    if end == start + 1 and end < tree.n and end not in known:
        end += tree.doc[end].is_lower and tree.pos[end] == "PROPN"
    return end


def quoted(tree: Tree) -> Iterator[tuple[int, int]]:
    """Give the stretches in quotation marks that look like titles."""
    i = 0
    while i < tree.n:
        close = None
        if tree.lower[i] in QUOTES:
            close = constructions.closed_at(tree, i, i + LONGEST_QUOTED + 1)
        if close is None:
            i += 1
            continue
        if close > i + 1 and capital(tree, i + 1):
            end = close - 1 if tree.lower[close - 1] in (",", ".") else close
            if end > i + 1:
                yield i + 1, end
        i = close + 1


def titles(tree: Tree, taken: set[int]) -> Iterator[tuple[int, int]]:
    """Give titles that follow the noun of their kind: "her album Songs from a Far Shore"."""
    for i in range(tree.n - 1):
        if tree.lemma[i] not in TITLED or tree.pos[i] not in NOUNS or capital(tree, i):
            continue
        start = i + 2 if tree.lower[i + 1] == "," else i + 1
        if start not in taken and _opens_title(tree, start):
            last = _title_last(tree, start)
            if last > start:
                yield start, last + 1


def _opens_title(tree: Tree, i: int) -> bool:
    if i >= tree.n or tree.doc[i].ent_type_ in TIME_LABELS:
        return False
    return capital(tree, i) or tree.doc[i].is_digit


def _title_last(tree: Tree, start: int) -> int:
    """Give the last word of a title; small words and numbers only lead on to the next with a capital."""
    last = start
    for k in range(start + 1, tree.n):
        apart = tree.doc[k].ent_type_ in WHEN_OR_WHERE and tree.lower[k - 1] in LOCATIVE
        if capital(tree, k) and not apart:
            last = k
        elif not (tree.lower[k] in INSIDE or tree.doc[k].is_digit or tree.lower[k] == ":"):
            break
    return last


def runs(tree: Tree, known: list[Phrase]) -> list[Phrase]:
    """Give the longest runs of capitalised and small words that may be one title: "Rain over the Harbour".

    They are only tried beside what else stands there, as a run may as well be two names.
    """
    spans = {(p.start, p.end) for p in known}
    found = []
    i = 0
    while i < tree.n:
        if not capital(tree, i) or tree.pos[i] == "PUNCT":
            i += 1
            continue
        last = _run_last(tree, i)
        if last > i + 1 and (i, last + 1) not in spans:
            found.append(Phrase(i, last + 1, "Other", "run", tree.doc[i : last + 1].text))
        i = last + 1
    return found


def _run_last(tree: Tree, start: int) -> int:
    last = start
    for k in range(start + 1, min(start + LONGEST_RUN, tree.n)):
        word = tree.lower[k]
        if capital(tree, k) or tree.doc[k].is_digit:
            last = k
        elif word == "'s" or (word not in INSIDE and word not in (":", "?", "!", "-")):
            break
    return last


def descriptions(tree: Tree, noun: int, known: dict[int, Phrase]) -> list[Phrase]:
    """Give what a predicate noun and those coordinated with it say: "rhythmic gymnast", "comedy horror"."""
    found = []
    for i in tree.conjuncts(noun):
        if tree.pos[i] not in DESCRIBING:
            continue
        start = i
        while start > 0 and tree.pos[start - 1] in DESCRIBING and tree.lower[start - 1] not in VAGUE:
            phrase = known.get(start - 1)
            if phrase is not None and phrase.kind != "member":
                break
            start -= 1
        end = i if start < i and lemma_type(tree.lemma[i]) == "Work" else i + 1
        found.append(Phrase(start, end, "Concept", "description", tree.doc[start:end].text))
    return found


def member_phrases(tree: Tree, members: tuple[Class, ...], taken: set[int]) -> list[Phrase]:
    """Give the stretches that are listed members of classes, from each word on the longest."""
    if not members:
        return []
    listed = frozenset().union(*(c.members for c in members))
    found: list[Phrase] = []
    reach = 0
    for i in range(tree.n):
        end = None if i in taken else _member_end(tree, i, listed)
        if end is None:
            continue
        text: str = tree.doc[i:end].text
        nouns = NOUNS if text.lower() in AMBIGUOUS else DESCRIBING
        # A word within a longer member counts only where it goes on beyond it or is one of several.
        several = end > i + 1
        if (several or tree.pos[i] in nouns) and (end > reach or several):
            kind = "Language" if tree.doc[i].ent_type_ == "LANGUAGE" else "Concept"
            found.append(Phrase(i, end, kind, "member", text, called_by(tree, i, end)))
            reach = max(reach, end)
    return found


def _member_end(tree: Tree, start: int, listed: frozenset[str]) -> int | None:
    """Give where the longest member ends that begins at a token, its last word as it stands or as lemma."""
    for end in range(min(start + LONGEST_MEMBER, tree.n), start, -1):
        text: str = tree.doc[start:end].text.lower()
        single = text[: len(text) - len(tree.lower[end - 1])] + tree.lemma[end - 1]
        if text in listed or single in listed:
            return end
    return None
