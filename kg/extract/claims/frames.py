"""What a clause says in the active voice: subjects, relation in lemma words, objects, qualifiers.

A passive with an agent is turned active; a preposition that the object hangs on, a particle and a light noun
belong to the relation.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from kg.extract import lexicon
from kg.extract.claims import complements
from kg.extract.claims.clause import Argument, Clause, coordinated
from kg.extract.lexicon.needs import need
from kg.extract.lexicon.nouns import nominal_type
from kg.extract.lexicon.sets import MODIFYING, PLACE_LABELS, TIME_LABELS

INDEFINITE = lexicon.words("clauses", "articles", "indefinite")
BARE_VERBS = lexicon.words("clauses", "verbs", "bare")
RAISING_VERBS = lexicon.words("clauses", "verbs", "raising")
COPULA_FORMS = lexicon.words("clauses", "verbs", "copula_forms")
URGING = lexicon.words("clauses", "prepositions", "urging")
CIRCUMSTANCE = lexicon.words("clauses", "prepositions", "circumstance")
REFLEXIVE = lexicon.words("clauses", "pronouns", "reflexive")
PERCENT = lexicon.words("clauses", "nouns", "percent")


@dataclass(frozen=True, slots=True)
class Frame:
    """A clause in the active voice; tokens are indexes of its tree."""

    subjects: list[int]
    objects: list[Argument]
    qualifiers: list[Argument]
    relation: str = ""


def frame_of(clause: Clause) -> Frame:
    """Give the frame of a clause, without its relation."""
    objects, made = _objects(clause)
    agents, qualifiers = _agents_and_qualifiers(clause)
    if clause.passive and agents and clause.subjects:
        made += [Argument(a.head, "as", a.preps) for a in objects if a.role == "complement"]
        made += [Argument(a.head, "object") for a in objects if a.role == "object"]
        return Frame(agents, [Argument(s, "object") for s in clause.subjects], made + qualifiers)
    if is_existential(clause):
        return Frame([o.head for o in objects], [], qualifiers)
    subjects, infinitives = list(clause.subjects), _infinitives(clause)
    led = _led(clause)
    if led:
        return Frame(subjects, led, [*made, *qualifiers])
    if not objects:
        return Frame(subjects, list(clause.clauses) or infinitives, made + qualifiers)
    return Frame(subjects, objects, [*clause.clauses, *made, *qualifiers, *infinitives])


def _agents_and_qualifiers(clause: Clause) -> tuple[list[int], list[Argument]]:
    """Give who acts in a passive, and the other adjuncts."""
    adjuncts = [a for given in (*clause.adjuncts, *clause.loose) for a in _complex(clause, given)]
    by = [a for a in adjuncts if a.role == "by-agent"]
    qualifiers = [a for a in adjuncts if a.role != "by-agent"]
    if len({a.preps for a in by}) > 1:
        # "on the south by the sea, on the north by a river": which is where, the list does not say here.
        qualifiers = [a for a in qualifiers if not a.preps or a.role == "as"]
    return [a.head for a in by], [*qualifiers, *complements.of_clause(clause)]


def reflexive(clause: Clause) -> str:
    """Give the word by which somebody does something to himself."""
    words = (clause.tree.lower[a.head] for a in clause.objects if a.role == "object")
    return next((word for word in words if word in REFLEXIVE), "")


def is_existential(clause: Clause) -> bool:
    """Whether a clause says that something is there."""
    return clause.lemma == "be" and clause.tree.first(clause.verb, "expl") is not None


def _objects(clause: Clause) -> tuple[list[Argument], list[Argument]]:
    """Give the objects, and what they are named, which is no second object: "crowned himself emperor"."""
    held = [a for a in clause.objects if a.role == "object"]
    if not held:
        return list(clause.objects), []
    if clause.lemma in lexicon.MAKING and not clause.passive and not _is_given_office(clause):
        return held, []  # the complement belongs to the relation
    named = [a for a in clause.objects if a.role == "complement"]
    if named and reflexive(clause):
        return named, []  # "proclaimed himself emperor"
    return held, [Argument(a.head, "as") for a in clause.objects if a.role == "complement"]


def _is_given_office(clause: Clause) -> bool:
    """Whether somebody is made what one is by office: "made her head of the fund", not "made her a star"."""
    tree = clause.tree
    made = next((a.head for a in clause.objects if a.role == "complement"), -1)
    if made < 0 or tree.tag[made] != "NN" or tree.of(made, "det", "nummod"):
        return False
    return nominal_type(tree.doc[made])[0] in ("Person", "Position")


def _complex(clause: Clause, a: Argument) -> list[Argument]:
    """Give the arguments of a preposition of several words: "in collaboration with the museum"."""
    tree = clause.tree
    if f"{a.role}_{tree.lower[a.head]}" not in lexicon.COMPLEX or tree.of(a.head, *MODIFYING):
        return [a]
    for p in tree.of(a.head, "prep"):
        inner = tree.first(p, "pobj")
        if inner is not None:
            role = f"{a.role}_{tree.lower[a.head]}_{tree.lower[p]}"
            return coordinated(tree, inner, role, (*a.preps, a.head, p))
    return []


def _infinitives(clause: Clause) -> list[Argument]:
    """Give the infinitives under a verb that is itself a claim ("plans to build", "urged them to leave")."""
    name = lexicon.classify("to", clause.lemma)
    found = [k for k in clause.children if k.link == "xcomp" and clause.tree.head[k.verb] == clause.verb]
    if name == "positive" or clause.lemma in RAISING_VERBS:
        # "forced him to resign": he was not simply forced.
        found = [k for k in found if k.shared_subject == "object" and clause.objects]
    if name == "reported" and clause.passive and clause.agent() is None:
        return []  # "is said to be old": nobody in particular says so
    return [Argument(k.verb, "clause") for k in found]


def _led(clause: Clause) -> list[Argument]:
    """Give what somebody is led to do, which is what is told: "led him to resign" leads not him."""
    if clause.lemma not in lexicon.CAUSATIVE or clause.passive:
        return []
    below = [k for k in clause.children if k.link == "xcomp" and k.shared_subject == "object"]
    return [Argument(k.verb, "clause") for k in below]


def is_empty(clause: Clause, frame: Frame) -> bool:
    """Whether a clause says nothing by itself: a raising verb, an expletive, a bare copula."""
    return any(test(clause, frame) for test in _EMPTY)


def _is_expletive(clause: Clause) -> bool:
    return [clause.tree.lower[s] for s in clause.subjects] == ["it"]


def _is_impersonal(clause: Clause, frame: Frame) -> bool:
    """ "It is likely that …", "it appears that …"."""
    if not clause.clauses or not _is_expletive(clause):
        return False
    if clause.lemma in lexicon.SAYING and not clause.passive:
        return False  # "the firm has grown, it said"
    return all(clause.tree.pos[o.head] == "ADJ" or o.role == "clause" for o in frame.objects)


def _is_of_thing(clause: Clause, frame: Frame) -> bool:
    """ "All the things he did"."""
    lemma = clause.tree.lemma
    if any(o.shared and lemma[o.head] == "thing" for o in frame.objects):
        return True
    return any(lemma[s] == "thing" for s in clause.subjects)


def _is_degree(clause: Clause, frame: Frame) -> bool:
    """ "How fanatic they are"."""
    tree = clause.tree
    return any(o.role == "complement" and tree.tag[tree.left[o.head]] == "WRB" for o in frame.objects)


def _is_remark(clause: Clause, frame: Frame) -> bool:
    """ "To be specific"."""
    return clause.lemma == "be" and clause.marker == "to" and clause.link in ("pcomp", "advcl")


def _leads_to_infinitive(clause: Clause, frame: Frame) -> bool:
    """ "Was unable to attend": what the infinitive says is the claim."""
    tree = clause.tree
    return any(
        o.role == "complement" and tree.pos[o.head] == "ADJ" and tree.first(o.head, "xcomp") is not None
        for o in frame.objects
    )


def _is_cleft(clause: Clause, frame: Frame) -> bool:
    """ "It was Anna who won" says only that Anna won."""
    if not frame.objects or clause.lemma != "be" or not _is_expletive(clause):
        return False
    return any(k.link == "relcl" and k.host == frame.objects[0].head for k in clause.children)


def _is_raising(clause: Clause, frame: Frame) -> bool:
    """ "Began to sink": what the infinitive says is the claim."""
    if frame.objects:
        return False
    return any(k.link == "xcomp" and k.shared_subject == "subject" for k in clause.children)


def _is_bare(clause: Clause, frame: Frame) -> bool:
    """ "She is", "they did"."""
    if frame.objects or frame.qualifiers or clause.lemma not in BARE_VERBS:
        return False
    return clause.tree.first(clause.verb, "expl") is None or not clause.objects


_EMPTY = (
    _is_impersonal,
    _is_of_thing,
    _is_degree,
    _is_remark,
    _leads_to_infinitive,
    _is_cleft,
    _is_raising,
    _is_bare,
)


def with_relation(clause: Clause, frame: Frame) -> Frame:
    """Name the relation of a frame, and take what the name has in it off objects and qualifiers."""
    particle, frame = _particle(clause, frame)
    if clause.passive and not any(a.role == "by-agent" for a in (*clause.adjuncts, *clause.loose)):
        particle = particle or _stranded(clause, frame)
        return replace(frame, relation=_joined("be", clause.tree.lower[clause.verb], particle))
    if is_existential(clause) and not particle:
        return replace(frame, relation="exist")
    himself = reflexive(clause) if [o.role for o in frame.objects] == ["complement"] else ""
    frame = replace(frame, relation=_joined(clause.lemma, particle, himself))
    named = _making(clause, frame) or _relational(clause, frame)
    if named is not None:
        return named
    if frame.relation in COPULA_FORMS:
        frame = replace(frame, relation="be")
    return _with_preposition(clause, _requested(_light(clause, frame)))


def _joined(*words: str) -> str:
    return "_".join(word for word in words if word)


def _particle(clause: Clause, frame: Frame) -> tuple[str, Frame]:
    """Give the verb's particle, or the phrase that is one verb with it ("was brought to an end")."""
    tree = clause.tree
    particle = tree.first(clause.verb, "prt")
    if particle is not None or clause.particle:
        return clause.particle if particle is None else tree.lower[particle], frame
    for q in frame.qualifiers:
        phrase = f"{q.role}_{tree.lower[q.head]}"
        if f"{clause.lemma}_{phrase}" not in lexicon.IDIOMS:
            continue
        if all(tree.lower[k] in INDEFINITE for k in tree.kids[q.head]):
            return phrase, replace(frame, qualifiers=[other for other in frame.qualifiers if other is not q])
    return "", frame


