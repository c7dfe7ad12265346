"""Nouns that tell of what happened: their actor, what was done to what, and where."""

from __future__ import annotations

from kg.extract.claims.factuality import Factuality
from kg.extract.claims.nominal.context import BlockContext, demonym_of, event_nouns, is_country
from kg.extract.claims.nominal.factuality import event_factuality
from kg.extract.lexicon import words
from kg.extract.lexicon.sets import NOUNS
from kg.extract.mentions import extents
from kg.extract.reading import MentionDraft

ACTORS = frozenset(("Person", "Organization", "Group", "GPE"))
_SERIES = frozenset("series wave string spate round number flurry succession barrage campaign".split())
# Event nouns that after a name are mostly things: "a company release", "Apple sales".
THINGS = frozenset(
    "release sale use production publication launch trial discovery division election fight deal".split()
)
# Event nouns that more often name a part of a body, or what one has.
BODIES = frozenset("division production distribution extension foundation training independence".split())
_DASHES = frozenset(("-", "–", "—", "/"))


def parties(ctx: BlockContext, i: int) -> None:
    """ "Israel-Hamas war": an event with two parties."""
    tree = ctx.tree
    if tree.lower[i] not in words("nominals", "event", "parties") and tree.lemma[i] not in words(
        "nominals", "event", "parties"
    ):
        return
    if i < 3 or tree.lower[i - 2] not in _DASHES or tree.lower[i - 3] in extents.PREFIXES:
        return
    second = _party(ctx, i - 1, i)
    first = _party(ctx, i - 3, i)
    if first is None or second is None:
        return
    start = first.span.start
    there = ctx.name[i]
    label = ctx.doc[start : i + 1].text
    if there is not None and there.span.start == start and there.type == "Event":
        event = there
    else:
        event = MentionDraft(
            ctx.block, ctx.doc[start : i + 1], ctx.doc[i], "name", "Event", label, confidence=0.9
        )
        ctx.reading.add(event)
    ctx.used.add(i)
    for party in (first, second):
        ctx.add_claim(party, "participant_in", event, "parties", 0.92, tokens=[ctx.doc[i]])


def _party(ctx: BlockContext, last: int, event: int) -> MentionDraft | None:
    """Give the party that ends at a token: its own name, or a part of a name that joins both."""
    tree = ctx.tree
    demonym = ctx.demonym[last]
    if demonym is not None:
        return demonym
    name = ctx.name[last]
    if (
        name is not None
        and event not in range(name.span.start, name.span.end)
        and not any(tree.lower[k] in _DASHES for k in range(name.span.start, name.span.end))
    ):
        return name
    if tree.pos[last] not in (*NOUNS, "ADJ") or not ctx.doc[last].text[0].isupper():
        return None
    word = ctx.doc[last].text
    land = demonym_of(word)
    known = next((m for m in ctx.names if m.label == word), None)
    if land is None and known is None and not is_country(word) and not (word.isupper() and len(word) > 1):
        if tree.lemma[event] not in (
            "war",
            "conflict",
            "ceasefire",
            "truce",
            "relation",
            "talk",
            "negotiation",
            "clash",
        ):
            return None  # "the Ise-Shima summit" has no such parties
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


