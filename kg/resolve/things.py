"""The chains of documents as things with names, company and what is said of them."""

from __future__ import annotations

import collections
import functools
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib import resources

from kg.classes import EVENTS, family
from kg.iri import ARTICLE, without_accents
from kg.model import Extraction, Mention

# Claims whose object tells homonyms apart, and what it tells.
TRAITS = {"country": "country", "nationality": "country", "position_held": "role", "occupation": "role"}
TRAITS |= {"be": "role", "born_in": "birth", "born_on": "birth"}
# The words of extraction, read as files: its code brings spaCy.
LEXICON = resources.files("kg").joinpath("extract", "lexicon", "data", "en")
# The family whose members alone have a relation.
SHOWS = {
    relation: name
    for name, listed in tomllib.loads(LEXICON.joinpath("institutions.toml").read_text("utf-8"))[
        "relations"
    ].items()
    for relation in listed.split()
}
# What else is said is not looked at.
TELLING = frozenset(TRAITS) | frozenset(SHOWS)
PERSONAL = frozenset("he him his himself she her hers herself who whom".split())


# A word of a name with the signs behind it that belong to it ("C#", "Disney+"), or one between two.
WORD = re.compile(r"\w+(?:[+#*!]+|(?:[–—/]\w+)+)?|&")
# Titles before a surname that say no more than man or woman.
POLITE = {"mr": -1, "mrs": 1, "ms": 1, "miss": 1}
# The readability of what is written in capitals.
CAPITALS = 1
# What tells father and son of one name apart.
GENERATION = re.compile(r" (?:jr|junior|jnr|sr|senior|snr|[iv]{2,4}|vi|ix|x[iv]*)$")
# Each thing of a document has the others for company; of more than these, those that are talked of most.
LARGEST_COMPANY = 1_000


@dataclass(slots=True, eq=False)
class EntityCandidate:
    """One chain of one document."""

    doc: str
    places: list[int]
    mentions: list[Mention]
    named: bool
    type: str
    family: str
    label: str
    # The normalised form of the label, and those of all its names.
    key: str
    keys: frozenset[str] = frozenset()
    # Normalised names of what else the document names, and what is said of it: country, role, birth.
    company: frozenset[str] = frozenset()
    traits: dict[str, frozenset[str]] = field(default_factory=dict)
    # Families that what is said of it shows it to be of.
    shown: frozenset[str] = frozenset()

    @property
    def called(self) -> str:
        """The one word by which a person is called, if there is no more: "vik" of "Mrs. Vik"; else empty."""
        words = self.key.split()
        if len(words) == 2 and words[0] in POLITE:
            return words[1]
        return self.key if len(words) == 1 else ""

    @property
    def sex(self) -> int:
        """1 for a woman and -1 for a man, by title and pronouns; 0 where nothing tells."""
        titles = sum(POLITE.get(k.split()[0], 0) for k in self.keys if " " in k)
        said = [m.text.lower() for m in self.mentions if m.kind == "pronoun"]
        pronouns = sum(w in ("she", "her", "hers", "herself") for w in said) - sum(
            w in ("he", "him", "his", "himself") for w in said
        )
        found = titles or pronouns
        return (found > 0) - (found < 0)

    @property
    def names(self) -> tuple[str, ...]:
        """The forms of its name, as they stand in the text."""
        return tuple(m.label or m.text for m in self.mentions if m.kind == "name")

    @property
    def variants(self) -> tuple[str, ...]:
        """Other writings of what has no name: in capitals, in the singular, without what identifies it."""
        if self.named:
            return ()
        if self.type in EVENTS:
            return tuple(sorted({m.label for m in self.mentions if m.kind == "nominal"} - {"", self.label}))
        own = _as_kind(self.label)
        nouns = [m for m in self.mentions if m.kind == "nominal" and m.label]
        said = {m.label for m in nouns}
        if any(m.description == self.label for m in nouns):
            return tuple(sorted(said - {self.label}))
        return tuple(
            v for v in sorted(said) if _as_kind(v) == own and (v.isupper() or v.lower() != self.label.lower())
        )

    @property
    def bare_names(self) -> tuple[str, ...]:
        """Its names without "Mr." and the like."""
        titled = (n.split(" ", 1) for n in self.names if " " in n)
        return tuple(rest for title, rest in titled if title.lower().rstrip(".") in POLITE)


