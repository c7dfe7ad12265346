"""How a clause stands to what is so, and what a word that governs it makes of that.

Each class of governing words has a signature (`signs` in `lexicon/data/en/factuality.toml`): what becomes of
the clause below where the word's own clause holds, and where it is denied. "Refused to sell" is no sale, "did
not refuse to sell" is one; "knows that" takes for so what follows, denied or not.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass, replace

from kg.extract import lexicon
from kg.model import Modality

# The modality that a sign gives.
MODALITIES: dict[str, Modality] = {
    "planned": "Planned",
    "possible": "Possible",
    "requested": "Requested",
    "attempted": "Attempted",
    "conditional": "Conditional",
    "wished": "Wished",
    "questioned": "Questioned",
    "reported": "Reported",
}
# The signs that say of a clause that it is so or not so.
SETTLED = frozenset({"so", "not", "failed"})


@dataclass(frozen=True, slots=True)
class Factuality:
    """How a clause stands to what is so; `source` is the head token of whoever says it."""

    negated: bool = False
    modality: Modality | None = None
    source: int | None = None
    reported: bool = False

    @property
    def asserted(self) -> bool:
        """Whether the text itself states the clause."""
        return not self.negated and self.modality is None and not self.reported


PLAIN = Factuality()


@functools.cache
def signature(name: str) -> tuple[str, str]:
    """Give what a class makes of the clause below where its own clause holds, and where that is denied.

    >>> signature("negative"), signature("proving")
    (('not', 'so'), ('so', 'possible'))
    """
    holding, denied = lexicon.listed("factuality", "signs", name)
    return holding, denied


def compose(name: str, above: Factuality, source: int | None = None, *, that: bool = False) -> Factuality:
    """Give how a clause stands under a word of a class whose own clause stands as `above`.

    `source` says what is reported; with `that` it is reported in a clause of its own, whatever the modality
    above.

    >>> compose("negative", compose("negative", PLAIN)).asserted
    True
    """
    holding, denied = signature(name)
    sign = denied if above.negated else holding
    if sign == "reported":
        return Factuality(modality=None if that else above.modality, source=source, reported=True)
    if sign not in SETTLED:
        return replace(above, negated=False, modality=MODALITIES[sign])
    negated = sign != "so"
    if holding == denied:  # so or not so, whatever becomes of the clause above
        return replace(above, negated=negated) if above.reported else Factuality(negated)
    return replace(
        above, negated=negated, modality=above.modality or ("Attempted" if sign == "failed" else None)
    )
