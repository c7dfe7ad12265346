"""What tells the type of a name: the words in it, the words around it, and what is known of it.

Each clue adds to a class; a document's mentions of one name are counted together, so that what one sentence
shows holds in all of them.
"""

from __future__ import annotations

import collections
from collections.abc import Mapping

from spacy.tokens import Span, Token

from kg.extract.lexicon import gazetteer
from kg.extract.lexicon.nouns import nominal_type

TITLES = frozenset(
    (
        "adm. admiral ambassador archbishop ayatollah baron baroness bishop brother capt. "
        "captain cardinal ceo cfo chairman chairperson chairwoman chancellor chief coach col. "
        "colonel commander commissioner congressman congresswoman councillor councilor count "
        "countess dame detective director doctor dr dr. duchess duke emir father fr. gen. "
        "general gov. governor hon. imam inspector judge justice king lady lieutenant lord "
        "lt. maj. major mayor minister miss mr mr. mrs mrs. ms ms. mx mx. officer premier "
        "president prof prof. professor queen rabbi rep. representative rev. reverend "
        "secretary sen. senator sergeant sgt. sheikh sir sister spokesman spokesperson "
        "spokeswoman sultan treasurer vice-president"
    ).split()
)
# Titles that stay with a single name: "Pope Francis", "King Charles III".
REGNAL = frozenset(("pope king queen prince princess emperor empress saint st. st sultan emir tsar").split())
ENDS = {
    "Organization": (
        "inc inc. corp corp. ltd ltd. llc plc gmbh co. company corporation group holdings "
        "bank university college school institute institution ministry department agency "
        "commission committee council party union association federation foundation club fc "
        "f.c. army navy brigade battalion police times post news herald tribune court "
        "parliament senate congress airlines airways motors records studios league society "
        "authority bureau board service services office organization organisation forces "
        "force corps guard command front movement alliance coalition network radio tv "
        "television press partners industries systems technologies laboratories labs "
        "orchestra band team administration government assembly trust fund initiative project "
        "program programme academy center centre"
    ).split(),
    "Facility": (
        "airport bridge street road avenue square stadium arena tower station building hall "
        "palace hospital museum hotel cathedral church mosque temple synagogue prison jail "
        "library theatre theater gallery boulevard highway canal dam mall terminal crossing "
        "checkpoint camp base plant"
    ).split(),
    "Location": (
        "river lake mountain mountains sea ocean island islands valley desert peninsula bay "
        "gulf coast strait forest hills hill beach heights creek falls basin plateau reef "
        "ridge canyon park mount"
    ).split(),
    "GPE": (
        "province county district region city town village state republic kingdom "
        "municipality prefecture township oblast"
    ).split(),
    "Event": (
        "war wars olympics games cup championship championships festival fair expo election elections "
        "summit battle revolution uprising massacre prix tournament marathon day crisis "
        "referendum riots expo holocaust"
    ).split(),
    "Law": (
        "act treaty convention constitution accord accords amendment bill protocol pact resolution"
    ).split(),
    "Work": ("symphony album").split(),
}
END_CLASS = {word: kind for kind, words in ENDS.items() for word in words}
# Heads of an of-phrase: "University of Leeds", "Battle of Hastings".
OF_HEADS = {
    "Organization": (
        "university college bank ministry department bureau institute church court house "
        "society federation association office council league union school academy board "
        "secretariat organization organisation"
    ).split(),
    "GPE": ("republic kingdom city town state province county district principality duchy").split(),
    "Location": ("gulf bay sea strait isle island lake mount cape horn").split(),
    "Event": ("battle siege fall massacre war").split(),
    "Law": ("treaty declaration convention").split(),
}
OF_CLASS = {word: kind for kind, words in OF_HEADS.items() for word in words}
SHIP = frozenset(("uss hms hmas hmcs ss rms mv ins").split())
SPEAKS = frozenset(
    (
        "say tell ask add think believe want write marry explain reply argue note feel love "
        "smile laugh joke recall admit insist tweet speak resign retire die graduate testify "
        "confess sing act weep"
    ).split()
)
ACTS = frozenset(
    ("acquire manufacture launch produce sell employ publish hire invest develop fund operate issue").split()
)
# Faiths and peoples without a land, which name groups wherever they stand.
PEOPLES = frozenset(
    (
        "Sunni Sunnis Shia Shias Shiite Shiites Alawite Alawites Druze Yazidi Yazidis Muslim Muslims Jew "
        "Jews Jewish Hindu Hindus Buddhist Buddhists Sikh Sikhs Catholic Catholics Protestant Protestants "
        "Lutheran Lutherans Methodist Methodists Baptist Baptists Anglican Anglicans Mormon Mormons Amish "
        "Jesuit Jesuits Evangelical Evangelicals Arab Arabs Kurd Kurds Kurdish Berber Berbers Bedouin "
        "Bedouins Pashtun Pashtuns Rohingya Uyghur Uyghurs Uighur Uighurs Tutsi Hutu Roma Hispanic Hispanics "
        "Latino Latinos"
    ).split()
)
AT = frozenset(("in at near across throughout toward towards around outside inside").split())
GEOGRAPHIC = frozenset(
    (
        "north south east west northern southern eastern western central downtown "
        "northeastern northwestern southeastern southwestern mid upper lower"
    ).split()
)
# Nouns that stand before the name of a place: "kibbutz Kfar Azza".
PLACE_HEADS = dict.fromkeys(
    (
        "kibbutz city town village province state municipality moshav commune hamlet capital canton "
        "county prefecture"
    ).split(),
    "GPE",
) | dict.fromkeys(
    "island river lake mount region district neighborhood neighbourhood suburb".split(), "Location"
)
OF_PERSON = frozenset(
    ("wife husband son daughter father mother brother sister widow career life death age").split()
)
OF_PLACE = frozenset(
    (
        "capital city coast population mayor border outskirts streets people residents "
        "citizens south north east west climate economy government president king queen"
    ).split()
)
OF_COMPANY = frozenset(
    (
        "ceo founder co-founder cofounder chairman headquarters subsidiary shareholder "
        "shareholders employee employees spokesman spokeswoman spokesperson shares stock "
        "director member members chairwoman"
    ).split()
)

