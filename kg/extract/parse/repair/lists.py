"""Repairs of lists that are subjects: "Anna Lund, Bo Ek, and Carl Ros wrote" has three.

The parser often takes the second name for an apposition to the first, gives the verb two subjects, or takes
the verb for a noun ("Kenya and Rwanda border Tanzania"). What stands between the commas, and what stands
behind the last name, tell the list by themselves.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.lexicon import classify, gazetteer, words
from kg.extract.lexicon.inflect import lemma_of_past
from kg.extract.lexicon.nouns import nominal_type
from kg.extract.lexicon.sets import COMMON, FINITE, NOUNS, PLACE_LABELS, TIME_LABELS, VERBS
from kg.extract.parse.tree import Tree

AUXILIARIES = ("aux", "auxpass")
SUBJECTS = ("nsubj", "nsubjpass")
PROPER = frozenset({"NNP", "NNPS"})
# Labels of what is counted or measured, and of no thing.
MEASURES = TIME_LABELS | {"CARDINAL", "ORDINAL", "MONEY", "PERCENT", "QUANTITY"}
# Tags of what may stand before a list and is none of it; tags of what an aside begins with.
OPENERS = frozenset({"CC", "RB", "WRB", "WDT", "WP", ":", "``", "DT", "PDT", "NNS"})
ASIDES = frozenset({"DT", "PRP$", "CD", "NN", "JJ", "WP", "WDT"})
# Tags of what a noun phrase begins with.
BEFORE_NOUN = frozenset({"DT", "PRP$", "CD", "JJ"})
# Words between the list and its verb.
FLOATING = words("repair", "floating")
PAIRED = words("repair", "paired")
ACCOMPANYING = words("repair", "accompanying")
NOUN_LIKE_VERBS = words("repair", "noun_like_verbs")
PARTING = frozenset({",", ";", ":"})
LONGEST = 80


@dataclass(frozen=True, slots=True)
class Member:
    """A name in a list: its first and last token, the token that heads it."""

    start: int
    end: int
    head: int


def listed_subjects(tree: Tree, i: int) -> bool:
    """ "Anna Lund, Bo Ek and Carl Ros wrote it": each name of a list before a verb is its subject."""
    joiner = _joiner(tree, i)
    if joiner is None:
        return False
    last = _name_at(tree, joiner[-1] + 1) or _phrase_at(tree, joiner[-1] + 1)
    if last is None:
        return False
    verb = _verb_behind(tree, last)
    if verb is None:
        return False
    members = _members_before(tree, joiner[0], last)
    if members is None or len(members) < 2 or _is_right(tree, verb, members):
        return False
    if not _may_be_subjects(tree, verb, members):
        return False
    _make_list(tree, verb, members, joiner)
    return True


def second_subject(tree: Tree, i: int) -> bool:
    """ "Ida Moe, 19, and retired nurse Edna Berg, 74, died": subjects with "and" between them are a list."""
    verb = tree.head[i]
    first = next((k for k in tree.of(verb, tree.dep[i]) if k < i), None)
    if first is None or i > verb or not any(tree.lower[k] == "and" and k < i for k in tree.of(first, "cc")):
        return False
    tree.hang(i, first, "conj")
    return True


def listed_objects(tree: Tree, i: int) -> bool:
    """ "Sold the house, the garden and the barn": one house is no garden and barn; it is a list."""
    first = tree.head[i]
    if tree.dep[i] != "appos" or tree.tag[i] != "NN" or tree.tag[first] != "NN":
        return False
    if tree.dep[first] not in ("dobj", "pobj", "attr") or tree.lower[tree.left[i] - 1] != ",":
        return False
    if nominal_type(tree.doc[first])[0] == "Person":
        return False  # "married a farmer, a widower and a father of three"
    if not _ends_list(tree, first, i):
        return False
    tree.dep[i] = "conj"
    return True


def _ends_list(tree: Tree, first: int, i: int) -> bool:
    """Whether "and" joins another noun to the second of two, all three of them with one article."""
    other = tree.first(i, "conj")
    if other is None or tree.tag[other] not in COMMON:
        return False
    if all(tree.lower[k] != "and" for k in tree.of(i, "cc")):
        return False
    articles = [tree.first(k, "det") for k in (first, i, other)]
    return None not in articles and len({tree.lower[d] for d in articles if d is not None}) == 1


def accompanied_subject(tree: Tree, i: int) -> bool:
    """ "Anna Lund, along with Bo Ek, bought it": who comes with the subject does what it does."""
    prep = i if tree.first(i, "pobj") is not None else i + 1
    if prep >= tree.n or tree.lower[i : prep + 1] not in ACCOMPANYING_PHRASES:
        return False
    other = tree.first(prep, "pobj")
    above = tree.head[i] if tree.head[i] != prep else tree.head[prep]
    subject = tree.first(above, *SUBJECTS) if tree.pos[above] in VERBS else above
    if other is None or subject is None or tree.dep[subject] not in SUBJECTS or subject > i:
        return False
    if tree.head[subject] < tree.right[other]:
        return False
    tree.hang(other, subject, "conj")
    for k in range(i, prep + 1):
        tree.hang(k, subject, "cc")
        tree.pos[k] = "CCONJ"
    return True


ACCOMPANYING_PHRASES = [phrase.split("_") for phrase in sorted(ACCOMPANYING)]


def _joiner(tree: Tree, i: int) -> range | None:
    """Give the words that join the last two names: "and", "or", "as well as", "but also"."""
    word = tree.lower[i]
    found = range(i, i + 1)
    if word == "well":
        if i < 2 or tree.lower[i - 1] != "as" or tree.lower[i + 1 : i + 2] != ["as"]:
            return None
        found = range(i - 1, i + 2)
    elif word == "also":
        if i < 2 or tree.lower[i - 1] != "but":
            return None
        found = range(i - 1, i + 1)
    inside = any(tree.doc[k].ent_type_ for k in found)
    return None if inside or found[0] == 0 or found[-1] + 1 >= tree.n else found


def _is_name(tree: Tree, i: int) -> bool:
    """Whether a token is a word of a name."""
    label = tree.doc[i].ent_type_
    if label:
        return label not in MEASURES and tree.lower[i] != ","
    return tree.tag[i] in PROPER or _is_given_name(tree, i)


def _is_given_name(tree: Tree, i: int) -> bool:
    """Whether a word with a capital before a person's name is the given name: "Per Moe", "Will Marsh"."""
    if tree.tag[i] not in ("IN", "MD", "VB", "NN") or not tree.doc[i].text.istitle() or i + 1 >= tree.n:
        return False
    person = tree.doc[i + 1].ent_type_ == "PERSON" and not tree.doc[i].is_sent_start
    return person and gazetteer.female_share(tree.doc[i].text) is not None


