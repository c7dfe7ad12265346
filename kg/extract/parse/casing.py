"""Text that is all in capitals, or all in small letters, is given to the parser in the letters that it needs.

The words of a line in capitals are written as the document writes them elsewhere, else by the lexicon: a
common word small, another as a name. A sentence in small letters gets the names that the document has
elsewhere, and the verb of a headline in which each word has a capital loses its own beside such a name. No
letter moves, so that offsets hold, and mentions show what the text has.
"""

from __future__ import annotations

import collections
import functools
import re
from collections.abc import Callable

from spacy.language import Language

from kg.extract.lexicon import gazetteer, inverse, words
from kg.extract.lexicon.inflect import verbs_of_participle, verbs_of_third_person
from kg.extract.lexicon.nouns import is_common

ACRONYMS = words("tokens", "case", "acronyms")
FUNCTION = words("tokens", "case", "function")
TITLES = words("names", "title", "titles")
END_CLASS = inverse("names", "end")
# What names of those end with who meet and decide, and the words of grammar within.
BODIES = words("events", "words", "joined") | words("events", "words", "fellowships")
WITHIN = frozenset({"of", "the", "and", "for"})
# Words of grammar that stand in sentences, and in no name.
VERBAL = words("tokens", "case", "verbal")
FIRM_ENDS = frozenset({"ltd", "inc", "corp", "co", "llc", "plc", "gmbh", "pvt", "pte"})
AT = frozenset({"in", "from", "near", "at", "to", "of"})
TOWN = 50_000
# Words of the longest name.
LONGEST = 8
# A line or sentence, with its end.
SENTENCE = re.compile(r"[^.!?\n]+(?:(?:[.!?](?!\s)|(?<=\b[A-Za-z])\.)[^.!?\n]+)*[.!?]*")
HYPHENED = re.compile(r"\b[A-Z][A-Za-z]+-\d+\b")
NUMBERED = re.compile(r"\b[a-z]+ \d+\b")
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
# Names, as a document writes them: words in capitals with nothing but a blank between them.
RUN = re.compile(r"[A-Z][\w'’-]*(?: (?:of|the|and|&|de|van|von|der) (?=[A-Z])| (?=[A-Z])|[A-Z][\w'’-]*)*")
# There is something to do where two words of capitals stand together, or a sentence begins small.
CAPITALS = re.compile(r"(?<=[A-Z]{2})(?:[^\w\n]{1,3}|\s\w{1,20}\s)[A-Z]{2}")
HEADLINE = re.compile(
    r"^(?:[A-Z][\w'’-]*(?: (?:of|in|on|at|for|to|and|the|a|by|with))* ){3,}[A-Z][\w'’-]*$", re.M
)
SMALL = re.compile(r"(?:^|[.!?]\s+)[a-z]", re.M)


class Words:
    """The words of the language in small letters, by the tables of a model's lemmatizer."""

    def __init__(self, nlp: Language) -> None:
        lemmatizer = nlp.get_pipe("lemmatizer") if "lemmatizer" in nlp.component_names else None
        lookups = getattr(lemmatizer, "lookups", None)
        self.tables: dict[str, list[frozenset[str]]] = {pos: [] for pos in ("noun", "verb", "adj", "adv")}
        for name in ("lemma_index", "lemma_exc"):
            if lookups is not None and lookups.has_table(name):
                table = lookups.get_table(name)
                for pos, found in self.tables.items():
                    found += [frozenset(table[pos])] if pos in table else []
        self.is_word = functools.lru_cache(maxsize=65536)(self._is_word)

    def has(self, word: str, *parts: str) -> bool:
        """Whether a word, as it is, belongs to one of these parts of speech."""
        return any(word in table for pos in parts for table in self.tables[pos])

    def is_verb(self, word: str) -> bool:
        """Whether a word is a form of a verb."""
        return any(len(stem) > 1 and self.has(stem, "verb") for stem in (word, *_stems(word)))

    def is_told(self, word: str) -> bool:
        """Whether a word is surely no name: a word of grammar, a verb or an adjective."""
        return word in FUNCTION or self.is_verb(word) or self.has(word, "adj", "adv")

    def _is_word(self, word: str) -> bool:
        word = re.sub(r"['’]s?$", "", word)
        if word in FUNCTION:
            return True
        stems = (word, *_stems(word))
        return any(len(s) > 1 and (is_common(s) or self.has(s, *self.tables)) for s in stems)


def _stems(word: str) -> list[str]:
    """Give what an inflected word may be a form of."""
    stems = verbs_of_third_person(word) if word.endswith("s") else []
    stems += verbs_of_participle(word) if word.endswith("ed") else []
    if word.endswith("ing"):
        stems += [word[:-3], f"{word[:-3]}e", word[:-4]]
    return stems


