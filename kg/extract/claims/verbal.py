"""Claims of verbal clauses: subject, relation in lemma words, object, qualifiers, and how they stand.

A passive with an agent is turned active, coordinated arguments are given a claim each, an infinitive is
a claim of its own with the status its governor gives it ("failed to meet" is no meeting).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.extract import lexicon
from kg.extract.claims import factuality, rules
from kg.extract.claims.clause import Argument, Clause
from kg.extract.claims.clauses import clauses_of
from kg.extract.claims.factuality import Factuality
from kg.extract.claims.predicates import in_brackets
from kg.extract.claims.sharing import acts
from kg.extract.mentions import nominals
from kg.extract.parse.repair import tree_of
from kg.extract.parse.tree import Tree
from kg.extract.reading import ClaimDraft, MentionDraft, ParsedBlock, Reading

UNREAD = frozenset({"title", "heading", "header", "caption"})
PRONOUN_FORMS = {"he": "him", "she": "her", "they": "them", "it": "it", "i": "me", "we": "us"}
BOUND_TO = frozenset({"to", "from", "about", "with", "between", "against", "into", "for"})
DEMONSTRATIVE = frozenset({"this", "that", "these", "those"})
SPOKEN = frozenset("speak learn teach study translate write know understand read use".split())
UNFIT = frozenset({"VERB", "AUX", "DET", "PUNCT", "SYM", "SPACE", "ADP", "CCONJ", "SCONJ"})
# What stands under these is no part of what happened.
UNSAID = frozenset({"according_to", "unlike"})


def find(reading: Reading) -> None:
    """Add the claims of all clauses of a document."""
    for mention in reading.mentions:
        tokens = range(mention.span.start, mention.span.end)
        if mention.kind in ("time", "quantity"):
            mention.block.measures.update(dict.fromkeys(tokens, mention))
        elif mention.kind == "name" and len(tokens) > 2:
            mention.block.inner.update(i for i in tokens if i != mention.head.i)
    for block in reading.blocks:
        if block.kind in UNREAD:
            continue
        tree = tree_of(block)
        clauses = clauses_of(tree)
        block.statuses = factuality.assign(tree, clauses)
        for clause in clauses:
            reading.claims += _claims(reading, block, clause, block.statuses[clause.verb])


def _is_inner(block: ParsedBlock, tree: Tree, i: int) -> bool:
    """Whether a coordinated token is a part of a name ("Marlow & Finch") and no argument of its own."""
    return tree.dep[i] == "conj" and i in block.inner


def _is_singular(clause: Clause) -> bool:
    """Whether a verb agrees with one thing though its own subject is two joined by "and"."""
    tree = clause.tree
    first = clause.words[0]
    if len(clause.subjects) < 2 or clause.shared_subject:
        return False
    if tree.tag[first] != "VBZ" and tree.lower[first] != "was":
        return False
    joined = range(clause.subjects[0], clause.subjects[-1])
    return any(tree.lower[k] == "and" for k in joined) and tree.first(clause.verb, "expl") is None


def _disagrees(clause: Clause) -> bool:
    """Whether a clause's own subject and its verb differ in number, so that the parse has the wrong one."""
    tree = clause.tree
    if len(clause.subjects) != 1 or clause.shared_subject:
        return False
    s, first = clause.subjects[0], clause.words[0]
    if tree.tag[first] == "VBZ" or tree.lower[first] == "was":
        # "Ten years is long", "Physics is old"
        return (
            tree.tag[s] == "NNS"
            and tree.lower[s] not in lexicon.SINGULAR
            and not tree.of(s, "nummod", "quantmod")
        )
    if tree.tag[first] == "VBP" and tree.lower[first] != "am":
        several = tree.lemma[s] in lexicon.COLLECTIVE or tree.of(s, "prep", "conj", "cc", "appos", "predet")
        return tree.tag[s] == "NN" and not several and bool(tree.of(s, "det"))
    return False


