"""The clauses of a sentence: each predicate with its subjects, objects, complements and adjuncts.

A clause is what the parse says, with what it leaves out put in: the subject that a conjoined verb, an
infinitive or a participle shares with its governor, the noun that a relative pronoun stands for. The
surface is kept (a passive stays a passive); `kg.extract.claims.verbal` makes claims of clauses and
`kg.extract.tuples` rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from kg.extract import lexicon
from kg.extract.lexicon.nouns import nominal_type
from kg.extract.parse.tree import DIRECTIONS, Tree

# What a verb is when it heads no clause of its own.
NO_CLAUSE = frozenset(
    {"aux", "auxpass", "amod", "compound", "case", "mark", "cc", "prt", "punct", "nmod", "det", "nummod"}
    | {"prep", "advmod", "intj", "poss", "quantmod", "predet", "preconj", "dative", "agent"}
)
NOMINAL = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "attr", "npadvmod", "oprd"})
SUBJECT = ("nsubj", "nsubjpass", "csubj", "csubjpass")
EMPTY = frozenset({"it", "there", "this", "that", "these", "those", "what", "one"})
REFLEXIVE = frozenset({"himself", "herself", "itself", "themselves"})
RELATIVE = frozenset({"who", "whom", "which", "that"})
# "accuse of", "prevent from", "talk into": the object does what the gerund says.
OBJECT_CONTROL = frozenset({"of", "from", "into", "for", "as"})
PREFIXES = frozenset({"re", "co", "pre", "over", "under", "out", "mis", "un", "de", "dis"})
# Names that may have a verb or a preposition in them ("Association to Advance Schools").
TITLED = frozenset({"ORG", "WORK_OF_ART", "EVENT", "LAW", "PRODUCT", "FAC"})
ORDINALS = frozenset({"first", "last", "only", "latest", "next", "second", "third", "youngest", "oldest"})
RELATIVE_TAGS = frozenset({"WP", "WDT", "WRB", "WP$"})


@dataclass(slots=True, eq=False)
class Argument:
    """A phrase in a clause: its head, the words that introduce it, and what it is to the verb.

    `role` is object, complement (of a copula), second (a second object), clause, by (agent), time, or the
    preposition in lower case. `shared` arguments stand with another clause.
    """

    head: int
    role: str
    preps: tuple[int, ...] = ()
    shared: bool = False


@dataclass(slots=True, eq=False)
class Clause:
    """A predicate with its parts; tokens are indexes of `tree`."""

    tree: Tree
    verb: int
    link: str
    parent: Clause | None = None
    host: int | None = None  # the noun that a relative or participial clause hangs on
    subjects: list[int] = field(default_factory=list)
    shared_subject: str = ""  # how the subject was found where the clause has none of its own
    passive: bool = False
    words: list[int] = field(default_factory=list)
    objects: list[Argument] = field(default_factory=list)
    adjuncts: list[Argument] = field(default_factory=list)
    clauses: list[Argument] = field(default_factory=list)
    # What the parse hangs elsewhere and is yet likely to be the clause's: places after the object, members of
    # a list of examples. Claims take them, rows do not.
    loose: list[Argument] = field(default_factory=list)
    marker: str = ""
    negated: bool = False
    particle: str = ""
    finite: bool = True
    preposition: str = ""  # "after" in "after meeting him"
    children: list[Clause] = field(default_factory=list)

    @property
    def lemma(self) -> str:
        """The verb's lemma."""
        return self.tree.lemma[self.verb]

    def agent(self) -> Argument | None:
        """Give the by-phrase of a passive."""
        return next((a for a in self.adjuncts if a.role == "by-agent"), None)

    def chain(self) -> list[Clause]:
        """Give the clause with those that govern it by sharing its subject, outermost first.

        A verb with an object of its own ("used a lever to lift it") tells something by itself.
        """
        found: list[Clause] = [self]
        while found[0].depends():
            above = found[0].parent
            assert above is not None
            found.insert(0, above)
        return found

    def depends(self) -> bool:
        """Say whether the clause is told together with the one above it, whose subject it shares."""
        if self.link != "xcomp" or self.shared_subject != "subject" or self.parent is None:
            return False
        return self.parent.passive or not any(a.role == "object" for a in self.parent.objects)


