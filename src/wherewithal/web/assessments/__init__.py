"""From the first answers to eligibility and the indicative budget."""
