"""What a thing is called besides its name: in brackets, between commas, by verbs of naming and renaming."""

from __future__ import annotations

from collections.abc import Iterator

from kg import relations as rel
from kg.extract.claims import rules
from kg.extract.claims.factuality import PLAIN, Factuality
from kg.extract.claims.nominal.context import BlockContext, compatible
from kg.extract.lexicon import words
from kg.extract.lexicon.sets import NOUNS
from kg.extract.reading import MentionDraft

_ALONE = words("nominals", "alias", "alone")
_CALLED = words("nominals", "alias", "called")
# Words behind which nothing but another name stands, whatever it looks like.
_SURE = frozenset(("alias", "aka", "a.k.a."))
_BESIDE = words("nominals", "alias", "beside")
_NAMING = words("nominals", "alias", "naming")
_RENAMING = words("nominals", "alias", "renaming")
_NAMES = words("nominals", "alias", "names")
_REFLEXIVE = frozenset(("itself", "himself", "herself", "themselves"))
_QUOTES = frozenset("\"'“‘`”’") | {"``", "''"}
_GOING_ON = frozenset(("of", "'s", "’s", "-", "–", "&"))
_CLOSING = frozenset(",;.)")
# How many words may stand between a name and another one of it.
_LONGEST = 8


def aliases(ctx: BlockContext, name: MentionDraft) -> None:
    """ "Ulmar Group, also known as Ulmar", "Ada Holm (nicknamed Addy)": another name of a named thing."""
    tree, start = ctx.tree, name.span.end + 1
    if start < tree.n and tree.lower[start - 1] in _SURE:
        start -= 1  # "Luka Horn alias the Fox"
    elif start >= tree.n or tree.lower[start - 1] not in (",", "("):
        return
    at = _behind_call(ctx, start)
    if at is None:
        return
    other = _name_at(ctx, at)
    if other is not None and _is_quoted_behind(ctx, other):
        return
    if other is not None and (_ends_phrase(ctx, other) or tree.lower[start:at][0] in _CALLED):
        sure = not _SURE.isdisjoint(tree.lower[start:at]) or "called" in _words(ctx, start, at)
        if sure or compatible(name.type, other.type):
            ctx.add_claim(name, rel.ALIAS, other, rules.ALSO, tokens=list(ctx.doc[start:at]))


def _is_quoted_behind(ctx: BlockContext, name: MentionDraft) -> bool:
    """Whether it is not a name that is given, but a judgement: 'called Lund "an excellent choice"'."""
    opened = ctx.tree.lower[max(0, name.span.start - 2) : name.span.start]
    closed = ctx.tree.lower[name.span.end : name.span.end + 1] in (['"'], ["“"])
    return closed and _QUOTES.isdisjoint(opened)


def nickname(ctx: BlockContext, person: MentionDraft) -> None:
    """'Trevor "Hoppy" Lang': what stands in quotes within the name of somebody."""
    marks = [t.i for t in person.span if t.text in _QUOTES]
    if len(marks) == 2 and marks[0] + 1 < marks[1]:
        inner = ctx.named(marks[0] + 1, marks[1], "Person")
        ctx.add_claim(person, rel.ALIAS, inner, rules.NICKNAME)


def _words(ctx: BlockContext, start: int, at: int) -> set[str]:
    """Give the words of a call, with "called" for each that says by itself that a name follows."""
    said = set(ctx.tree.lower[start:at])
    return said | {"called"} if said & _CALLED else said


def _behind_call(ctx: BlockContext, start: int) -> int | None:
    """Give where another name begins behind "also known as", "formerly", "better known by her stage name"."""
    lower, at, found = ctx.tree.lower, start, False
    for at in range(start, min(start + _LONGEST, ctx.tree.n)):
        word = lower[at]
        if word in _CALLED or word in _ALONE:
            found = True
        elif word not in _BESIDE and word not in _QUOTES and not (word == "the" and found):
            return at if found and at > start else None
    return None


def _name_at(ctx: BlockContext, at: int) -> MentionDraft | None:
    """Give the name that begins at a token, or with the article before it."""
    other = ctx.name[at] if at < ctx.tree.n else None
    return other if other is not None and other.span.start in (at, at - 1) else None


def _ends_phrase(ctx: BlockContext, name: MentionDraft) -> bool:
    """Whether a sign stands behind a name; "Ulm, formerly Norland's capital" has no other name."""
    end = name.span.end
    return end >= ctx.tree.n or ctx.tree.lower[end] in _QUOTES | _CLOSING


def called(ctx: BlockContext, verb: int) -> None:
    """ "the stadium, dubbed the Cauldron", "was renamed Ulmar in 2009", "renamed itself Ulmar"."""
    lemma = ctx.tree.lemma[verb]
    if lemma not in _NAMING and lemma not in _RENAMING:
        if lemma == "change":
            _changed_name(ctx, verb)
        return
    other = _given(ctx, verb)
    if other is not None and _is_quoted_behind(ctx, other):
        return
    if other is None or not _is_whole(ctx, verb, other):
        return
    for who, how in _bearers(ctx, verb):
        if who is not other:
            ctx.add_claim(who, rel.ALIAS, other, rules.CALLED, tokens=[ctx.doc[verb]], factuality=how)