def clauses_of(tree: Tree) -> list[Clause]:
    """Give the clauses of a parsed block, governors before what they govern."""
    found: dict[int, Clause] = {}
    order = list(tree.bottom_up())
    order.reverse()
    result = []
    for i in order:
        if not is_predicate(tree, i):
            continue
        clause = _build(tree, i, found)
        found[i] = clause
        if clause.parent:
            clause.parent.children.append(clause)
        result.append(clause)
    for clause in list(result):
        result += _gapped(clause)
    for clause in result:
        _share_objects(clause)
    for clause in result:
        clause.loose += [*_places(clause), *_examples(clause), *_of_adjective(clause)]
    return result


def _gapped(clause: Clause) -> list[Clause]:
    """Give the clauses whose verb is left out: "bought a mill in 1990 and a mine in 1995"."""
    tree, found = clause.tree, []
    if not any(a.role == "object" and not a.shared for a in clause.objects):
        return []
    for k in tree.of(clause.verb, "conj"):
        if (
            tree.pos[k] in ("NOUN", "PROPN")
            and tree.first(k, "nsubj", "prep") is not None
            and k > clause.verb
        ):
            twin = replace(
                clause, objects=[Argument(k, "object")], adjuncts=[], clauses=[], children=[], loose=[]
            )
            own = tree.first(k, "nsubj")
            twin.subjects = list(clause.subjects) if own is None else tree.conjuncts(own)
            for p in tree.of(k, "prep"):
                _prepositional(twin, p)
            found.append(twin)
    return found


def is_predicate(tree: Tree, i: int) -> bool:
    """Say whether a token is the head of a clause."""
    pos, dep = tree.pos[i], tree.dep[i]
    if not tree.lower[i].strip("'’-").replace("-", "").isalpha():
        return False  # an address, a sign, a number taken for a verb
    if (
        i > 1
        and tree.tag[i - 1] == "HYPH"
        and not tree.doc[i - 2].whitespace_
        and tree.lower[i - 2] not in PREFIXES
    ):
        return False  # "fan-based", "Digi-destined"
    if pos in ("VERB", "AUX"):
        if dep in ("advcl", "prep") and tree.lower[i] in lexicon.PREPOSITIONAL:
            if tree.first(i, "nsubj", "nsubjpass", "aux", "auxpass", "mark") is None:
                return False  # "given the cost", "following the war"
        if dep != "ROOT" and tree.doc[i].ent_iob_ == "I" and tree.doc[i].ent_type_ in TITLED:
            return False  # inside a name
        if tree.doc[i].ent_type_ == "PERSON" and tree.doc[i].is_title:
            return False
        if dep in ("acomp", "oprd") and tree.tag[i] in ("VBN", "VBG", "JJ"):
            return False  # "remains blocked"
        if dep in NO_CLAUSE:
            return dep == "amod" and i > tree.head[i] and tree.tag[i] == "VBN"
        if dep in NOMINAL:
            return tree.tag[i] == "VBG" and tree.first(i, "dobj", "prep") is not None
        return True
    # A verb taken for a noun or an adjective has a subject and, mostly, an object.
    if dep in ("ROOT", "ccomp", "conj", "relcl", "advcl") and tree.first(i, "nsubj", "nsubjpass") is not None:
        return tree.first(i, "dobj", "aux", "auxpass") is not None
    return False


def _build(tree: Tree, i: int, found: dict[int, Clause]) -> Clause:
    dep = tree.dep[i]
    governor, host = _governor(tree, i, found)
    link = {"ROOT": "main", "parataxis": "main", "amod": "acl", "dep": "main"}.get(dep, dep)
    if link in NOMINAL:
        link = "gerund"
    if link == "conj" and host is None and governor is None:
        link = "main"
    clause = Clause(tree, i, link, governor, host)
    _words(clause)
    _arguments(clause)
    if link in ("relcl", "acl") and host is not None and not tree.of(i, *SUBJECT):
        _fill_from_host(clause, host)
    elif link == "relcl" and host is not None:
        _relativise(clause, host)
    own = [k for k in tree.of(i, *SUBJECT) if not (tree.lower[k] in RELATIVE and link == "relcl")]
    own = [k for k in own if tree.lower[k] not in REFLEXIVE]  # "and was himself succeeded by her"
    own = [k for k in own if not in_brackets(tree, k, i)]
    if own:
        clause.subjects = [c for k in own[-1:] for c in tree.conjuncts(k)]
    elif not clause.subjects:
        _share_subject(clause)
    return clause


