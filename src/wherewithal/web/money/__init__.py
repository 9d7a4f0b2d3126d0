"""My money on one page, what it may be spent on, and the employer's corner."""
