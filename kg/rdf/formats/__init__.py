"""The text formats of RDF: lines in, text out."""
