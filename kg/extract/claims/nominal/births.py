"""What is told of somebody with the birth: the name given then, and whose child it was."""

from __future__ import annotations

from collections.abc import Iterator

from kg import relations as rel
from kg.extract import constructions
from kg.extract.claims import rules
from kg.extract.claims.nominal.context import BlockContext
from kg.extract.claims.nominal.offices import kin
from kg.extract.lexicon import words
from kg.extract.lexicon.sets import NOUNS, VERBS
from kg.extract.reading import MentionDraft

_SPOUSES = words("nominals", "kin", "spouse")
# What may stand between the names of two parents: "a signalman, and his second wife, Rose".
_BETWEEN = frozenset({"DET", "ADJ", "NOUN", "CCONJ", "PRON", "NUM"})
_TAIL = frozenset({"of", "in", "at", "from"})
# How far behind a birth or a word for a child its parents may be named.
_LONGEST = 40
# "The youngest of five children": which words, and how far behind the verb.
_OF_SEVERAL = frozenset(
    {"youngest", "eldest", "oldest", "elder", "younger", "second", "third", "first", "one", "fourth"}
)
_NEAR = 6


def born(ctx: BlockContext, verb: int) -> None:
    """ "She was born Ada Holm in Ulm, the second child of Jan Holm and his wife, Eva"."""
    tree, how = ctx.tree, ctx.block.factualities.get(verb)
    if tree.lower[verb] != "born" or tree.lemma[verb] != "bear" or (how is not None and not how.asserted):
        return
    subject = _subject(ctx, verb)
    if subject is None:
        return
    person = ctx.mention(subject)
    if person.type in ("Person", "Concept"):
        _name_at_birth(ctx, verb, person)
        end = subject if subject > verb else tree.n
        _child_of(ctx, next(_children(ctx, verb, end), None), person, end)


def _name_at_birth(ctx: BlockContext, verb: int, person: MentionDraft) -> None:
    name = ctx.name[verb + 1] if verb + 1 < ctx.tree.n else None
    if name is not None and name is not person and name.type == "Person" and name.span.start == verb + 1:
        ctx.add_claim(person, rel.BIRTH_NAME, name, rules.BIRTH_NAME, tokens=[ctx.doc[verb]])


def _child_of(ctx: BlockContext, child: int | None, person: MentionDraft, end: int) -> None:
    """Say whose child somebody is by the words behind a word for a child."""
    if child is not None:
        for parent in parents(ctx, child, end):
            ctx.add_claim(parent, rel.CHILD, person, rules.BIRTH_KIN, tokens=[ctx.doc[child]])


def among(ctx: BlockContext, verb: int) -> None:
    """ "She was the youngest of five children of a fisherman, Arne Vik, and his wife, Eva"."""
    tree, how = ctx.tree, ctx.block.factualities.get(verb)
    subject = tree.first(verb, "nsubj")
    if tree.lemma[verb] != "be" or subject is None or how is None or not how.asserted:
        return
    person = ctx.mention(ctx.antecedent(subject, verb))
    for k in range(verb + 1, min(verb + _NEAR, tree.n)) if person.type == "Person" else ():
        if tree.lower[k] in _OF_SEVERAL and tree.lower[k + 1 : k + 2] == ["of"]:
            child = next((c for c in range(k + 2, min(k + 5, tree.n)) if tree.lower[c] == "children"), None)
            _child_of(ctx, child, person, tree.n)
            return


def opening(ctx: BlockContext, verb: int) -> None:
    """ "The son of Jan Holm, a baker, and Eva Berg, a nurse, he grew up in Ulm": whose child a subject is."""
    tree = ctx.tree
    subject = tree.first(verb, "nsubj", "nsubjpass") if tree.dep[verb] == "ROOT" else None
    child = None if subject is None else _child_in_front(ctx, verb)
    if subject is None or child is None:
        return
    last = _last_of_subject(ctx, verb)
    person = ctx.mention(last)
    pronoun = tree.lower[last] in ("he", "she")
    start = int(person.span.start)
    if (pronoun or person.type == "Person") and start > child and tree.lower[start - 1] == ",":
        _child_of(ctx, child, person, start)


