"""RDF terms, the mapping of extractions to triples, the ontology, and the text formats."""
