"""Somebody tells what they spent on a phone, with scripts and without."""

from collections.abc import Callable

import pytest
from tests.functional.looking import Visit

JPEG = b"\xff\xd8\xff\xdb\x00\x04ab\xff\xda\x00\x02picture\xff\xd9"


@pytest.mark.browser
@pytest.mark.parametrize("scripts", [False, True])
def test_what_was_spent_is_told_on_a_phone(visit: Callable[..., Visit], scripts: bool) -> None:
    ada = visit("person", phone=True, scripts=scripts)
    ada.press("See what has been paid").follow("What was spent")
    spending = ada.page.url
    ada.sees("to look at")
    ada.press("Go through them one by one").sees("What was this?")
    ada.choose("Something else").press("Save and go on").sees("Saved.")
    ada.open(spending).follow("Type in a sum")
    for part, value in (("Day", "2"), ("Month", "11"), ("Year", "2026")):
        ada.write(part, value)
    ada.write("Who was paid?", "Jo Smith").write("How much?", "27.50")
    ada.choose("Something else").press("Save it").sees("That is saved")
    ada.open(spending).follow("Add a photo or PDF")
    ada.page.get_by_label("Your photo or PDF").set_input_files(
        {"name": "receipt.jpg", "mimeType": "image/jpeg", "buffer": JPEG + bytes([scripts])}
    )
    ada.press("Keep it").sees("Your picture is kept", "Photos and PDFs")


@pytest.mark.browser
def test_a_file_of_a_new_bank_is_told_column_by_column(visit: Callable[..., Visit]) -> None:
    ada = visit("person", phone=True, scripts=False)
    ada.press("See what has been paid").follow("What was spent")
    ada.follow("Send a file from the bank")
    rows = "When,Whom,Sum\n02/02/2025,JO SMITH,-27.50\n09/02/2025,JO SMITH,-27.50\n"
    ada.page.get_by_label("The file from the bank").set_input_files(
        {"name": "february.csv", "mimeType": "text/csv", "buffer": rows.encode()}
    )
    ada.press("Send the file").sees("Which column is what?", "such as “02/02/2025”")
    ada.write("Which bank is it from?", "Harbour Bank")
    ada.press("Show me what that says").sees("2 February 2025: £27.50 went out to JO SMITH")
    ada.press("Yes, that is right: keep it").sees("We read 2 new lines.")
