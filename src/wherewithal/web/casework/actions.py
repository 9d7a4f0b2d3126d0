"""Writing down a review."""

from datetime import date, datetime

from django.db import transaction

from wherewithal.dates import long_date
from wherewithal.web.accounts.actions import record
from wherewithal.web.accounts.models import User
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.people.models import Person, Stage


@transaction.atomic
def record_review(
    *, person: Person, words: str, changed: bool, next_due: date, by: User, at: datetime
) -> None:
    """Keep what was found out together, and set the day to look again.

    A review never lowers anything: where needs have changed, a new assessment follows.

    Raises:
        NotNow: the person has no support in place to look at.
    """
    locked = Person.objects.select_for_update().get(pk=person.pk)
    if locked.stage != Stage.LIVE:
        raise NotNow(f"{locked.name} has no support in place yet, so there is nothing to review.")
    locked.review_due = next_due
    locked.save(update_fields=["review_due"])
    needs = "Their needs have changed." if changed else "Their needs have not changed."
    record(
        by=by, at=at, verb="review.recorded", person=locked.reference, changed=changed, words=words,
        summary=f"How things are going was reviewed: “{words}” {needs}"
        f" The next review is due by {long_date(next_due)}.",
    )  # fmt: skip