def _name_at(tree: Tree, start: int) -> Member | None:
    """Give the name that begins at a token, with what it is of: "Anna Lund of Telis"."""
    end = _run(tree, start)
    if end < start:
        return None
    head = end if _is_given_name(tree, start) else _head(tree, start, end)
    return Member(start, _with_tail(tree, end), head)


def _phrase_at(tree: Tree, start: int) -> Member | None:
    """Give the noun phrase that begins at a token: "their colleague Timo Saari", "three others"."""
    end = start
    while end < tree.n and tree.tag[end] in BEFORE_NOUN:
        end += 1
    if end == start or end >= tree.n:
        return None
    while end < tree.n and (tree.tag[end] in COMMON or _is_name(tree, end)):
        end += 1
    return Member(start, end - 1, _head(tree, start, end - 1)) if tree.pos[end - 1] in NOUNS else None


def _run(tree: Tree, start: int) -> int:
    """Give the last token of the name that begins at one, or the one before where none does."""
    sentence_end, end = tree.doc[start].sent.end, start - 1
    while end + 1 < sentence_end and _is_name(tree, end + 1):
        end += 1
    return end


def _with_tail(tree: Tree, end: int) -> int:
    """Give where a name ends with its of-phrase or bracket."""
    after = end + 1
    if after + 1 < tree.n and tree.lower[after] == "of" and _is_name(tree, after + 1):
        return _run(tree, after + 1)
    if after < tree.n and tree.lower[after] == "(":
        return next((k for k in range(after, min(after + 8, tree.n)) if tree.lower[k] == ")"), end)
    return end


def _head(tree: Tree, start: int, end: int) -> int:
    outside = [k for k in range(start, end + 1) if not start <= tree.head[k] <= end or tree.head[k] == k]
    return outside[0] if len(outside) == 1 else end


def _verb_behind(tree: Tree, last: Member) -> int | None:
    """Give the verb right behind a list of names, if it is one of several."""
    sentence = tree.doc[last.end].sent
    k = _behind_aside(tree, last.end + 1)
    while k < sentence.end and (tree.lower[k] in FLOATING or tree.tag[k] == "RB"):
        k += 1
    if k >= sentence.end or tree.tag[k] == "VBZ" or tree.lower[k] == "was":
        return None
    if tree.tag[k] in FINITE:
        verb = k
        while tree.dep[verb] in AUXILIARIES and tree.head[verb] > verb:
            verb = tree.head[verb]
        return verb
    return k if k == last.end + 1 and _is_lost_verb(tree, k) else None


def _behind_aside(tree: Tree, k: int) -> int:
    """Give what follows an aside behind the last name: "…, all lawyers, founded"."""
    if k + 1 >= tree.n or tree.lower[k] != "," or tree.tag[k + 1] not in ASIDES:
        return k
    closing = next((j for j in range(k + 1, min(k + 14, tree.n)) if tree.lower[j] == ","), None)
    return k if closing is None else closing + 1