def _stranded(clause: Clause, frame: Frame) -> str:
    """Give the preposition that a passive leaves behind: "is often called upon"."""
    tree, p = clause.tree, clause.verb + 1
    if p >= tree.n or tree.dep[p] != "prep" or tree.kids[p] or tree.head[p] != clause.verb:
        return ""
    return "" if any(p in q.preps for q in frame.qualifiers) else tree.lower[p]


def _making(clause: Clause, frame: Frame) -> Frame | None:
    """Put what the object becomes into the relation: "made her president"."""
    made = next((a.head for a in clause.objects if a.role == "complement"), None)
    if made is None or clause.lemma not in lexicon.MAKING or _is_given_office(clause):
        return None
    if not frame.objects or frame.objects[0].role != "object":
        return None
    tree = clause.tree
    word = tree.lower[made] if tree.pos[made] == "ADJ" else tree.lemma[made]
    return replace(frame, relation=f"{frame.relation}_{word}")


def _relational(clause: Clause, frame: Frame) -> Frame | None:
    """Put an adjective that says nothing without what hangs on it into the relation: "is due to a change"."""
    if len(frame.objects) != 1 or frame.objects[0].role != "complement":
        return None
    tree, head = clause.tree, frame.objects[0].head
    bound = _bound(clause, frame, head)
    if not bound:
        return None
    first = bound[0]
    objects = [q for q in bound if q.preps == first.preps and q.role == first.role]
    return Frame(
        frame.subjects,
        objects,
        [q for q in frame.qualifiers if q not in objects],
        f"{frame.relation}_{tree.lower[head]}_{first.role}",
    )


