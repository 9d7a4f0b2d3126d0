"""The Care Act 2014 as pure rules: eligibility, advocacy, plan completeness, direct payments."""
