"""What other programs of the council may read: a documented interface, opened by keys."""