def _bound(clause: Clause, frame: Frame, head: int) -> list[Argument]:
    """Give what belongs to what one is: "due to a change", "fit for service", "certain that it fell"."""
    tree = clause.tree
    bound = [q for q in frame.qualifiers if q.preps and q.preps[0] > head]
    if tree.lemma[head] in lexicon.RELATIONAL or tree.tag[head] == "JJR":
        return bound
    wanted = need("j", tree.lemma[head]).markers
    bound = [q for q in bound if q.role in wanted and tree.head[q.preps[0]] == head]
    return bound or [q for q in frame.qualifiers if q.clausal and tree.head[q.head] == head]


def _light(clause: Clause, frame: Frame) -> Frame:
    """Put a light noun into the relation: "take control of the harbour"."""
    if len(frame.objects) != 1:
        return frame
    tree, noun = clause.tree, frame.objects[0].head
    relation = f"{frame.relation}_{tree.lemma[noun]}"
    if relation not in lexicon.LIGHT or tree.of(noun, *MODIFYING):
        return frame
    for p in tree.of(noun, "prep"):
        inner = tree.first(p, "pobj")
        if inner is not None:
            objects = coordinated(tree, inner, "object")
            return replace(frame, objects=objects, relation=f"{relation}_{tree.lower[p]}")
    return replace(frame, objects=[], relation=relation)


