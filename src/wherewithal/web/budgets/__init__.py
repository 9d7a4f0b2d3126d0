"""Charging, sign-off, the personal budget statement and how each line is held."""