class Casing:
    """How a document writes its words, and how to write those of it that are all large or all small."""

    def __init__(self, text: str, lexicon: Words) -> None:
        self.lexicon = lexicon
        self.is_word = lexicon.is_word
        self.forms: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
        self.runs: dict[str, list[list[str]]] = collections.defaultdict(list)
        self.seen: set[str] = set()
        self.lasts: set[str] = set()
        # "covid 19", by the name with a hyphen that stands for it.
        self.hyphened: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
        for sentence in SENTENCE.finditer(text):
            if not (_is_plain(sentence[0]) or HEADLINE.fullmatch(sentence[0])):
                self._learn(sentence[0])
        for runs in self.runs.values():
            runs.sort(key=lambda run: (-len(run), run))

    def _learn(self, sentence: str) -> None:
        """Learn from a sentence in letters of both kinds."""
        for match in WORD.finditer(sentence):
            # The first word of a sentence has its capital from there, unless it is a name elsewhere.
            first = not sentence[: match.start()].strip()
            if not first or not self.is_word(match[0].lower()):
                self.forms[match[0].lower()][match[0]] += 1
        for match in HYPHENED.finditer(sentence):
            self.hyphened[match[0].lower().replace("-", " ")][match[0]] += 1
        for match in RUN.finditer(sentence):
            run = match[0].split(" ")
            if run[0].lower() in FUNCTION:
                run = run[1:]
            if (
                1 < len(run) <= LONGEST
                and not all(part.isupper() for part in run)
                and match[0] not in self.seen
            ):
                self.seen.add(match[0])
                self.runs[run[0].lower()].append(run)
                self.lasts.add(run[-1])

    def mend(self, text: str) -> str:
        """Give a text of the same length in which nothing is all large or all small that has another form."""
        return SENTENCE.sub(lambda m: self._mend(m[0]), text)

    def _mend(self, sentence: str) -> str:
        if sentence.islower():
            found = NUMBERED.sub(lambda m: _usual(self.hyphened.get(m[0])) or m[0], sentence)
            return self._respell(found, self._raise)
        if not _is_loud(sentence):
            return self._respell(sentence, self._settle) if HEADLINE.fullmatch(sentence) else sentence
        if self._is_body(sentence):
            return WORD.sub(lambda m: _as_in_name(m[0]), sentence)
        if not self._says(sentence):
            return sentence
        found = self._respell(sentence, self._lower)
        first = WORD.search(found)
        if first is None or not first[0].islower():
            return found
        return found[: first.start()] + first[0].capitalize() + found[first.end() :]

    def _says(self, sentence: str) -> bool:
        """Whether a line in capitals has a verb, or names of the document; else it may be all one name."""
        spelled = [m[0].lower() for m in WORD.finditer(sentence)]
        if spelled[-1] in FIRM_ENDS or any(word in self.runs for word in spelled):
            return spelled[-1] not in FIRM_ENDS
        inner = spelled[1:]
        return any(w in VERBAL or (w.endswith(("s", "ed")) and self.lexicon.is_verb(w)) for w in inner)

    def _is_body(self, sentence: str) -> bool:
        """Whether a line in capitals is but the name of a body: "LORN DISTRICT COUNCIL"."""
        spelled = sentence.lower().split()
        if len(spelled) > LONGEST or not all(WORD.fullmatch(w) for w in spelled) or self.is_word(spelled[0]):
            return False
        inner = (w for w in spelled[1:] if w not in WITHIN)
        sayings = (
            w in FUNCTION | VERBAL or (w.endswith(("s", "ed")) and self.lexicon.is_verb(w)) for w in inner
        )
        return spelled[-1] in BODIES and not any(sayings)

    def _respell(self, sentence: str, form_of: Callable[[list[str], int], str]) -> str:
        """Spell the words of a sentence anew: names of the document first, then each word."""
        places = list(WORD.finditer(sentence))
        spelled = [m[0] for m in places]
        lower = [w.lower() for w in spelled]
        i = 0
        while i < len(places):
            run = self._run_at(sentence, places, lower, i)
            if run:
                spelled[i : i + len(run)] = run
                i += len(run)
            else:
                form = form_of(spelled, i)
                spelled[i] = form if len(form) == len(spelled[i]) else spelled[i]
                i += 1
        return _put(sentence, places, spelled)

    def _run_at(self, sentence: str, places: list[re.Match[str]], lower: list[str], i: int) -> list[str]:
        """Give the longest name of the document that stands at a word."""
        for run in self.runs.get(lower[i], ()):
            end = i + len(run)
            if end > len(places) or [w.lower() for w in run] != lower[i:end]:
                continue
            gaps = (
                sentence[a.end() : b.start()] for a, b in zip(places[i:], places[i + 1 : end], strict=False)
            )
            if all(gap == " " for gap in gaps) and (sentence.isupper() or self._tells(run)):
                return run
        return []

    def _tells(self, run: list[str]) -> bool:
        """Whether a name is one in small letters too: not all of its words are common ones."""
        return any(not self.is_word(w.lower()) for w in run) or gazetteer.female_share(run[0]) is not None

    def _known(self, word: str) -> str:
        """Give the form in which a document writes a word most."""
        return _usual(self.forms.get(word))

    def _settle(self, spelled: list[str], i: int) -> str:
        """Write the verb of a headline small, beside a name that the document has elsewhere."""
        word = spelled[i].lower()
        verb = word.endswith(("s", "ed")) and self.lexicon.is_verb(word)
        after = spelled[i + 1].lower() if i + 1 < len(spelled) else ""
        beside = i > 0 and (spelled[i - 1] in self.lasts or after in self.runs)
        return (
            word if verb and beside and not any(f.istitle() for f in self.forms.get(word, ())) else spelled[i]
        )

    def _raise(self, spelled: list[str], i: int) -> str:
        """Write a small word as the name that it is elsewhere in the document, or that the tables know."""
        word = spelled[i]
        if self.lexicon.is_told(word):
            return word
        before = spelled[i - 1] if i else ""
        after = spelled[i + 1] if i + 1 < len(spelled) else ""
        place = before in AT and _is_place(word.capitalize())
        if place or self._is_person(before, word, after):
            return word.capitalize()
        return word if self.is_word(word) else self._known(word) or word

    def _is_person(self, before: str, word: str, after: str) -> bool:
        """Whether a word is a given name before a surname, or a surname behind a given name."""
        if before.istitle() and gazetteer.female_share(before) is not None:
            return gazetteer.is_surname(word.capitalize()) or not self.is_word(word)
        if gazetteer.female_share(word.capitalize()) is None or not after or self.lexicon.is_told(after):
            return False
        return gazetteer.is_surname(after.capitalize()) or not self.is_word(after)

    def _lower(self, spelled: list[str], i: int) -> str:
        """Write a word of a sentence in capitals as it is written in one of small letters."""
        word = spelled[i].lower()
        known = self._known(word)
        if known:
            return known
        if _is_acronym(word):
            return spelled[i]
        if word in FUNCTION:
            return word
        title = spelled[i].capitalize()
        before = spelled[i - 1] if i else ""
        after = spelled[i + 1].lower() if i + 1 < len(spelled) else ""
        if _is_title(word) or gazetteer.land_named(title) or self._is_name(before, title):
            return title
        told = self.lexicon.is_told(word)
        named = self._is_person(before, word, after) or (_is_place(title) and before.lower() in AT)
        return title if not self.is_word(word) or (named and not told) else word

    def _is_name(self, before: str, title: str) -> bool:
        """Whether a word ends a name that is begun: "Lorn Bank"."""
        begun = before.istitle() and before.lower() not in FUNCTION
        return begun and title.lower() in END_CLASS and not self.is_word(before.lower())


