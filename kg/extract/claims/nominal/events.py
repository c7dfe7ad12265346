"""Nouns that tell of what happened: their actor, what was done to what, and where."""

from __future__ import annotations

from kg.extract.claims.nominal.context import NOUNS, Page, Standing, demonym_of, deverbal, is_country, words
from kg.extract.mentions import nominals
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


def parties(page: Page, i: int) -> None:
    """ "Israel-Hamas war": an event with two parties."""
    tree = page.tree
    if tree.lower[i] not in words("event", "parties") and tree.lemma[i] not in words("event", "parties"):
        return
    if i < 3 or tree.lower[i - 2] not in _DASHES or tree.lower[i - 3] in nominals.PREFIXES:
        return
    second = _party(page, i - 1, i)
    first = _party(page, i - 3, i)
    if first is None or second is None:
        return
    start = first.span.start
    there = page.name[i]
    label = page.doc[start : i + 1].text
    if there is not None and there.span.start == start and there.type == "Event":
        event = there
    else:
        event = MentionDraft(
            page.block, page.doc[start : i + 1], page.doc[i], "name", "Event", label, confidence=0.9
        )
        page.reading.add(event)
    page.used.add(i)
    for party in (first, second):
        page.say(party, "participant_in", event, "parties", 0.92, tokens=[page.doc[i]])


def _party(page: Page, last: int, event: int) -> MentionDraft | None:
    """Give the party that ends at a token: its own name, or a part of a name that joins both."""
    tree = page.tree
    demonym = page.demonym[last]
    if demonym is not None:
        return demonym
    name = page.name[last]
    if (
        name is not None
        and event not in range(name.span.start, name.span.end)
        and not any(tree.lower[k] in _DASHES for k in range(name.span.start, name.span.end))
    ):
        return name
    if tree.pos[last] not in (*NOUNS, "ADJ") or not page.doc[last].text[0].isupper():
        return None
    word = page.doc[last].text
    land = demonym_of(word)
    known = next((m for m in page.names if m.label == word), None)
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
        page.block,
        page.doc[last : last + 1],
        page.doc[last],
        "attribute" if land else "name",
        kind,
        land.label if land else word,
        confidence=0.8,
    )
    return page.reading.add(draft, argument=False)


def event(page: Page, i: int) -> None:
    """ "the sale of Motorola to Lenovo", "operations by Israeli forces", "Russia's invasion of Ukraine"."""
    tree = page.tree
    noun = deverbal().get(tree.lemma[i]) or deverbal().get(tree.lower[i])
    if noun is None or page.name[i] is not None or tree.pos[i] not in NOUNS or i in page.used:
        return
    agents = _agents(page, i)
    patients: list[int] = []
    others: list[tuple[str, int]] = []
    places: list[int] = []
    carrier = _carrier(page, i)
    preps = list(page.preps(i)) + (list(page.preps(carrier)) if carrier != i else [])
    for word, prep in preps:
        if word == "by":
            # "by their forces in Lebanon": the parser hangs the place on the actor.
            inner = tree.first(prep, "pobj")
            for near, p in page.preps(inner) if inner is not None else ():
                places += [o for o in page.objects(p) if near in ("in", "at", "near") and page.is_place(o)]
        for o in page.objects(prep):
            if page.value[o] is not None or tree.pos[o] not in (*NOUNS, "PRON"):
                continue
            if word == "by" or (word == "from" and tree.lemma[i] in words("event", "attitudes")):
                if page.name[o] is not None or page.noun_type(o) in ACTORS or tree.pos[o] == "PRON":
                    agents.append(page.mention(o))
            elif word in noun.patient:
                patients.append(o)
            elif word in noun.other:
                others.append((word, o))
            elif word == "of" and noun.verb and not noun.patient and not agents and page.name[o] is not None:
                agents.append(page.mention(o))
    if not (agents or patients or others or places):
        return
    standing = page.standing(carrier)
    freed = tree.lemma[i] == "release" and any(a.type == "Person" for a in agents)
    if (freed or tree.lemma[i] in words("event", "undergone")) and agents and not patients:
        if _undergone(page, i, noun.verb, standing):
            agents = [a for a in agents if a.head.i > i]
    for o in places:
        page.say(page.mention(carrier), "located_in", page.mention(o), "event-place", 0.8, standing=standing)
    tokens = [page.doc[i]]
    if noun.verb and patients and agents:
        for a in agents:
            for p in patients:
                quals = [(w, page.mention(o)) for w, o in others]
                page.say(
                    a,
                    noun.verb,
                    page.mention(p),
                    "event-noun",
                    0.78,
                    tokens=tokens,
                    standing=standing,
                    qualifiers=quals,
                )
        return
    if tree.lemma[i] in words("event", "attitudes"):
        return
    if noun.verb and patients and others:
        for p in patients:
            quals = [(w, page.mention(o)) for w, o in others]
            name = f"be_{_participle(noun.verb)}"
            page.say(
                page.mention(p),
                name,
                None,
                "event-noun-passive",
                0.75,
                tokens=tokens,
                standing=standing,
                qualifiers=quals,
            )
        return
    if noun.verb and patients and not agents and not _is_thing(page, i):
        for p in patients:
            if page.name[p] is not None:
                name = f"be_{_participle(noun.verb)}"
                page.say(
                    page.mention(p), name, None, "event-noun-alone", 0.7, tokens=tokens, standing=standing
                )
    if noun.verb and not noun.patient and agents:
        # "his death", "Carter's resignation", "her return to Ulm": what the possessor does.
        for a in agents:
            quals = [(w, page.mention(o)) for w, o in others]
            found = "event-intransitive"
            page.say(a, noun.verb, None, found, 0.75, tokens=tokens, standing=standing, qualifiers=quals)
        return
    happening = page.mention(carrier)
    for a in agents if not (tree.lemma[i] in BODIES and not patients) else ():
        if a.span.text.lower() in ("its", "their"):
            continue  # "its worst attack" may be what it suffered
        if a.type in ACTORS or a.kind == "pronoun":
            page.say(happening, "performed_by", a, "event-actor", 0.75, standing=standing)
    for word, o in others:
        party = {tree.lemma[i], tree.lower[i]} & words("event", "parties")
        if word in ("between", "with", "among") and party:
            if page.noun_type(o) in ACTORS:
                page.say(page.mention(o), "participant_in", happening, "event-party", 0.75, standing=standing)
            continue
        page.say(happening, word, page.mention(o), "event-adjunct", 0.68, standing=standing)


