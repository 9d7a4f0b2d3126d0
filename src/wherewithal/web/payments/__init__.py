"""Schedules and payment runs."""
