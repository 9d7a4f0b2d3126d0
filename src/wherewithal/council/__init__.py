"""A made-up council for trying, teaching and measuring: nobody in it is real."""

from wherewithal.council.council import TABLES, Council, Request, make_council, make_tables
from wherewithal.council.files import write, write_manifest, write_table
from wherewithal.council.needs import Injustices

__all__ = [
    "TABLES",
    "Council",
    "Injustices",
    "Request",
    "make_council",
    "make_tables",
    "write",
    "write_manifest",
    "write_table",
]