@functools.lru_cache(maxsize=200_000)
def normalise(name: str) -> str:
    """Give the form under which two spellings of a name are the same.

    A hyphen is as good as a space; signs that tell two names apart stay.

    >>> normalise("The  U.N."), normalise("José Müller's"), normalise("Covid-19"), normalise("C++")
    ('un', 'jose muller', 'covid 19', 'c++')
    """
    text = ARTICLE.sub("", name.strip())
    text = without_accents(text).replace("’", "'")
    text = re.sub(r"'s?\b|\.(?=\w\b|\s|$)", "", text.casefold())
    return " ".join("and" if w == "&" else w for w in WORD.findall(text)) or text


def things_of(extraction: Extraction) -> list[EntityCandidate]:
    """Group a document's mentions by chain; those that become literals are left out."""
    groups: dict[tuple[str, int], list[int]] = {}
    for i, m in enumerate(extraction.mentions):
        if not _is_literal(m):
            groups.setdefault(("solo", i) if m.chain is None else ("chain", m.chain), []).append(i)
    found = [_thing(extraction, places) for places in groups.values()]
    _describe(extraction, found)
    return found


def _is_literal(mention: Mention) -> bool:
    """Whether a mention becomes no thing but a value or a text."""
    if mention.kind == "attribute":
        return mention.type == "Concept"
    return mention.kind in ("time", "clause") or (mention.kind == "quantity" and mention.chain is None)


def _thing(extraction: Extraction, places: list[int]) -> EntityCandidate:
    mentions = [extraction.mentions[i] for i in places]
    names = list(filter(_is_name, mentions))
    kind, label = _class_and_label(mentions, names)
    key = normalise(label)
    return EntityCandidate(
        doc=extraction.doc_id,
        places=places,
        mentions=mentions,
        named=bool(names),
        type=kind,
        family=family(kind),
        label=label,
        key=key,
        keys=frozenset(normalise(m.label or m.text) for m in names) | {key},
    )


def _class_and_label(mentions: list[Mention], names: list[Mention]) -> tuple[str, str]:
    told = next((m for m in mentions if m.kind == "event"), None)
    if told is not None:
        # Of what class an event is, and what it is called, is known from all that is said of it.
        return told.type, best_label(_labels(names or [told]))
    best = names or [m for m in mentions if m.kind == "nominal"] or mentions
    kind = vote({m.type: 0.0 for m in best}, ((m.type, m.confidence) for m in best))
    return kind, best_label(_labels(best), person=kind == "Person" and bool(names), common=not names)


def _labels(mentions: Iterable[Mention]) -> list[str]:
    return [m.description or m.label or m.text for m in mentions]


def _is_name(mention: Mention) -> bool:
    """Whether a mention names its thing, be it as an attribute."""
    return mention.kind == "name" or (mention.kind == "attribute" and mention.type != "Concept")


def vote(start: dict[str, float], ballots: Iterable[tuple[str, float]]) -> str:
    """Give what most votes are for; of equals the first by name."""
    votes = dict(start)
    for choice, weight in ballots:
        # Whole numbers add up the same in every order.
        votes[choice] = votes.get(choice, 0) + round(1000 * weight)
    return min(votes, key=lambda k: (-votes[k], k))


def _as_kind(label: str) -> str:
    return label.lower().removesuffix("s")