def in_brackets(tree: Tree, inner: int, verb: int) -> bool:
    """Whether a token stands in brackets that its verb is not in ("Olsen (born 1950, Oslo) is a judge")."""
    low, high = sorted((inner, verb))
    between = tree.lower[low + 1 : high]
    opened, closed = between.count("("), between.count(")")
    return closed > opened if inner < verb else opened > closed


def _governor(tree: Tree, i: int, found: dict[int, Clause]) -> tuple[Clause | None, int | None]:
    """Give the clause above a predicate, and the noun between them if it hangs on one."""
    host = None
    h, below = tree.head[i], i
    while h != below:
        if h in found:
            return found[h], host
        if host is None and tree.dep[below] in ("relcl", "acl", "amod", "appos", "prep"):
            host = h if tree.pos[h] in ("NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ") else None
        if tree.head[h] == h:
            break
        below, h = h, tree.head[h]
    return None, host


def _words(clause: Clause) -> None:
    tree, i = clause.tree, clause.verb
    words = [i]
    for k in tree.kids[i]:
        dep = tree.dep[k]
        if dep in ("aux", "auxpass", "prt") or (dep == "neg" and tree.lower[k] != "no"):
            words.append(k)
            if dep == "neg":
                clause.negated = True
            elif dep == "auxpass":
                clause.passive = True
        elif dep == "nsubjpass":
            clause.passive = True
        elif tree.lower[k] == "nt":
            clause.negated = True
        elif dep == "advmod" and tree.lower[k] in lexicon.NEGATIVE_ADVERBS:
            clause.negated = True
            words.append(k)
        elif dep == "advmod" and tree.lower[k] == "longer" and k and tree.lower[k - 1] == "no":
            clause.negated = True
            words += [k - 1, k]
        elif (
            tree.lower[k] in ("neither", "nor") and k < i and dep in ("preconj", "cc", "advmod", "neg", "det")
        ):
            clause.negated = True
        elif dep in ("mark", "advmod") and k < i and not clause.marker and _introduces(tree, k):
            clause.marker = tree.lower[k]
    if tree.dep[i] == "conj" and any(tree.lower[k] == "nor" and k < i for k in tree.kids[tree.head[i]]):
        clause.negated = True
    clause.words = sorted(words)
    tag = tree.tag[i]
    first = clause.words[0]
    clause.finite = tree.tag[first] in ("VBD", "VBZ", "VBP", "MD")
    bare = tag == "VBN" and first == i and tree.first(i, "nsubj") is None
    bare = bare and tree.lemma[i] not in lexicon.INTRANSITIVE
    if bare and clause.link in ("acl", "relcl", "advcl", "conj"):
        clause.passive = True
    if tree.dep[i] == "amod" or tree.lower[i] == "born":
        clause.passive = True
    if first == i and _is_regarded(clause):
        clause.passive = True
    if tag == "VBN" and first == i and clause.link in ("pcomp", "ccomp") and not clause.passive:
        clause.passive = tree.first(i, "nsubj") is not None  # "with thousands killed", "had it repaired"
    if tree.dep[i] == "pcomp":
        clause.preposition = tree.lower[tree.head[i]]
    if tree.dep[first] == "aux" and tree.tag[first] == "TO":
        # "for him to leave", "in order to leave"
        clause.marker = "to" if clause.marker in ("", "for", "in") else clause.marker


def _introduces(tree: Tree, k: int) -> bool:
    return tree.dep[k] == "mark" or tree.tag[k] == "WRB"


