"""Times, numbers and quantities."""