def _undergone(page: Page, i: int, verb: str, standing: Standing) -> bool:
    """Say what the possessor of a transitive event undergoes: "his arrest", "the city's liberation"."""
    owner = page.owner(i)
    if owner is None or not verb:
        return False
    maker = page.noun_type(owner) == "Person" or page.tree.lower[owner] in ("his", "her")
    undergoes = page.tree.tag[i] == "NN" and not (maker and page.tree.lemma[i] in words("event", "made"))
    if undergoes:
        name = f"be_{_participle(verb)}"
        page.say(
            page.mention(owner), name, None, "event-undergone", 0.72, tokens=[page.doc[i]], standing=standing
        )
    return undergoes


def _is_thing(page: Page, i: int) -> bool:
    """Whether an event noun says what something is: "Ajax, a division of Acme", "it is an extension of …"."""
    tree = page.tree
    return tree.dep[i] in ("attr", "appos") or any(tree.lower[k] in ("a", "an") for k in tree.of(i, "det"))


def _carrier(page: Page, i: int) -> int:
    """Give the noun that bears an event's arguments: "series" in "a series of raids by the army"."""
    tree, prep = page.tree, page.tree.head[i]
    if tree.dep[i] == "pobj" and tree.lower[prep] == "of" and tree.lemma[tree.head[prep]] in _SERIES:
        return tree.head[prep]
    return i


def _agents(page: Page, i: int) -> list[MentionDraft]:
    """The possessor, the demonym or the name before an event noun."""
    tree = page.tree
    found = []
    owner = page.owner(i)
    if owner is not None and page.value[owner] is None and tree.pos[owner] in (*NOUNS, "PRON"):
        mention = page.mention(owner)
        if mention.type in ACTORS or tree.lower[owner] in ("his", "her"):
            found.append(mention)
    for k in tree.of(i, "amod", "compound", "nmod"):
        demonym = page.demonym[k]
        if (
            demonym is not None
            and not _joined(page, k)
            and tree.tag[i] != "NNP"
            and tree.lemma[i] not in THINGS
        ):
            found.append(demonym)  # nobody waged "the French and Indian War"
        name = page.name[k]
        if (
            name is not None
            and name.type in ("Organization", "Group")
            and not _joined(page, k)
            and page.tree.lemma[i] not in THINGS
        ):
            found.append(name)
    return found


def _joined(page: Page, k: int) -> bool:
    """Whether a name is one of two that a dash joins."""
    lower = page.tree.lower
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
