"""The rules that read claims: the id that `Claim.rule` bears, and what each reads.

For each the tests hold a sentence that it must read, and a near one that it must leave alone.
"""

from __future__ import annotations

# How the clause hangs in the sentence, and how its subject was found.
CLAUSES = {
    "main-own": "a main clause with its own subject",
    "conj-own": "a conjoined clause with its own subject",
    "conj-conj": "a conjoined verb with the subject of the first",
    "conj-host": "a conjoined verb in a relative or participial clause",
    "conj-subject": "a conjoined infinitive with the subject of its governor",
    "conj-object": "a conjoined infinitive with the object of its governor",
    "conj-advcl": "a conjoined participle with the subject of the main clause",
    "conj-pcomp": "a conjoined gerund under a preposition",
    "conj-owner": "a conjoined infinitive or gerund of a noun, with its possessor",
    "ccomp-own": "a complement clause with its own subject",
    "xcomp-subject": "an infinitive with the subject of its governor",
    "xcomp-object": "an infinitive with the object of its governor",
    "relcl-own": "a relative clause with its own subject, its noun in a gap",
    "relcl-host": "a relative clause whose subject is its noun",
    "advcl-own": "an adverbial or absolute clause with its own subject",
    "advcl-advcl": "a participle or infinitive with the subject of the main clause",
    "advcl-event": "a participle of result with the event that the main clause tells of",
    "acl-own": "a clause that fills a noun, with its own subject",
    "acl-host": "a participle or infinitive on a noun, which is its subject",
    "acl-owner": "an infinitive on a noun, with the one whose plan or chance it is",
    "pcomp-own": "a clause under a preposition, with its own subject",
    "pcomp-pcomp": "a gerund under a preposition, with the subject of the main clause",
    "pcomp-object": "a gerund under a preposition, with the object of the verb",
    "pcomp-owner": "a gerund on a noun, with its possessor",
    "csubj-own": "a clause as subject, with its own subject",
}
PHRASES = {
    "age": "a number between commas behind a person's name",
    "age-predicate": "a person and a number after is",
    "age-place": "the place behind an age",
    "apposition-capital": "a name renamed as the capital of a place",
    "apposition-kind": "what a name's apposition says that it is",
    "capital": "the capital of a place",
    "compound-country": "people or a body called after a country",
    "compound-employer": "people called after the organization that employs them",
    "compound-member": "people called after the organization that they belong to",
    "compound-place": "people called after a place",
    "country-before": "a country or its adjective before a person's name",
    "demonym": "an adjective of a country before a noun",
    "demonym-region": "an adjective of a region before a noun",
    "event-actor": "who does what an event noun tells of",
    "event-adjunct": "a further argument of an event noun, under its preposition",
    "event-intransitive": "an event noun that its possessor does",
    "event-noun": "an event noun with who did it and what it was done to",
    "event-noun-alone": "an event noun with what it was done to",
    "event-noun-passive": "an event noun with what it was done to and a further argument",
    "event-party": "a party of an agreement, talks or a war, behind its noun",
    "event-place": "the place of an event, behind who acted",
    "event-undergone": "an event noun that its possessor undergoes",
    "example-as": "examples after such as",
    "example-including": "examples after including",
    "example-like": "examples after like",
    "kin-apposition": "whose kin a person's apposition says that the person is",
    "kin-before": "a kinship noun before a name",
    "kin-of-name": "the kin of somebody named",
    "kin-predicate-be": "whose kin somebody is",
    "kin-predicate-become": "whose kin somebody becomes",
    "life-born": "birth in brackets behind a name",
    "life-dates": "two dates in brackets behind a name",
    "life-years": "two years in brackets behind a name",
    "measured": "an amount before a noun that has amounts",
    "member-apposition": "a member by apposition",
    "member-predicate-appoint": "a member by appointment or election",
    "member-predicate-be": "a member by predicate",
    "member-predicate-become": "one who becomes or remains a member",
    "member-predicate-serve": "one who serves as a member",
    "noun-place": "the place behind a noun",
    "of-country": "people of a country, behind their noun",
    "of-organization": "people of an organization, behind their noun",
    "office-apposition": "an office by apposition",
    "office-comma": "an office and a comma before a name",
    "office-country-apposition": "the country of an office by apposition",
    "office-country-predicate-appoint": "the country of an office that somebody is appointed to",
    "office-country-predicate-be": "the country of an office that somebody has",
    "office-country-predicate-become": "the country of an office that somebody comes to have",
    "office-country-predicate-serve": "the country of an office that somebody serves in",
    "office-employer": "the employer behind a verb of work",
    "office-of-apposition": "whose office it is, by apposition",
    "office-of-comma": "whose office stands before a comma and a name",
    "office-of-predicate-appoint": "whose office somebody is appointed to",
    "office-of-predicate-be": "whose office somebody has",
    "office-of-predicate-become": "whose office somebody comes to have",
    "office-of-predicate-serve": "whose office somebody serves in",
    "office-predicate-appoint": "an office that somebody is appointed or elected to",
    "office-predicate-be": "an office or profession that somebody has",
    "office-predicate-become": "an office that somebody comes to have, or keeps",
    "office-predicate-serve": "an office that somebody serves, works or acts in",
    "part-of": "a part behind whose noun the named whole stands",
    "participle-agent": "who leads, owns or backs a thing, before a hyphen",
    "participle-place": "where a thing is based or born, before a hyphen",
    "parties": "an event named by two parties",
    "place-comma": "the larger place after a comma",
    "possessive": "a thing of a named owner",
    "possessive-abstract": "what is of a named owner, but nothing that one has",
    "possessive-country": "people of a country, as possessor",
    "possessive-employer": "people that an organization employs, as possessor",
    "possessive-member": "people that belong to an organization, as possessor",
    "possessive-part": "a part of an organization, as possessor",
    "possessive-place": "a place in a larger one, as possessor",
    "possessive-work": "a named work of its maker, as possessor",
    "stake-in": "what a stake is in",
    "tag-before": "the noun before a name that says what it is",
    "tag-of": 'the noun before "of" that says what a place is',
    "title-before": "an office before a name",
    "title-before-and": "the first of two offices before a name",
    "title-country": "the country of an office before a name",
    "title-of": "whose office stands before a name",
    "amount-of": "who has an amount that a noun names",
    "made-by": "who made a work, behind by",
    "person-of": "the organization behind of and a person's name",
    "related-before": "a noun before a name that says how its owner stands to the person",
    "related-apposition": "how a person stands to somebody or a place, by apposition",
    "related-predicate-be": "how a person stands to somebody or a place, by predicate",
    "related-predicate-become": "how a person comes to stand to somebody",
    "value-of": "the amount behind a noun that has amounts",
    "value-to": "the amount that a noun is taken or comes to",
}
RULES = {**CLAUSES, **PHRASES}


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