def _claims(reading: Reading, block: ParsedBlock, clause: Clause, how: Factuality) -> Iterator[ClaimDraft]:
    tree, doc = clause.tree, block.doc

    def drawn(i: int) -> MentionDraft:
        return _argument(reading, block, i)

    subjects, objects, qualifiers = _frame(clause)
    if not subjects or _is_empty(clause, objects, qualifiers):
        return
    subjects = [c for s in subjects for c in nominals.cores(tree, s)]
    objects = [
        replace(o, head=c) if c != o.head else o
        for o in objects
        for c in (nominals.cores(tree, o.head) if o.role == "object" else [o.head])
    ]
    words = [t for c in clause.chain() for t in c.words]
    if any(tree.lower[o.head] in DEMONSTRATIVE for o in objects):
        return  # "the letters hint that", "he said this"
    dated = [o.head for o in objects if o.role == "object" and _is_when(block, clause, o.head)]
    qualifiers = [*(Argument(h, "time") for h in dated), *qualifiers]
    objects = [o for o in objects if o.head not in dated]
    qualifiers = [q for q in qualifiers if not _is_aside(clause, q)]
    name, objects, qualifiers = _relation(clause, objects, qualifiers)
    source = drawn(how.source) if how.source is not None and tree.pos[how.source] != "VERB" else None
    # "Growth and Structure is a book": one name, or the parse is wrong
    confidence = 0.5 if _is_singular(clause) else 1.0
    if _disagrees(clause):
        confidence *= 0.5
    rule = rules.clausal(clause.link, clause.shared_subject)
    roles = _roles(reading, block, qualifiers)
    if not objects and not roles and _loses(clause):
        confidence *= 0.5
    if _places_subject(clause):
        return
    if any(tree.lower[k] == "respectively" for k in tree.of(clause.verb, "advmod")):
        return  # which belongs to which is not read
    if name == "exist" and not roles and any(_tells_more(tree, s) for s in subjects):
        return
    if name in lexicon.VACANT and not clause.passive and not objects:
        if all(m.kind == "time" for _, m in roles):
            return  # "the members stayed", "an election followed"
    if clause.link in ("acl", "relcl") and not clause.passive and not objects and not roles:
        confidence *= 0.6  # "movies lying around"
    if clause.link == "advcl" and clause.marker == "as" and not clause.passive and not objects and not roles:
        confidence *= 0.5  # "as his mother had preferred"
    if clause.lemma == "bear" and not objects and all(m.kind == "time" for _, m in roles):
        return  # "(born 1965)" is a birth date, not a claim that somebody was born
    said = tuple(doc[t] for t in sorted(set(words)))
    for s in subjects:
        if not any(ch.isalnum() for ch in tree.lower[s]):
            continue
        if any(tree.tag[t] == "WDT" for t in tree.kids[s]) or tree.tag[s] in ("WDT", "WP", "WRB"):
            continue
        if (tree.pos[s] in UNFIT and tree.tag[s] != "NN") or _is_inner(block, tree, s):
            continue
        ends: list[Argument | None] = [*objects] or [None]
        for o in ends:
            if o is not None and not _is_object(block, tree, s, o.head):
                continue
            denied = factuality.is_contrasted(tree, s) or (
                o is not None and factuality.is_contrasted(tree, o.head)
            )
            # What is denied is denied of this argument; the circumstances are those of the other one.
            yield ClaimDraft(
                block,
                drawn(nominals.core(tree, s)),
                name,
                None if o is None else _object(reading, block, o),
                said,
                rule,
                [] if denied else list(roles),
                negated=how.negated != denied,
                modality=how.modality,
                asserted=how.asserted and not denied,
                attributed_to=source,
                confidence=confidence,
                noun="" if o is None else _supported(clause, o),
            )