def _arguments(clause: Clause) -> None:
    tree, i = clause.tree, clause.verb
    bare = tree.of(i, "dobj")
    for k in tree.kids[i]:
        dep = tree.dep[k]
        if dep == "dobj" and len(bare) == 2 and k == bare[clause.lemma in lexicon.NAMING]:
            # Two bare objects: "crowned himself emperor", "gave the pupils a map".
            role = "complement" if clause.lemma in lexicon.NAMING else "second"
            (clause.objects if role == "complement" else clause.adjuncts).append(Argument(k, role))
        elif dep == "dobj" and k > 0 and tree.lower[tree.left[k] - 1] == ":" and tree.of(i, "prep"):
            pass  # "consisted of three people: …": what the colon explains is no object
        elif dep == "dobj" or (dep in ("attr", "oprd", "acomp") and tree.pos[k] not in ("VERB", "AUX")):
            role = "object" if dep == "dobj" else "complement"
            clause.objects += [Argument(c, role) for c in tree.conjuncts(k)]
        elif dep in ("attr", "oprd", "acomp"):
            clause.objects += [Argument(c, "complement") for c in tree.conjuncts(k)]
        elif dep == "ccomp" and tree.pos[k] in ("NOUN", "PROPN", "ADJ") and not is_predicate(tree, k):
            # "made him their leader": no verb, so no clause.
            inner = tree.first(k, "nsubj")
            if inner is None:
                clause.clauses.append(Argument(k, "clause"))
            else:
                clause.objects += [Argument(c, "object") for c in tree.conjuncts(inner)]
                clause.objects.append(Argument(k, "complement"))
        elif dep == "advmod" and k == i + 1 and tree.lower[k] in lexicon.PARTICLES and not tree.kids[k]:
            clause.words = sorted({*clause.words, k})
            clause.particle = tree.lower[k]
        elif dep == "dative":
            inner = tree.first(k, "pobj")
            if inner is None:
                clause.adjuncts += [Argument(c, "second") for c in tree.conjuncts(k)]
            else:
                _prepositional(clause, k)
        elif dep in ("agent", "prep") and k and tree.lower[k - 1] == "not" and k - 1 not in clause.words:
            # "not by the state but by its owner": only what follows "but" counts.
            for j in tree.of(k, "conj"):
                inner = tree.first(j, "pobj")
                if inner is not None and dep == "agent":
                    clause.adjuncts += [Argument(c, "by-agent", (j,)) for c in tree.conjuncts(inner)]
                else:
                    _prepositional(clause, j)
        elif dep == "prep" and _within_name(tree, k):
            pass
        elif dep == "agent" and _is_no_agent(tree, i, k):
            _prepositional(clause, k)
        elif dep == "agent":
            inner = tree.first(k, "pobj")
            if inner is not None:
                clause.passive = True
                clause.adjuncts += [Argument(c, "by-agent", (k,)) for c in tree.conjuncts(inner)]
            for j in tree.of(k, "conj"):
                inner = tree.first(j, "pobj")
                if inner is not None and tree.lower[j] == "by" and clause.passive:
                    # "by the council and by a company"
                    clause.adjuncts += [Argument(c, "by-agent", (j,)) for c in tree.conjuncts(inner)]
                elif tree.pos[j] in ("ADP", "SCONJ"):
                    _prepositional(clause, j)
        elif dep == "prep":
            _prepositional(clause, k)
            for j in tree.of(k, "conj"):
                if tree.pos[j] in ("ADP", "SCONJ"):
                    _prepositional(clause, j)
        elif dep == "npadvmod" and tree.pos[k] in ("NOUN", "PROPN", "NUM", "SYM"):
            _adverbial_noun(clause, k)
        elif dep == "ccomp":
            clause.clauses.append(Argument(k, "clause"))
        elif (
            dep == "advmod"
            and (tree.lower[k] in DIRECTIONS or (k == i + 1 and tree.lower[k] in lexicon.AWAY))
            and tree.of(k, "prep")
        ):
            # "moved away from the city", "lies just west of it"
            clause.loose += [
                Argument(c, f"{tree.lower[k]}_{tree.lower[p]}", (k, p))
                for p in tree.of(k, "prep")
                for inner in tree.of(p, "pobj")
                for c in tree.conjuncts(inner)
            ]
        elif dep == "advmod" and tree.of(k, "prep") and tree.lower[k] in lexicon.PREPOSITION_HEADS:
            for p in tree.of(k, "prep"):
                _prepositional(clause, p, (k,))
        elif dep == "nsubj" and tree.first(i, "expl") is not None:
            pass


def _is_no_agent(tree: Tree, verb: int, by: int) -> bool:
    """Whether "by" names nobody who acts: "going by the name", "known by his title", "he meant by it"."""
    inner = tree.first(by, "pobj")
    named = inner is not None and tree.lemma[inner] in lexicon.MANNER
    active = tree.tag[verb] in ("VBG", "VBD", "VBZ", "VBP") and tree.first(verb, "auxpass") is None
    acting = inner is not None and tree.doc[inner].ent_type_ in ("PERSON", "ORG")
    alone = tree.lemma[verb] in lexicon.INTRANSITIVE - lexicon.SOMETIMES_TRANSITIVE
    if acting and tree.tag[verb] == "VBD" and not alone:
        active = tree.first(verb, "dobj") is not None  # "The campaign started by Anna Lie …"
    return named or (active and (tree.tag[verb] == "VBG" or tree.first(verb, "nsubj") is not None))


