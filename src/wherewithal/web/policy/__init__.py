"""The rules a council sets: published schemes, rates and local settings."""