def _roles(
    reading: Reading, block: ParsedBlock, qualifiers: list[Argument]
) -> list[tuple[str, MentionDraft]]:
    """Draw what stands in each role, without what is no thing by itself."""
    tree = tree_of(block)
    roles: list[tuple[str, MentionDraft]] = []
    for q in qualifiers:
        head = nominals.core(tree, q.head)
        if q.role in UNSAID or tree.pos[head] in ("PUNCT", "SPACE", "ADP") or _is_inner(block, tree, head):
            continue
        if tree.tag[head] in ("WDT", "WP") or tree.lower[head] in DEMONSTRATIVE:
            continue
        if tree.lower[head] == "time" and q.preps and tree.of(head, "amod", "det"):
            continue  # "for the first time" is no thing
        # A year that the parser hangs elsewhere still belongs to its date ("between 1978 and 2022").
        mention = _argument(reading, block, head)
        if mention.kind == "time" and any(m is mention for _, m in roles):
            continue
        if q.role != "time":
            roles.append((_role(q), mention))
        elif mention.kind in ("time", "quantity"):
            roles.append((_measured(mention), mention))
    return roles


def _supported(clause: Clause, o: Argument) -> str:
    """Give the word of a complement, or of an object that its verb only supports ("has offices in Leeds").

    The preposition belongs to the two together, as in the relations of Fader et al. (2011): who "was a
    member of parliament in Oslo" was not simply in Oslo.
    """
    tree = clause.tree
    head = nominals.core(tree, o.head)
    supports = o.role == "object" and clause.lemma in lexicon.SUPPORT and not clause.passive
    if not (o.role == "complement" or supports) or not tree.lower[head].isalpha():
        return ""
    if tree.doc[head].ent_type_ in ("PERSON", "ORG", "GPE", "WORK_OF_ART", "FAC", "LOC", "PRODUCT"):
        return ""  # part of a name
    if tree.pos[head] == "NOUN":
        return tree.lemma[head]
    fits = tree.pos[head] in ("ADJ", "ADV") or tree.tag[head] in ("VBN", "VBG")
    return tree.lower[head] if o.role == "complement" and fits else ""


def _is_when(block: ParsedBlock, clause: Clause, i: int) -> bool:
    """Whether an object is a date, and so when and not what: "(born 10 January 1992)"."""
    time = block.measures.get(i)
    if time is None or time.kind != "time":
        return False
    return clause.passive or (time.value is not None and time.value.datatype == "date")


def _tells_more(tree: Tree, i: int) -> bool:
    """Whether a noun's clause or phrase is what a sentence is about ("There is a bus to the airport")."""
    behind = [k for k in tree.kids[i] if k > i]
    return any(tree.dep[k] in ("acl", "relcl") or tree.lower[k] in BOUND_TO for k in behind)


def _is_object(block: ParsedBlock, tree: Tree, subject: int, i: int) -> bool:
    """Whether a token can head an object: no relative pronoun, part of a name, or bare sign."""
    if tree.tag[i] in ("WDT", "WP") or _is_inner(block, tree, i) or _is_same_pronoun(tree, subject, i):
        return False
    first = tree.head[i]
    if tree.dep[i] == "conj" and tree.dep[first] == "attr" and tree.doc[i].ent_type_ == "GPE":
        if tree.pos[first] == "NOUN" and tree.pos[i] == "PROPN" and tree.of(first, "prep"):
            return False  # "was a division of Norland and the Empire"
    return bool(tree.kids[i]) or any(ch.isalnum() for ch in tree.lower[i])


def _is_same_pronoun(tree: Tree, subject: int, argument: int) -> bool:
    """Whether subject and argument are "he" and "him": as one person it would be "himself"."""
    form = PRONOUN_FORMS.get(tree.lower[subject])
    return form is not None and form == tree.lower[argument]


def _is_aside(clause: Clause, a: Argument) -> bool:
    """Whether an adjunct only joins sentences or compares ("in fact", "at the time", "unlike him")."""
    tree = clause.tree
    if not a.preps:
        return False
    if in_brackets(tree, a.preps[0], clause.verb):
        return True
    if a.role in lexicon.ASIDES or tree.lemma[a.head] == "fact":
        return True
    if a.role == "about" and clause.lemma == "be":
        return True  # "is about an hour from the city"
    if any(_is_same_pronoun(tree, s, a.head) for s in clause.subjects):
        return True  # "she carried it with her"
    if a.role in ("like", "as_with") and (a.preps[0] < clause.verb or clause.objects):
        return True
    bare = all(tree.dep[k] in ("det", "punct", "amod", "prep", "acl") for k in tree.kids[a.head])
    if bare and f"{a.role}_{tree.lower[a.head]}" in lexicon.ASIDES:
        return True
    if a.role == "with" and tree.lower[tree.left[a.preps[0]] - 1] == "," and tree.left[a.preps[0]] > 0:
        # ", with the production handled by others": a clause of its own.
        return any(tree.tag[k] in ("VBN", "VBG") for k in tree.of(a.head, "acl"))
    return False


