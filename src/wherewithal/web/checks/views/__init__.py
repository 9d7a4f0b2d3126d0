"""Pages about looking at accounts."""
