"""The rules that read claims: the id that `Claim.rule` bears, what each reads, what it says, how surely.

For each the tests hold a sentence that it must read, and a near one that it must leave alone.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg import relations as rel
from kg.extract.lexicon import mapping


@dataclass(frozen=True, slots=True)
class Rule:
    """What reads a claim: its id, the construction that it reads, the curated relations that it may say.

    A `free` rule says relations in the words of the text, too. The `prior` is how sure its author was of
    what it says.
    """

    id: str
    reads: str
    says: frozenset[str]
    prior: float
    free: bool = False

    def may_say(self, relation: str) -> bool:
        """Whether the rule may say a relation: one that it lists, or one in words of the text."""
        return self.free or relation in self.says


PHRASES: dict[str, Rule] = {}


def _clause(name: str, reads: str) -> Rule:
    # "Her father was French", "the parish is Norlandic"
    return Rule(name, reads, frozenset((rel.COUNTRY, rel.LOCATED_IN)), 1.0, free=True)


def _phrase(name: str, reads: str, *says: str, prior: float, free: bool = False) -> Rule:
    assert name not in PHRASES, name
    PHRASES[name] = Rule(name, reads, frozenset(says), prior, free)
    return PHRASES[name]


# How the clause hangs in the sentence, and how its subject was found.
_CLAUSES = (
    _clause("main-own", "a main clause with its own subject"),
    _clause("conj-own", "a conjoined clause with its own subject"),
    _clause("conj-conj", "a conjoined verb with the subject of the first"),
    _clause("conj-host", "a conjoined verb in a relative or participial clause"),
    _clause("conj-subject", "a conjoined infinitive with the subject of its governor"),
    _clause("conj-object", "a conjoined infinitive with the object of its governor"),
    _clause("conj-advcl", "a conjoined participle with the subject of the main clause"),
    _clause("conj-pcomp", "a conjoined gerund under a preposition"),
    _clause("conj-owner", "a conjoined infinitive or gerund of a noun, with its possessor"),
    _clause("ccomp-own", "a complement clause with its own subject"),
    _clause("xcomp-subject", "an infinitive with the subject of its governor"),
    _clause("xcomp-object", "an infinitive with the object of its governor"),
    _clause("relcl-own", "a relative clause with its own subject, its noun in a gap"),
    _clause("relcl-host", "a relative clause whose subject is its noun"),
    _clause("advcl-own", "an adverbial or absolute clause with its own subject"),
    _clause("advcl-advcl", "a participle or infinitive with the subject of the main clause"),
    _clause("advcl-event", "a participle of result with the event that the main clause tells of"),
    _clause("acl-own", "a clause that fills a noun, with its own subject"),
    _clause("acl-host", "a participle or infinitive on a noun, which is its subject"),
    _clause("acl-owner", "an infinitive on a noun, with the one whose plan or chance it is"),
    _clause("pcomp-own", "a clause under a preposition, with its own subject"),
    _clause("pcomp-pcomp", "a gerund under a preposition, with the subject of the main clause"),
    _clause("pcomp-object", "a gerund under a preposition, with the object of the verb"),
    _clause("pcomp-owner", "a gerund on a noun, with its possessor"),
    _clause("csubj-own", "a clause as subject, with its own subject"),
)
CLAUSES = {rule.id: rule for rule in _CLAUSES}

# Relations that are said together.
KIN = (rel.SPOUSE, rel.CHILD, rel.PARENT, rel.SIBLING, rel.RELATIVE, rel.FORMER_SPOUSE)
HELD = (rel.POSITION_HELD, rel.FORMER_POSITION)
AFFILIATION = (
    rel.EMPLOYER,
    rel.COUNTRY,
    rel.JURISDICTION,
    rel.CONSTITUENCY,
    rel.MEMBER_OF,
    rel.FOUNDED_BY,
    rel.OWNED_BY,
    rel.FORMER_EMPLOYER,
    rel.FORMER_JURISDICTION,
    rel.FORMER_MEMBER_OF,
    rel.FORMER_OWNER,
)
MEMBERSHIP = (rel.MEMBER_OF, rel.FORMER_MEMBER_OF)
# What nouns of amounts say of whose amount it is.
MEASURES = tuple(sorted(set(mapping("nominals", "value", "plain").values())))
RELATED = tuple(sorted(mapping("nominals", "related", "relation").values()))

AGE = _phrase("age", "a number between commas behind a person's name", rel.AGE, prior=0.92)
AGE_BEFORE = _phrase("age-before", "a number of years before the noun for a person", rel.AGE, prior=0.92)
AGE_PREDICATE = _phrase("age-predicate", "a person and a number after is", rel.AGE, prior=0.85)
DWELLING = _phrase("dwelling", "the place behind of and a person's name or age", rel.RESIDENCE, prior=0.88)
ALSO = _phrase("also", "another name behind a comma or in brackets", rel.ALIAS, prior=0.88)
APPOSITION_CAPITAL = _phrase(
    "apposition-capital", "a name renamed as the capital of a place", rel.CAPITAL_OF, prior=0.9
)
APPOSITION_KIND = _phrase(
    "apposition-kind", "what a name's apposition says that it is", rel.INSTANCE_OF, prior=0.85
)
BIRTH_NAME = _phrase("birth-name", "the name that somebody was born with", rel.BIRTH_NAME, prior=0.9)
BIRTH_KIN = _phrase("birth-kin", "whose child was born", rel.CHILD, prior=0.88)
OFFICE_CABINET = _phrase("office-cabinet", "the office behind as of somebody in a cabinet", *HELD, prior=0.88)
COUPLE_CHILD = _phrase("couple-child", "the child that a couple is said to have", rel.CHILD, prior=0.8)
CHILD_OF = _phrase("child-of", "whose child somebody is who is told to have one", rel.PARENT, prior=0.85)
CANDIDATE_OF = _phrase(
    "candidate-of", "the party of a candidate", rel.MEMBER_OF, rel.FORMER_MEMBER_OF, prior=0.88
)
BRACKET_PARTY = _phrase(
    "bracket-party",
    "a party behind a name, with the place that somebody was elected for",
    rel.MEMBER_OF,
    rel.CONSTITUENCY,
    prior=0.9,
)
BRACKET_BODY = _phrase(
    "bracket-body",
    "a body or country in brackets behind a person's name",
    rel.AFFILIATED_WITH,
    rel.COUNTRY,
    prior=0.85,
)
BRACKET_TICKER = _phrase(
    "bracket-ticker", "the exchange and the sign of a company, in brackets", rel.TICKER, prior=0.95
)
CALLED = _phrase("called", "another name by a verb or noun of naming", rel.ALIAS, prior=0.88)
BRACKET_DATE = _phrase(
    "bracket-date", "a year in brackets behind the title of a work", rel.PUBLICATION_DATE, prior=0.9
)
DESCRIBED = _phrase(
    "described", "what a person's apposition says, where it names no office and no kin", prior=0.85, free=True
)
HOME = _phrase(
    "home",
    "whose home, birthplace or seat a named place is",
    rel.RESIDENCE,
    rel.BORN_IN,
    rel.HEADQUARTERS,
    prior=0.88,
)
SEAT = _phrase("seat", "where a body has its head office", rel.HEADQUARTERS, prior=0.88)
CAPITAL = _phrase("capital", "the capital of a place", rel.CAPITAL_OF, prior=0.88)
COMPOUND_COUNTRY = _phrase(
    "compound-country", "people or a body called after a country", rel.COUNTRY, prior=0.8
)
COMPOUND_EMPLOYER = _phrase(
    "compound-employer", "people called after the organization that employs them", rel.EMPLOYER, prior=0.8
)
COMPOUND_MEMBER = _phrase(
    "compound-member", "people called after the organization that they belong to", rel.MEMBER_OF, prior=0.8
)
COMPOUND_PLACE = _phrase("compound-place", "people called after a place", rel.LOCATED_IN, prior=0.7)
COUNTRY_BEFORE = _phrase(
    "country-before", "a country or its adjective before a person's name", rel.COUNTRY, prior=0.85
)
DEMONYM = _phrase("demonym", "an adjective of a country before a noun", rel.COUNTRY, prior=0.85)
DEMONYM_REGION = _phrase(
    "demonym-region", "an adjective of a region before a noun", rel.LOCATED_IN, prior=0.7
)
EVENT_ACTOR = _phrase("event-actor", "who does what an event noun tells of", rel.PERFORMED_BY, prior=0.75)
EVENT_ADJUNCT = _phrase(
    "event-adjunct", "a further argument of an event noun, under its preposition", prior=0.68, free=True
)
EVENT_INTRANSITIVE = _phrase(
    "event-intransitive", "an event noun that its possessor does", prior=0.75, free=True
)
EVENT_NOUN = _phrase(
    "event-noun", "an event noun with who did it and what it was done to", prior=0.78, free=True
)
EVENT_NOUN_ALONE = _phrase("event-noun-alone", "an event noun with what it was done to", prior=0.7, free=True)
EVENT_NOUN_PASSIVE = _phrase(
    "event-noun-passive",
    "an event noun with what it was done to and a further argument",
    prior=0.75,
    free=True,
)
EVENT_PARTY = _phrase(
    "event-party", "a party of an agreement, talks or a war, behind its noun", rel.PARTICIPANT_IN, prior=0.75
)
EVENT_PLACE = _phrase("event-place", "the place of an event, behind who acted", rel.LOCATED_IN, prior=0.8)
EVENT_UNDERGONE = _phrase(
    "event-undergone", "an event noun that its possessor undergoes", prior=0.72, free=True
)
EVENT_ROLE = _phrase(
    "event-role", "a role of an event that a verb or noun of its class tells of", prior=0.85, free=True
)
EVENT_LEARNED = _phrase(
    "event-learned", "a role of an event, or an event, that the learned reader found", prior=0.7, free=True
)
EVENT_LASTING = _phrase(
    "event-lasting",
    "what lasts after an event: the office after an appointment, the owner after a purchase",
    rel.POSITION_HELD,
    rel.FORMER_POSITION,
    rel.EMPLOYER,
    rel.FORMER_EMPLOYER,
    rel.BIRTH_DATE,
    rel.BORN_IN,
    rel.PARENT,
    rel.DEATH_DATE,
    rel.DIED_IN,
    rel.OWNED_BY,
    rel.FOUNDED_BY,
    rel.FOUNDED_IN,
    rel.SPOUSE,
    rel.EDUCATED_AT,
    rel.CREATED_BY,
    rel.AWARD,
    rel.LOCATED_IN,
    prior=0.85,
)
CLAUSE_RELATION = _phrase(
    "clause-relation",
    "a clause whose verb says a relation of the table: who owns, works for, lives in",
    rel.OWNED_BY,
    rel.HOLDS_STAKE_IN,
    rel.EMPLOYER,
    rel.MEMBER_OF,
    rel.RESIDENCE,
    rel.LOCATED_IN,
    rel.BASED_IN,
    rel.BORDER,
    rel.CREATED_BY,
    rel.PRODUCT,
    rel.LANGUAGE,
    rel.PARTICIPANT_IN,
    rel.COACH_OF,
    rel.MANAGER_OF,
    prior=0.85,
)
EXAMPLE_AS = _phrase("example-as", "examples after such as", rel.INCLUDE, prior=0.85)
EXAMPLE_INCLUDING = _phrase("example-including", "examples after including", rel.INCLUDE, prior=0.85)
EXAMPLE_LIKE = _phrase("example-like", "examples after like", rel.INCLUDE, prior=0.85)
KIN_APPOSITION = _phrase(
    "kin-apposition", "whose kin a person's apposition says that the person is", *KIN, prior=0.9
)
KIN_BEFORE = _phrase("kin-before", "a kinship noun before a name", *KIN, prior=0.9)
KIN_HAVE = _phrase("kin-have", "the named kin that somebody is said to have", *KIN, prior=0.9)
KIN_OF_NAME = _phrase("kin-of-name", "the kin of somebody named", *KIN, prior=0.85)
KIN_PREDICATE_BE = _phrase("kin-predicate-be", "whose kin somebody is", *KIN, prior=0.85)
KIN_PREDICATE_BECOME = _phrase("kin-predicate-become", "whose kin somebody becomes", *KIN, prior=0.85)
LIFE_BORN = _phrase("life-born", "birth in brackets behind a name", rel.BIRTH_DATE, rel.BORN_IN, prior=0.93)
LIFE_DIED = _phrase("life-died", "death in brackets behind a name", rel.DEATH_DATE, rel.DIED_IN, prior=0.93)
LIFE_DATES = _phrase(
    "life-dates",
    "two dates in brackets behind a name",
    rel.BIRTH_DATE,
    rel.DEATH_DATE,
    rel.BORN_IN,
    rel.DIED_IN,
    prior=0.9,
)
LIFE_YEARS = _phrase(
    "life-years", "two years in brackets behind a name", rel.BIRTH_DATE, rel.DEATH_DATE, prior=0.88
)
MEASURED = _phrase("measured", "an amount before a noun that has amounts", rel.VALUE, prior=0.85)
MEASURE_ADJECTIVE = _phrase(
    "measure-adjective",
    "an amount with the adjective that says what it measures",
    rel.HEIGHT,
    rel.LENGTH,
    rel.WIDTH,
    rel.DEPTH,
    rel.THICKNESS,
    rel.MASS,
    rel.VALUE,
    prior=0.9,
)
MEASURE_VERB = _phrase(
    "measure-verb",
    "an amount behind a verb that says what it measures",
    rel.MASS,
    rel.COST,
    rel.AREA,
    rel.LENGTH,
    rel.HEIGHT,
    rel.SPEED,
    rel.PRICE,
    rel.DURATION,
    rel.VALUATION,
    prior=0.85,
)
MEASURE_BEFORE = _phrase(
    "measure-before",
    "an amount with a hyphen before the noun that it measures",
    rel.HEIGHT,
    rel.ELEVATION,
    rel.LENGTH,
    rel.AREA,
    rel.MASS,
    rel.PRICE,
    rel.MAGNITUDE,
    rel.CAPACITY,
    prior=0.88,
)
MEASURE_BRACKET = _phrase(
    "measure-bracket",
    "an amount in brackets behind the name of what it measures",
    rel.AREA,
    rel.HEIGHT,
    rel.ELEVATION,
    rel.LENGTH,
    prior=0.88,
)
COUNT_VERB = _phrase(
    "count-verb", "how many people a body employs or a place seats", rel.EMPLOYEES, rel.CAPACITY, prior=0.88
)
DISTANCE = _phrase("distance", "how far a thing is from a named one", rel.DISTANCE, prior=0.9)
INTERVAL = _phrase("interval", "an amount of time behind every", rel.INTERVAL, prior=0.88)
RANKED = _phrase("ranked", "an ordinal behind a verb, with what it ranks in", rel.RANK, prior=0.85)
MEMBER_APPOSITION = _phrase("member-apposition", "a member by apposition", *MEMBERSHIP, prior=0.9)
MEMBER_PREDICATE_APPOINT = _phrase(
    "member-predicate-appoint", "a member by appointment or election", *MEMBERSHIP, prior=0.85
)
MEMBER_PREDICATE_BE = _phrase("member-predicate-be", "a member by predicate", *MEMBERSHIP, prior=0.85)
MEMBER_PREDICATE_BECOME = _phrase(
    "member-predicate-become", "one who becomes or remains a member", *MEMBERSHIP, prior=0.85
)
MEMBER_PREDICATE_SERVE = _phrase(
    "member-predicate-serve", "one who serves as a member", *MEMBERSHIP, prior=0.85
)
NOUN_PLACE = _phrase("noun-place", "the place behind a noun", rel.LOCATED_IN, rel.NEAR, prior=0.8)
OF_COUNTRY = _phrase("of-country", "people of a country, behind their noun", rel.COUNTRY, prior=0.78)
OF_ORGANIZATION = _phrase(
    "of-organization",
    "people of an organization, behind their noun",
    rel.MEMBER_OF,
    rel.EMPLOYER,
    prior=0.8,
    free=True,
)
OWNER_BEFORE = _phrase(
    "owner-before",
    "the party or body whose possessive stands before a person's name",
    rel.MEMBER_OF,
    rel.AFFILIATED_WITH,
    prior=0.85,
)
OFFICE_APPOSITION = _phrase("office-apposition", "an office by apposition", *HELD, prior=0.9)
OFFICE_COMMA = _phrase("office-comma", "an office and a comma before a name", *HELD, prior=0.82)
OFFICE_COUNTRY_APPOSITION = _phrase(
    "office-country-apposition", "the country of an office by apposition", rel.COUNTRY, prior=0.9
)
OFFICE_COUNTRY_PREDICATE_APPOINT = _phrase(
    "office-country-predicate-appoint",
    "the country of an office that somebody is appointed to",
    rel.COUNTRY,
    prior=0.85,
)
OFFICE_COUNTRY_PREDICATE_BE = _phrase(
    "office-country-predicate-be", "the country of an office that somebody has", rel.COUNTRY, prior=0.85
)
OFFICE_COUNTRY_PREDICATE_BECOME = _phrase(
    "office-country-predicate-become",
    "the country of an office that somebody comes to have",
    rel.COUNTRY,
    prior=0.85,
)
OFFICE_COUNTRY_PREDICATE_SERVE = _phrase(
    "office-country-predicate-serve",
    "the country of an office that somebody serves in",
    rel.COUNTRY,
    prior=0.85,
)
OFFICE_EMPLOYER = _phrase("office-employer", "the employer behind a verb of work", rel.EMPLOYER, prior=0.82)
OFFICE_OF_APPOSITION = _phrase(
    "office-of-apposition", "whose office it is, by apposition", *AFFILIATION, prior=0.9
)
OFFICE_OF_COMMA = _phrase(
    "office-of-comma", "whose office stands before a comma and a name", *AFFILIATION, prior=0.8
)
OFFICE_OF_PREDICATE_APPOINT = _phrase(
    "office-of-predicate-appoint", "whose office somebody is appointed to", *AFFILIATION, prior=0.85
)
OFFICE_OF_PREDICATE_BE = _phrase(
    "office-of-predicate-be", "whose office somebody has", *AFFILIATION, prior=0.85
)
OFFICE_OF_PREDICATE_BECOME = _phrase(
    "office-of-predicate-become", "whose office somebody comes to have", *AFFILIATION, prior=0.85
)
OFFICE_OF_PREDICATE_SERVE = _phrase(
    "office-of-predicate-serve", "whose office somebody serves in", *AFFILIATION, prior=0.85
)
OFFICE_PREDICATE_APPOINT = _phrase(
    "office-predicate-appoint", "an office that somebody is appointed or elected to", *HELD, prior=0.85
)
OFFICE_OF_VERB = _phrase(
    "office-of-verb",
    "an office that a verb tells somebody to have, and for whom",
    *HELD,
    rel.EMPLOYER,
    rel.MEMBER_OF,
    prior=0.8,
)
OFFICE_PREDICATE_BE = _phrase(
    "office-predicate-be", "an office or profession that somebody has", *HELD, prior=0.85
)
OFFICE_PREDICATE_BECOME = _phrase(
    "office-predicate-become", "an office that somebody comes to have, or keeps", *HELD, prior=0.85
)
OFFICE_PREDICATE_SERVE = _phrase(
    "office-predicate-serve", "an office that somebody serves, works or acts in", *HELD, prior=0.85
)
# Whose something is: it becomes a property of the thing.
OF = "of"
OWNER = _phrase("owner", "whose a thing without a name is, by possessive or of", prior=0.93, free=True)
PART_OF = _phrase(
    "part-of", "a part behind whose noun the named whole stands", rel.PART_OF, rel.SUBSIDIARY_OF, prior=0.78
)
PARTICIPLE_AGENT = _phrase(
    "participle-agent",
    "who leads, owns or backs a thing, before a hyphen",
    rel.ALLIED_WITH,
    rel.LINKED_TO,
    rel.AFFILIATED_WITH,
    rel.OWNED_BY,
    prior=0.85,
    free=True,
)
SEAT_BEFORE = _phrase(
    "seat-before",
    "the town that a body is from, before its kind or behind its name",
    rel.BASED_IN,
    prior=0.85,
)
PARTICIPLE_PLACE = _phrase(
    "participle-place",
    "where a thing is based or born, before a hyphen",
    rel.BASED_IN,
    rel.BORN_IN,
    rel.HEADQUARTERS,
    rel.RAISED_IN,
    rel.MADE_IN,
    rel.BUILT_IN,
    rel.EDUCATED_IN,
    rel.REGISTERED_IN,
    rel.LISTED_IN,
    prior=0.88,
)
PARTIES = _phrase("parties", "an event named by two parties", rel.PARTICIPANT_IN, prior=0.92)
PLACE_COMMA = _phrase(
    "place-comma", "the larger place after a comma", rel.LOCATED_IN, rel.COUNTRY, prior=0.85
)
POSSESSIVE = _phrase("possessive", "a thing of a named owner", rel.HAS, prior=0.75)
POSSESSIVE_ABSTRACT = _phrase(
    "possessive-abstract", "what is of a named owner, but nothing that one has", rel.HAS, prior=0.45
)
POSSESSIVE_COUNTRY = _phrase(
    "possessive-country", "people of a country, as possessor", rel.COUNTRY, prior=0.82
)
POSSESSIVE_EMPLOYER = _phrase(
    "possessive-employer", "people that an organization employs, as possessor", rel.EMPLOYER, prior=0.82
)
POSSESSIVE_MEMBER = _phrase(
    "possessive-member", "people that belong to an organization, as possessor", rel.MEMBER_OF, prior=0.82
)
POSSESSIVE_PART = _phrase(
    "possessive-part",
    "a part of an organization, as possessor",
    rel.PART_OF,
    rel.SUBSIDIARY_OF,
    rel.OWNED_BY,
    rel.FORMER_OWNER,
    prior=0.8,
)
POSSESSIVE_PLACE = _phrase(
    "possessive-place", "a place in a larger one, as possessor", rel.LOCATED_IN, prior=0.8
)
POSSESSIVE_WORK = _phrase(
    "possessive-work", "a named work of its maker, as possessor", rel.CREATED_BY, rel.AUTHOR, prior=0.78
)
STAKE_IN = _phrase("stake-in", "what a stake is in", rel.STAKE_IN, prior=0.8)
TAG_BEFORE = _phrase("tag-before", "the noun before a name that says what it is", rel.INSTANCE_OF, prior=0.88)
TAG_OF = _phrase("tag-of", 'the noun before "of" that says what a place is', rel.INSTANCE_OF, prior=0.85)
TITLE_BEFORE = _phrase("title-before", "an office before a name", *HELD, prior=0.93)
TITLE_BEFORE_AND = _phrase("title-before-and", "the first of two offices before a name", *HELD, prior=0.88)
TITLE_COUNTRY = _phrase("title-country", "the country of an office before a name", rel.COUNTRY, prior=0.92)
TITLE_OF = _phrase("title-of", "whose office stands before a name", *AFFILIATION, prior=0.9)
TRADE_BEHIND = _phrase("trade-behind", "a bare trade between commas behind a name", *HELD, prior=0.9)
STAFF_BRACKET = _phrase(
    "staff-bracket", "how many work for a body, in brackets behind its name", rel.EMPLOYEES, prior=0.9
)
OFFICER = _phrase(
    "officer",
    "the firm that a text speaks of, for a bare office before a name",
    rel.EMPLOYER,
    rel.FORMER_EMPLOYER,
    prior=0.6,
)
OFFICE_OF_SEVERAL = _phrase(
    "office-of-several", "an office in the plural before the names of those who have it", *HELD, prior=0.9
)
OF_SEVERAL = _phrase("of-several", "whose an office of several persons is", *AFFILIATION, prior=0.85)
BRACKET_OFFICE = _phrase(
    "bracket-office",
    "who has which office of a body, and where its seat is, in brackets behind its name",
    *HELD,
    rel.EMPLOYER,
    rel.HEADQUARTERS,
    prior=0.88,
)
BRACKET_STUDY = _phrase("bracket-study", "the school behind a degree in brackets", rel.EDUCATED_AT, prior=0.9)
SIBLINGS = _phrase("siblings", "the names behind brothers, sisters or twins", rel.SIBLING, prior=0.9)
NICKNAME = _phrase("nickname", "a nickname in quotes within a name", rel.ALIAS, prior=0.9)
NAME_OWNED = _phrase(
    "name-owned",
    "the land or town before the name of a body or place",
    rel.COUNTRY,
    rel.BASED_IN,
    rel.LOCATED_IN,
    prior=0.88,
)
AMOUNT_OF = _phrase("amount-of", "who has an amount that a noun names", *MEASURES, prior=0.85)
MADE_BY = _phrase("made-by", "who made a work, behind by", rel.CREATED_BY, rel.AUTHOR, prior=0.85)
AUTHOR_OF = _phrase(
    "author-of", "who wrote a named work, by the noun before it or for the writer", rel.AUTHOR, prior=0.88
)
AWARD_OF = _phrase("award-of", "a prize with the noun or participle for who won it", rel.AWARD, prior=0.9)
BORDER = _phrase("border", "with whom a place shares a border", rel.BORDER, prior=0.92)
FAITH = _phrase(
    "faith", "what those of a faith are called, said of a person or group", rel.RELIGION, prior=0.88
)
LANGUAGE_OF = _phrase(
    "language-of",
    "who speaks a language, or where it is spoken, by a noun or participle",
    rel.LANGUAGE,
    prior=0.9,
)
MAKER_OF = _phrase("maker-of", "what a maker makes, by the noun for it", rel.PRODUCT, prior=0.88)
FIELD_OF = _phrase("field-of", "what somebody who teaches or studies is learned in", rel.FIELD, prior=0.85)
PEOPLE_LAND = _phrase(
    "people-land", "the land of whom a text calls by his people alone", rel.COUNTRY, prior=0.95
)
PERSON_OF = _phrase(
    "person-of",
    "the organization behind of and a person's name",
    rel.AFFILIATED_WITH,
    rel.EMPLOYER,
    rel.FORMER_EMPLOYER,
    rel.MEMBER_OF,
    rel.COUNTRY,
    prior=0.75,
)
RELATED_BEFORE = _phrase(
    "related-before",
    "a noun before a name that says how its owner stands to the person",
    *RELATED,
    prior=0.85,
)
RELATED_APPOSITION = _phrase(
    "related-apposition", "how a person stands to somebody or a place, by apposition", *RELATED, prior=0.9
)
RELATED_PREDICATE_BE = _phrase(
    "related-predicate-be", "how a person stands to somebody or a place, by predicate", *RELATED, prior=0.85
)
RELATED_PREDICATE_BECOME = _phrase(
    "related-predicate-become", "how a person comes to stand to somebody", *RELATED, prior=0.85
)
VALUE_OF = _phrase("value-of", "the amount behind a noun that has amounts", rel.VALUE, prior=0.85)
VALUE_TO = _phrase(
    "value-to", "the amount that a noun is taken or comes to", rel.VALUE, *MEASURES, prior=0.85
)
STAKE_HOLDER = _phrase("stake-holder", "who holds a share, and in what", rel.HOLDS_STAKE_IN, prior=0.88)
RULES = {**CLAUSES, **PHRASES}


@dataclass(frozen=True, slots=True)
class DescriptionRules:
    """The rules for what one construction says of a person; None where it cannot say such a thing."""

    office: Rule
    office_of: Rule
    office_country: Rule
    member: Rule
    kin: Rule | None = None
    related: Rule | None = None


APPOSITION = DescriptionRules(
    OFFICE_APPOSITION,
    OFFICE_OF_APPOSITION,
    OFFICE_COUNTRY_APPOSITION,
    MEMBER_APPOSITION,
    KIN_APPOSITION,
    RELATED_APPOSITION,
)
PREDICATE_BE = DescriptionRules(
    OFFICE_PREDICATE_BE,
    OFFICE_OF_PREDICATE_BE,
    OFFICE_COUNTRY_PREDICATE_BE,
    MEMBER_PREDICATE_BE,
    KIN_PREDICATE_BE,
    RELATED_PREDICATE_BE,
)
PREDICATE_BECOME = DescriptionRules(
    OFFICE_PREDICATE_BECOME,
    OFFICE_OF_PREDICATE_BECOME,
    OFFICE_COUNTRY_PREDICATE_BECOME,
    MEMBER_PREDICATE_BECOME,
    KIN_PREDICATE_BECOME,
    RELATED_PREDICATE_BECOME,
)
# "acted as father to the crew" says of no kin.
PREDICATE_SERVE = DescriptionRules(
    OFFICE_PREDICATE_SERVE, OFFICE_OF_PREDICATE_SERVE, OFFICE_COUNTRY_PREDICATE_SERVE, MEMBER_PREDICATE_SERVE
)
# "with Ida Moe as finance minister"
CABINET = DescriptionRules(
    OFFICE_CABINET,
    OFFICE_OF_PREDICATE_APPOINT,
    OFFICE_COUNTRY_PREDICATE_APPOINT,
    MEMBER_PREDICATE_APPOINT,
)
PREDICATE_APPOINT = DescriptionRules(
    OFFICE_PREDICATE_APPOINT,
    OFFICE_OF_PREDICATE_APPOINT,
    OFFICE_COUNTRY_PREDICATE_APPOINT,
    MEMBER_PREDICATE_APPOINT,
)


@dataclass(frozen=True, slots=True)
class BelongingRules:
    """The rules for whose people a noun names, by what their owner is."""

    country: Rule
    place: Rule
    member: Rule
    employer: Rule


COMPOUND = BelongingRules(COMPOUND_COUNTRY, COMPOUND_PLACE, COMPOUND_MEMBER, COMPOUND_EMPLOYER)
POSSESSIVE_PEOPLE = BelongingRules(
    POSSESSIVE_COUNTRY, POSSESSIVE_PLACE, POSSESSIVE_MEMBER, POSSESSIVE_EMPLOYER
)
EXAMPLES = {"as": EXAMPLE_AS, "including": EXAMPLE_INCLUDING, "like": EXAMPLE_LIKE}


# What says what events are, and what follows from them.
OF_EVENTS = (EVENT_ROLE.id, EVENT_LEARNED.id, EVENT_LASTING.id, CLAUSE_RELATION.id, COUPLE_CHILD.id)


def clausal(link: str, how: str) -> str:
    """Give the id of the rule for a clause that hangs by a link and found its subject in a way.

    A rare way bears the id of the one that it amounts to.

    >>> clausal("relcl", "host"), clausal("conj", "event"), clausal("appos", "")
    ('relcl-host', 'conj-conj', 'advcl-own')
    """
    name = f"{link}-{how or 'own'}"
    if name in CLAUSES:
        return name
    if link in ("ccomp", "xcomp"):
        return "xcomp-subject" if how else "ccomp-own"
    if link == "conj":
        return "conj-conj"
    return "advcl-advcl" if how else "advcl-own"
