"""What was spent: bank statements, sums typed in by hand, photographs, and what each line was."""
