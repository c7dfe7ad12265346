"""What a verb says that a person is, becomes, serves as or is appointed to."""

from __future__ import annotations

from kg import relations as rel
from kg.extract.claims import rules
from kg.extract.claims.factuality import Factuality
from kg.extract.claims.nominal.appositions import same_kind
from kg.extract.claims.nominal.context import BlockContext
from kg.extract.claims.nominal.descriptions import Description, describe
from kg.extract.claims.nominal.offices import HEADS, is_office
from kg.extract.claims.nominal.works import faith, is_faith
from kg.extract.lexicon import words
from kg.extract.lexicon.sets import NOUNS
from kg.extract.reading import MentionDraft

BECOMING = words("nominals", "office", "becoming")
SERVING = words("nominals", "office", "serving")
APPOINTING = words("nominals", "office", "appointing")
_PRESENTING = words("nominals", "office", "presenting")
_CABINETS = words("nominals", "office", "cabinets")
_RULING = words("nominals", "office", "ruling")
_SPENDING = words("nominals", "office", "spending")
_TERMS = words("nominals", "office", "terms")
_WORKING = words("nominals", "office", "working")


def predicates(ctx: BlockContext, i: int) -> None:
    """ "She is a member of the senate", "he served as mayor of Ulm", "Lind was appointed director"."""
    tree = ctx.tree
    factuality: Factuality | None = ctx.block.factualities.get(i)
    if factuality is None or not _predicates(ctx, i):
        return
    nouns, subjects = _nouns(ctx, i), subjects_of(ctx, i)
    if not nouns or not subjects or len(subjects) > 3:
        return
    if _is_inverted(ctx, i, subjects[0], nouns[0]):
        _say_inverted(ctx, i, subjects[0], nouns[0], factuality)
        return
    for noun in [c for n in nouns for c in same_kind(ctx, n)]:
        if ctx.name[noun] is None and ctx.demonym[noun] is None:
            for s in subjects:
                _say(ctx, i, s, noun, factuality)
        if ctx.name[noun] is not None and is_faith(tree.lemma[noun]):
            _say_faith(ctx, subjects, noun, factuality)


def capacities(ctx: BlockContext, verb: int) -> None:
    """ "As mayor of Ulm from 1986 to 1992 she built the bridge": in what office somebody does something."""
    tree, how = ctx.tree, ctx.block.factualities.get(verb)
    if how is None or tree.lemma[verb] in SERVING | APPOINTING | BECOMING:
        return
    for prep in tree.of(verb, "prep"):
        if tree.lower[prep] != "as" or not (prep < verb or tree.lemma[verb] in _RULING):
            continue
        for noun in [o for o in ctx.objects(prep) if _is_bare_post(ctx, o)]:
            for person in (person_of(ctx, s) for s in subjects_of(ctx, verb)[:1]):
                if person is not None:
                    rule = rules.PREDICATE_SERVE
                    describe(ctx, Description(person, noun, rule, how, (ctx.doc[verb],)))


def cabinet(ctx: BlockContext, verb: int) -> None:
    """ "She presented her government, with Ida Moe as finance minister and Jan Vik as speaker"."""
    tree, how = ctx.tree, ctx.block.factualities.get(verb)
    if how is None or tree.lemma[verb] not in _PRESENTING:
        return
    if not any(tree.lemma[o] in _CABINETS for o in tree.of(verb, "dobj")):
        return
    for person in ctx.names:
        end = person.span.end
        if person.type != "Person" or person.span.start < verb or tree.lower[end : end + 1] != ["as"]:
            continue
        for noun in ctx.objects(end)[:1] if ctx.same_sentence(verb, end) else ():
            if is_office(ctx, noun):
                describe(ctx, Description(person, noun, rules.CABINET, how, (ctx.doc[verb],)))


def _is_bare_post(ctx: BlockContext, noun: int) -> bool:
    """Whether a noun names an office without an article that leaves open which: "as mayor"."""
    named = ctx.tree.lemma[noun] in HEADS and ctx.name[noun] is None
    return named and not ctx.has_det(noun, "a", "an", "any", "no")


def _say_faith(ctx: BlockContext, subjects: list[int], noun: int, factuality: Factuality) -> None:
    """ "Anna Berg is a Muslim"."""
    for person in (person_of(ctx, s) for s in subjects):
        if person is not None:
            faith(ctx, person, noun, noun, factuality)


def _say(ctx: BlockContext, verb: int, subject: int, noun: int, factuality: Factuality) -> None:
    """Say what a verb says of one subject with one noun."""
    person = person_of(ctx, subject)
    if person is None:
        return
    describe(ctx, _description(ctx, person, noun, verb, factuality))
    if ctx.tree.lemma[verb] in SERVING and is_office(ctx, noun):
        _employers(ctx, person, verb, factuality)


def _is_inverted(ctx: BlockContext, verb: int, subject: int, noun: int) -> bool:
    """Whether a sentence tells who is what: "The firm's chief executive is Anna Lind."."""
    tree = ctx.tree
    post = ctx.name[subject] is None and tree.pos[subject] == "NOUN"
    acronym = ctx.doc[subject].is_upper and tree.lower[subject] in HEADS  # "the new MP"
    told = ctx.name[noun] is not None or ctx.titled(noun) is not None
    return (post or acronym) and told and tree.lemma[verb] == "be"