def _within_name(tree: Tree, prep: int) -> bool:
    """Whether a preposition and its noun are inside a name that begins before."""
    inner = tree.first(prep, "pobj")
    token = tree.doc[prep]
    if inner is None or token.ent_iob_ != "I" or token.ent_type_ not in TITLED:
        return False
    return all(tree.doc[k].ent_iob_ == "I" for k in range(prep, inner + 1))


def _free_relative(tree: Tree, clause: int) -> int | None:
    """Give the noun that "what is now …" stands for."""
    subject = tree.first(clause, "nsubj")
    if tree.lemma[clause] not in ("be", "become") or subject is None or tree.lower[subject] != "what":
        return None
    return tree.first(clause, "attr")


def _adverbial_noun(clause: Clause, k: int) -> None:
    """Add a noun without preposition: a time or measure ("fell 30 percent"), or an object taken for one."""
    tree = clause.tree
    if tree.lower[tree.left[k]] == "near" and tree.left[k] < k:
        clause.adjuncts += [Argument(c, "near", (tree.left[k],)) for c in tree.conjuncts(k)]
        return
    named = tree.pos[k] == "PROPN" and tree.doc[k].ent_type_ not in ("DATE", "TIME")
    share = tree.lower[k] in ("%", "percent") and clause.lemma not in lexicon.MEASURED
    if (
        (named or (share and not clause.passive and tree.head[k] == clause.verb))
        and k > clause.verb
        and tree.lemma[k] not in lexicon.TIME_NOUNS
        and not tree.of(clause.verb, "dobj", "attr")
        and tree.lower[tree.left[k] - 1] != ","
    ):
        clause.objects += [Argument(c, "object") for c in tree.conjuncts(k)]
    else:
        clause.adjuncts += [Argument(c, "time") for c in tree.conjuncts(k)]


def _prepositional(clause: Clause, prep: int, before: tuple[int, ...] = ()) -> None:
    """Add the objects of a preposition, and of one that follows it ("out of", "because of")."""
    tree = clause.tree
    front = [k for k in tree.kids[prep] if k < prep and tree.dep[k] in ("advmod", "prep", "npadvmod")]
    if any(tree.dep[k] == "advmod" and tree.lower[k] in ("such", "as", "because") for k in front):
        before = (*before, *front)
    # "because of": the noun hangs on the first word, the second beside it.
    joined = [k for k in tree.of(prep, "pcomp", "prep") if k == prep + 1 and not tree.kids[k]]
    preps = tuple(sorted((*before, prep, *joined)))
    inner = tree.first(prep, "pobj")
    if inner is not None:
        role = "_".join(tree.lower[p] for p in preps)
        clause.adjuncts += [Argument(c, role, preps) for c in tree.conjuncts(inner)]
        return
    for k in tree.of(prep, "prep", "pcomp"):
        named = _free_relative(tree, k)
        if named is not None:
            clause.adjuncts.append(Argument(named, "_".join(tree.lower[p] for p in preps), preps))
            return
        if tree.dep[k] == "prep" or tree.pos[k] in ("ADP", "SCONJ"):
            _prepositional(clause, k, preps)


def _fill_from_host(clause: Clause, host: int) -> None:
    """Give a relative or participial clause without a subject its noun as subject."""
    clause.subjects = _antecedents(clause.tree, host)
    clause.shared_subject = "host"
    if clause.marker == "to" and clause.link in ("acl", "relcl"):
        _fill_infinitive(clause, host)
    parent = clause.parent
    if clause.lemma == "use" and clause.tree.tag[clause.verb] == "VBG" and parent is not None:
        # "built nests using clay": the builder uses it.
        if any(a.head == host for a in parent.objects) and not parent.passive:
            clause.subjects, clause.shared_subject = list(parent.subjects), "advcl"


def _fill_infinitive(clause: Clause, host: int) -> None:
    """Give the infinitive on a noun the one whose plan, attempt or chance it is."""
    tree, parent = clause.tree, clause.parent
    if any(tree.tag[k] in RELATIVE_TAGS for k in tree.subtree(clause.verb) if k < clause.verb):
        clause.subjects = []  # "photographs from which to learn"
        return
    if lexicon.classify("noun", tree.lemma[host]) is None:
        picked = any(tree.lower[k] in ORDINALS for k in tree.kids[host])
        if not picked and tree.dep[host] != "attr":
            clause.subjects = []  # "a book to read"
        return
    owner = tree.first(host, "poss")
    if owner is not None and tree.tag[owner] != "WP$":
        clause.subjects, clause.shared_subject = tree.conjuncts(owner), "owner"
    elif parent is not None and parent.lemma in lexicon.HOLDING and not parent.passive:
        if any(a.head == host for a in parent.objects):
            clause.subjects, clause.shared_subject = list(parent.subjects), "owner"


