"""Writes: answering, deciding eligibility, the first figure."""

from wherewithal.web.assessments.actions.answering import (
    Copy,
    Said,
    finish_assessment,
    give_answer,
    record_copy,
    reopen_assessment,
    start_assessment,
    write_about_me,
)
from wherewithal.web.assessments.actions.deciding import (
    Findings,
    decide_eligibility,
    share_budget,
    work_out_budget,
)

__all__ = [
    "Copy",
    "Findings",
    "Said",
    "decide_eligibility",
    "finish_assessment",
    "give_answer",
    "record_copy",
    "reopen_assessment",
    "share_budget",
    "start_assessment",
    "work_out_budget",
    "write_about_me",
]
