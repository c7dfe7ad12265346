"""Open tuples, in the words of the text."""
