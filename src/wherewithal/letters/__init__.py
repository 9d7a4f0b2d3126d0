"""Letters a council sends: a value, plain text of it, and an accessible PDF."""