def best_label(labels: list[str], *, person: bool = False, common: bool = False) -> str:
    """Pick the fullest form of a person's name, else the most frequent that is no acronym.

    What is written as names are comes before capitals, and those before small letters; of a common noun that
    is one word, or has a capital only at its beginning, small letters come first. A word that is only the end
    of another name comes behind that.

    >>> best_label(["ANNA LUND", "ANNA LUND", "Anna Lund", "anna lund"], person=True)
    'Anna Lund'
    >>> best_label(["Council", "Council", "Lorn Town Council"])
    'Lorn Town Council'
    >>> best_label(["Electrons", "electrons", "ELECTRONS", "electron"], common=True)
    'electrons'
    """
    counts = collections.Counter(labels)
    if len(counts) == 1:
        return labels[0]
    spelled = collections.Counter(normalise(label) for label in labels)
    forms: dict[str, int] = {}
    for label in counts:
        key = normalise(label)
        forms[key] = min(forms.get(key, 3), _lettering(label, common))

    def rank(label: str) -> tuple[bool, bool, int, bool, bool, int, int, str]:
        titled = person and label.split()[0].lower().rstrip(".") in POLITE
        words = sum(len(w.strip(".")) > 1 for w in label.split()) - titled if person else 0
        key = normalise(label)
        best = forms[key]
        acronym = not common and best == CAPITALS and " " not in label
        end = not common and not person and " " not in label and _ends_another(label, counts)
        # Only another writing of the same words makes one less readable.
        worse = _lettering(label, common) > best
        bare = words == 1 and not titled
        often = spelled[key] if common else counts[label]
        return acronym, end, -min(words, 4), worse, bare, -often, _lettering(label, common), label

    return min(counts, key=rank)


def _lettering(label: str, common: bool) -> int:
    """Give how readable the letters of a label are, the best first: Anna Lund, ANNA LUND, anna lund.

    Of common nouns: Supply Chain Act, electrons, Electrons, ELECTRONS.
    """
    if label.isupper() and len(label) > 1:
        return 3 if common else CAPITALS
    if label.islower():
        return 1 if common else 2
    return 2 if common and label[1:].islower() else 0


def _describe(extraction: Extraction, things: list[EntityCandidate]) -> None:
    """Note the company of each named thing, and the traits that claims and nominals give it."""
    traits = _traits(extraction, things)
    _show(extraction, things)
    present = [t for t in things if t.named and t.type not in ("Language", "Group")]
    if len(present) > LARGEST_COMPANY:
        present = sorted(present, key=lambda t: (-len(t.mentions), t.key))[:LARGEST_COMPANY]
    everyone = frozenset(t.key for t in present)
    for t in things:
        if t.named:
            t.company = everyone - t.keys
            found = traits.get(id(t), {})
            if t.family == "person":
                roles = {_last_word(m.label) for m in t.mentions if m.kind == "nominal" and m.label}
                if roles:
                    found.setdefault("role", set()).update(roles)
            t.traits = {k: frozenset(v) for k, v in found.items()}


def _show(extraction: Extraction, things: list[EntityCandidate]) -> None:
    """Note of each named thing of which families it is shown to be: by pronouns, nouns and relations."""
    at = {place: thing for thing in things if thing.named for place in thing.places}
    for thing in filter(lambda t: t.named, things):
        nouns = {family(m.type) for m in thing.mentions if m.kind == "nominal"} - {"concept"}
        if any(m.kind == "pronoun" and m.text.lower() in PERSONAL for m in thing.mentions):
            nouns.add("person")
        thing.shown = frozenset(nouns)
    for claim in extraction.claims:
        shows = SHOWS.get(claim.relation)
        # What resolution looks at has an object: a store keeps no other claims for it.
        if shows and claim.object is not None and claim.subject in at and not claim.negated:
            at[claim.subject].shown |= {shows}


def _traits(extraction: Extraction, things: list[EntityCandidate]) -> dict[int, dict[str, set[str]]]:
    """Give what claims say that tells homonyms apart, for each named thing that it is said of."""
    at = {place: thing for thing in things if thing.named for place in thing.places}
    traits: dict[int, dict[str, set[str]]] = {}
    for claim in extraction.claims:
        kind = TRAITS.get(claim.relation)
        subject = at.get(claim.subject)
        if kind is None or subject is None or claim.object is None or claim.negated:
            continue
        other = extraction.mentions[claim.object]
        words = normalise(other.label or other.text)
        if kind == "role":
            words = words.split(" of ")[0].rsplit(" ", 1)[-1]
        traits.setdefault(id(subject), {}).setdefault(kind, set()).add(words)
    return traits


def _last_word(label: str) -> str:
    return normalise(label).rsplit(" ", 1)[-1]


def _ends_another(label: str, labels: Iterable[str]) -> bool:
    """Whether a name of one word is the end of another: "Council" of "Lorn Town Council"."""
    return any(other.endswith(f" {label}") for other in labels)