def _places_subject(clause: Clause) -> bool:
    """Whether the object of a participle can only be the subject: "he came first, making him champion".

    What came before does it then, not he.
    """
    tree, parent = clause.tree, clause.parent
    if clause.link != "advcl" or clause.shared_subject != "advcl" or clause.marker or parent is None:
        return False
    if not any(tree.lower[o.head] in ("him", "her", "them") and o.role == "object" for o in clause.objects):
        return False
    others = [a.head for a in (*parent.objects, *parent.adjuncts) if a.head not in clause.subjects]
    return not any(acts(tree, i) and tree.doc[i].ent_type_ != "GPE" for i in others)


def _loses(clause: Clause) -> bool:
    """Whether a clause has complements that the claim leaves out, so that next to nothing is said."""
    tree, i = clause.tree, clause.verb
    beside = max((i, *(k for k in clause.words if tree.dep[k] == "prt"))) + 1
    return any(
        tree.dep[k] in ("prep", "agent", "dative", "ccomp") and tree.left[k] == beside and tree.kids[k]
        for k in tree.kids[i]
    )


def _argument(reading: Reading, block: ParsedBlock, i: int) -> MentionDraft:
    """Give the mention that a token heads; "French" as an argument is a language or a people, not France."""
    head = block.doc[i]
    mention = block.measures.get(i) or reading.argument(block, head, nominals.create_mention)
    if mention.kind != "attribute" or mention.type != "GPE":
        return mention
    kind = "Language" if head.head.lemma_.lower() in SPOKEN or head.dep_ == "conj" else "Group"
    return reading.add(
        MentionDraft(block, mention.span, head, "nominal", kind, mention.span.text), argument=False
    )


def _object(reading: Reading, block: ParsedBlock, argument: Argument) -> MentionDraft:
    if argument.role == "clause":
        head = block.doc[argument.head]
        return reading.at(block, head) or reading.add(nominals.create_clause(block, head))
    head = block.doc[nominals.core(tree_of(block), argument.head)]
    if argument.role == "complement":
        return reading.argument(block, head, nominals.create_mention)  # "is French" tells a country
    return _argument(reading, block, head.i)


def _frame(clause: Clause) -> tuple[list[int], list[Argument], list[Argument]]:
    """Give subjects, objects and qualifiers in the active voice."""
    subjects = list(clause.subjects)
    objects = list(clause.objects)
    if any(a.role == "object" for a in objects):
        # "crowned himself emperor": what the object is made is no second object.
        made = clause.lemma in lexicon.MAKING and not clause.passive
        further = [Argument(a.head, "as") for a in objects if a.role == "complement" and not made]
        objects = [a for a in objects if a.role == "object"]
    else:
        further = []
    further_on = [_complex(clause, a) for a in (*clause.adjuncts, *clause.loose)]
    adjuncts = [a for group in further_on for a in group]
    qualifiers = [a for a in adjuncts if a.role != "by-agent"]
    by = [a for a in adjuncts if a.role == "by-agent"]
    agents = [a.head for a in by]
    if len({a.preps for a in by}) > 1:
        # "on the south by the sea, on the north by a river": which is where, the list does not say here.
        qualifiers = [a for a in qualifiers if not a.preps or a.role == "as"]
    if clause.passive and agents and subjects:
        further += [Argument(a.head, "as", a.preps) for a in objects if a.role == "complement"]
        further += [Argument(a.head, "object") for a in objects if a.role == "object"]
        return agents, [Argument(s, "object") for s in subjects], further + qualifiers
    if clause.tree.first(clause.verb, "expl") is not None and clause.lemma == "be":
        return [o.head for o in objects], [], qualifiers
    clausal = list(clause.clauses)
    qualifiers = further + qualifiers
    if not objects:
        return subjects, clausal or _infinitive(clause), qualifiers
    return subjects, objects, clausal + qualifiers + (_infinitive(clause) if objects else [])


