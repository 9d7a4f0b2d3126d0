"""Who may enter, as what, and the record of everything that was done."""