Scores = collections.Counter


class Evidence:
    """The classes of a document's names, by weighted vote over all their mentions."""

    def __init__(self) -> None:
        self.votes: dict[str, Scores[str]] = collections.defaultdict(collections.Counter)

    def add(self, span: Span, kind: str, weight: float) -> None:
        """Count one clue for the type of a name."""
        self.votes[name_key(span.text)][kind] += weight  # type: ignore[assignment]

    def read(self, span: Span, labels: Mapping[str, float]) -> None:
        """Count the clues of one mention: the model's classes with their weights, words inside and around."""
        votes = self.votes[name_key(span.text)]
        for kind, amount in labels.items():
            votes[kind] += amount  # type: ignore[assignment]
        for kind, amount in inside(span):
            votes[kind] += amount  # type: ignore[assignment]
        for kind, amount in around(span):
            votes[kind] += amount  # type: ignore[assignment]

    def type_of(self, span: Span, default: str) -> tuple[str, float]:
        """Give the class of a name, and how clear it is (from 0.5 to 0.98)."""
        votes = self.votes.get(name_key(span.text))
        if not votes or max(votes.values()) <= 0:
            return default, 0.5
        best = min(votes, key=lambda k: (-votes[k], k != default, k))
        positive = sum(v for v in votes.values() if v > 0)
        return best, round(0.5 + 0.48 * votes[best] / positive, 4)


def name_key(text: str) -> str:
    """Give the form under which mentions of one name are counted together."""
    key = " ".join(text.split())
    return key.title() if key.isupper() and len(key) > 5 else key


