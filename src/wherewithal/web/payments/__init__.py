"""Schedules, payment runs and the person's own view of the money."""
