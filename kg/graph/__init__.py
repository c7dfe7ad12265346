"""What is read from a graph: entities, facts, evidence, and the networkx view."""
