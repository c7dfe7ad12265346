"""Claims of verbal clauses: subject, relation in lemma words, object, qualifiers, and how they stand.

Coordinated arguments are given a claim each, an infinitive is a claim of its own with the factuality its
governor gives it ("failed to meet" is no meeting). What says too little by itself is left out or doubted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from spacy.tokens import Token

from kg import relations as rel
from kg.extract import lexicon
from kg.extract.claims import complements, factuality, lists, needs, remainder, rules
from kg.extract.claims.clause import Argument, Clause
from kg.extract.claims.clauses import clauses_of
from kg.extract.claims.factuality import Factuality
from kg.extract.claims.frames import Frame, frame_of, is_empty, with_relation
from kg.extract.claims.predicates import in_brackets
from kg.extract.claims.sharing import acts
from kg.extract.lexicon.sets import PLACES, SEVERAL, WH
from kg.extract.mentions import nominals
from kg.extract.parse.repair import tree_of
from kg.extract.parse.repair.courts import RULINGS, is_court
from kg.extract.parse.tree import Tree
from kg.extract.parse.turns import NO_PROSE
from kg.extract.reading import ClaimDraft, MentionDraft, ParsedBlock, Reading

# Blocks that are read for names only.
UNREAD_KINDS = NO_PROSE | {"header"}
BODY = lexicon.words("events", "words", "body")
OBJECT_FORMS = lexicon.mapping("clauses", "pronouns", "objects")
DEMONSTRATIVE = lexicon.words("clauses", "pronouns", "demonstrative")
PERSONAL_OBJECTS = lexicon.words("clauses", "pronouns", "personal")
BOUND_TO = lexicon.words("clauses", "prepositions", "bound")
UNSAID_ROLES = lexicon.words("clauses", "prepositions", "unsaid")
LIKENING = lexicon.words("clauses", "prepositions", "likening")
LIMITS = lexicon.words("clauses", "needs", "limits") | {*lexicon.listed("numbers", "ordinal", "names")}
OF_SENTENCE = lexicon.words("clauses", "needs", "of_sentence")
SPOKEN = lexicon.words("clauses", "verbs", "spoken")
# Parts of speech that head no subject.
UNFIT = frozenset({"VERB", "AUX", "DET", "PUNCT", "SYM", "SPACE", "ADP", "CCONJ", "SCONJ"})
# Labels of what may stand on a noun that only joins sentences.
SLIGHT = frozenset({"det", "punct", "amod", "prep", "acl"})
# Labels of names whose last word is no noun of their own.
NAME_LABELS = frozenset({"PERSON", "ORG", "GPE", "WORK_OF_ART", "FAC", "LOC", "PRODUCT"})
# The roles of what has no preposition.
BARE_ROLES = {"second": "to", "complement": "as"}
Roles = list[tuple[str, MentionDraft]]


def find(reading: Reading) -> None:
    """Add the claims of all clauses of a document."""
    _index(reading)
    for block in reading.blocks:
        if block.kind in UNREAD_KINDS:
            continue
        tree = tree_of(block)
        clauses = clauses_of(tree)
        block.factualities = factuality.assign(tree, clauses)
        for clause in clauses:
            reading.claims += _claims(reading, block, clause, block.factualities[clause.verb])


def _index(reading: Reading) -> None:
    """Note for each block which tokens lie in times, quantities and names."""
    measures: dict[int, dict[int, MentionDraft]] = {block.index: {} for block in reading.blocks}
    inner: dict[int, set[int]] = {block.index: set() for block in reading.blocks}
    for mention in reading.mentions:
        tokens = range(mention.span.start, mention.span.end)
        if mention.kind in ("time", "quantity"):
            measures[mention.block.index].update(dict.fromkeys(tokens, mention))
        elif mention.kind == "name" and len(tokens) > 2:
            inner[mention.block.index].update(i for i in tokens if i != mention.head.i)
    for block in reading.blocks:
        block.measures, block.inner = measures[block.index], frozenset(inner[block.index])


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
        several = tree.lemma[s] in lexicon.COLLECTIVE or tree.of(s, *SEVERAL)
        return tree.tag[s] == "NN" and not several and bool(tree.of(s, "det"))
    return False


def _claims(reading: Reading, block: ParsedBlock, clause: Clause, held: Factuality) -> Iterator[ClaimDraft]:
    tree = clause.tree
    frame = frame_of(clause)
    if not frame.subjects or is_empty(clause, frame):
        return
    frame = _with_cores(tree, frame)
    if _points(tree, frame):
        return
    frame = with_relation(clause, _with_circumstances(block, clause, frame))
    for part in lists.respective(clause, frame):
        yield from _claims_of(reading, block, clause, part, held)


def _claims_of(
    reading: Reading, block: ParsedBlock, clause: Clause, frame: Frame, held: Factuality
) -> Iterator[ClaimDraft]:
    """Give the claims of a frame, one of each subject with each object."""
    tree = clause.tree
    source = _source(reading, block, held)
    frame, doubtful = lists.without_alternatives(clause, frame)
    roles = _roles(reading, block, frame.qualifiers)
    needs.join_objects(clause, [m for role, m in roles if role == "clause"])
    if _says_nothing(clause, frame, roles):
        return
    words = _words(block, clause)
    rule = rules.clausal(clause.link, clause.shared_subject)
    confidence = _plausibility(clause, frame, roles)
    for s, o in _pairs(block, tree, frame):
        heads = [s] if o is None else [s, o.head]
        denied = any(factuality.is_contrasted(tree, i) for i in heads)
        stands = held if doubtful.isdisjoint(heads) else lists.possible(held)
        # What is denied is denied of this argument; the circumstances are those of the other one.
        subject = _argument(reading, block, nominals.core(tree, s))
        obj = None if o is None else _object_of(reading, block, clause, o)
        ends = (subject, obj, *(m for _, m in roles))
        yield ClaimDraft(
            block,
            subject,
            _relation_to(frame.relation, obj),
            obj,
            words,
            rule,
            [] if denied else list(roles),
            negated=stands.negated != denied,
            modality=stands.modality,
            asserted=stands.asserted and not denied,
            attributed_to=source,
            confidence=confidence,
            noun="" if o is None else _supported(clause, o),
            doubt=needs.lacking(clause, frame.relation, obj, roles),
            partial=needs.is_partial(obj, roles),
            beside=[] if denied else _beside(reading, block, clause, frame.relation, ends),
        )


def _beside(
    reading: Reading, block: ParsedBlock, clause: Clause, relation: str, ends: Iterable[MentionDraft | None]
) -> list[MentionDraft]:
    """Draw what a clause says beside the ends of its claim."""
    drawn = remainder.of_clause(block, clause, relation, [m for m in ends if m is not None])
    return [reading.add(mention, argument=False) for mention in drawn]


def _object_of(reading: Reading, block: ParsedBlock, clause: Clause, o: Argument) -> MentionDraft:
    """Draw the object of a claim; with what somebody is led to do, who is led."""
    obj = _object(reading, block, o)
    if o.role == "clause":
        needs.join_objects(clause, [obj])
    return obj


def _words(block: ParsedBlock, clause: Clause) -> tuple[Token, ...]:
    """Give the words of a relation: the verbs that are told together, and how far they are so."""
    return tuple(block.doc[t] for t in sorted({t for c in clause.chain() for t in (*c.words, *_limits(c))}))


def _limits(clause: Clause) -> list[int]:
    """Give the adverbs that say how something was done, how far or how often: "only", "narrowly", "twice"."""
    tree = clause.tree
    return [k for k in tree.of(clause.verb, "advmod") if _narrows(tree.lower[k]) and not tree.kids[k]]


def _narrows(adverb: str) -> bool:
    """Whether an adverb says how something was done, and nothing of whether it was or why it is told."""
    if adverb in LIMITS:
        return True
    return adverb.endswith("ly") and adverb not in OF_SENTENCE and lexicon.classify("adverb", adverb) is None


def _relation_to(relation: str, obj: MentionDraft | None) -> str:
    """Give the relation to an object; "her father was French" tells of where, he is no country."""
    if relation != "be" or obj is None or obj.kind != "attribute" or obj.type not in PLACES:
        return relation
    return rel.COUNTRY if obj.type == "GPE" else rel.LOCATED_IN


def _points(tree: Tree, frame: Frame) -> bool:
    """Whether an object only points at something: "the letters hint that", "he said this"."""
    return any(tree.lower[o.head] in DEMONSTRATIVE for o in frame.objects)


def _source(reading: Reading, block: ParsedBlock, held: Factuality) -> MentionDraft | None:
    """Draw whoever says a clause."""
    if held.source is None or tree_of(block).pos[held.source] == "VERB":
        return None
    return _argument(reading, block, held.source)


def _with_cores(tree: Tree, frame: Frame) -> Frame:
    """Give a frame whose subjects and objects are what phrases such as "a portion of" are about."""
    objects = [
        replace(o, head=c) if c != o.head else o
        for o in frame.objects
        for c in (nominals.cores(tree, o.head) if o.role == "object" else [o.head])
    ]
    return replace(
        frame, subjects=[c for s in frame.subjects for c in nominals.cores(tree, s)], objects=objects
    )


def _with_circumstances(block: ParsedBlock, clause: Clause, frame: Frame) -> Frame:
    """Give a frame in which dates are no objects, and without adjuncts that are no arguments."""
    dated = [o.head for o in frame.objects if o.role == "object" and _is_when(block, clause, o.head)]
    qualifiers = [*(Argument(h, "time") for h in dated), *frame.qualifiers]
    return replace(
        frame,
        objects=[o for o in frame.objects if o.head not in dated],
        qualifiers=[q for q in qualifiers if not _is_aside(clause, q)],
    )


def _says_nothing(clause: Clause, frame: Frame, roles: Roles) -> bool:
    """Whether a clause, with what could be drawn of it, says nothing that stands by itself, or is misread."""
    tree = clause.tree
    if _places_subject(clause):
        return True
    if frame.relation == "exist" and not roles and any(_tells_more(tree, s) for s in frame.subjects):
        return True
    if frame.objects or any(m.kind != "time" for _, m in roles):
        return False
    if clause.lemma == "bear":
        # "(born 1965)" is a birth date, not a claim that somebody was born; "she was born in 1965" is one.
        return not roles or _is_bracketed(tree, clause.verb)
    return (
        frame.relation in lexicon.VACANT and not clause.passive
    )  # "the members stayed", "an election followed"


def _is_bracketed(tree: Tree, i: int) -> bool:
    """Whether a token stands in brackets."""
    before = tree.lower[tree.doc[i].sent.start : i]
    return before.count("(") > before.count(")")


def _plausibility(clause: Clause, frame: Frame, roles: Roles) -> float:
    """Give how likely a clause is read right, as far as its subject, its form and what is missing tell."""
    sure = 1.0
    if _is_singular(clause):
        sure *= 0.5  # "Growth and Structure is a book": one name, or the parse is wrong
    if _disagrees(clause):
        sure *= 0.5
    if frame.objects or roles:
        return sure
    if _loses(clause):
        sure *= 0.5
    if not clause.passive and clause.link in ("acl", "relcl"):
        sure *= 0.6  # "movies lying around"
    if not clause.passive and clause.link == "advcl" and clause.marker == "as":
        sure *= 0.5  # "as his mother had preferred"
    return sure


def _pairs(block: ParsedBlock, tree: Tree, frame: Frame) -> Iterator[tuple[int, Argument | None]]:
    """Give each subject with each object, or with none where the clause has none."""
    for s in frame.subjects:
        if not _is_subject(block, tree, s):
            continue
        if not frame.objects:
            yield s, None
        yield from ((s, o) for o in frame.objects if _is_object(block, tree, s, o.head))


def _is_subject(block: ParsedBlock, tree: Tree, i: int) -> bool:
    """Whether a token can head a subject: no bare sign, relative pronoun, verb, or part of a name."""
    if not any(ch.isalnum() for ch in tree.lower[i]):
        return False
    if tree.tag[i] in WH or any(tree.tag[t] == "WDT" for t in tree.kids[i]):
        return False
    return (tree.pos[i] not in UNFIT or tree.tag[i] == "NN") and not _is_inner(block, tree, i)


def _roles(reading: Reading, block: ParsedBlock, qualifiers: list[Argument]) -> Roles:
    """Draw what stands in each role, without what is no thing by itself."""
    tree = tree_of(block)
    roles: Roles = []
    for q in qualifiers:
        head = nominals.core(tree, q.head)
        if q.clausal:
            roles.append((q.role, _clause_at(reading, block, q)))
            continue
        if not _can_fill(block, tree, q, head):
            continue
        # A year that the parser hangs elsewhere still belongs to its date ("between 1978 and 2022").
        mention = _argument(reading, block, head)
        if mention.kind == "time" and any(m is mention for _, m in roles):
            continue
        if q.role != "time":
            roles.append((BARE_ROLES.get(q.role, q.role), mention))
        elif mention.kind in ("time", "quantity"):
            roles.append((_measured(mention), mention))
    return roles


def _clause_at(reading: Reading, block: ParsedBlock, argument: Argument) -> MentionDraft:
    """Give the mention of a clause that is an argument."""
    drawn = reading.at(block, block.doc[argument.head])
    return drawn or reading.add(complements.mention(block, argument))


def _can_fill(block: ParsedBlock, tree: Tree, q: Argument, head: int) -> bool:
    """Whether a token can stand in a role: no sign, relative pronoun, demonstrative or part of a name."""
    if q.role in UNSAID_ROLES or tree.pos[head] in ("PUNCT", "SPACE", "ADP") or _is_inner(block, tree, head):
        return False
    if tree.tag[head] in ("WDT", "WP") or tree.lower[head] in DEMONSTRATIVE:
        return False
    # "for the first time" is no thing
    return not (tree.lower[head] == "time" and q.preps and tree.of(head, "amod", "det"))


def _measured(mention: MentionDraft) -> str:
    """Give the role of a bare adverbial noun: a time, how much ("rose 3%"), or a score ("won 3-1")."""
    if mention.kind != "quantity":
        return "time"
    return "by" if mention.value is not None else "score"


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
    if tree.doc[head].ent_type_ in NAME_LABELS:
        return ""
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
    form = OBJECT_FORMS.get(tree.lower[subject])
    return form is not None and form == tree.lower[argument]


def _is_aside(clause: Clause, a: Argument) -> bool:
    """Whether an adjunct only joins sentences or compares ("in fact", "at the time", "unlike him")."""
    tree = clause.tree
    if not a.preps:
        return False
    if in_brackets(tree, a.preps[0], clause.verb) or a.role in lexicon.ASIDES or tree.lemma[a.head] == "fact":
        return True
    if a.role == "about" and clause.lemma == "be":
        return True  # "is about an hour from the city"
    if any(_is_same_pronoun(tree, s, a.head) for s in clause.subjects):
        return True  # "she carried it with her"
    if a.role in LIKENING:
        return a.preps[0] < clause.verb or bool(clause.objects)
    if _joins(clause, a):
        return True
    return a.role == "with" and _is_absolute(tree, a)


def _joins(clause: Clause, a: Argument) -> bool:
    """Whether an adjunct is one of those that join sentences, and no more: "in fact", "at the time"."""
    tree = clause.tree
    if f"{a.role}_{tree.lower[a.head]}" not in lexicon.ASIDES or _is_struck(clause, a):
        return False
    return all(tree.dep[k] in SLIGHT for k in tree.kids[a.head])


def _is_struck(clause: Clause, a: Argument) -> bool:
    """Whether it is a part of the body: "was cut on the hand", and not "on the other hand"."""
    behind = a.preps[0] == clause.verb + 1 and clause.passive
    return behind and clause.tree.lower[a.head] in BODY


def _is_absolute(tree: Tree, a: Argument) -> bool:
    """Whether "with" begins a clause of its own: ", with the production handled by others"."""
    left = tree.left[a.preps[0]]
    if left == 0 or tree.lower[left - 1] != ",":
        return False
    return any(tree.tag[k] in ("VBN", "VBG") for k in tree.of(a.head, "acl"))


def _places_subject(clause: Clause) -> bool:
    """Whether the object of a participle can only be the subject: "he came first, making him champion".

    What came before does it then, not he.
    """
    tree, parent = clause.tree, clause.parent
    if clause.link != "advcl" or clause.shared_subject != "advcl" or clause.marker or parent is None:
        return False
    if not any(tree.lower[o.head] in PERSONAL_OBJECTS and o.role == "object" for o in clause.objects):
        return False
    if clause.lemma in RULINGS and any(is_court(tree, s) for s in clause.subjects):
        return False  # "the judge spoke at length, clearing him of theft"
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
    if argument.clausal:
        return _clause_at(reading, block, argument)
    if argument.role == "clause":
        head = block.doc[argument.head]
        return reading.at(block, head) or reading.add(nominals.create_clause(block, head))
    head = block.doc[nominals.core(tree_of(block), argument.head)]
    if argument.role == "complement":
        return reading.argument(block, head, nominals.create_mention)  # "is French" tells a country
    return _argument(reading, block, head.i)
