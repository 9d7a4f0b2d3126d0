"""Writes of this application, each with its audit row inside."""

from wherewithal.web.money.actions.asking import (
    answer,
    ask,
    propose_precedent,
    read_precedent,
    take_back,
    withdraw_precedent,
)
from wherewithal.web.money.actions.employing import (
    add_assistant,
    change_assistant,
    remove_rate,
    save_payslip,
    save_place,
    save_rate,
)

__all__ = [
    "add_assistant",
    "answer",
    "ask",
    "change_assistant",
    "propose_precedent",
    "read_precedent",
    "remove_rate",
    "save_payslip",
    "save_place",
    "save_rate",
    "take_back",
    "withdraw_precedent",
]