def _complex(clause: Clause, a: Argument) -> list[Argument]:
    """Give the arguments of a preposition of several words: "in collaboration with the museum"."""
    tree = clause.tree
    if f"{a.role}_{tree.lower[a.head]}" not in lexicon.COMPLEX or tree.of(a.head, "det", "amod", "poss"):
        return [a]
    for p in tree.of(a.head, "prep"):
        inner = tree.first(p, "pobj")
        if inner is not None:
            role = f"{a.role}_{tree.lower[a.head]}_{tree.lower[p]}"
            return [Argument(c, role, (*a.preps, a.head, p)) for c in tree.conjuncts(inner)]
    return []


def _infinitive(clause: Clause) -> list[Argument]:
    """Give the infinitive under a verb that is itself a claim ("plans to build", "urged them to leave")."""
    found = []
    for k in clause.children:
        if k.link == "xcomp" and clause.tree.head[k.verb] == clause.verb:
            name = lexicon.classify("to", clause.lemma)
            if name == "reported" and clause.passive and clause.agent() is None:
                continue  # "is said to be old": nobody in particular says so
            if name != "positive" and clause.lemma not in ("be", "go", "seem", "appear", "expect", "stand"):
                found.append(Argument(k.verb, "clause"))
    return found


def _is_empty(clause: Clause, objects: list[Argument], qualifiers: list[Argument]) -> bool:
    """Whether a clause says nothing by itself: a raising verb, an expletive, a bare copula."""
    tree = clause.tree
    expletive = [tree.lower[s] for s in clause.subjects] == ["it"]
    if expletive and clause.clauses and all(tree.pos[o.head] == "ADJ" or o.role == "clause" for o in objects):
        return True  # "it is likely that …", "it appears that …"
    if clause.lemma in lexicon.CAUSATIVE and not clause.passive:
        if any(k.link == "xcomp" and k.shared_subject == "object" for k in clause.children):
            return True  # "led him to resign": he was not led
    if any(o.shared and tree.lemma[o.head] == "thing" for o in objects):
        return True  # "all the things he did"
    if any(tree.lemma[s] == "thing" for s in clause.subjects):
        return True
    if any(o.role == "complement" and tree.tag[tree.left[o.head]] == "WRB" for o in objects):
        return True  # "how fanatic they are"
    if clause.lemma == "be" and clause.marker == "to" and clause.link in ("pcomp", "advcl"):
        return True  # "to be specific"
    if any(
        o.role == "complement" and tree.pos[o.head] == "ADJ" and tree.first(o.head, "xcomp") is not None
        for o in objects
    ):
        return True  # "was unable to attend": what the infinitive says is the claim
    if objects:
        # "It was Anna who won" says only that Anna won.
        return (
            expletive
            and clause.lemma == "be"
            and any(k.link == "relcl" and k.host == objects[0].head for k in clause.children)
        )
    if any(k.link == "xcomp" and k.shared_subject == "subject" for k in clause.children):
        return True
    if clause.lemma in ("be", "have", "do") and not qualifiers:
        return clause.tree.first(clause.verb, "expl") is None or not clause.objects
    return False