def _antecedents(tree: Tree, host: int) -> list[int]:
    """Give the nouns that a relative clause is about: its noun, or what that noun is said to be."""
    above = tree.head[host]
    if tree.dep[host] == "attr" and tree.lemma[above] == "be":
        # "Anna is a judge who lives in Bergen": Anna lives there.
        own = tree.first(above, "nsubj")
        if own is not None and tree.lower[own] not in EMPTY:
            return tree.conjuncts(own)
    if tree.dep[host] == "appos" and tree.pos[above] == "PROPN":
        return [above]
    return [host]


def _relativise(clause: Clause, host: int) -> None:
    """Put the noun that a relative clause is about where the clause has a pronoun or a gap."""
    tree, i = clause.tree, clause.verb
    wh = [k for k in tree.subtree(i) if k < i and tree.tag[k] in RELATIVE_TAGS]
    for k in wh:
        word, dep = tree.lower[k], tree.dep[k]
        if tree.tag[k] == "WRB":
            timed = tree.doc[host].ent_type_ in ("DATE", "TIME") or tree.lemma[host] in lexicon.TIME_NOUNS
            if word == "where" or (word == "when" and timed):
                clause.adjuncts.append(Argument(host, "in" if word == "where" else "time", (), shared=True))
            else:
                clause.link, clause.marker, clause.host = "advcl", word, None
            return
        if dep in SUBJECT and tree.head[k] == i:
            above = clause.parent
            beyond = above is not None and host < above.verb < k
            if word == "which" and (beyond or tree.doc[host].ent_type_ in ("DATE", "TIME")):
                return  # "was signed in 1920, which annoyed him": what was told, not the year or the bill
            clause.subjects = _antecedents(tree, host)
            clause.shared_subject = "host"
            return
        for argument in (*clause.objects, *clause.adjuncts):
            if argument.head == k:
                argument.head, argument.shared = host, True
                return
        if tree.tag[k] == "WP$" or dep == "pobj":
            return
    # A gap: a preposition without its noun, or a verb that needs an object.
    for p in tree.of(i, "prep"):
        if not tree.kids[p]:
            clause.adjuncts.append(Argument(host, tree.lower[p], (p,), shared=True))
            return
    if tree.lemma[host] in lexicon.ADVERBIAL_HOSTS:
        clause.adjuncts.append(Argument(host, "time", (), shared=True))
    elif not (clause.passive or clause.clauses or clause.objects):
        bare = clause.lemma in lexicon.INTRANSITIVE and clause.lemma not in lexicon.SOMETIMES_TRANSITIVE
        apart = tree.pos[tree.left[i] - 1] in ("ADV", "PUNCT")  # "everywhere he travels"
        if tree.first(i, "xcomp") is None and not bare and not apart:
            clause.objects.append(Argument(host, "object", shared=True))


