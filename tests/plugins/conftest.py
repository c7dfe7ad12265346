"""Plug-ins without a package: what a test offers at a door, in the place of what is installed."""

import importlib.metadata

import pytest

from kg import plugins


@pytest.fixture
def offer(monkeypatch):
    """Offer objects at a door, by name, as an installed package would."""
    given = {}

    class Entry(importlib.metadata.EntryPoint):
        def load(self):
            return given[self.group, self.name]

    def entry_points(*, group):
        return [Entry(name, f"here:{name}", door) for door, name in given if door == group]

    def add(door, **objects):
        given.update({(f"kg.{door}", name): obj for name, obj in objects.items()})
        plugins.offered.cache_clear()
        plugins.load.cache_clear()

    monkeypatch.setattr(plugins.importlib.metadata, "entry_points", entry_points)
    add("readers")
    yield add
    plugins.offered.cache_clear()
    plugins.load.cache_clear()
