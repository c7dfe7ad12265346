"""Nouns that tell of what happened: their actor, what was done to what, and where."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg import relations as rel
from kg.extract.claims import rules
from kg.extract.claims.factuality import Factuality
from kg.extract.claims.nominal.context import BlockContext, demonym_of, is_country
from kg.extract.claims.nominal.factuality import event_factuality
from kg.extract.lexicon import words
from kg.extract.lexicon.deverbal import EventNoun, event_nouns
from kg.extract.lexicon.inflect import participle
from kg.extract.lexicon.sets import IDENTIFYING, NOMINALS, NOUNS
from kg.extract.mentions import extents
from kg.extract.reading import MentionDraft

ACTORS = frozenset(("Person", "Organization", "Group", "GPE"))
_SERIES = words("nominals", "event", "series")
_THINGS = words("nominals", "event", "things")
_BODIES = words("nominals", "event", "bodies")
_PARTIES = words("nominals", "event", "parties")
_CONFLICTS = words("nominals", "event", "conflicts")
_ATTITUDES = words("nominals", "event", "attitudes")
_UNDERGONE = words("nominals", "event", "undergone")
_MADE = words("nominals", "event", "made")
_BETWEEN = words("nominals", "event", "between")
_DASHES = frozenset(("-", "–", "—", "/"))


def parties(ctx: BlockContext, i: int) -> None:
    """ "Israel-Hamas war": an event with two parties."""
    tree = ctx.tree
    if tree.lower[i] not in _PARTIES and tree.lemma[i] not in _PARTIES:
        return
    if i < 3 or tree.lower[i - 2] not in _DASHES or tree.lower[i - 3] in extents.PREFIXES:
        return
    second = _party(ctx, i - 1, i)
    first = _party(ctx, i - 3, i)
    if first is None or second is None:
        return
    event = _of_parties(ctx, first.span.start, i)
    ctx.used.add(i)
    for party in (first, second):
        ctx.add_claim(party, rel.PARTICIPANT_IN, event, rules.PARTIES, tokens=[ctx.doc[i]])


def _of_parties(ctx: BlockContext, start: int, i: int) -> MentionDraft:
    """Give the event that two parties and a noun name, drawn where it is no name yet."""
    there, span = ctx.name[i], ctx.doc[start : i + 1]
    if there is not None and there.span.start == start and there.type == "Event":
        return there
    event = MentionDraft(ctx.block, span, ctx.doc[i], "name", "Event", span.text, confidence=0.9)
    return ctx.reading.add(event)


def _party(ctx: BlockContext, last: int, event: int) -> MentionDraft | None:
    """Give the party that ends at a token: its own name, or a part of a name that joins both."""
    tree, demonym, name = ctx.tree, ctx.demonym[last], ctx.name[last]
    if demonym is not None:
        return demonym
    if name is not None:
        inside = range(name.span.start, name.span.end)
        if event not in inside and not any(tree.lower[k] in _DASHES for k in inside):
            return name
    if tree.pos[last] not in (*NOUNS, "ADJ") or not ctx.doc[last].text[0].isupper():
        return None
    return _unnamed_party(ctx, last, event)


def _unnamed_party(ctx: BlockContext, last: int, event: int) -> MentionDraft | None:
    """Draw a party by its word, if it is a land, known by name, or the noun tells of a conflict."""
    word = ctx.doc[last].text
    land = demonym_of(word)
    known = next((m for m in ctx.names if m.label == word), None)
    if land is None and known is None and not is_country(word) and not (word.isupper() and len(word) > 1):
        if ctx.tree.lemma[event] not in _CONFLICTS:
            return None
    kind = land.type if land else "GPE" if is_country(word) else known.type if known else "Organization"
    draft = MentionDraft(
        ctx.block,
        ctx.doc[last : last + 1],
        ctx.doc[last],
        "attribute" if land else "name",
        kind,
        land.label if land else word,
        confidence=0.8,
    )
    return ctx.reading.add(draft, argument=False)


@dataclass(slots=True)
class _Frame:
    """An event noun with its arguments; `carrier` is the noun that bears them, `others` have prepositions."""

    i: int
    noun: EventNoun
    carrier: int
    agents: list[MentionDraft]
    patients: list[int] = field(default_factory=list)
    others: list[tuple[str, int]] = field(default_factory=list)
    places: list[int] = field(default_factory=list)


def event(ctx: BlockContext, i: int) -> None:
    """ "the sale of Motorola to Lenovo", "operations by Israeli forces", "Russia's invasion of Ukraine"."""
    tree = ctx.tree
    noun = event_nouns().get(tree.lemma[i]) or event_nouns().get(tree.lower[i])
    if noun is None or ctx.name[i] is not None or tree.pos[i] not in NOUNS or i in ctx.used:
        return
    frame = _frame(ctx, i, noun)
    if not (frame.agents or frame.patients or frame.others or frame.places):
        return
    factuality = event_factuality(ctx, frame.carrier)
    _undergo(ctx, frame, factuality)
    for o in frame.places:
        happening, place = ctx.mention(frame.carrier), ctx.mention(o)
        ctx.add_claim(happening, rel.LOCATED_IN, place, rules.EVENT_PLACE, factuality=factuality)
    if not _say_verb(ctx, frame, factuality):
        _say_event(ctx, frame, factuality)


def _frame(ctx: BlockContext, i: int, noun: EventNoun) -> _Frame:
    frame = _Frame(i, noun, _carrier(ctx, i), _agents(ctx, i))
    preps = list(ctx.preps(i)) + (list(ctx.preps(frame.carrier)) if frame.carrier != i else [])
    for word, prep in preps:
        if word == "by":
            frame.places += _places(ctx, prep)
        for o in ctx.objects(prep):
            if ctx.value[o] is None and ctx.tree.pos[o] in NOMINALS:
                _add_argument(ctx, frame, word, o)
    return frame


def _places(ctx: BlockContext, prep: int) -> list[int]:
    """ "by their forces in Lebanon": the parser hangs the place on the actor."""
    inner = ctx.tree.first(prep, "pobj")
    found = ctx.objects_of(inner, "in", "at", "near") if inner is not None else []
    return [o for o in found if ctx.is_place(o)]


def _add_argument(ctx: BlockContext, frame: _Frame, word: str, o: int) -> None:
    """Put what stands behind a preposition where the event noun has it."""
    tree, noun, named = ctx.tree, frame.noun, ctx.name[o] is not None
    if word == "by" or (word == "from" and tree.lemma[frame.i] in _ATTITUDES):
        if named or ctx.noun_type(o) in ACTORS or tree.pos[o] == "PRON":
            frame.agents.append(ctx.mention(o))
    elif word in noun.patient:
        frame.patients.append(o)
    elif word in noun.other:
        frame.others.append((word, o))
    elif word == "of" and noun.verb and not noun.patient and not frame.agents and named:
        frame.agents.append(ctx.mention(o))


def _undergo(ctx: BlockContext, frame: _Frame, factuality: Factuality) -> None:
    """Say what the possessor of a transitive event undergoes: "his arrest", "the city's liberation"."""
    tree, i, verb = ctx.tree, frame.i, frame.noun.verb
    if not frame.agents or frame.patients or not verb:
        return
    freed = tree.lemma[i] == "release" and any(a.type == "Person" for a in frame.agents)
    owner = ctx.owner(i)
    if owner is None or not (freed or tree.lemma[i] in _UNDERGONE):
        return
    maker = ctx.noun_type(owner) == "Person" or tree.lower[owner] in ("his", "her")
    if tree.tag[i] != "NN" or (maker and tree.lemma[i] in _MADE):
        return
    who, tokens = ctx.mention(owner), [ctx.doc[i]]
    ctx.add_claim(who, _passive(verb), None, rules.EVENT_UNDERGONE, tokens=tokens, factuality=factuality)
    frame.agents = [a for a in frame.agents if a.head.i > i]


def _say_verb(ctx: BlockContext, frame: _Frame, factuality: Factuality) -> bool:
    """Say what happened with the verb of an event noun; whether nothing more is to be said of the event."""
    verb, agents, patients = frame.noun.verb, frame.agents, frame.patients
    if verb and patients and agents:
        _say_done(ctx, frame, factuality)
        return True
    if ctx.tree.lemma[frame.i] in _ATTITUDES:
        return True
    if not verb:
        return False
    if patients and frame.others:
        _say_undergone(ctx, frame, patients, rules.EVENT_NOUN_PASSIVE, factuality)
        return True
    if patients and not _is_thing(ctx, frame.i):
        named = [p for p in patients if ctx.name[p] is not None]
        _say_undergone(ctx, frame, named, rules.EVENT_NOUN_ALONE, factuality)
    if frame.noun.patient or not agents:
        return False
    for a in agents:  # "his death", "Carter's resignation", "her return to Ulm": what the possessor does
        _add(ctx, frame, a, verb, None, rules.EVENT_INTRANSITIVE, factuality)
    return True


def _say_done(ctx: BlockContext, frame: _Frame, factuality: Factuality) -> None:
    """ "Russia's invasion of Ukraine": who did it to whom."""
    for a in frame.agents:
        for p in frame.patients:
            _add(ctx, frame, a, frame.noun.verb, p, rules.EVENT_NOUN, factuality)


def _say_undergone(
    ctx: BlockContext, frame: _Frame, patients: list[int], rule: rules.Rule, factuality: Factuality
) -> None:
    """ "the sale of Motorola to Lenovo": what it was done to."""
    for p in patients:
        _add(ctx, frame, ctx.mention(p), _passive(frame.noun.verb), None, rule, factuality)


def _add(
    ctx: BlockContext,
    frame: _Frame,
    subject: MentionDraft,
    relation: str,
    o: int | None,
    rule: rules.Rule,
    factuality: Factuality,
) -> None:
    """Add a claim with the verb of an event noun, and with its further arguments."""
    qualifiers = [(word, ctx.mention(k)) for word, k in frame.others]
    obj = ctx.mention(o) if o is not None else None
    tokens = [ctx.doc[frame.i]]
    ctx.add_claim(subject, relation, obj, rule, tokens=tokens, factuality=factuality, qualifiers=qualifiers)


def _say_event(ctx: BlockContext, frame: _Frame, factuality: Factuality) -> None:
    """ "operations by Israeli forces", "talks with Norland": who and what an event has to do with."""
    tree, i = ctx.tree, frame.i
    happening = ctx.mention(frame.carrier)
    for a in frame.agents if frame.patients or tree.lemma[i] not in _BODIES else ():
        if a.span.text.lower() in ("its", "their"):
            continue  # "its worst attack" may be what it suffered
        if a.type in ACTORS or a.kind == "pronoun":
            ctx.add_claim(happening, rel.PERFORMED_BY, a, rules.EVENT_ACTOR, factuality=factuality)
    partaken = tree.lemma[i] in _PARTIES or tree.lower[i] in _PARTIES
    for word, o in frame.others:
        if not (partaken and word in _BETWEEN):
            ctx.add_claim(happening, word, ctx.mention(o), rules.EVENT_ADJUNCT, factuality=factuality)
        elif ctx.noun_type(o) in ACTORS:
            party = ctx.mention(o)
            ctx.add_claim(party, rel.PARTICIPANT_IN, happening, rules.EVENT_PARTY, factuality=factuality)


def _is_thing(ctx: BlockContext, i: int) -> bool:
    """Whether an event noun says what something is: "Ajax, a division of Acme", "it is an extension of …"."""
    return ctx.tree.dep[i] in IDENTIFYING or ctx.has_det(i, "a", "an")


def _carrier(ctx: BlockContext, i: int) -> int:
    """Give the noun that bears an event's arguments: "series" in "a series of raids by the army"."""
    tree, prep = ctx.tree, ctx.tree.head[i]
    if tree.dep[i] == "pobj" and tree.lower[prep] == "of" and tree.lemma[tree.head[prep]] in _SERIES:
        return tree.head[prep]
    return i