def _share_subject(clause: Clause) -> None:
    """Find the subject that a clause without one shares with another."""
    tree, i, parent = clause.tree, clause.verb, clause.parent
    if parent is None:
        return
    link = clause.link
    if link == "conj" and tree.head[i] == parent.verb and _mismatched(clause, parent):
        return
    if link == "conj" and tree.head[i] == parent.verb:
        clause.subjects, clause.shared_subject = list(parent.subjects), parent.shared_subject or "conj"
        clause.host = parent.host if clause.host is None else clause.host
        _share_auxiliaries(clause, parent)
    elif link == "xcomp":
        controlled = [a.head for a in parent.objects if a.role == "object"]
        if not controlled and lexicon.classify("to", parent.lemma) == "requested":
            # "called on the mayor to resign"
            controlled = [a.head for a in parent.adjuncts if a.role in ("on", "upon", "to", "with", "for")]
        if controlled and parent.lemma not in lexicon.SUBJECT_CONTROL and not parent.passive:
            clause.subjects, clause.shared_subject = controlled, "object"
        else:
            clause.subjects, clause.shared_subject = list(parent.subjects), "subject"
    elif link in ("advcl", "pcomp", "ccomp", "dep"):
        if link == "ccomp" and tree.tag[i] not in ("VB", "VBG", "VBN"):
            return
        if link == "advcl" and tree.lemma[i] in lexicon.RESULTS and parent.link == "pcomp" and parent.parent:
            # "…, with thousands killed, prompting calls": the whole prompts them.
            parent = parent.parent
        events = [a.head for a in parent.objects if nominal_type(tree.doc[a.head])[0] == "Event"]
        if (
            link == "advcl"
            and tree.lemma[i] in lexicon.RESULTS
            and tree.tag[i] == "VBG"
            and events
            and not clause.marker
        ):
            # "launched an attack, leading to war": the attack leads to it.
            clause.subjects, clause.shared_subject = events, "event"
            return
        if link == "pcomp" and clause.host is not None and tree.dep[clause.host] != "ROOT":
            # "the idea of selling": the noun, not the clause, governs; its possessor may sell.
            owner = tree.first(clause.host, "poss")
            clause.subjects = [owner] if owner is not None else []
            clause.shared_subject = "owner"
            return
        held = [a.head for a in parent.objects if a.role == "object" and not a.shared]
        if clause.preposition == "for" and not any(acts(tree, h) for h in held):
            held = []  # "drew praise for helping"
        prep = tree.head[i]
        controls = (
            clause.preposition in OBJECT_CONTROL and tree.head[prep] == parent.verb and prep > parent.verb
        )
        if link == "pcomp" and clause.preposition == "as" and not parent.passive and not held:
            return
        if link == "pcomp" and controls and held and not parent.passive:
            # "accused them of lying", "kept him from leaving"
            clause.subjects, clause.shared_subject = held, "object"
            return
        if link == "advcl" and clause.marker == "as":
            return  # "as defined by the court": the thing is named in the clause before, but where?
        if link == "advcl" and clause.finite and clause.marker != "to":
            return  # a finite adverbial clause has a subject of its own, which the parse has lost
        clause.subjects, clause.shared_subject = list(parent.subjects), link
        if parent.passive and link == "advcl" and clause.marker == "to":
            clause.subjects = []


def _mismatched(clause: Clause, parent: Clause) -> bool:
    """Whether a bare verb is joined to a finite one: "who is responsible and ask him" is misread."""
    tree = clause.tree
    if tree.tag[clause.verb] not in ("VB", "VBP") or clause.words[0] != clause.verb:
        return False
    before = [k for k in parent.words if k <= parent.verb]
    return tree.tag[before[0]] == "VBZ" and tree.lower[before[0]] not in ("does", "needs", "has")


def acts(tree: Tree, i: int) -> bool:
    """Whether a noun phrase stands for somebody who can do something."""
    if tree.tag[i] == "PRP" or tree.doc[i].ent_type_ in ("PERSON", "ORG", "NORP", "GPE"):
        return True
    return nominal_type(tree.doc[i])[0] in ("Person", "Group", "Organization")


def _is_regarded(clause: Clause) -> bool:
    """ "A saint and venerated as a bishop": who regards something as something else names it."""
    tree, i = clause.tree, clause.verb
    if tree.tag[i] not in ("VBD", "VBN") or clause.lemma not in lexicon.REGARDING:
        return False
    return tree.first(i, "dobj") is None and tree.lower[i + 1 : i + 2] == ["as"]


def _share_auxiliaries(clause: Clause, parent: Clause) -> None:
    """Let a conjoined verb without auxiliaries take those of the first, if its form asks for them."""
    tree, i = clause.tree, clause.verb
    tag, first_tag = tree.tag[i], tree.tag[parent.verb]
    if any(tree.dep[k] in ("aux", "auxpass") for k in clause.words):
        return
    before = [k for k in parent.words if k < parent.verb and tree.dep[k] in ("aux", "auxpass", "neg")]
    alike = tree.lower[i].endswith("ed") or tree.lower[i] in lexicon.SAME_PARTICIPLE
    if parent.passive and tag == "VBD" and alike and not clause.objects:
        # "was born in Lagos and raised in Leeds": past tense and participle look alike.
        if clause.lemma not in lexicon.INTRANSITIVE and not clause.clauses:
            tag = "VBN"
    if clause.lemma in lexicon.INTRANSITIVE:
        clause.passive = False
        return
    if not before:
        clause.passive = _is_regarded(clause) or (parent.passive and tag == "VBN" and first_tag == "VBN")
        return
    same = tag == first_tag or (tag == "VBN" and first_tag == "VBD") or {tag, first_tag} == {"VB", "VBP"}
    if tag in ("VB", "VBN", "VBG", "VBP") and same:
        clause.words = sorted({*before, *clause.words})
        clause.passive = parent.passive
        if parent.marker == "to":
            clause.marker = clause.marker or "to"
        clause.finite = parent.finite
        clause.negated = clause.negated or parent.negated


