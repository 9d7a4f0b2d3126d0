"""Bank statements, read from the files that banks and card companies give."""

from wherewithal.banking.statements.statement import Line, Statement, StatementError, Sums

__all__ = ["Line", "Statement", "StatementError", "Sums"]
