"""The records of a clause: a predicate with its parts, and the phrases in it."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.extract.parse.tree import Tree


@dataclass(slots=True, eq=False)
class Argument:
    """A phrase in a clause: its head, the words that introduce it, and what it is to the verb.

    `role` is object, complement (of a copula), second (a second object), clause, by (agent), time, or the
    preposition in lower case. `shared` arguments stand with another clause; a `clausal` one has
    a verb as its head.
    """

    head: int
    role: str
    preps: tuple[int, ...] = ()
    shared: bool = False
    clausal: bool = False


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

    def held(self) -> list[int]:
        """Give the heads of the objects, without complements."""
        return [a.head for a in self.objects if a.role == "object"]

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


def coordinated(
    tree: Tree, i: int, role: str, preps: tuple[int, ...] = (), *, shared: bool = False
) -> list[Argument]:
    """Give an argument of one role for a token and for each that is coordinated with it."""
    return [Argument(c, role, preps, shared) for c in tree.conjuncts(i)]
