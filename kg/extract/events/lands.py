"""Of what land somebody is whom a text calls by his people alone: "Ana Berg saved ten. The Swede …"."""

from __future__ import annotations

from kg import relations as rel
from kg.extract.claims import rules
from kg.extract.coref import peoples
from kg.extract.coref.cluster import Clusters, CorefCluster
from kg.extract.lexicon import gazetteer
from kg.extract.reading import ClaimDraft, MentionDraft


def tell(clusters: Clusters) -> None:
    """Say the land of each person to whom a noun for a people was joined, if the text has not told it."""
    for mention, _, rule, _ in list(clusters.reading.coref):
        land = gazetteer.land_of_people(mention.head.text)
        if land is None or rule != "definite" or mention.kind != "nominal" or mention.type != "Person":
            continue
        person = clusters.cluster_of(mention)
        if person.named and land.label not in peoples.lands(clusters, person):
            _tell(clusters, person, mention, land.label)


def _tell(clusters: Clusters, person: CorefCluster, mention: MentionDraft, land: str) -> None:
    """Say of what land somebody is, with the word that tells it."""
    named = next(m for m in person.mentions if m.kind == "name")
    span = mention.head.doc[mention.head.i : mention.head.i + 1]
    there = MentionDraft(mention.block, span, mention.head, "attribute", "GPE", land)
    same = next((m for m in clusters.reading.mentions if m.label == land and id(m) in clusters.of), None)
    clusters.open(clusters.reading.add(there, argument=False))
    if same is not None:
        clusters.join(clusters.cluster_of(same), clusters.cluster_of(there), "same-name", there, same)
    rule, words = rules.PEOPLE_LAND, (mention.head,)
    claim = ClaimDraft(mention.block, named, rel.COUNTRY, there, words, rule.id, confidence=rule.prior)
    clusters.reading.claims.append(claim)
