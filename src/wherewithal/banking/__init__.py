"""The files money leaves and returns in."""
