"""What "the gunmen" do is the attack that was told before, and what other men do is not."""

import pytest

from kg.extract import extract

FIRST = "Gunmen attacked a checkpoint in Belm."


@pytest.mark.parametrize(
    ("second", "attacks"),
    [
        ("The gunmen, armed with pistols, opened fire with rifles.", 1),
        ("Militants in the hills opened fire with rifles.", 2),
        ("The gunmen attacked a church in Sarn.", 2),
    ],
)
def test_attackers_told_before_do_the_same_attack(second, attacks):
    told = [m for m in extract(f"{FIRST} {second}").mentions if (m.kind, m.type) == ("event", "Attack")]
    assert len({m.start if m.chain is None else -m.chain for m in told}) == attacks
