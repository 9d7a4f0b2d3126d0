"""The public pages, the way in, and everyone's home."""
