"""Documents become a knowledge graph that can be checked, queried and looked at."""
