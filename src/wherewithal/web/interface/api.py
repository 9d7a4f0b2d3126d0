"""The operations of the interface. It only reads; every answer is a declared shape."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Annotated, Any, TypeVar

from django.http import HttpRequest
from django.utils import timezone
from ninja import NinjaAPI, Query
from ninja.security import HttpBearer

from wherewithal.web.interface import actions, reads, shapes
from wherewithal.web.interface.models import AccessKey

MOST = 1000
MOST_ID = 2**63 - 1
Limit = Annotated[int, Query(ge=1, le=MOST, description="How many at most.")]
After = Annotated[int, Query(ge=0, le=MOST_ID, description="Begin after this number.")]
EARLIEST, LATEST = date(2000, 1, 1), date(2199, 12, 31)
On = Annotated[
    date | None, Query(ge=EARLIEST, le=LATEST, description="A day from 2000 to 2199; empty: today.")
]
Item = TypeVar("Item")


class KeyAuth(HttpBearer):
    """Lets a program in by its key, for what the key reads."""

    def __init__(self, *reads: str) -> None:
        super().__init__()
        self.reads = reads

    def authenticate(self, request: HttpRequest, token: str) -> AccessKey | None:
        """Return the key, or nothing where it opens nothing here."""
        now = timezone.now()
        key = AccessKey.objects.filter(mark=actions.mark_of(token)).first()
        if key is None or not key.opens(timezone.localdate(now)):
            return None
        if key.reads not in self.reads:
            return None
        actions.note_use(key=key, on=timezone.localdate(now), at=now)
        return key


MONEY, FIGURES = KeyAuth(AccessKey.Reads.MONEY), KeyAuth(AccessKey.Reads.FIGURES)
EITHER = KeyAuth(*AccessKey.Reads.values)
api = NinjaAPI(
    title="Wherewithal",
    version="1",
    urls_namespace="interface-1",
    description=(
        "Read personal budgets, payments and the books from another program. Nothing can be"
        " changed here. Send the key that an administrator made for the program as"
        " `Authorization: Bearer KEY`. Money is in whole pence. People are named by reference only."
    ),
    docs_url=None,
)
Answer = Callable[[], Iterable[Item]]


@api.get("/key", response=shapes.KeyOut, auth=EITHER, tags=["keys"], summary="What a key opens")
def key(request: Any) -> dict[str, Any]:
    """Say whose key this is and what it reads: to try whether it works."""
    own: AccessKey = request.auth
    return {
        "name": own.name,
        "reads": own.reads,
        "last_day": own.last_day,
        "now": timezone.now(),
    }


@api.get(
    "/budgets", response=shapes.Page[shapes.BudgetOut], auth=MONEY, tags=["money"],
    summary="Personal budgets in force on a day",
)  # fmt: skip
def budgets(
    request: HttpRequest, on: On = None, after: After = 0, limit: Limit = 200
) -> dict[str, Any]:
    """Give the budgets in force with their lines and what each person pays on that day."""
    return reads.page(reads.budgets(on or timezone.localdate(), after, limit + 1), limit)


@api.get(
    "/runs", response=shapes.Page[shapes.RunOut], auth=MONEY, tags=["money"],
    summary="Payment runs",
)  # fmt: skip
def runs(request: HttpRequest, after: After = 0, limit: Limit = 200) -> dict[str, Any]:
    """Give every payment run with its state, which changes: ask again until it is confirmed."""
    return reads.page(reads.runs(after, limit + 1), limit)


@api.get(
    "/payments", response=shapes.Page[shapes.PaymentOut], auth=MONEY, tags=["money"],
    summary="Payments",
)  # fmt: skip
def payments(
    request: HttpRequest,
    run: Annotated[int | None, Query(ge=1, le=MOST_ID, description="Of this run only.")] = None,
    after: After = 0,
    limit: Limit = 200,
) -> dict[str, Any]:
    """Give the payments of runs that somebody approved.

    Read them by ``run``, once ``/runs`` says that it is confirmed. A run approved later may hold
    lower numbers, so that who only reads on from the last number can miss some.
    """
    return reads.page(reads.payments(run, after, limit + 1), limit)


@api.get(
    "/books", response=shapes.BooksOut, auth=MONEY, tags=["books"], summary="Balances on a day"
)
def books(request: HttpRequest, on: On = None) -> dict[str, Any]:
    """Give the balance of each kind of account on a day, their sum, and the newest seal."""
    return reads.books(on or timezone.localdate())


@api.get(
    "/books/entries", response=shapes.Page[shapes.EntryOut], auth=MONEY, tags=["books"],
    summary="Entries in the order they were made",
)  # fmt: skip
def entries(request: HttpRequest, after: After = 0, limit: Limit = 200) -> dict[str, Any]:
    """Give every movement. Entries never change, so a program reads on from the last it has."""
    return reads.page(reads.entries(after, limit + 1), limit)


@api.get(
    "/figures", response=shapes.FiguresOut, auth=EITHER, tags=["figures"],
    summary="Counts and means with nobody in them",
)  # fmt: skip
def figures(request: HttpRequest, on: On = None) -> dict[str, Any]:
    """Give the figures that the page of figures shows, small numbers hidden."""
    return reads.figures(on or timezone.localdate())