def _share_objects(clause: Clause) -> None:
    """Let the first of two joined verbs have the object that follows the second ("buy and sell shares")."""
    parent = clause.parent
    if clause.link != "conj" or parent is None or parent.objects or parent.adjuncts or parent.clauses:
        return
    if clause.shared_subject == "conj":
        _share_stranded(clause, parent)
    joined = clause.verb - parent.verb == 2 and clause.tree.pos[clause.verb - 1] == "CCONJ"
    joined = joined and clause.tree.tag[clause.verb] == clause.tree.tag[parent.verb]
    if clause.lemma in lexicon.SUPPORT:
        return  # "met and formed a friendship": the object is part of what the second says
    if joined and clause.objects and not parent.passive and parent.lemma not in lexicon.INTRANSITIVE:
        parent.objects = [Argument(a.head, a.role, a.preps, shared=True) for a in clause.objects]


def _share_stranded(clause: Clause, parent: Clause) -> None:
    """Let a bare preposition have the noun that follows the second: "is owned by and based at the school"."""
    tree = clause.tree
    first = next((a for a in clause.adjuncts if a.preps and not a.shared), None)
    for p in tree.of(parent.verb, "agent", "prep"):
        if first is not None and not tree.kids[p] and parent.verb < p < clause.verb:
            role = "by-agent" if tree.dep[p] == "agent" else tree.lower[p]
            parent.loose.append(Argument(first.head, role, (p,), shared=True))


def _places(clause: Clause) -> Iterator[Argument]:
    """Give the places that stand on the clause's last noun: who is arrested in Lyon is arrested there."""
    tree = clause.tree
    if clause.lemma in lexicon.DISTANT or clause.lemma == "be":
        return
    ends = [a.head for a in clause.objects if a.role == "object" and not a.shared]
    ends += [a.head for a in clause.adjuncts if a.role in ("by-agent", "time")]
    for end in ends[-1:]:
        noun: int | None = end
        while noun is not None and end >= clause.verb:
            for p in tree.of(noun, "prep"):
                inner = tree.first(p, "pobj")
                if tree.lower[p] in lexicon.LOCATIVE and inner is not None and _is_place(tree, inner, p):
                    yield from (Argument(j, tree.lower[p], (p,), shared=True) for j in tree.conjuncts(inner))
            of = next((p for p in tree.of(noun, "prep") if tree.lower[p] == "of"), None)
            noun = None if of is None else tree.first(of, "pobj")


def _of_adjective(clause: Clause) -> Iterator[Argument]:
    """Give what hangs on the adjective that a copula joins: "is responsible for the harbour"."""
    tree = clause.tree
    for a in clause.objects:
        if (
            a.role == "complement"
            and (tree.tag[a.head] in ("JJ", "JJR", "VBN") or tree.lemma[a.head] in lexicon.RELATIONAL)
            and a.head > clause.verb
        ):
            for p in tree.of(a.head, "prep"):
                inner = tree.first(p, "pobj")
                if inner is not None and p > a.head and not _is_superlative(tree, a.head):
                    yield from (Argument(j, tree.lower[p], (p,), shared=True) for j in tree.conjuncts(inner))


def _is_superlative(tree: Tree, i: int) -> bool:
    """Whether an adjective picks one ("the most recent of the songs")."""
    return any(tree.lower[k] in ("the", "most", "least") for k in tree.kids[i])


def _is_place(tree: Tree, i: int, prep: int) -> bool:
    kind = tree.doc[i].ent_type_
    return kind in ("GPE", "LOC", "FAC") or (kind == "ORG" and tree.lower[prep] == "at")


def _examples(clause: Clause) -> Iterator[Argument]:
    """Give what a place or thing is exemplified by: "in places such as Lund" is in Lund."""
    tree = clause.tree
    for a in clause.adjuncts:
        for p in tree.of(a.head, "prep"):
            such = tree.lower[p] == "as" and (
                tree.lower[p - 1] == "such" or tree.first(p, "amod") is not None
            )
            inner = tree.first(p, "pobj")
            if inner is not None and (such or tree.lower[p] in ("including", "like")):
                yield from (Argument(j, a.role, a.preps, shared=True) for j in tree.conjuncts(inner))