def _requested(frame: Frame) -> Frame:
    """Make whom a request is put to the object: "called on the mayor to resign"."""
    if lexicon.classify("to", frame.relation) != "requested" or any(
        o.role != "clause" for o in frame.objects
    ):
        return frame
    asked = [q for q in frame.qualifiers if q.role in URGING]
    if not asked:
        return frame
    rest = [q for q in frame.qualifiers if q not in asked]
    return Frame(frame.subjects, asked, [*frame.objects, *rest], f"{frame.relation}_{asked[0].role}")


def _with_preposition(clause: Clause, frame: Frame) -> Frame:
    """Make what hangs on the verb's first preposition its object: "voted against the plan"."""
    if frame.objects or frame.relation == "be":
        return frame
    first = next((q for q in frame.qualifiers if q.preps and not q.shared), None)
    if first is None or not _is_bound(clause, first):
        return frame
    rest = [q for q in frame.qualifiers if q.preps != first.preps]
    if any(q.preps or clause.tree.lower[q.head] in PERCENT for q in rest):
        return frame  # "fell from 20 to 10": two relations of one verb, not "fall_from_to".
    same = [q for q in frame.qualifiers if q.preps == first.preps]
    return Frame(frame.subjects, same, rest, f"{frame.relation}_{first.role}")


def _is_bound(clause: Clause, a: Argument) -> bool:
    """Whether an adjunct stands close behind the verb, and tells no time or place."""
    label = clause.tree.doc[a.head].ent_type_
    if (label in TIME_LABELS or label in PLACE_LABELS) and a.role in CIRCUMSTANCE:
        return False
    return 0 < a.preps[0] - clause.verb <= 3
