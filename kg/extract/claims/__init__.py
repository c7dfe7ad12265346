"""Clauses and phrases become claims, with their standing and confidence."""
