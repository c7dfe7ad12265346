"""What kinds of evidence weigh, and the words that several of them know."""

from __future__ import annotations

from spacy.tokens import Span

from kg.extract.lexicon import gazetteer, inverse, words

TITLES = words("names", "title", "titles")
END_CLASS = inverse("names", "end")
MAKERS = words("names", "around", "makers")
NAMING = words("names", "around", "naming")
OFFICES = words("nominals", "office", "heads")
GEOGRAPHIC = words("names", "around", "geographic")
# What a common noun right before a name weighs: it says what the name is of.
DESCRIBED = 8.0
# What leaves no doubt in any of a document's mentions of a name.
CALLED = 25.0
# What an end that nothing else has weighs: a little more than what the model is surest of.
SURELY = 14.0
SURE_NOUN = 0.85
# What outweighs all that speaks for a class, however often its name is told.
NEVER = -1000.0
Clues = list[tuple[str, float]]
# Of what is founded or has shareholders.
NOBODY: Clues = [("Person", NEVER), ("Organization", 3.0)]


def is_full_name(span: Span) -> bool:
    """Whether a name begins as those of people do, and has several words."""
    return len(span) > 1 and gazetteer.female_share(span[0].text) is not None