def _is_lost_verb(tree: Tree, k: int) -> bool:
    """Whether a word was taken for a noun, adjective or participle and is the verb of its sentence."""
    sentence = tree.doc[k].sent
    tags = tree.tag[sentence.start : sentence.end]
    if k + 2 >= sentence.end or tags[-1] != "." or not FINITE.isdisjoint(tags):
        return False
    if tree.tag[k] in ("VBN", "VBD") or (tree.tag[k] == "JJ" and tree.lower[k].endswith("ed")):
        return tree.tag[k + 1] not in ("IN", "TO", ",")
    return tree.lower[k] in NOUN_LIKE_VERBS


def _members_before(tree: Tree, joiner: int, last: Member) -> list[Member] | None:
    """Give the names of a list that ends with `last`; None where it may be an object's or a place's."""
    members = [last]
    end, start = joiner - 1, tree.doc[joiner].sent.start
    if tree.lower[end] == ",":
        end -= 1
    aside = False
    while end >= start and last.end - end < LONGEST:
        comma = next((k for k in range(end, start - 1, -1) if tree.lower[k] in PARTING), start - 1)
        name, more = _part(tree, comma + 1, end)
        if name is not None:
            members.insert(0, name)
            aside = False
        elif more and not aside:
            aside = True
        elif _continues(tree, comma + 1, end, members[0]):
            return None
        if not more or comma < start or tree.lower[comma] != ",":
            break
        end = comma - 1
    return None if aside or _names_places(tree, members) else members


def _part(tree: Tree, start: int, end: int) -> tuple[Member | None, bool]:
    """Give the name that stands between two commas, and whether the list may go on before it."""
    whole = _whole_name(tree, start, end) or _titled_name(tree, start, end)
    if whole is not None:
        return whole, True
    opened = _opened_name(tree, start, end)
    if opened is not None:
        return opened, False
    return None, start <= end and tree.tag[start] in ASIDES and _is_aside(tree, start, end)


def _whole_name(tree: Tree, start: int, end: int) -> Member | None:
    """Give the name that fills the tokens between two commas."""
    if start <= end and tree.lower[start] in PAIRED and start < end:
        start += 1
        if tree.lower[start - 1 : start + 1] == ["not", "only"]:
            start += 1
    found = _name_at(tree, start) if start <= end else None
    return found if found is not None and found.end == end else None


def _titled_name(tree: Tree, start: int, end: int) -> Member | None:
    """Give the name behind a noun that says who it is: "her brother Bo Ek"."""
    if start > end or tree.tag[start] not in ("DT", "PRP$", "NN") or not _is_name(tree, end):
        return None
    noun = next((k for k in range(start, end) if _is_name(tree, k + 1)), end)
    before = (tree.tag[k] in ("DT", "PRP$", "JJ", "NN") or _is_name(tree, k) for k in range(start, end))
    if tree.tag[noun] != "NN" or tree.doc[noun].ent_type_ in MEASURES or not all(before):
        return None
    return Member(start, end, _head(tree, start, end))


def _is_aside(tree: Tree, start: int, end: int) -> bool:
    """Whether the tokens between two commas tell of the name before: "a lawyer", "34", "his brother"."""
    return all(tree.tag[k] not in FINITE and tree.tag[k] != "CC" for k in range(start, end + 1))


def _opened_name(tree: Tree, start: int, end: int) -> Member | None:
    """Give the name that ends a phrase which opens the sentence: "said that Anna Lund", "The brothers Ek"."""
    first = end
    while first - 1 >= start and _is_name(tree, first - 1):
        first -= 1
    if first == start or not _is_name(tree, end):
        return None
    before = first - 1
    label = tree.doc[before].ent_type_
    opens = tree.tag[before] in OPENERS or label in TIME_LABELS
    if tree.tag[before] == "IN":
        opens = tree.dep[before] == "mark"
    elif tree.pos[before] == "VERB":
        opens = classify("that", tree.lemma[before]) is not None
    return Member(first, end, _head(tree, first, end)) if opens else None


def _continues(tree: Tree, start: int, end: int, first: Member) -> bool:
    """Whether what stands before a list may be a part of it, and the list an object's or a place's."""
    if not _is_name(tree, end):
        return False
    before = end
    while before >= start and _is_name(tree, before):
        before -= 1
    if before >= start and tree.pos[before] in ("VERB", "AUX"):
        return True
    same: bool = tree.doc[end].ent_type_ == tree.doc[first.head].ent_type_
    return same


def _names_places(tree: Tree, members: list[Member]) -> bool:
    """Whether a name of a list tells where the one before it lies: "Lyon, France, and Turin"."""
    lands = [_is_land(tree, m) for m in members]
    placed = any(land and not before for before, land in itertools.pairwise(lands))
    return placed and all(tree.doc[m.head].ent_type_ in PLACE_LABELS for m in members)


