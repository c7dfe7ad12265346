"""Whether a graph holds what every graph of ours must: invariants and SHACL shapes."""