def _agents(ctx: BlockContext, i: int) -> list[MentionDraft]:
    """The possessor, the demonym or the name before an event noun."""
    tree, found = ctx.tree, []
    owner = ctx.owner(i)
    if owner is not None and ctx.value[owner] is None and tree.pos[owner] in NOMINALS:
        mention = ctx.mention(owner)
        if mention.type in ACTORS or tree.lower[owner] in ("his", "her"):
            found.append(mention)
    if tree.lemma[i] in _THINGS:
        return found
    for k in tree.of(i, "amod", "compound", "nmod"):
        demonym, name = ctx.demonym[k], ctx.name[k]
        if _is_joined(ctx, k):
            continue
        if demonym is not None and tree.tag[i] != "NNP":
            found.append(demonym)  # nobody waged "the French and Indian War"
        if name is not None and name.type in ("Organization", "Group"):
            found.append(name)
    return found


def _is_joined(ctx: BlockContext, k: int) -> bool:
    """Whether a name is one of two that a dash joins."""
    lower = ctx.tree.lower
    return lower[k + 1] in _DASHES or (k > 0 and lower[k - 1] in _DASHES)


def _passive(verb: str) -> str:
    """Give the relation of what undergoes a verb of the table, with its particle.

    >>> _passive("take_over"), _passive("use")
    ('be_taken_over', 'be_used')
    """
    return f"be_{participle(verb)}"
