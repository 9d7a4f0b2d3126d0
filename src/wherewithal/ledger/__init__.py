"""The money of a budget over time: what falls due, what moved, what is left."""
