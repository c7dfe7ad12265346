"""Judgements of facts by readers who wrote no rule: drawn, shown, collected, kept without the texts."""
