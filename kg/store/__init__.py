"""Triples in memory, SPARQL with its limits, and the answers."""
