"""What keeps one thing from two roles of an event that exclude each other."""

from types import SimpleNamespace

import pytest

from kg.extract.events import opposites


def _role(name, who, kind="name", word="", slot="subject"):
    mention = SimpleNamespace(kind=kind, who=who, head=SimpleNamespace(lower_=word))
    return SimpleNamespace(name=name, mention=mention, slot=SimpleNamespace(name=slot))


def _told(kind, *groups):
    events = [SimpleNamespace(roles=list(roles)) for roles in groups]
    opposites.part(kind, events, lambda mention: mention.who)
    return [(r.name, r.mention.who) for event in events for r in event.roles]


HALM, MOLL = SimpleNamespace(), SimpleNamespace()


def test_two_things_keep_their_roles():
    roles = _role("founder", MOLL), _role("founded", HALM)
    assert _told("Founding", roles) == [("founder", MOLL), ("founded", HALM)]


def test_one_thing_has_neither_of_two_roles_that_exclude_each_other():
    place = _role("place", HALM)
    assert _told("Founding", (_role("founder", HALM), place), (_role("founded", HALM),)) == [("place", HALM)]


def test_what_the_rules_tell_stands_against_what_was_learned():
    roles = _role("recipient", HALM), _role("payer", HALM, slot="learned"), _role("payer", MOLL)
    assert _told("Payment", roles) == [("recipient", HALM), ("payer", MOLL)]


def test_who_did_it_to_himself_keeps_both():
    roles = _role("killer", MOLL), _role("deceased", MOLL, "pronoun", "himself")
    assert len(_told("Killing", roles)) == 2
    roles = _role("attacker", MOLL), _role("target", MOLL, "pronoun", "himself")
    assert len(_told("Attack", roles)) == 2


@pytest.mark.parametrize("kind", ["Meeting", "Marriage"])
def test_classes_without_opposites_are_left_alone(kind):
    assert len(_told(kind, (_role("participant", HALM), _role("spouse", HALM)))) == 2


def test_who_presents_a_prize_is_not_given_it():
    roles = _role("awardedBy", MOLL), _role("recipient", MOLL, slot="learned")
    assert _told("AwardGiving", roles) == [("awardedBy", MOLL)]
