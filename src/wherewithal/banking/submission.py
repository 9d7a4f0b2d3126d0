"""What the labels of a BACS Standard 18 file say besides its payments."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Work = Literal["DAILY", "MULTI"]

WORK_CODES: dict[Work, str] = {"DAILY": "1 DAILY  ", "MULTI": "4 MULTI  "}
FURTHEST_AHEAD = timedelta(days=30)
USUAL_UHL1_IDENTIFIER = "999999    "
"""UHL1 positions 11–20. Descriptions disagree (some put the service user number here): check with
your bank, and give ``uhl1_identifier`` if it wants something else."""


@dataclass(frozen=True, slots=True)
class Submission:
    """What the labels of one file say besides the payments.

    ``serial`` (1–999999) numbers the submission and ``file_number`` (1–999) the file within it.
    ``processing`` is the day BACS works on the file; the money arrives on the working day after.
    ``expires`` is the day from which the file need not be kept: the processing day by default.

    Raises:
        ValueError: a value does not fit the file, or the days are in the wrong order.
    """

    serial: int
    file_number: int
    created: date
    processing: date
    work: Work = "DAILY"
    expires: date | None = None
    uhl1_identifier: str = USUAL_UHL1_IDENTIFIER

    def __post_init__(self) -> None:
        for what, number, most in (
            ("serial number", self.serial, 999_999),
            ("file number", self.file_number, 999),
        ):
            if not 1 <= number <= most:
                raise ValueError(f"The {what} is {number}. Use a number from 1 to {most}.")
        if self.work not in WORK_CODES:
            raise ValueError(f"The work code {self.work!r} is not known. Use DAILY or MULTI.")
        if len(self.uhl1_identifier) != len(USUAL_UHL1_IDENTIFIER):
            raise ValueError(
                f"The UHL1 identifier {self.uhl1_identifier!r} has {len(self.uhl1_identifier)} "
                "characters. Fill it with spaces to 10."
            )
        if not timedelta(0) < self.processing - self.created <= FURTHEST_AHEAD:
            raise ValueError(
                f"The processing day {self.processing} does not follow {self.created}, when the "
                f"file was made, within {FURTHEST_AHEAD.days} days. Choose a day that does."
            )
        if self.expires is not None and self.expires < self.created:
            raise ValueError(
                f"The expiry date {self.expires} is before {self.created}, when the file was made. "
                "Choose a later day."
            )
