"""Relations by a verb as branches: those in the words of the texts, and those of the table."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kg.ask import tables
from kg.ask.conditions import ACTORS, MOST, NUMBER, WHERE, answer_of, of_class, picked, timed, with_values
from kg.ask.patterns import TRUE, Branch, Pattern, Terms, plain, text
from kg.ask.records import Question, Thing


class Relations:
    """Makes branches of relations in the words of texts, and of those of the table that they are cases of."""

    def __init__(self, terms: Terms, is_there: Callable[[str], bool]) -> None:
        self.terms, self.is_there = terms, is_there

    def of_verb(self, question: Question) -> list[Branch]:
        """Give the branches of a question that names two ends at most."""
        ends = dict(question.slots)
        asked = question.asked.kind
        if any(thing.kind not in ("name", "text") for thing in ends.values()) or question.verb is None:
            return []
        answer = answer_of(question.asked)
        about = ends.pop("about", None) if self._is_said(question) else None
        if question.clause:
            return self._saying(question, ends, answer)
        written: dict[str, Thing | str] = dict(ends)
        if question.slot:
            written[question.slot] = answer
        if asked == "where" and not question.slot:
            return self._where(question, written, answer)
        found = [
            branch for b in self._of_ends(question, written, answer) for branch in [self._timed(b, question)]
        ]
        if about is not None:
            words = plain(about.entities[0].label.lower() if about.entities else about.words)
            found = [b.having(more=[f"FILTER(CONTAINS(LCASE(STR({answer})), {words}))"]) for b in found]
        return found[:MOST]

    def _saying(self, question: Question, ends: dict[str, Thing], answer: str) -> list[Branch]:
        """Read "who said that X was sold": whose words have these."""
        assert question.verb is not None, "there is one in these forms"
        lemma = question.verb.lemma
        if lemma not in tables.words("verbs", of="said") or not self.is_there(lemma):
            return []
        branch, term = self._term(Branch(answer), ends.get("subject", answer))
        found = branch.having(Pattern(term, f"rel:{lemma}", "?said"))
        for word in question.clause:
            found = found.having(more=[f"FILTER(CONTAINS(LCASE(STR(?said)), {plain(word.lower())}))"])
        return [self._timed(found, question)]

    def _is_said(self, question: Question) -> bool:
        said = tables.words("verbs", of="said")
        return bool(question.verb and question.verb.lemma in said and question.slot == "object")

    def _where(self, question: Question, written: dict[str, Thing | str], answer: str) -> list[Branch]:
        found = []
        for preposition in sorted(tables.words("where")):
            ends = {**written, preposition: answer}
            found += [
                picked(of_class(b, WHERE), question.asked) for b in self._of_ends(question, ends, answer)
            ]
        return [self._timed(branch, question) for branch in found][:MOST]

    def _of_ends(self, question: Question, ends: dict[str, Thing | str], answer: str) -> Iterator[Branch]:
        asked = question.asked
        if asked.kind in ("how much", "how many", "how") and question.slot not in ("subject", "object"):
            return
        for subject, words, obj in self._ways(question, ends):
            yield from self._counted(question, words, obj)
            for relation, turned in self._relations(words, obj, asked.kind):
                left, right = (obj, subject) if turned else (subject, obj)
                branch = Branch(answer)
                branch, first = self._term(branch, left)
                branch, second = self._term(branch, right)
                whole = branch.having(Pattern(first, self.terms.relation(relation), second))
                if asked.kind == "who":
                    whole = of_class(whole, ACTORS)
                yield picked(whole, asked) if asked.kind != "where" else whole

    def _counted(self, question: Question, words: str, obj: Thing | str | None) -> Iterator[Branch]:
        """Read "how many people live in X" as its population."""
        relation = tables.table()["count"].get(words)
        asked = question.asked
        if relation and asked.kind == "how many" and asked.noun in tables.words("people") and obj is not None:
            branch, term = self._term(Branch(NUMBER), obj)
            yield branch.having(Pattern(term, f"rel:{relation}", NUMBER))

    def _ways(
        self, question: Question, ends: dict[str, Thing | str]
    ) -> Iterator[tuple[Thing | str, str, Thing | str | None]]:
        """Give the subject, the words and the object of each relation that could say it."""
        verb = question.verb
        assert verb is not None, "there is one in questions by verbs"
        if len(ends) > 2:
            return
        if "subject" in ends:
            slot = next((s for s in ends if s != "subject"), "")
            words = verb.lemma if slot in ("", "object") else f"{verb.lemma}_{slot}"
            yield ends["subject"], words, ends.get(slot)
            if not slot and question.slot == "subject":
                yield ends["subject"], words, "?something"
        elif "object" in ends:
            slot = next((s for s in ends if s != "object"), "")
            yield ends["object"], tables.passive_words(verb.lemma.partition("_")[0], slot), ends.get(slot)
            if not slot:
                yield "?somebody", verb.lemma, ends["object"]

    def _relations(self, words: str, obj: Thing | str | None, asked: str) -> Iterator[tuple[str, bool]]:
        there = self.is_there(words)
        if there:
            yield words, False
        # When something began to hold is less than when it was done.
        if obj is not None and obj not in ("?something", "?somebody") and not (there and asked == "when"):
            links = [way for link in tables.links_of_words(words) for way in tables.ways(link)]
            yield from ((link.relation, link.turned) for link in dict.fromkeys(links))

    def _term(self, branch: Branch, end: Thing | str | None) -> tuple[Branch, str]:
        if end is None:
            return branch, TRUE
        if isinstance(end, str):
            return branch, end
        if end.kind == "text":
            return branch, text(end.words)
        term, values = self.terms.of(end.entities, end.words)
        return with_values(branch, values), term

    def _timed(self, branch: Branch, question: Question) -> Branch:
        """Give a branch with the days of its statement, where a question asks for them or names some."""
        if not question.times and question.asked.kind != "when":
            return branch
        return timed(branch, question.times, asked=question.asked.kind == "when")
