"""The classes of things that mentions and entities bear, and which of them go together."""

from __future__ import annotations

PLACES = frozenset({"GPE", "Location", "Facility"})

# The classes of events that have roles; `kg/vocab/data/events.toml` says what they are.
EVENTS = frozenset(
    """
    Attack Death Killing Injury Disaster Arrest LegalProceeding Charge Conviction Acquittal
    Sentencing Lawsuit Election Appointment Departure Acquisition Payment ContractAward Founding
    Launch Meeting Agreement Protest Journey Birth Marriage Study AwardGiving Publication Match
    Discovery Change Measurement
    """.split()
)

# Of each class its family: names of different families are never one entity. Every other class is a concept.
FAMILIES = {
    "Person": "person",
    "Organization": "organization",
    "Group": "organization",
    "GPE": "place",
    "Location": "place",
    "Facility": "place",
    "Event": "event",
    "Product": "product",
    "Work": "work",
    "Award": "award",
    "Animal": "animal",
    "Law": "law",
    "Language": "language",
    "Position": "position",
    **dict.fromkeys(EVENTS, "event"),
}
# Of each class the family within which a short name may stand for a longer one: a product, a work or an award
# is called by the name of who makes or gives it.
NAME_FAMILIES = FAMILIES | {"Product": "organization", "Work": "organization", "Award": "organization"}
# Classes that a name and a noun for one thing may differ by: "Norland … the region", "the Lund Museum … it".
KINDRED = (
    frozenset({"Organization", "Group"}),
    frozenset({"GPE", "Location"}),
    frozenset({"Facility", "Location"}),
    frozenset({"Facility", "Organization"}),
)


def family(kind: str) -> str:
    """Give the family of a class.

    >>> family("Facility"), family("Concept")
    ('place', 'concept')
    """
    return FAMILIES.get(kind, "concept")


def kindred(one: str, other: str) -> bool:
    """Whether a name and a noun of these classes may be one thing.

    >>> kindred("GPE", "Location"), kindred("GPE", "Facility")
    (True, False)
    """
    return one == other or any({one, other} <= pair for pair in KINDRED)
