"""Repairs of known mistakes of the parser, each from evidence around it.

A repair is a function on a `Tree` that changes heads and labels and says whether it did. They run before
anything reads the tree; spaCy's Doc stays as it is.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from kg.extract.lexicon.inflect import restore_silent_e
from kg.extract.parse import attachments
from kg.extract.parse.repair import (
    appositions,
    asides,
    attaching,
    clauses,
    courts,
    gaps,
    lists,
    mainverbs,
    misread,
    objects,
    phrases,
    subordinate,
    telling,
    times,
    tokens,
    transfers,
    verbs,
)
from kg.extract.parse.repair.tokens import is_score
from kg.extract.parse.tree import Tree
from kg.extract.reading import ParsedBlock

__all__ = ["FLAT_REPAIRS", "REPAIRS", "Repair", "is_score", "repair", "tree_of"]

Mend = Callable[[Tree, int], bool]
DIGITS, SIGNED = "#", "-#"


@dataclass(frozen=True, slots=True)
class Repair:
    """A repair and the tokens it may begin at: those of some labels, or a word.

    `DIGITS` stands for a whole number or two years, `SIGNED` for one with a minus.
    """

    mend: Mend
    labels: frozenset[str] = frozenset()
    word: str = ""

    @property
    def name(self) -> str:
        """The name of the function that does it."""
        return self.mend.__name__

    def begins_at(self, label: str, word: str) -> bool:
        """Whether a token of this label, and this word of `BEGINNINGS`, is one it may begin at."""
        anywhere = not self.labels and not self.word
        return anywhere or label in self.labels or (word != "" and word == self.word)


def _at(mend: Mend, labels: str) -> Repair:
    return Repair(mend, frozenset(labels.split()))


# In the order in which they are tried at a token.
REPAIRS = (
    Repair(lists.listed_subjects, word="and"),
    Repair(lists.listed_subjects, word="or"),
    Repair(lists.listed_subjects, word="well"),
    Repair(lists.listed_subjects, word="also"),
    Repair(lists.accompanied_subject, word="along"),
    Repair(lists.accompanied_subject, word="together"),
    Repair(lists.accompanied_subject, word="alongside"),
    Repair(lists.accompanied_subject, word="jointly"),
    _at(verbs.verb_for_noun, "ROOT"),
    _at(verbs.past_for_adjective, "amod compound nmod"),
    _at(misread.gerund_as_subject, "ROOT"),
    _at(misread.title_for_clause, "xcomp ccomp"),
    _at(misread.adverb_for_object, "dobj"),
    _at(misread.distance_for_object, "dobj"),
    Repair(misread.ill_for_adverb, word="ill"),
    _at(misread.means_for_agent, "agent"),
    Repair(attaching.agent_behind_occasion, word="by"),
    _at(attaching.phrase_behind_compound, "prep"),
    _at(attaching.dismissed_behind_name, "advcl"),
    _at(attaching.way_behind_vehicle, "prep"),
    Repair(attaching.next_leg, word="to"),
    Repair(misread.general_behind_office, word="general"),
    _at(misread.noun_for_bare_verb, "acl dobj pobj"),
    _at(misread.name_for_preposition, "prep"),
    *(Repair(misread.club_for_preposition, word=word) for word in ("as", "if")),
    _at(misread.based_for_preposition, "prep"),
    _at(misread.participle_in_compound, "conj"),
    _at(misread.verb_for_plural, "conj"),
    Repair(asides.that_said, word="said"),
    _at(verbs.present_for_infinitive, "ROOT"),
    Repair(clauses.subject_on_auxiliary),
    _at(clauses.perfect_for_passive, "auxpass"),
    _at(clauses.noun_for_clause, "ccomp oprd"),
    _at(clauses.participle_after_copula, "acomp attr"),
    _at(phrases.particle_with_object, "prt"),
    _at(phrases.preposition_before_subject, "prep"),
    _at(clauses.past_for_participle, "acl"),
    _at(clauses.participle_behind_phrase, "conj"),
    _at(clauses.participle_before_verb, "ccomp conj"),
    _at(clauses.past_before_joined_noun, "conj"),
    _at(clauses.torn_name, "conj"),
    _at(clauses.subject_among_conjuncts, "conj advcl ccomp"),
    _at(clauses.complement_among_subjects, "ccomp"),
    _at(clauses.object_of_imperative, "nsubj"),
    _at(clauses.verb_joined_apart, "advcl parataxis"),
    _at(phrases.joined_preposition, "conj"),
    _at(phrases.award_of_title, "pobj"),
    _at(phrases.name_behind_object, "npadvmod"),
    _at(verbs.title_for_verb, "conj"),
    _at(verbs.gerund_as_object, "advcl"),
    _at(phrases.named_to_office, "dobj oprd"),
    _at(phrases.office_behind_name, "appos"),
    _at(verbs.change_for_noun, "dobj"),
    Repair(phrases.accusation_on_verb, word="of"),
    _at(phrases.dead_behind_verb, "amod"),
    _at(phrases.number_left_dead, "oprd dobj acomp ccomp"),
    _at(phrases.number_left_hurt, "advcl conj xcomp ccomp acl"),
    _at(phrases.name_between_commas, "npadvmod"),
    _at(phrases.trade_between_commas, "npadvmod"),
    _at(phrases.reflexive_object, "compound nmod poss"),
    _at(phrases.partitive_relative, "ccomp advcl conj parataxis"),
    _at(clauses.name_for_adverb, "advmod"),
    _at(phrases.titled_subject, "nsubj nsubjpass"),
    _at(lists.second_subject, "nsubj nsubjpass"),
    _at(lists.listed_objects, "appos"),
    _at(phrases.shared_person_noun, "conj"),
    _at(appositions.firm_behind_noun, "conj"),
    _at(clauses.verb_for_adjective, "amod"),
    _at(tokens.amounts_from_to, "quantmod dep prep"),
    _at(phrases.absolute_behind_place, "pcomp"),
    _at(clauses.others_after_some, "conj"),
    _at(phrases.adjunct_behind_comma, "prep"),
    _at(attaching.phrase_before_next_clause, "prep"),
    _at(times.phrase_behind_date, "prep"),
    _at(times.day_before_verb, "pobj"),
    _at(times.of_behind_date, "prep"),
    _at(times.phrase_before_infinitive, "prep"),
    _at(times.phrase_behind_amount, "prep"),
    _at(times.subject_behind_date, "appos"),
    _at(appositions.named_craft, "ROOT"),
    _at(times.day_before_subject, "compound nmod pobj"),
    _at(appositions.subject_behind_kin, "nsubj nsubjpass"),
    _at(appositions.superlative_of_owner, "nsubj nsubjpass appos conj"),
    _at(appositions.renaming_subject, "nsubj nsubjpass"),
    _at(appositions.renaming_object, "pobj appos"),
    _at(mainverbs.subject_behind_place, "pobj appos"),
    _at(mainverbs.subject_behind_phrase, "pobj"),
    _at(appositions.name_behind_office, "appos"),
    _at(appositions.title_as_second_object, "dobj"),
    _at(appositions.rank_behind_object, "dobj npadvmod"),
    _at(appositions.office_joined_to_name, "conj"),
    _at(appositions.name_behind_participle, "appos"),
    _at(courts.name_behind_party, "appos"),
    _at(courts.court_for_clause, "mark aux"),
    Repair(courts.charge_against_somebody, word="against"),
    Repair(courts.suspicion_behind_place, word="on"),
    Repair(courts.name_behind_naming, word="as"),
    _at(appositions.noun_before_noun, "appos"),
    _at(appositions.name_behind_relative, "nsubj nsubjpass npadvmod dobj"),
    _at(appositions.name_as_two_subjects, "nsubj nsubjpass"),
    _at(appositions.kin_behind_place, "appos"),
    _at(appositions.name_behind_kin, "appos"),
    _at(appositions.name_joined_to_kin, "conj appos"),
    _at(appositions.name_behind_parent, "appos"),
    _at(appositions.title_behind_work, "acl"),
    _at(appositions.attribution_behind, "ROOT conj"),
    _at(appositions.teller_behind, "acl relcl"),
    Repair(appositions.clause_of_whose, word="whose"),
    Repair(appositions.former_behind_name, word="until"),
    _at(verbs.post_for_infinitive, "xcomp"),
    _at(phrases.party_on_verb, "prep"),
    _at(phrases.charge_on_verb, "prep acl"),
    _at(phrases.name_behind_place, "appos"),
    _at(phrases.sum_behind_person, "appos dobj"),
    _at(clauses.cleft, "ccomp advcl"),
    _at(clauses.clause_before_clause, "ccomp"),
    Repair(tokens.hyphenated, word="-"),
    Repair(phrases.maker_on_verb, word="by"),
    _at(clauses.noun_for_sentence, "acl"),
    _at(clauses.past_behind_clause, "acl"),
    _at(clauses.past_before_conjunct, "acl"),
    _at(clauses.past_behind_apposition, "acl"),
    _at(clauses.past_behind_aside, "acl"),
    _at(mainverbs.past_behind_aside_of_name, "acl"),
    _at(mainverbs.past_before_colon, "acl"),
    _at(mainverbs.participle_between_commas, "conj"),
    _at(phrases.seen_in_picture, "acl"),
    _at(phrases.same_noun_joined, "conj"),
    _at(phrases.outcome_on_infinitive, "advcl"),
    Repair(attaching.of_behind_name, word="of"),
    _at(attaching.place_behind_aside, "prep"),
    _at(attaching.place_behind_hedge, "prep conj"),
    Repair(attaching.out_of_many, word="of"),
    Repair(attaching.ranging_behind_noun, word="ranging"),
    _at(attaching.goal_on_relative, "prep dative"),
    _at(attaching.place_behind_distant, "prep"),
    _at(attaching.adjective_before_name, "appos"),
    _at(attaching.conjunct_disagrees, "conj"),
    _at(verbs.gerund_beside_telling, "xcomp ccomp"),
    _at(asides.side_by_side, "dobj npadvmod advmod attr"),
    _at(asides.infinitive_before_colon, "advcl ccomp xcomp"),
    _at(verbs.participle_without_auxiliary, "conj"),
    _at(courts.ruling_beside_telling, "advcl"),
    _at(courts.ruling_joined_to_finding, "conj"),
    _at(clauses.tense_of_conjunct, "conj"),
    _at(clauses.relative_without_pronoun, "acl"),
    _at(phrases.participle_behind_comma, "acl"),
    _at(phrases.participle_in_front, "advcl"),
    _at(phrases.participle_on_name, "acl"),
    Repair(clauses.relative_object, word="that"),
    _at(asides.relative_for_complement, "ccomp"),
    _at(asides.called_behind_comma, "conj advcl acl dep ccomp"),
    _at(asides.gerund_of_trouble, "acl"),
    Repair(asides.both_and, word="both"),
    *(Repair(asides.address_between_commas, word=word) for word in sorted(asides.ADDRESSES)),
    _at(phrases.child_in_front, "conj appos"),
    _at(phrases.relative_clause_host, "relcl"),
    _at(clauses.direction_before_verb, "nsubj"),
    _at(clauses.inverted_subject, "dobj attr"),
    _at(gaps.left_out_verb, "dobj"),
    _at(gaps.left_out_verb_before_phrase, "conj"),
    Repair(tokens.score, word=DIGITS),
    _at(phrases.in_order_to, "acl relcl"),
    _at(telling.teller_in_clause, "ROOT"),
    _at(telling.tellers_behind_list, "ROOT"),
    _at(telling.tellers_for_clause, "conj"),
    _at(subordinate.clause_behind_preposition, "conj"),
    _at(subordinate.predicate_in_relative, "ccomp"),
    _at(subordinate.second_relative, "conj"),
    _at(subordinate.verb_joined_to_adjective, "conj"),
    Repair(appositions.named_among_them, word="them"),
    _at(objects.given_behind_renaming, "appos"),
    _at(objects.given_behind_name, "appos dobj npadvmod"),
    _at(objects.sum_behind_name, "appos"),
    _at(objects.trade_before_object, "dobj"),
    _at(objects.name_behind_its_noun, "appos"),
    _at(objects.name_behind_its_owner, "appos npadvmod"),
    _at(objects.name_behind_comma, "npadvmod dep dobj oprd appos"),
    _at(objects.sum_behind_comma, "npadvmod dep appos dobj"),
    _at(objects.title_before_name, "appos"),
    _at(objects.phrase_behind_worth, "prep relcl"),
    Repair(transfers.receiver_for_infinitive, word="to"),
    _at(transfers.second_receiver, "relcl"),
    _at(transfers.sum_joined_to_sum, "dobj conj"),
    _at(transfers.sum_joined_to_name, "conj"),
    _at(transfers.sum_with_receiver, "dobj"),
    _at(transfers.second_sum, "dobj"),
    _at(transfers.gift_that_paid, "acl"),
    _at(transfers.name_beside_its_noun, "dobj advcl"),
    Repair(transfers.receiver_behind_name, word="to"),
    Repair(objects.agent_behind_place, word="by"),
    Repair(objects.agent_behind_office, word="by"),
    *(Repair(objects.school_behind_field, word=word) for word in ("of", "from", "at")),
    *(Repair(objects.school_behind_study, word=word) for word in ("at", "in")),
    Repair(objects.agent_behind_object, word="by"),
    Repair(objects.purpose_behind_agent, word="for"),
    *(Repair(times.date_of_next_verb, word=word) for word in ("in", "on")),
    Repair(objects.topic_behind_name, word="about"),
    _at(objects.noun_joined_to_verb, "conj"),
    Repair(objects.time_behind_sum, word="in"),
    Repair(objects.time_behind_sum, word="on"),
)
# They look at heads and labels alone and run before the others; children are worked out once for all of them.
FLAT_REPAIRS = (
    Repair(times.name_behind_time, word=DIGITS),
    *(Repair(times.name_behind_time, word=name) for name in sorted(times.MONTHS | times.DAYS)),
    Repair(tokens.signed_amount, word=SIGNED),
    Repair(tokens.minus, word="minus"),
    Repair(tokens.won_of_money, word="won"),
    Repair(tokens.money_before_amount, word="rs"),
    Repair(tokens.money_before_amount, word="rs."),
)
_FLAT = {r.word: r.mend for r in FLAT_REPAIRS}
# Words that a repair begins at, whatever their label.
BEGINNINGS = frozenset(r.word for r in REPAIRS if r.word) - {DIGITS}


@functools.lru_cache(maxsize=512)
def _repairs_at(label: str, word: str) -> tuple[tuple[int, Mend], ...]:
    """Give the repairs that may begin at a token, with their places in the order."""
    return tuple((n, r.mend) for n, r in enumerate(REPAIRS) if r.begins_at(label, word))


def repair(tree: Tree) -> None:
    """Mend a tree in place."""
    for i, tag in enumerate(tree.tag):
        if tag in ("VBD", "VBN", "VBG", "VBZ") and tree.pos[i] == "VERB":
            tree.lemma[i] = restore_silent_e(tree.lower[i], tree.lemma[i])
    changed = False
    for i, word in enumerate(tree.lower):
        mend = _FLAT.get(word) or _FLAT.get(_kind_of_number(word))
        changed = (mend is not None and mend(tree, i)) or changed
    if changed:
        tree.index()
    changed, kept = False, tree.copy()
    for i, word in enumerate(tree.lower):
        begins = word if word in BEGINNINGS else DIGITS if word.isdigit() else ""
        changed = _repair_at(tree, i, begins, kept) or changed
    if changed:
        tree.index()


def _kind_of_number(word: str) -> str:
    if not (word[0].isdigit() or word[0] == "-"):
        return ""
    if word.isdigit() or (word[:4].isdigit() and word[4:5] in ("/", "–", "-")):
        return DIGITS
    return SIGNED if word[0] == "-" and any(c.isdigit() for c in word[1:3]) else ""


def _repair_at(tree: Tree, i: int, begins: str, kept: dict[str, list[Any]]) -> bool:
    """Try the repairs at a token, each once and in their order; whether one of them did something.

    What would hang tokens in a circle is taken back to the tree that was `kept`, which goes along with the
    rest.
    """
    done, changed = -1, False
    while True:
        for n, mend in _repairs_at(tree.dep[i], begins):
            if n <= done:
                continue
            done = n
            if mend(tree, i):
                tree.index()
                if not tree.is_whole:
                    tree.restore(kept)
                    continue
                changed = True
                kept.update(tree.copy())
                break  # its label may be another one now
        else:
            return changed


def tree_of(block: ParsedBlock) -> Tree:
    """Give the tree of a block, made once."""
    if block.tree is None:
        block.tree = Tree(block.doc)
        attachments.settle(block.tree)
        repair(block.tree)
    return block.tree
