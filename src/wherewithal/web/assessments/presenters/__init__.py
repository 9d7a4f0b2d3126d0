"""From models and pure values to what the templates show."""
