"""From which day someone has reached State Pension age.

Source: Pensions Act 1995, Schedule 4, as amended by the Pensions Act 2014, section 26 (from
memory: unverified). Where it matters an officer confirms the answer.
"""

from datetime import date

from wherewithal.dates import age_on

RISES_FOR_BORN_FROM = date(1960, 4, 6)
BEFORE, AFTER = 66, 67


def pension_age_reached(born: date, on: date) -> bool:
    """Say whether someone has reached State Pension age.

    It is 66 for people born before 6 April 1960, a month later for each month of birth after
    that, and 67 for people born from 6 March 1961.
    """
    if born < RISES_FOR_BORN_FROM:
        return age_on(born, on) >= BEFORE
    later = (born.year - 1960) * 12 + born.month - 4 + (born.day >= RISES_FOR_BORN_FROM.day)
    months = min(BEFORE * 12 + later, AFTER * 12)
    return _months_lived(born, on) >= months


def _months_lived(born: date, on: date) -> int:
    return (on.year - born.year) * 12 + on.month - born.month - (on.day < born.day)
