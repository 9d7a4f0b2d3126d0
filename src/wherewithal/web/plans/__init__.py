"""Support plans: outcomes, costed lines, risks, and what is still missing."""
