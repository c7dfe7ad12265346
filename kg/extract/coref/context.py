"""Where a mention stands: its sentence, role and clause, worked out once for each token."""

from __future__ import annotations

from kg.extract import constructions
from kg.extract.lexicon import words
from kg.extract.lexicon.sets import DETERMINING, NOMINALS, VERBS
from kg.extract.parse.tree import Tree

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
ROLES = ("nsubj", "nsubjpass", "dobj", "pobj", "poss", "conj", "appos", "compound", "dative", "agent", "ROOT")
CLAUSES = ("ROOT", "advcl", "ccomp", "xcomp", "relcl", "acl", "conj", "pcomp", "parataxis")
ROLE_NUMBERS = {name: float(number) for number, name in enumerate(ROLES)}
OTHER_ROLE = float(len(ROLES))
CLAUSE_NUMBERS = {name: float(number) for number, name in enumerate(CLAUSES)}
SAYING = words("coref", "context", "saying")
DIGITS_OF_YEAR = 4
OPENING, CLOSING = frozenset({'"', "“", "``"}), frozenset({'"', "”", "''"})
VAGUE = words("coref", "context", "vague")
# Words for kin.
KIN = frozenset(
    word
    for kind in ("spouse", "child", "parent", "sibling", "relative")
    for word in words("nominals", "kin", kind)
)


class MentionContext:
    """What the place of a token tells: `verb` is the verb that it hangs on, or -1."""

    __slots__ = ("block", "depth", "i", "place", "quoted", "role", "row", "sentence", "start", "tree", "verb")

    def __init__(self, tree: Tree, block: int, i: int, sentence: int, start: int) -> None:
        self.tree, self.block, self.i = tree, block, i
        self.place = block, i
        self.sentence, self.start = sentence, start
        self.role = role(tree, i)
        self.verb = governor(tree, i)
        self.depth = depth(tree, i)
        before = tree.text[tree.char[start] : tree.char[i]]
        self.quoted = bool((before.count('"') + before.count("“") + before.count("”")) % 2)
        # The ranker's numbers for a candidate here; made when asked for.
        self.row: tuple[float, ...] | None = None

    @property
    def owns(self) -> bool:
        """Whether the token says whose something is: "her house"."""
        return self.role == "poss"


def quoted_tokens(tree: Tree) -> frozenset[int]:
    """Give the tokens in quotation marks; what is not closed goes on to the end of the block."""
    inside: list[int] = []
    open_ = False
    for i, word in enumerate(tree.lower):
        if word in OPENING and not (open_ and word in CLOSING):
            open_ = True
        elif open_ and word in CLOSING:
            open_ = False
        elif open_:
            inside.append(i)
    return frozenset(inside)


def role(tree: Tree, i: int) -> str:
    """Give the grammatical role of a phrase; a conjunct and an apposition have that of the whole."""
    while (tree.dep[i] == "conj" or constructions.renames(tree, i)) and tree.head[i] != i:
        if tree.pos[tree.head[i]] not in NOMINALS:
            break
        i = tree.head[i]
    return tree.dep[i]


def role_number(name: str) -> float:
    """Give a role as a number."""
    return ROLE_NUMBERS.get(name, OTHER_ROLE)


def governor(tree: Tree, i: int) -> int:
    """Give the verb that a phrase hangs on, straight or through other phrases, or -1."""
    while tree.head[i] != i:
        i = tree.head[i]
        if tree.pos[i] in VERBS:
            return i
    return i if tree.pos[i] in VERBS else -1


def controller(tree: Tree, verb: int) -> int:
    """Give the subject of a verb, or what stands for it, or -1.

    "Obama wrote, using": he uses; "She asked him to come": he comes.
    """
    for _ in range(8):
        if verb < 0:
            break
        subject = tree.first(verb, "nsubj", "nsubjpass")
        if subject is not None:
            if tree.dep[verb] == "relcl" and tree.tag[subject] in ("WDT", "WP"):
                return tree.head[verb]
            return subject
        above = tree.head[verb]
        if tree.dep[verb] == "xcomp":
            thing = tree.first(above, "dobj")
            if thing is not None:
                return thing
        elif tree.dep[verb] not in ("advcl", "conj", "pcomp", "ccomp"):
            break
        if tree.pos[above] in VERBS:
            verb = above
        elif above != verb:
            verb = governor(tree, above)
    return -1


def controller_above(tree: Tree, verb: int) -> int:
    """Give the subject of the clause above that of a verb, or -1: "Oslo" in "Oslo says that prices fall"."""
    while verb >= 0 and tree.dep[verb] in ("aux", "auxpass", "conj", "xcomp"):
        verb = tree.head[verb]
    return controller(tree, governor(tree, verb)) if verb >= 0 and tree.dep[verb] != "ROOT" else -1


def said_before(tree: Tree, teller: int) -> int:
    """Give the subject of what stands in front of who said it, or -1: "The firm grew, the group said"."""
    verb = tree.head[teller]
    if tree.dep[teller] != "nsubj" or tree.lemma[verb] not in SAYING:
        return -1
    said = next((k for k in tree.of(verb, "ccomp") if k < teller), -1)
    subject = None if said < 0 else tree.first(said, "nsubj", "nsubjpass")
    return -1 if subject is None else subject


def depth(tree: Tree, i: int) -> int:
    """Give how many tokens stand above one in the tree."""
    return len(tree.above(i))


def above(tree: Tree, i: int) -> frozenset[int]:
    """Give the tokens above one in the tree."""
    return frozenset(tree.above(i))


def clause_number(tree: Tree, verb: int) -> float:
    """Give the kind of clause that a verb heads, as a number."""
    return CLAUSE_NUMBERS.get(tree.dep[verb], -1.0) if verb >= 0 else -1.0


def in_relative(tree: Tree, inner: int, outer: int) -> bool:
    """Whether a relative clause stands between a verb and one above it."""
    while inner != outer and tree.head[inner] != inner:
        if tree.dep[inner] == "relcl":
            return True
        inner = tree.head[inner]
    return False


def extraposed(tree: Tree, verb: int) -> bool:
    """Whether a clause follows that the pronoun may only announce: "it is clear that", "it takes time to"."""
    return any(k > verb and tree.dep[k] in ("ccomp", "xcomp", "csubj", "advcl") for k in tree.kids[verb])


def definite(tree: Tree, i: int) -> bool:
    """Whether a noun has an article or owner that says which one is meant."""
    return any(tree.dep[k] in DETERMINING and tree.lower[k] not in VAGUE for k in tree.kids[i])


def indefinite(tree: Tree, i: int) -> bool:
    """Whether a noun has an article that leaves open which one is meant."""
    return any(tree.dep[k] == "det" and tree.lower[k] in VAGUE for k in tree.kids[i])


def is_year(word: str) -> bool:
    """Whether a word is a year in digits.

    >>> is_year("2019"), is_year("19"), is_year("lorn")
    (True, False, False)
    """
    return len(word) == DIGITS_OF_YEAR and word.isdigit()
