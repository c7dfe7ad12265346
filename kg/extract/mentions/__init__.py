"""Names and noun phrases: where they stand, what class they are."""
