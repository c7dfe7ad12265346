"""Families of classes."""

import kg.classes as classes


def test_places_are_one_family():
    assert {kind for kind, family in classes.FAMILIES.items() if family == "place"} == classes.PLACES


def test_kindred_goes_both_ways():
    kinds = [*classes.FAMILIES, "Concept"]
    assert all(classes.kindred(a, b) == classes.kindred(b, a) for a in kinds for b in kinds)
