"""Pages: answering, deciding eligibility, the first figure."""