def event(ctx: BlockContext, i: int) -> None:
    """ "the sale of Motorola to Lenovo", "operations by Israeli forces", "Russia's invasion of Ukraine"."""
    tree = ctx.tree
    noun = event_nouns().get(tree.lemma[i]) or event_nouns().get(tree.lower[i])
    if noun is None or ctx.name[i] is not None or tree.pos[i] not in NOUNS or i in ctx.used:
        return
    agents = _agents(ctx, i)
    patients: list[int] = []
    others: list[tuple[str, int]] = []
    places: list[int] = []
    carrier = _carrier(ctx, i)
    preps = list(ctx.preps(i)) + (list(ctx.preps(carrier)) if carrier != i else [])
    for word, prep in preps:
        if word == "by":
            # "by their forces in Lebanon": the parser hangs the place on the actor.
            inner = tree.first(prep, "pobj")
            for near, p in ctx.preps(inner) if inner is not None else ():
                places += [o for o in ctx.objects(p) if near in ("in", "at", "near") and ctx.is_place(o)]
        for o in ctx.objects(prep):
            if ctx.value[o] is not None or tree.pos[o] not in (*NOUNS, "PRON"):
                continue
            if word == "by" or (word == "from" and tree.lemma[i] in words("nominals", "event", "attitudes")):
                if ctx.name[o] is not None or ctx.noun_type(o) in ACTORS or tree.pos[o] == "PRON":
                    agents.append(ctx.mention(o))
            elif word in noun.patient:
                patients.append(o)
            elif word in noun.other:
                others.append((word, o))
            elif word == "of" and noun.verb and not noun.patient and not agents and ctx.name[o] is not None:
                agents.append(ctx.mention(o))
    if not (agents or patients or others or places):
        return
    factuality = event_factuality(ctx, carrier)
    freed = tree.lemma[i] == "release" and any(a.type == "Person" for a in agents)
    if (freed or tree.lemma[i] in words("nominals", "event", "undergone")) and agents and not patients:
        if _undergone(ctx, i, noun.verb, factuality):
            agents = [a for a in agents if a.head.i > i]
    for o in places:
        ctx.add_claim(
            ctx.mention(carrier),
            "located_in",
            ctx.mention(o),
            "event-place",
            0.8,
            factuality=factuality,
        )
    tokens = [ctx.doc[i]]
    if noun.verb and patients and agents:
        for a in agents:
            for p in patients:
                quals = [(w, ctx.mention(o)) for w, o in others]
                ctx.add_claim(
                    a,
                    noun.verb,
                    ctx.mention(p),
                    "event-noun",
                    0.78,
                    tokens=tokens,
                    factuality=factuality,
                    qualifiers=quals,
                )
        return
    if tree.lemma[i] in words("nominals", "event", "attitudes"):
        return
    if noun.verb and patients and others:
        for p in patients:
            quals = [(w, ctx.mention(o)) for w, o in others]
            name = f"be_{_participle(noun.verb)}"
            ctx.add_claim(
                ctx.mention(p),
                name,
                None,
                "event-noun-passive",
                0.75,
                tokens=tokens,
                factuality=factuality,
                qualifiers=quals,
            )
        return
    if noun.verb and patients and not agents and not _is_thing(ctx, i):
        for p in patients:
            if ctx.name[p] is not None:
                name = f"be_{_participle(noun.verb)}"
                ctx.add_claim(
                    ctx.mention(p),
                    name,
                    None,
                    "event-noun-alone",
                    0.7,
                    tokens=tokens,
                    factuality=factuality,
                )
    if noun.verb and not noun.patient and agents:
        # "his death", "Carter's resignation", "her return to Ulm": what the possessor does.
        for a in agents:
            quals = [(w, ctx.mention(o)) for w, o in others]
            found = "event-intransitive"
            ctx.add_claim(
                a, noun.verb, None, found, 0.75, tokens=tokens, factuality=factuality, qualifiers=quals
            )
        return
    happening = ctx.mention(carrier)
    for a in agents if not (tree.lemma[i] in BODIES and not patients) else ():
        if a.span.text.lower() in ("its", "their"):
            continue  # "its worst attack" may be what it suffered
        if a.type in ACTORS or a.kind == "pronoun":
            ctx.add_claim(happening, "performed_by", a, "event-actor", 0.75, factuality=factuality)
    for word, o in others:
        party = {tree.lemma[i], tree.lower[i]} & words("nominals", "event", "parties")
        if word in ("between", "with", "among") and party:
            if ctx.noun_type(o) in ACTORS:
                ctx.add_claim(
                    ctx.mention(o),
                    "participant_in",
                    happening,
                    "event-party",
                    0.75,
                    factuality=factuality,
                )
            continue
        ctx.add_claim(happening, word, ctx.mention(o), "event-adjunct", 0.68, factuality=factuality)


