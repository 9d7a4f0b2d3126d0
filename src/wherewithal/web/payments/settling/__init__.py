"""The last sum of a budget that has ended."""