def _relation(
    clause: Clause, objects: list[Argument], qualifiers: list[Argument]
) -> tuple[str, list[Argument], list[Argument]]:
    """Give the relation's name; a preposition that the object hangs on, and a light noun, belong to it."""
    tree, i = clause.tree, clause.verb
    name = tree.lemma[i]
    particle = " ".join(tree.lower[k] for k in tree.of(i, "prt")[:1]) or clause.particle
    for q in qualifiers:
        bare = all(tree.lower[k] in ("a", "an") for k in tree.kids[q.head])
        if bare and not particle and f"{name}_{q.role}_{tree.lower[q.head]}" in lexicon.IDIOMS:
            particle = f"{q.role}_{tree.lower[q.head]}"  # "was brought to an end"
            qualifiers = [other for other in qualifiers if other is not q]
    if particle:
        name += f"_{particle}"
    if clause.passive and not any(a.role == "by-agent" for a in (*clause.adjuncts, *clause.loose)):
        if not particle and i + 1 < tree.n and tree.dep[i + 1] == "prep" and not tree.kids[i + 1]:
            if tree.head[i + 1] == i and not any(i + 1 in q.preps for q in qualifiers):
                particle = tree.lower[i + 1]  # "is often called upon"
        return (
            f"be_{tree.lower[i]}" + (f"_{particle}" if particle else ""),
            objects,
            qualifiers,
        )
    if tree.first(i, "expl") is not None and name == "be":
        return "exist", objects, qualifiers
    made = next((a.head for a in clause.objects if a.role == "complement"), None)
    if made is not None and clause.lemma in lexicon.MAKING and objects and objects[0].role == "object":
        word = tree.lower[made] if tree.pos[made] == "ADJ" else tree.lemma[made]
        return f"{name}_{word}", objects, qualifiers
    if (
        len(objects) == 1
        and objects[0].role == "complement"
        and (tree.lemma[objects[0].head] in lexicon.RELATIONAL or tree.tag[objects[0].head] == "JJR")
    ):
        bound = [q for q in qualifiers if q.preps and q.preps[0] > objects[0].head]
        if bound:
            # "is due to a change"
            preps = bound[0].preps
            return (
                f"{name}_{tree.lower[objects[0].head]}_{bound[0].role}",
                [q for q in bound if q.preps == preps],
                [q for q in qualifiers if q.preps != preps],
            )
    if name == "’s" or name == "'s":
        name = "be"
    if len(objects) == 1 and not tree.of(objects[0].head, "amod", "det", "poss"):
        light = f"{name}_{tree.lemma[objects[0].head]}"
        if light in lexicon.LIGHT:
            hung = [k for k in tree.of(objects[0].head, "prep") if tree.first(k, "pobj") is not None]
            name, objects = light, []
            if hung:
                # "take control of the harbour"
                inner = tree.first(hung[0], "pobj")
                name += f"_{tree.lower[hung[0]]}"
                objects = [Argument(c, "object") for c in tree.conjuncts(inner)] if inner is not None else []
                return name, objects, qualifiers
    asked = [
        q for q in qualifiers if q.role in ("on", "upon") and lexicon.classify("to", name) == "requested"
    ]
    if asked and all(o.role == "clause" for o in objects):
        return f"{name}_{asked[0].role}", asked, [*objects, *(q for q in qualifiers if q not in asked)]
    if not objects and name != "be":
        first = next((q for q in qualifiers if q.preps and not q.shared), None)
        if first is not None and 0 < first.preps[0] - i <= 3 and not _is_circumstance(tree, first):
            same = [q for q in qualifiers if q.preps == first.preps]
            rest = [q for q in qualifiers if q.preps != first.preps]
            if any(q.preps or tree.lower[q.head] in ("%", "percent") for q in rest):
                # "fell from 20 to 10": two relations of one verb, not "fall_from_to".
                return name, objects, qualifiers
            return f"{name}_{first.role}", same, rest
    return name, objects, qualifiers


def _is_circumstance(tree: Tree, a: Argument) -> bool:
    """Whether an adjunct tells time or place, by the type of its name or date."""
    return tree.doc[a.head].ent_type_ in ("DATE", "TIME", "GPE", "LOC", "FAC") and a.role in (
        "in", "on", "at", "near", "during", "since", "until", "before", "after", "by", "from", "within",
        "throughout", "around", "between", "for",
    )  # fmt: skip


def _measured(mention: MentionDraft) -> str:
    """Give the role of a bare adverbial noun: a time, how much ("rose 3%"), or a score ("won 3-1")."""
    if mention.kind != "quantity":
        return "time"
    return "by" if mention.value is not None else "score"


def _role(a: Argument) -> str:
    return {"second": "to", "complement": "as"}.get(a.role, a.role)
