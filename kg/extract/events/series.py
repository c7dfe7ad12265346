"""Whose works are of which a text says only that they followed: 'It was followed by "The Rake" (1974)'."""

from __future__ import annotations

from typing import Protocol

from kg.extract.coref.cluster import CorefCluster
from kg.extract.events.records import EventDraft, Role
from kg.extract.reading import MentionDraft

FOLLOWING = "Publication.follow"


class Linking(Protocol):
    """What the linker of a document's events gives here."""

    events: list[EventDraft]

    def thing(self, mention: MentionDraft) -> CorefCluster:
        """Give what a mention stands for."""

    def all_roles(self, event: EventDraft, *names: str) -> list[Role]:
        """Give what fills roles of an event in all of its mentions so far."""


def go_on(linking: Linking) -> None:
    """Let what follows a work be by who wrote that; without one it is no event."""
    for event in linking.events:
        if not event.frames or event.frames[0].id != FOLLOWING or event.root() is not event:
            continue
        before = [linking.thing(s.mention) for s in event.slots if s.name == "object"]
        authors = _authors(linking, event, before)
        event.roles += [Role("author", r.mention, event.roles[0].slot, exact=True) for r in authors]
        if not authors:
            event.event = ""


def _authors(linking: Linking, event: EventDraft, before: list[CorefCluster]) -> list[Role]:
    for other in linking.events:
        if other.event != event.event or other.root() is event:
            continue
        works = [linking.thing(r.mention) for r in linking.all_roles(other, "work")]
        authors = linking.all_roles(other, "author")
        if authors and any(work is thing for work in works for thing in before):
            return authors[:1]
    return []
