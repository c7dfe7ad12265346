"""Readers of the kinds of files that are no plain text; a module each."""
