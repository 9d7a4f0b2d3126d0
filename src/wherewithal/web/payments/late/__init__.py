"""Money that could be late: seen while there is still time, and paid at once."""
