"""``wherewithal manage …``: Django's own management commands, with this product's settings."""

import argparse
import os

from wherewithal.cli import Subcommands


def register(commands: Subcommands) -> None:
    """Add the command."""
    parser = commands.add_parser("manage", help="run one of Django's management commands")
    parser.add_argument("rest", nargs=argparse.REMAINDER, metavar="COMMAND …")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Hand everything on to Django; outside production a trial is meant."""
    from django.core.management import execute_from_command_line  # web extra only

    if not os.environ.get("DATABASE_URL"):
        os.environ.setdefault("WHEREWITHAL_MODE", "trial")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wherewithal.web.config.settings")
    execute_from_command_line(["wherewithal manage", *arguments.rest])
    return 0