def inside(span: Span) -> list[tuple[str, float]]:
    """Give what the words of a name say about its class."""
    clues: list[tuple[str, float]] = []
    words = [t.lower_ for t in span]
    text = " ".join(span.text.split())
    land = gazetteer.land_named(text)
    if land is not None:
        clues.append((land.type, 3.0))
    elif text in PEOPLES:
        clues.append(("Group", 10.0))
    elif "of" in words[1:-1]:
        kind = OF_CLASS.get(words[words.index("of") - 1])
        if kind:
            clues.append((kind, 2.5))
    if len(words) > 1:
        kind = END_CLASS.get(words[-1])
        borne = kind in ("Location", "Facility") and gazetteer.female_share(span[0].text) is not None
        if kind and borne and gazetteer.is_surname(span[-1].text):
            clues.append(("Person", 0.5))
        elif words[-2:] == ["school", "district"]:
            clues.append(("Organization", 12.0))
        elif kind and "of" not in words:
            clues.append((kind, 2.5))
        elif words[0] in ("mount", "lake", "cape", "gulf", "river"):
            clues.append(("Location", 2.0))
        elif words[0] in SHIP and span[0].is_upper:
            clues.append(("Product", 3.0))
        elif words[0] in ("port", "fort", "camp"):
            clues.append(("Facility", 1.0))
    if land is None:
        clues += _known(span, text)
    if len(words) == 1 and 2 <= len(text) <= 5 and text.isupper() and land is None:
        clues.append(("Organization", 0.6))
        if span.start and span.doc[span.start - 1].lower_ == "the":
            # The lands whose initials take an article are few and known.
            clues += [("GPE", -9.0), ("Organization", 2.0)]
    return clues


def _known(span: Span, text: str) -> list[tuple[str, float]]:
    clues: list[tuple[str, float]] = []
    place = gazetteer.place_named(text)
    if place is not None:
        big = place.kind != "city" or place.population > 900_000
        clues.append(("GPE", 1.4 if big else 0.7))
    first, last = span[0].text, span[-1].text
    given = gazetteer.female_share(first) is not None
    if len(span) == 1:
        if given:
            clues.append(("Person", 0.5))
        elif gazetteer.is_surname(first):
            clues.append(("Person", 0.25))
    elif 2 <= len(span) <= 4 and all(t.text[:1].isupper() or t.is_lower for t in span):
        tail = END_CLASS.get(span[-1].lower_)
        if given and tail is None and not span[-1].is_lower:
            clues.append(("Person", 1.2 + (0.4 if gazetteer.is_surname(last) else 0.0)))
        elif gazetteer.is_surname(last) and tail is None:
            clues.append(("Person", 0.4))
        elif len(first) == 2 and first[1] == "." and first[0].isupper() and tail is None:
            clues.append(("Person", 0.6))
    return clues


def around(span: Span) -> list[tuple[str, float]]:
    """Give what the words around a name say about its class."""
    clues: list[tuple[str, float]] = []
    doc, root = span.doc, span.root
    before: Token | None = doc[span.start - 1] if span.start else None
    after: Token | None = doc[span.end] if span.end < len(doc) else None
    if before is not None:
        clues += _before(span, before)
    if after is not None:
        clues += _after(span, after)
    for child in root.children:
        if child.dep_ == "appos" and child.pos_ == "NOUN" and not span.start <= child.i < span.end:
            clues += _of_noun(child, 1.5)
    if root.dep_ == "appos" and root.head.pos_ == "NOUN" and not root.head.is_title:
        clues += _of_noun(root.head, 1.2)
    head = root.head
    if head.lemma_ in ("name", "call") and head.dep_ == "acl" and head.i < root.i:
        clues += _of_noun(head.head, 6.0)
    if root.dep_ in ("nsubj", "nsubjpass"):
        if head.lemma_ == "be":
            for child in head.children:
                if child.dep_ == "attr" and child.pos_ == "NOUN":
                    clues += _of_noun(child, 1.5)
        elif head.lemma_ in SPEAKS:
            clues.append(("Person", 0.5))
        elif head.lemma_ in ACTS:
            clues.append(("Organization", 0.3))
        elif head.lemma_ == "bear" and root.dep_ == "nsubjpass":
            clues.append(("Person", 1.5))
    elif root.dep_ == "pobj":
        if head.lower_ in AT:
            clues.append(("GPE", 0.6))
        elif head.lower_ == "of" and head.head.pos_ in ("NOUN", "PROPN"):
            clues += _possessed(head.head, 0.6)
    elif root.dep_ == "poss":
        clues += _possessed(head, 0.6)
    return clues


