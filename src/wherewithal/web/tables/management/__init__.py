"""The management commands of this application."""