def _say_inverted(ctx: BlockContext, verb: int, subject: int, noun: int, factuality: Factuality) -> None:
    person = ctx.name[noun] or ctx.titled(noun)
    if person is not None and person.type == "Person" and ctx.owner(subject) is not None:
        describe(ctx, _description(ctx, person, subject, verb, factuality))


def _nouns(ctx: BlockContext, verb: int) -> list[int]:
    """Give the nouns that a verb says of somebody: its complement, or what stands after "as"."""
    tree, lemma = ctx.tree, ctx.tree.lemma[verb]
    nouns = []
    if lemma not in SERVING:
        nouns = [n for k in tree.of(verb, "attr", "oprd") if tree.pos[n := ctx.inner(k)] in NOUNS]
    if lemma == "become":
        nouns += tree.of(verb, "dobj")
    for time in _stretches(ctx, verb):
        nouns += [o for k in tree.of(time, "prep") if tree.lower[k] == "as" for o in ctx.objects(k)]
    if lemma not in BECOMING:
        nouns += [o for k in tree.of(verb, "prep") if tree.lower[k] == "as" for o in ctx.objects(k)]
    return nouns


def _predicates(ctx: BlockContext, verb: int) -> bool:
    """Whether a verb may say what somebody is."""
    return ctx.tree.lemma[verb] in BECOMING | SERVING | APPOINTING or bool(_stretches(ctx, verb))


def _stretches(ctx: BlockContext, verb: int) -> list[int]:
    """Give the time that somebody spends as something: "spent six years", "served two terms"."""
    if ctx.tree.lemma[verb] not in _SPENDING:
        return []
    return [o for o in ctx.tree.of(verb, "dobj") if ctx.tree.lemma[o] in _TERMS]


def subjects_of(ctx: BlockContext, verb: int) -> list[int]:
    """Give the nouns for those of whom a verb says something."""
    tree = ctx.tree
    passive = tree.first(verb, "nsubjpass", "auxpass") is not None
    role = "nsubjpass" if passive else "dobj" if tree.lemma[verb] in APPOINTING else "nsubj"
    if role == "nsubj" and tree.first(verb, "nsubj", "nsubjpass") is None and tree.dep[verb] == "conj":
        return shared_subjects(ctx, verb)
    if role == "nsubj" and _is_bare_participle(ctx, verb):
        above = tree.head[verb]
        return [ctx.antecedent(s, above) for s in tree.of(above, "nsubj", "nsubjpass")]
    single = tree.lower[verb] in ("is", "was", "has", "becomes", "serves")
    found = []
    for s in tree.of(verb, role):
        a = ctx.antecedent(s, verb)
        # "the son of Ann, who was the daughter of Max, and Eva": only Ann was.
        found += [a] if single and a != s else tree.conjuncts(a)
    return found


def _is_bare_participle(ctx: BlockContext, verb: int) -> bool:
    """Whether a verb has the subject of the one that it hangs on: "she retired, having been clerk"."""
    tree = ctx.tree
    if tree.dep[verb] != "advcl" or tree.first(verb, "nsubj", "nsubjpass", "mark") is not None:
        return False
    first = min([verb, *tree.of(verb, "aux", "auxpass")])
    return tree.tag[first] == "VBG"


def shared_subjects(ctx: BlockContext, verb: int) -> list[int]:
    """Give the subjects of the verb that one is coordinated with: "she lived in Ulm and was mayor"."""
    tree, above = ctx.tree, verb
    while tree.dep[above] == "conj":
        above = tree.head[above]
        found = tree.of(above, "nsubj", "nsubjpass")
        if found:
            return [ctx.antecedent(s, above) for s in found]
    return []


def person_of(ctx: BlockContext, subject: int) -> MentionDraft | None:
    """Give the person that a subject stands for, by name or pronoun."""
    if ctx.tree.pos[subject] not in NOUNS and ctx.tree.lower[subject] not in ("he", "she", "who"):
        return None
    person = ctx.bearer(subject)
    known = person is not None and person.type == "Person" and person.kind != "nominal"
    return person if known else None


def _description(
    ctx: BlockContext, person: MentionDraft, noun: int, verb: int, factuality: Factuality
) -> Description:
    return Description(person, noun, _rules(ctx.tree.lemma[verb]), factuality, (ctx.doc[verb],))


def _rules(lemma: str) -> rules.DescriptionRules:
    """Give the rules for what a verb says of a person."""
    if lemma in APPOINTING:
        return rules.PREDICATE_APPOINT
    if lemma in SERVING | _SPENDING:
        return rules.PREDICATE_SERVE
    return rules.PREDICATE_BE if lemma == "be" else rules.PREDICATE_BECOME


def _employers(ctx: BlockContext, person: MentionDraft, verb: int, factuality: Factuality) -> None:
    """ "worked as an engineer for Volvo", where the parser hangs "for" on the verb."""
    tree = ctx.tree
    for k in tree.of(verb, "prep"):
        for o in ctx.objects(k) if tree.lower[k] in _WORKING else ():
            name = ctx.name[o]
            if name is not None and name.type == "Organization":
                tokens = (ctx.doc[verb],)
                ctx.add_claim(
                    person, rel.EMPLOYER, name, rules.OFFICE_EMPLOYER, factuality=factuality, tokens=tokens
                )
