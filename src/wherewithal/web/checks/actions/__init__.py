"""Writes about looking at accounts."""