def _child_in_front(ctx: BlockContext, verb: int) -> int | None:
    """Give the word for a child that opens the sentence of a verb: "The eldest daughter of"."""
    tree, start = ctx.tree, int(ctx.doc[verb].sent.start)
    for k in range(start, min(start + _NEAR, verb)):
        if kin(tree.lemma[k].lower()) == rel.CHILD:
            return k if tree.tag[k] in ("NN", "NNP") and tree.lower[k + 1 : k + 2] == ["of"] else None
        if tree.pos[k] not in ("DET", "ADJ", "NUM"):
            return None
    return None


def _last_of_subject(ctx: BlockContext, verb: int) -> int:
    """Give the last word before a verb and its auxiliaries and adverbs."""
    tree, k = ctx.tree, verb - 1
    while k > 0 and (tree.pos[k] in ("AUX", "ADV", "PART") and tree.head[k] == verb):
        k -= 1
    return k


def _subject(ctx: BlockContext, verb: int) -> int | None:
    """Give who was born: the subject, whom a participle hangs on, or who goes on behind one in front."""
    tree = ctx.tree
    own = tree.first(verb, "nsubjpass", "nsubj")
    if own is not None:
        return ctx.antecedent(own, verb)
    above = tree.head[verb]
    if tree.dep[verb] == "acl":
        return above
    subjects = tree.of(above, "nsubj", "nsubjpass") if tree.dep[verb] == "advcl" else []
    return ctx.antecedent(subjects[-1], above) if subjects else None


def _children(ctx: BlockContext, verb: int, end: int) -> Iterator[int]:
    """Give the words for a child behind a birth, each behind a comma: ", the son of"."""
    tree, comma = ctx.tree, False
    for k in constructions.outside(tree, verb + 1, min(verb + _LONGEST, end), reach=end):
        if tree.pos[k] in VERBS or tree.lower[k] in (".", ";") or not ctx.same_sentence(verb, k):
            return
        if comma and kin(tree.lemma[k]) == rel.CHILD and tree.lower[k + 1 : k + 2] == ["of"]:
            yield k
        comma = comma or tree.lower[k] == ","


def parents(ctx: BlockContext, child: int, end: int) -> Iterator[MentionDraft]:
    """Give whose child somebody is by the words behind a noun: "of a signalman, Jan Holm, and his wife, Eva".

    A second name is that of the other parent behind "and" alone, or where a word for a spouse stands there.
    """
    tree, found = ctx.tree, 0
    since: list[int] = []
    if tree.lower[child + 1 : child + 2] != ["of"]:
        return
    for k in constructions.outside(tree, child + 2, min(child + _LONGEST, end), reach=end):
        name = ctx.name[k]
        if name is None:
            since.append(k)
            if not _may_stand_between(ctx, k):
                return
        elif name.type == "Person" and name.span.start == k and not ctx.is_owner(name):
            if not (_is_other_parent(ctx, since) if found else _is_first_parent(ctx, since)):
                return
            yield name
            since, found = [], found + 1
            if found > 1:
                return
        elif name.type == "Person" and name.span.start == k:
            return


def _may_stand_between(ctx: BlockContext, k: int) -> bool:
    tree = ctx.tree
    if tree.lower[k] in (",", "(", ")", "-") or tree.lower[k] in _TAIL:
        return True
    return tree.pos[k] in _BETWEEN and tree.lower[k] not in ("who", "which", "that", "he", "she", "they")


def _is_first_parent(ctx: BlockContext, since: list[int]) -> bool:
    """Whether nothing but what somebody is stands before a name: "of a signalman, Jan Holm"."""
    return not {"and", "of"}.intersection(ctx.tree.lower[k] for k in since)


def _is_other_parent(ctx: BlockContext, since: list[int]) -> bool:
    """Whether what stands between two names lets the second be the other parent's."""
    tree = ctx.tree
    words = [tree.lower[k] for k in since]
    if "and" not in words:
        return False
    behind = words[words.index("and") + 1 :]
    spouse = any(tree.lemma[k] in _SPOUSES for k in since[words.index("and") + 1 :])
    plain = all(
        tree.pos[k] in ("DET", "ADJ", *NOUNS) and tree.lower[k] != ","
        for k in since[words.index("and") + 1 :]
    )
    # "and a teacher, Solveig Dahl"
    renamed = len(behind) > 2 and behind[-1] == "," and tree.pos[since[words.index("and") + 1]] == "DET"
    plain = plain or (renamed and "," not in behind[:-1])
    return spouse or plain
