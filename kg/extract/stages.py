"""The stages that read a parsed document, in their order, and the contract of each.

A stage takes the `Reading` and adds to it. It says what it needs of what earlier stages gave, and what it
gives: mentions of a kind (`mention:name`), claims (`claim`), a field of a record (`claim.begins`,
`mention.chain`, `block.numbers`) or the links of chains (`coref`). A field is given by one stage alone, and
no stage touches what another gave but in the fields that it says it gives. `parse` gives the blocks.
"""

from __future__ import annotations

import functools
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from kg.extract import coref, events
from kg.extract.claims import confidence, custom, nominal, verbal, worth
from kg.extract.mentions import descriptions, extents, names, speakers
from kg.extract.reading import Reading
from kg.extract.values import quantities, times
from kg.rules import Finder, Rule


@dataclass(frozen=True, slots=True)
class Stage:
    """A step of reading: its name, what it does to a reading, what it needs and what it gives."""

    name: str
    run: Callable[[Reading], None]
    needs: frozenset[str]
    gives: frozenset[str]


def _stage(name: str, run: Callable[[Reading], None], *, needs: str, gives: str) -> Stage:
    return Stage(name, run, frozenset(needs.split()), frozenset(gives.split()))


NAMES = _stage("names", names.find, needs="", gives="mention:name mention:attribute")
SPEAKERS = _stage(
    "speakers", speakers.find, needs="mention:name", gives="mention:name block.said_by block.said_to"
)
TIMES = _stage("times", times.find, needs="mention:name", gives="mention:time block.tree")
QUANTITIES = _stage(
    "quantities", quantities.find, needs="mention:time block.tree", gives="mention:quantity block.numbers"
)
EXTENTS = _stage(
    "extents",
    extents.widen,
    needs="mention:name mention:attribute mention:time mention:quantity",
    gives="mention:name mention.span mention.label",
)
CLAIMS = _stage(
    "claims",
    verbal.find,
    needs="mention:name mention:attribute mention:time mention:quantity block.tree block.numbers"
    " mention.span",
    gives="claim mention:attribute mention:clause mention:nominal mention:pronoun block.factualities"
    " block.measures block.inner",
)
NOMINAL = _stage(
    "nominal",
    nominal.find,
    needs="claim mention:name mention:attribute mention:nominal mention:pronoun mention:time mention:quantity"
    " block.tree block.numbers block.factualities mention.span mention.label",
    gives="claim mention:name mention:attribute mention:nominal mention:pronoun mention:time"
    " mention:quantity",
)
DATES = _stage(
    "dates",
    times.date_claims,
    needs="claim mention:name mention:attribute mention:nominal mention:pronoun mention:clause mention:time"
    " mention:quantity block.tree block.measures",
    gives="claim.begins claim.ends",
)
EVENTS = _stage(
    "events",
    events.gather,
    needs="claim claim.begins claim.ends mention:name mention:attribute mention:nominal mention:pronoun"
    " mention:clause mention:time mention:quantity block.tree block.numbers block.measures"
    " block.factualities mention.span mention.label",
    gives="mention:name mention:attribute mention:nominal mention:pronoun mention:quantity mention:clause",
)
COREF = _stage(
    "coref",
    functools.partial(coref.chain, further=events.join),
    needs="claim claim.begins claim.ends mention:name mention:attribute mention:nominal mention:pronoun"
    " mention:clause mention:time mention:quantity block.tree block.numbers block.measures"
    " block.factualities block.said_by block.said_to mention.span mention.label",
    gives="claim mention.chain mention.type mention.kind coref mention:attribute mention:event"
    " mention:nominal mention:pronoun mention:quantity",
)
DESCRIPTIONS = _stage(
    "descriptions",
    functools.partial(descriptions.describe, further=events.describe),
    needs="claim mention.chain mention.type mention:name mention:attribute mention:nominal mention:pronoun"
    " mention:clause mention:time mention:quantity mention:event block.tree block.numbers mention.span"
    " mention.label",
    gives="mention.description mention.reference",
)
WORTH = _stage(
    "worth",
    worth.weigh,
    needs="claim mention:name mention:attribute mention:nominal mention:pronoun mention:quantity"
    " mention:clause mention:event mention:time mention.chain mention.type mention.label mention.description"
    " mention.reference block.tree",
    gives="claim.doubt claim.parts claim.partial",
)
CONFIDENCE = _stage(
    "confidence",
    confidence.assess,
    needs="claim claim.partial mention.chain mention.type mention:name mention:attribute mention:nominal"
    " mention:pronoun mention:clause mention:time mention:quantity mention:event block.tree mention.span"
    " mention.label mention.description",
    gives="claim.confidence claim.qualifier_confidence claim.right claim.qualifier_right claim.told",
)

ROLES = _stage(
    "roles",
    events.state,
    needs="block.tree block.numbers block.measures block.factualities claim claim.confidence claim.right"
    " claim.qualifier_right claim.qualifier_confidence claim.told claim.doubt"
    " claim.begins claim.ends mention.chain mention.type mention:name mention:attribute mention:nominal"
    " mention:pronoun mention:clause mention:time mention:quantity mention:event"
    " mention.label mention.description",
    gives="claim mention:nominal mention:quantity",
)

# What a reading by a schema begins with, too.
VALUES = (NAMES, TIMES, QUANTITIES)
STAGES = (
    *VALUES,
    SPEAKERS,
    EXTENTS,
    CLAIMS,
    NOMINAL,
    DATES,
    EVENTS,
    COREF,
    DESCRIPTIONS,
    WORTH,
    CONFIDENCE,
    ROLES,
)


def with_rules(rules: Sequence[tuple[str, Rule, Finder]]) -> tuple[Stage, ...]:
    """Give the stages with one for the rules of others, which stands behind our own claims."""
    if not rules:
        return STAGES
    own = _stage(
        "custom",
        functools.partial(custom.find, rules=rules),
        needs="claim mention:name mention:attribute mention:nominal mention:pronoun mention:time"
        " mention:quantity block.tree block.factualities",
        gives="claim mention:attribute mention:nominal mention:pronoun",
    )
    at = STAGES.index(NOMINAL) + 1
    return (*STAGES[:at], own, *STAGES[at:])


def interpret(
    reading: Reading, stages: Iterable[Stage] = STAGES, spent: dict[str, float] | None = None
) -> None:
    """Let stages read a parsed document, one after the other; in `spent` they note their CPU seconds."""
    for stage in stages:
        begun = time.process_time()
        stage.run(reading)
        if spent is not None:
            spent[stage.name] = spent.get(stage.name, 0.0) + time.process_time() - begun
