"""``wherewithal ledger``: prove the books, say what accounts hold, export them, look for slips."""

import argparse
import csv
import os
import sys
from datetime import date
from pathlib import Path

from wherewithal.cli import Mistake, Subcommands
from wherewithal.dates import ONE_DAY, Period
from wherewithal.ledger.entries import KINDS, Account, Kind
from wherewithal.money import pounds

OF_PEOPLE = frozenset({Kind.HELD, Kind.CONTRIBUTION, Kind.RECOVERY, Kind.PAYABLE})
"""Kinds of account that name a person."""


def register(commands: Subcommands) -> None:
    """Add ``ledger`` and its own commands."""
    parser = commands.add_parser(
        "ledger", help="prove the books, and say what is in them", description=__doc__
    )
    actions = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for name, run, told in (
        ("prove", run_prove, "Work the books out anew and compare them with what is stored."),
        ("balances", run_balances, "Write what each account holds at the end of a day, as CSV."),
        ("statement", run_statement, "Write what moved in one account, day by day, as CSV."),
        ("export", run_export, "Make the next file for the council's general ledger."),
        ("check", run_check, "Send every entry through the passes and list what looks wrong."),
    ):
        own = actions.add_parser(name, help=told[0].lower() + told[1:-1], description=told)
        own.set_defaults(run=run)
        if name in {"prove", "balances"}:
            own.add_argument(
                "--on", type=_day, help="the day, as YYYY-MM-DD (without one, today)"
            )  # fmt: skip
        if name == "balances":
            own.add_argument("--kind", choices=list(Kind), help="one kind of account only")
        if name == "statement":
            own.add_argument("account", type=_account, help="such as held:WW000055/direct-payment")
            own.add_argument("--from", dest="first", type=_day, help="the first day (else all)")
            own.add_argument("--to", type=_day, help="the last day (without one, today)")
        if name == "export":
            own.add_argument("--out", type=Path, required=True, help="the CSV file to write")


def run_prove(arguments: argparse.Namespace) -> int:
    """Print the proof; 1 where the books do not hold."""
    _ready()
    from wherewithal.web.books.querysets import prove

    proof = prove(arguments.on or _today())
    print(f"Journals   {proof.journals:,}, all that are written")
    print(f"Entries    {proof.entries:,}, {proof.later:,} of them for days after the one below")
    print(f"Head       {proof.head}, after the last journal")
    print(f"Up to      {proof.upto.isoformat()}, at the end of that day:")
    print(f"Moved      {pounds(proof.trial.moved)}")
    for total in proof.trial.totals:
        print(f"  {KINDS[total.kind]:<28} {pounds(total.change.pence):>18}")
    print(f"Balances   {pounds(proof.trial.pence)} altogether")
    if not proof.holds:
        raise Mistake(f"The books do not prove. {proof.difference}")
    print("The books prove.")
    return 0


def run_balances(arguments: argparse.Namespace) -> int:
    """Print each account that holds something, or owes it."""
    _ready()
    from wherewithal.web.books.querysets import balances

    on = arguments.on or _today()
    rows = csv.writer(sys.stdout)
    rows.writerow(("account", "pence"))
    for kind in [Kind(arguments.kind)] if arguments.kind else Kind:
        rows.writerows((str(account), pence) for account, pence in balances(kind, on).items())
    return 0


def run_statement(arguments: argparse.Namespace) -> int:
    """Print what an account held, each movement with what it left, and what it holds."""
    _ready()
    from wherewithal.web.books.querysets import statement

    first, last = arguments.first or date.min, arguments.to or _today()
    if last < first:
        raise Mistake(f"{last.isoformat()} is before {first.isoformat()}. Swap the two days.")
    found = statement(arguments.account, Period(first, last + ONE_DAY))
    rows = csv.writer(sys.stdout)
    rows.writerow(("on", "pence", "balance", "what", "document", "sentence", "journal"))
    rows.writerow((first.isoformat() if arguments.first else "", "", found.opening, "opening"))
    for each in found.movements:
        entry = each.entry
        rows.writerow((
            entry.on.isoformat(), each.pence, each.balance, entry.what, entry.document,
            entry.sentence, each.journal,
        ))  # fmt: skip
    rows.writerow((last.isoformat(), "", found.closing, "closing"))
    return 0


def run_export(arguments: argparse.Namespace) -> int:
    """Write the next file; it is remembered, so that the one after begins where it ends."""
    _ready()
    from django.db import transaction
    from django.utils import timezone

    from wherewithal.web.accounts.transitions import NotNow
    from wherewithal.web.books.exporting import export

    try:
        with transaction.atomic():  # a file that can't be written is not remembered either
            made = export(by=None, at=timezone.now())
            arguments.out.write_text(made.text, encoding="utf-8", newline="")
    except NotNow as problem:
        raise Mistake(str(problem)) from problem
    except OSError as problem:
        why = f"{arguments.out} can't be written ({problem.strerror}). Nothing was exported."
        raise Mistake(why) from None
    print(f"Wrote journals {made.first_id} to {made.last_id} to {arguments.out}.")
    return 0


def run_check(arguments: argparse.Namespace) -> int:
    """Print what the passes find; 1 where they find something."""
    _ready()
    from wherewithal.ledger.passes import (
        of_known_accounts,
        reversals_paired,
        through,
        written_once,
    )
    from wherewithal.web.books.querysets import all_entries
    from wherewithal.web.people.models import Person

    known = frozenset(Person.objects.values_list("reference", flat=True))
    kept, mistakes = through(
        all_entries(),
        of_known_accounts(lambda account: _names_somebody(account, known)),
        written_once,
        reversals_paired,
    )
    for mistake in mistakes:
        print(mistake)
    if mistakes:
        raise Mistake(f"{len(mistakes):,} entries look wrong; {len(kept):,} are in order.")
    print(f"All {len(kept):,} entries are in order.")
    return 0


def _names_somebody(account: Account, known: frozenset[str]) -> bool:
    """Say whether an account that names a person names one who is known."""
    return account.kind not in OF_PEOPLE or account.of.partition("/")[0] in known


def _ready() -> None:
    if not os.environ.get("DATABASE_URL"):
        os.environ.setdefault("WHEREWITHAL_MODE", "trial")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wherewithal.web.config.settings")
    import django

    django.setup()


def _today() -> date:
    from django.utils import timezone

    return timezone.localdate()


def _account(text: str) -> Account:
    try:
        return Account.of_text(text)
    except ValueError as problem:
        raise argparse.ArgumentTypeError(str(problem)) from None


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not a day. Write it like 2026-11-02."
        ) from None