def _usual(forms: collections.Counter[str] | None) -> str:
    """Give the most frequent form, of several the one that is not all in capitals."""
    return (
        min(forms, key=lambda f: (-forms[f], "".join(c for c in f if c.isalpha()).isupper(), f))
        if forms
        else ""
    )


def _is_acronym(word: str) -> bool:
    """Whether a word has capitals wherever it stands: a known one, or a short one without a vowel."""
    return word in ACRONYMS or (len(word) < 6 and not re.search("[aeiouy]", word))


def _as_in_name(word: str) -> str:
    """Write a word in capitals as it stands in a name."""
    small = word.lower()
    if small in WITHIN:
        return small
    return word if _is_acronym(small) else word.capitalize()


def _is_title(word: str) -> bool:
    """Whether a word titles a person, with a point or without one."""
    return word in TITLES or f"{word}." in TITLES


def _is_place(title: str) -> bool:
    """Whether a name is one of a place that is known by it alone."""
    place = gazetteer.place_named(title)
    return place is not None and (place.kind != "city" or place.population > TOWN)


def _put(sentence: str, places: list[re.Match[str]], spelled: list[str]) -> str:
    """Write words at their places."""
    parts, done = [], 0
    for match, form in zip(places, spelled, strict=True):
        parts += [sentence[done : match.start()], form if len(form) == len(match[0]) else match[0]]
        done = match.end()
    return "".join([*parts, sentence[done:]])


def _is_plain(sentence: str) -> bool:
    """Whether the letters of a sentence tell no names: all are large, or all small."""
    return sentence.islower() or _is_loud(sentence)


def _is_loud(sentence: str) -> bool:
    """Whether a sentence of some words is all in capitals."""
    return sentence.isupper() and sum(len(m[0]) > 1 for m in WORD.finditer(sentence)) > 1


def of(text: str, nlp: Language) -> Callable[[str], str]:
    """Give what mends the letters of a document's parts; it does nothing where there is nothing to do."""
    if not (CAPITALS.search(text) or SMALL.search(text) or HEADLINE.search(text)):
        return str
    return Casing(text, _words_of(nlp)).mend


@functools.lru_cache(maxsize=4)
def _words_of(nlp: Language) -> Words:
    return Words(nlp)