def _is_land(tree: Tree, member: Member) -> bool:
    land = gazetteer.land_named(tree.doc[member.start : member.end + 1].text)
    return land is not None


def _is_right(tree: Tree, verb: int, members: list[Member]) -> bool:
    """Whether the parse has the list already."""
    subjects = tree.of(verb, *SUBJECTS)
    return len(subjects) == 1 and {m.head for m in members} <= set(tree.conjuncts(subjects[0]))


def _may_be_subjects(tree: Tree, verb: int, members: list[Member]) -> bool:
    """Whether the verb has no subject but names of the list, or a noun that only says what they are."""
    first, last = members[0].start, members[-1].end
    for s in tree.of(verb, *SUBJECTS, "csubj", "expl"):
        if not first <= s <= last and not (s == first - 1 and tree.tag[s] == "NNS"):
            return False
    return True


def _make_list(tree: Tree, verb: int, members: list[Member], joiner: range) -> None:
    """Hang the first name on the verb as its subject, and each other on the one before it."""
    first = members[0]
    if tree.tag[verb] not in FINITE and not tree.of(verb, *AUXILIARIES):
        _make_verb(tree, verb, first)
    for m in members:
        for k in range(m.start, m.end + 1):
            if _is_given_name(tree, k):
                tree.tag[k], tree.pos[k] = "NNP", "PROPN"
                tree.hang(k, m.head, "compound")
            elif k != m.head and (not m.start <= tree.head[k] <= m.end or tree.head[k] == k):
                tree.hang(k, m.head, "compound")
    _free(tree, verb, range(first.start, members[-1].end + 1))
    if first.start and tree.tag[first.start - 1] == "NNS" and tree.dep[first.start - 1] in SUBJECTS:
        tree.hang(first.start - 1, first.head, "nmod")
    tree.hang(first.head, verb, "nsubjpass" if tree.of(verb, "auxpass") else "nsubj")
    for before, m in itertools.pairwise(members):
        tree.hang(m.head, before.head, "conj")
    for k in joiner:
        tree.hang(k, members[-2].head, "cc")
    _pair(tree, first)


def _free(tree: Tree, verb: int, listed: range) -> None:
    """Let the verb stand above the list where it stood below one of its names."""
    above, top = verb, -1
    while tree.head[above] != above:
        above = tree.head[above]
        if above in listed:
            top = above
    if top >= 0:
        tree.hang(verb, verb if tree.head[top] == top else tree.head[top], tree.dep[top])


def _make_verb(tree: Tree, verb: int, first: Member) -> None:
    """Make the verb of a sentence of what was taken for a noun or an adjective."""
    past = tree.lower[verb].endswith("ed") or tree.tag[verb] in ("VBN", "VBD")
    regular = past and tree.tag[verb] not in ("VBN", "VBD")
    sentence = tree.doc[verb].sent
    loose = [
        k
        for k in range(verb + 1, sentence.end)
        if not verb < tree.head[k] < sentence.end or tree.head[k] == k
    ]
    tree.tag[verb], tree.pos[verb] = ("VBD" if past else "VBP"), "VERB"
    if not past or regular:
        tree.lemma[verb] = lemma_of_past(tree.lower[verb]) if regular else tree.lower[verb]
    root = next((k for k in range(sentence.start, sentence.end) if tree.head[k] == k), verb)
    tree.hang(verb, verb, "ROOT")
    for k in loose:
        tree.hang(k, verb, _label_behind(tree, k))
    if root != verb and root not in loose:
        tree.hang(root, verb, "dep")


def _label_behind(tree: Tree, k: int) -> str:
    """Give what a phrase behind a new verb is to it."""
    if tree.tag[k] in (".", ",", ":", "''"):
        return "punct"
    if tree.tag[k] in COMMON | PROPER | {"PRP", "CD"}:
        return "npadvmod" if tree.doc[k].ent_type_ in TIME_LABELS else "dobj"
    return "prep" if tree.tag[k] in ("IN", "TO") else "advmod" if tree.tag[k] == "RB" else tree.dep[k]


def _pair(tree: Tree, first: Member) -> None:
    """Hang "both", and "not only" as one, on the list that they open."""
    for k in _before(tree, first.start):
        if tree.lower[k] == "only" and k and tree.lower[k - 1] == "not":
            tree.hang(k - 1, k, "advmod")
        if tree.lower[k] in PAIRED and tree.lower[k] != "not":
            tree.hang(k, first.head, "preconj")


def _before(tree: Tree, start: int) -> Iterator[int]:
    yield from (
        k for k in range(max(start - 2, tree.doc[start].sent.start), start) if tree.lower[k] in PAIRED
    )