def _undergone(ctx: BlockContext, i: int, verb: str, factuality: Factuality) -> bool:
    """Say what the possessor of a transitive event undergoes: "his arrest", "the city's liberation"."""
    owner = ctx.owner(i)
    if owner is None or not verb:
        return False
    maker = ctx.noun_type(owner) == "Person" or ctx.tree.lower[owner] in ("his", "her")
    undergoes = ctx.tree.tag[i] == "NN" and not (
        maker and ctx.tree.lemma[i] in words("nominals", "event", "made")
    )
    if undergoes:
        name = f"be_{_participle(verb)}"
        ctx.add_claim(
            ctx.mention(owner),
            name,
            None,
            "event-undergone",
            0.72,
            tokens=[ctx.doc[i]],
            factuality=factuality,
        )
    return undergoes


def _is_thing(ctx: BlockContext, i: int) -> bool:
    """Whether an event noun says what something is: "Ajax, a division of Acme", "it is an extension of …"."""
    tree = ctx.tree
    return tree.dep[i] in ("attr", "appos") or any(tree.lower[k] in ("a", "an") for k in tree.of(i, "det"))


def _carrier(ctx: BlockContext, i: int) -> int:
    """Give the noun that bears an event's arguments: "series" in "a series of raids by the army"."""
    tree, prep = ctx.tree, ctx.tree.head[i]
    if tree.dep[i] == "pobj" and tree.lower[prep] == "of" and tree.lemma[tree.head[prep]] in _SERIES:
        return tree.head[prep]
    return i


def _agents(ctx: BlockContext, i: int) -> list[MentionDraft]:
    """The possessor, the demonym or the name before an event noun."""
    tree = ctx.tree
    found = []
    owner = ctx.owner(i)
    if owner is not None and ctx.value[owner] is None and tree.pos[owner] in (*NOUNS, "PRON"):
        mention = ctx.mention(owner)
        if mention.type in ACTORS or tree.lower[owner] in ("his", "her"):
            found.append(mention)
    for k in tree.of(i, "amod", "compound", "nmod"):
        demonym = ctx.demonym[k]
        if (
            demonym is not None
            and not _joined(ctx, k)
            and tree.tag[i] != "NNP"
            and tree.lemma[i] not in THINGS
        ):
            found.append(demonym)  # nobody waged "the French and Indian War"
        name = ctx.name[k]
        if (
            name is not None
            and name.type in ("Organization", "Group")
            and not _joined(ctx, k)
            and ctx.tree.lemma[i] not in THINGS
        ):
            found.append(name)
    return found


def _joined(ctx: BlockContext, k: int) -> bool:
    """Whether a name is one of two that a dash joins."""
    lower = ctx.tree.lower
    return lower[k + 1] in _DASHES or (k > 0 and lower[k - 1] in _DASHES)


def _participle(verb: str) -> str:
    """Give the participle of a verb of the table, with its particle."""
    head, _, particle = verb.partition("_")
    irregular = {
        "sell": "sold", "steal": "stolen", "overthrow": "overthrown", "strike": "struck", "shoot": "shot",
        "sink": "sunk", "found": "founded", "withdraw": "withdrawn", "take": "taken", "try": "tried",
        "burn": "burned", "bury": "buried",
        "occupy": "occupied", "ratify": "ratified", "unify": "unified", "crack": "cracked",
    }  # fmt: skip
    double = {
        "acquit": "acquitted",
        "transfer": "transferred",
        "kidnap": "kidnapped",
        "annul": "annulled",
        "expel": "expelled",
    }
    form = irregular.get(head) or double.get(head) or (head + "d" if head.endswith("e") else head + "ed")
    return f"{form}_{particle}" if particle else form
