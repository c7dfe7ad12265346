"""spaCy without its command line, which it would load; whoever imports it before us has all of it."""

from kg.late import late, lazily

with late("spacy.cli.info"):
    import spacy

lazily(spacy, "cli")

__all__ = ["spacy"]