def _before(span: Span, before: Token) -> list[tuple[str, float]]:
    word = before.lower_
    if word in TITLES and (before.is_title or before.text.isupper()):
        return [("Person", 1.8)]
    if word == "of" and span.start > 1:
        kind = nominal_type(span.doc[span.start - 2])[0]
        if kind in ("GPE", "Location") and span.doc[span.start - 2].lower_ in (
            "city", "town", "village", "province", "state", "island", "region", "district", "county",
        ):  # fmt: skip
            return [("GPE", 2.0)]
        return []
    if word == "," and span.start > 1 and span.end < len(span.doc) and span[-1].nbor().text == ",":
        noun = span.doc[span.start - 2]
        if noun.pos_ == "NOUN" and nominal_type(noun)[0] == "Person" and noun.tag_ == "NN":
            return [("Person", 1.2)]
    if word in GEOGRAPHIC:
        return [("GPE", 0.8)]
    if word in PLACE_HEADS and before.is_lower:
        return [(PLACE_HEADS[word], 2.0)]
    if (before.pos_ == "NOUN" and before.dep_ in ("compound", "nmod", "amod", "appos")) or (
        before.pos_ == "NOUN" and span.root.dep_ == "appos" and span.root.head == before
    ):
        return _of_noun(before, 1.2)
    return []


def _after(span: Span, after: Token) -> list[tuple[str, float]]:
    clues: list[tuple[str, float]] = []
    doc = span.doc
    if after.text == "," and span.end + 1 < len(doc):
        following = doc[span.end + 1]
        if following.like_num and following.text.isdigit() and 5 < int(following.text[:4]) < 110:
            if span.end + 2 < len(doc) and doc[span.end + 2].text in (",", "."):
                clues.append(("Person", 1.5))
        elif following.is_title and gazetteer.land_named(following.text) is not None:
            clues.append(("GPE", 0.8))
    elif after.lower_ in ("province", "city", "district", "region", "county", "area", "peninsula", "border"):
        clues.append(("GPE", 1.2))
    elif after.lower_ == "-" and span.end + 1 < len(doc) and doc[span.end + 1].lower_ == "based":
        clues.append(("GPE", 1.0))
    elif after.pos_ == "NOUN" and after.lemma_.lower() in OF_COMPANY and span.root.dep_ == "compound":
        clues.append(("Organization", 0.6))
    elif after.lower_ in ("who", "whose"):
        clues.append(("Person", 0.8))
    return clues


def _of_noun(noun: Token, weight: float) -> list[tuple[str, float]]:
    """A common noun that is said of a name gives it its own class."""
    kind, sure = nominal_type(noun)
    if kind in ("Concept", "Position", "Language") or (kind == "Group" and noun.tag_ == "NNS"):
        return []
    return [("Organization" if kind == "Group" else kind, weight * sure)]


def _possessed(noun: Token, weight: float) -> list[tuple[str, float]]:
    """What belongs to a name tells what it is: a wife, a capital, a chief executive."""
    word = noun.lower_
    if word in OF_PERSON:
        return [("Person", weight)]
    if word in OF_PLACE:
        return [("GPE", weight)]
    if word in OF_COMPANY:
        return [("Organization", weight)]
    return []
