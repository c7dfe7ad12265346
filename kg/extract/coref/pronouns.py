"""Pronouns: he and she by a trained ranker, it and they where clear, who and which through their clause."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract.coref import context, ranker, statements
from kg.extract.coref.candidates import GROUP_OF, candidates_for, plausible, teller
from kg.extract.coref.cluster import Clusters, CorefCluster
from kg.extract.coref.context import MentionContext
from kg.extract.coref.nominals import make_person, refer
from kg.extract.coref.sentences import PRINTING, SEEMING, by_build, goes_on_unknown, reflected
from kg.extract.lexicon import words
from kg.extract.reading import MentionDraft, ParsedBlock

I = words("coref", "pronouns", "i")  # noqa: E741
WE = words("coref", "pronouns", "we")
YOU = words("coref", "pronouns", "you")
WEATHER = words("coref", "pronouns", "weather")
RELATIVE = words("coref", "pronouns", "relative")


def relatives(clusters: Clusters) -> None:
    """Join who, which and that to the noun their clause hangs on."""
    reading = clusters.reading
    for m in [m for m in reading.mentions if m.kind == "pronoun" and m.head.lower_ in RELATIVE]:
        if m.head.tag_ not in ("WP", "WDT", "WP$"):
            continue
        clause: Token | None = m.head
        while clause is not None and clause.dep_ != "relcl":
            clause = clause.head if clause.head != clause else None
        if clause is None:
            continue
        noun = clause.head
        antecedent = reading.at(m.block, noun)
        if antecedent is not None and antecedent.kind in ("name", "nominal") and noun.i < m.head.i:
            thing = clusters.cluster_of(antecedent)
            m.type = thing.type
            clusters.join(thing, clusters.cluster_of(m), "relative", m, antecedent)


def resolve(clusters: Clusters, block: ParsedBlock, token: Token) -> bool:
    """Join a pronoun to its antecedent, where that is clear; whether the token was such a pronoun."""
    word = token.lower_
    if word in I or word in WE or word in YOU:
        _resolve_talk(clusters, block, token, word)
        return True
    group = GROUP_OF.get(word)
    if group is None or token.tag_ not in ("PRP", "PRP$") or token.dep_ == "expl":
        return False
    known = clusters.reading.at(block, token)
    if known is not None and not _is_open(clusters, known):
        return True
    if not _empty(clusters.site(block.index, token.i)):
        _resolve_third(clusters, block, token, group)
    return True


def _is_open(clusters: Clusters, known: MentionDraft) -> bool:
    """Whether a pronoun is in no chain yet, but for the "I" in what it says: '"I saw it," she said'."""
    if not clusters.chained(known):
        return True
    return all(m is known or m.head.lower_ in I for m in clusters.cluster_of(known).mentions)


def _resolve_third(clusters: Clusters, block: ParsedBlock, token: Token, group: str) -> None:
    """Join he, she, it or they to its antecedent, by the build of the sentences or else by the ranker."""
    word, sex = token.lower_, {"he": -1.0, "she": 1.0}.get(group, 0.0)
    at = clusters.site(block.index, token.i)
    candidates = candidates_for(clusters, block, token, group)
    if sex and goes_on_unknown(clusters, at):
        return
    if sex:
        candidates = plausible(clusters, at, candidates)
    if word.endswith(("self", "selves")):
        choice = reflected(clusters, at, candidates)
    else:
        choice = by_build(clusters, at, candidates)
        choice = choice or ranker.choose(clusters, block, token, "he" if sex else group, sex, candidates)
    if choice is None:
        return
    choice.gender += 0.3 * sex
    if sex and choice.type != "Person":
        make_person(choice)
    choice.pronouns.append((clusters.sentence_at(block, token), word))
    clusters.write(choice)
    refer(clusters, block, token, choice, "he-she" if sex else group)


def _resolve_talk(clusters: Clusters, block: ParsedBlock, token: Token, word: str) -> None:
    """Join "I", "we" or "you" to who speaks or is spoken to, in a quotation or in a turn of a talk."""
    said_by, rule = speaker(clusters, block, token) if word in I else None, "speaker"
    if said_by is None and token.i not in clusters.quotations(block):
        said_by, rule = _of_turn(clusters, block, token, word), "turn"
        if said_by is None and word in WE:
            at = clusters.site(block.index, token.i)
            said_by = statements.speaks(clusters, at) or statements.notifies(clusters, at, block)
            rule = "speaker"
    if said_by is not None:
        refer(clusters, block, token, said_by, rule)


def _of_turn(clusters: Clusters, block: ParsedBlock, token: Token, word: str) -> CorefCluster | None:
    """Give whom "I", "we" or "you" stands for outside of quotations.

    "We" is an organization that speaks, as who else belongs to a speaker is not told; "you" is who is asked.
    """
    mention = block.said_to if word in YOU else block.said_by
    if mention is None:
        return None
    if word in YOU and not token.sent.text.rstrip().endswith("?"):
        return None
    thing = clusters.cluster_of(mention)
    return thing if mention.type == ("Organization" if word in WE else "Person") else None


def _empty(at: MentionContext) -> bool:
    """Whether an "it" stands for nothing: "it is clear that", "it is said that", "it rained", "(it)"."""
    tree, i, verb = at.tree, at.i, at.verb
    if tree.lower[i] != "it":
        return False
    if tree.lower[i - 1 : i + 2] == ["(", "it", ")"]:
        return True
    if at.role not in ("nsubj", "nsubjpass") or verb < 0:
        return False
    if tree.lemma[verb] in WEATHER:
        return True
    if tree.lemma[verb] in PRINTING:
        return False  # "it was published after others had refused it"
    return (at.role == "nsubjpass" or tree.lemma[verb] in SEEMING) and context.extraposed(tree, verb)


def speaker(clusters: Clusters, block: ParsedBlock, token: Token) -> CorefCluster | None:
    """Give who says "I" in a quotation, where the text tells it beside the quotation."""
    mention = teller(clusters, block, token)
    if mention is None or mention.kind not in ("name", "nominal", "pronoun"):
        return None
    thing = clusters.cluster_of(mention)
    gap = abs(clusters.sentence_at(block, token) - clusters.sentence_of(mention))
    return thing if thing.type == "Person" and not thing.plural and gap <= 1 else None


def note_unknown(clusters: Clusters) -> None:
    """Note how many sentences say something of an "I" or "we" whom nobody names."""
    unknown: dict[int, str] = {}
    for claim in clusters.reading.claims:
        for m in (claim.subject, claim.object):
            if m is None or m.kind != "pronoun" or m.head.lower_ not in I | WE or clusters.chained(m):
                continue
            if m.head.i not in clusters.quotations(m.block):
                unknown.setdefault(clusters.sentence_of(m), "I" if m.head.lower_ in I else "we")
    for word, remedy in (("I", '; give an author line above the text ("By NAME")'), ("we", "")):
        number = list(unknown.values()).count(word)
        if number:
            sentences = "sentence" if number == 1 else "sentences"
            clusters.reading.notes.append(
                f'{number} first-person {sentences} left out: nobody says who "{word}" is{remedy}'
            )