def _given(ctx: BlockContext, verb: int) -> MentionDraft | None:
    """Give the name that a verb gives: its complement, or what stands behind "as" or "itself"."""
    tree = ctx.tree
    for k in tree.of(verb, "oprd", "attr", "dobj", "dep", "npadvmod", "ccomp"):
        if k > verb and ctx.name[k] is not None and tree.lemma[verb] != "know":
            return ctx.name[k]
    for prep in tree.of(verb, "prep"):
        if tree.lower[prep] in ("as", "to"):
            o = tree.first(prep, "pobj")
            if o is not None and ctx.name[o] is not None and (tree.lower[prep] == "as" or _is_new(ctx, verb)):
                return ctx.name[o]
    after = verb + 2
    return _name_at(ctx, after) if after < tree.n and tree.lower[verb + 1] in _REFLEXIVE else None


def _is_whole(ctx: BlockContext, verb: int, name: MentionDraft) -> bool:
    """Whether a name is all that a verb of naming gives: it follows at once, and does not go on."""
    tree, end = ctx.tree, name.span.end
    between = range(verb + 1, name.span.start)
    near = all(tree.pos[k] in ("ADV", "ADP", "DET", "PUNCT", "PRON", "PART") for k in between)
    goes_on = end < tree.n and (tree.lower[end] in _GOING_ON or tree.pos[end] == "PROPN")
    return near and not goes_on


def _is_new(ctx: BlockContext, verb: int) -> bool:
    return ctx.tree.lemma[verb] in _RENAMING


def _bearers(ctx: BlockContext, verb: int) -> Iterator[tuple[MentionDraft, Factuality]]:
    """Give whom a verb names: the noun it is on, its passive subject, or a subject that names itself."""
    tree = ctx.tree
    if tree.dep[verb] in ("advcl", "acl", "amod") and tree.tag[verb] == "VBN":
        noun = _of_participle(ctx, verb)
        if noun is not None:
            yield ctx.mention(noun), PLAIN
        return
    how = ctx.block.factualities.get(verb)
    if how is None:
        return
    reflexive = verb + 1 < tree.n and tree.lower[verb + 1] in _REFLEXIVE
    passive = tree.first(verb, "auxpass") is not None
    for s in tree.of(verb, "nsubjpass" if passive else "nsubj") if passive or reflexive else ():
        a = ctx.antecedent(s, verb)
        if tree.pos[a] in (*NOUNS, "PRON"):
            yield ctx.mention(a), how


def _of_participle(ctx: BlockContext, verb: int) -> int | None:
    """Give the noun that a participle is on, or the subject behind: "Dubbed the Fox, he fled"."""
    tree, up = ctx.tree, ctx.tree.head[verb]
    if tree.dep[verb] == "acl" and up < verb:
        return up
    first = tree.first(up, "nsubj", "nsubjpass")
    fronted = first is not None and verb < first and tree.first(verb, "mark", "nsubj", "nsubjpass") is None
    return first if fronted else None


def _changed_name(ctx: BlockContext, verb: int) -> None:
    """ "changed its name to Ulmar Group"."""
    tree, how = ctx.tree, ctx.block.factualities.get(verb)
    o = next((k for k in tree.of(verb, "dobj") if tree.lemma[k] == "name"), None)
    if how is None or o is None:
        return
    ends = [
        e
        for p in (*tree.of(verb, "prep"), *tree.of(o, "prep"))
        if tree.lower[p] == "to"
        for e in ctx.objects(p)
    ]
    named = [ctx.name[e] for e in ends[:1]]
    for s in tree.of(verb, "nsubj"):
        a = ctx.antecedent(s, verb)
        for other in named:
            if other is not None and tree.pos[a] in (*NOUNS, "PRON"):
                who, tokens = ctx.mention(a), [ctx.doc[verb]]
                ctx.add_claim(who, rel.ALIAS, other, rules.CALLED, tokens=tokens, factuality=how)


def names_before(ctx: BlockContext, i: int) -> None:
    """ "wrote under the pseudonym Max Adler", "sold under the brand name Zelmin": whose other name it is."""
    tree = ctx.tree
    if tree.lemma[i] not in _NAMES and not (tree.lemma[i] == "name" and tree.lower[i - 1] in _NAMES):
        return
    other, prep = _name_at(ctx, i + 1), _over(ctx, i)
    if other is None or prep is None or tree.lower[prep] not in ("under", "by", "as"):
        return
    verb = tree.head[prep]
    passive = tree.dep[verb] == "acl" and tree.tag[verb] == "VBN"
    how = PLAIN if passive else ctx.block.factualities.get(verb)
    if how is None:
        return
    for a in (
        [tree.head[verb]]
        if passive
        else [ctx.antecedent(s, verb) for s in tree.of(verb, "nsubj", "nsubjpass")]
    ):
        who, tokens = ctx.mention(a), [ctx.doc[i]]
        ctx.add_claim(who, rel.ALIAS, other, rules.CALLED, tokens=tokens, factuality=how)


def _over(ctx: BlockContext, i: int) -> int | None:
    """Give the preposition over a noun before a name, whichever of them the parser takes for the head."""
    tree, j = ctx.tree, i
    for _ in range(3):
        if tree.dep[j] in ("pobj", "pcomp") or tree.pos[tree.head[j]] == "ADP":
            return tree.head[j]
        j = tree.head[j]
    return None
