"""What the council can see of itself in figures, without seeing anyone."""
