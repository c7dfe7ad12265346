"""Which firm "her company" is, where the text tells of the one firm that she runs, owns or works for."""

from __future__ import annotations

from collections.abc import Iterator

from kg import relations as rel
from kg.extract import constructions
from kg.extract.coref.cluster import Clusters, CorefCluster
from kg.extract.coref.nominals import TRADING, is_trader
from kg.extract.lexicon import words
from kg.extract.reading import ClaimDraft, MentionDraft

# Relations of a person to a firm, and of a firm to a person.
OF_PERSONS = frozenset({rel.EMPLOYER, rel.FORMER_EMPLOYER})
OF_FIRMS = frozenset({rel.FOUNDED_BY, rel.OWNED_BY, rel.CREATED_BY})
LEADING = words("events", "words", "leading") | {"own", "found", "set_up", "start", "establish"}
AS = "_as"


def join(clusters: Clusters) -> None:
    """Join "her company" to the one firm that a text tells to be that of somebody."""
    reading = clusters.reading
    firms: dict[int, dict[int, CorefCluster]] | None = None
    for mention in list(reading.mentions):
        owner = _owner(clusters, mention)
        if owner is None:
            continue
        if firms is None:
            firms = _firms(clusters)
        found = list(firms.get(id(owner), {}).values())
        if len(found) == 1 and not clusters.claimed(mention, found[0]):
            clusters.join(found[0], clusters.cluster_of(mention), "definite", mention)


def _owner(clusters: Clusters, mention: MentionDraft) -> CorefCluster | None:
    """Give the person whose firm a noun for one, with nothing else before it, names."""
    if mention.kind != "nominal" or id(mention) not in clusters.of or mention.head.lower_ not in TRADING:
        return None
    tree, i = clusters.trees[mention.block.index], mention.head.i
    thing, owner = clusters.cluster_of(mention), constructions.owner(tree, i)
    if owner is None or thing.named or thing.plural or tree.of(i, "amod", "compound", "nummod", "prep"):
        return None
    whose = clusters.reading.at(mention.block, mention.block.doc[owner])
    person = clusters.cluster_of(whose) if whose is not None and id(whose) in clusters.of else None
    return person if person is not None and person.named and person.type == "Person" else None


def _firms(clusters: Clusters) -> dict[int, dict[int, CorefCluster]]:
    """Give the firms that each person is told to have to do with."""
    found: dict[int, dict[int, CorefCluster]] = {}
    for claim in clusters.reading.claims:
        if not claim.negated:
            for who, body in _told(clusters, claim):
                person, firm = clusters.cluster_of(who), clusters.cluster_of(body)
                if person.type == "Person" and firm.named and is_trader(firm):
                    found.setdefault(id(person), {})[id(firm)] = firm
    return found


def _told(clusters: Clusters, claim: ClaimDraft) -> Iterator[tuple[MentionDraft, MentionDraft]]:
    """Give the persons and the bodies that a claim relates."""
    subject, end = claim.subject, claim.object
    if end is not None and (claim.relation in OF_PERSONS or claim.relation in LEADING):
        yield subject, end
    elif end is not None and claim.relation in OF_FIRMS:
        yield end, subject
    if end is not None and claim.relation.endswith(AS):
        yield from ((subject, body) for body in _bodies(clusters, end))
    for office in (m for role, m in claim.qualifiers if role == "as"):
        yield from ((subject, body) for body in _bodies(clusters, office))


def _bodies(clusters: Clusters, office: MentionDraft) -> Iterator[MentionDraft]:
    """Give what an office is of: "as director of the track company"."""
    for o in clusters.trees[office.block.index].under(office.head.i, "of", "at"):
        body = clusters.reading.at(office.block, office.block.doc[o])
        if body is not None and id(body) in clusters.of:
            yield body
