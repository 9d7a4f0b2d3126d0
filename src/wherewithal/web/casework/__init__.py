"""The staff home, search, and one person's record with its timeline."""
