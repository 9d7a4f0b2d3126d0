"""The pages on which people tell what they spent, without any script."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any
from zlib import crc32

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.integration.direct_payment_fixtures import HOLDING, budget

from wherewithal.web.accounts.models import User
from wherewithal.web.accounts.roles import Role
from wherewithal.web.budgets.models import Budget, BudgetLine
from wherewithal.web.people.models import Person
from wherewithal.web.statements.evidence import without_place
from wherewithal.web.statements.models import (
    ColumnMap,
    Evidence,
    Line,
    SentForm,
    Statement,
    Upload,
)

__all__ = ["budget"]
ROWS = (
    "When,Whom,Sum,Left\n16/11/2026,J SMITH,-110.00,290.00\n"
    "17/11/2026,HARBOUR DAY CENTRE,-45.00,245.00\n18/11/2026,J SMITH,-110.00,135.00\n"
)
CHOSEN = {
    "bank": "Harbour Bank", "date": "1", "date_format": "dd/mm/yyyy", "payee": "2", "text": "",
    "money": "one", "amount": "3", "paid_out": "", "paid_in": "", "balance": "4",
}  # fmt: skip
JPEG = b"\xff\xd8\xff\xe1\x00\x08GPS\x00\x01\x02\xff\xdb\x00\x04ab\xff\xda\x00\x02picture\xff\xd9"


@pytest.fixture
def visitor(person: Person, budget: Budget, signed_in: Callable[[User], Client]) -> Client:
    """The person's own visitor."""
    assert person.user is not None
    return signed_in(person.user)


def place(name: str, person: Person, *more: Any) -> str:
    return reverse(f"statements:{name}", args=[person.reference, *more])


def sent(text: str, name: str = "november.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode())


def send(visitor: Client, person: Person, text: str) -> Any:
    return visitor.post(place("send", person), {"file": sent(text)}, follow=True)


def read(visitor: Client, person: Person) -> None:
    """Send the file and say which column is what."""
    send(visitor, person, ROWS)
    held = Upload.objects.get()
    visitor.post(place("columns", person, held.pk), CHOSEN | {"keep": "yes"})


def test_a_file_of_a_new_bank_is_shown_guessed_and_read_back_in_words(
    visitor: Client, person: Person
) -> None:
    answer = send(visitor, person, ROWS)
    page = answer.content.decode()
    held = Upload.objects.get()
    assert answer.redirect_chain[-1][0] == place("columns", person, held.pk)
    assert "such as “16/11/2026”" in page
    said = visitor.post(place("columns", person, held.pk), CHOSEN).content.decode()
    assert "16 November 2026: £110.00 went out to J SMITH, which left £290.00" in said
    assert not Line.objects.exists()
    visitor.post(place("columns", person, held.pk), CHOSEN | {"keep": "yes"})
    assert Line.objects.count() == 3
    assert not Upload.objects.exists()
    assert ColumnMap.objects.get().name == "Harbour Bank"
    again = send(visitor, person, ROWS + "19/11/2026,J SMITH,-35.00,100.00\n")
    assert "We read 1 new line. 3 lines we knew already." in again.content.decode()


def test_columns_that_do_not_fit_say_what_is_wrong_and_keep_what_was_chosen(
    visitor: Client, person: Person
) -> None:
    send(visitor, person, ROWS)
    held = Upload.objects.get()
    wrong = CHOSEN | {"amount": "2", "keep": "yes"}
    page = visitor.post(place("columns", person, held.pk), wrong).content.decode()
    assert "There is a problem" in page
    assert "This is not an amount of money" in page
    assert "Harbour Bank" in page
    assert not Line.objects.exists()
    assert Upload.objects.exists()


def test_a_bad_file_is_refused_and_the_page_says_how_to_mend_it(
    visitor: Client, person: Person
) -> None:
    page = send(visitor, person, "%PDF-1.4 a statement").content.decode()
    assert "There is a problem" in page
    assert "This is a PDF" in page
    read(visitor, person)
    worse = ROWS + "19/11/2026,J SMITH,lots,100.00\n"
    page = send(visitor, person, worse).content.decode()
    assert "line 5" in page.lower()
    assert Line.objects.count() == 3


def test_lines_are_told_one_by_one_and_all_of_a_payee_at_once(
    visitor: Client, person: Person
) -> None:
    read(visitor, person)
    assert "There are 2 lines to look at" in visitor.get(place("spending", person)).content.decode()
    first = Line.objects.filter(payee="J SMITH").order_by("on")[0]
    helper = BudgetLine.objects.get(what="Personal assistant")
    page = visitor.get(place("line", person, first.pk)).content.decode()
    assert "Do the same for the other from “J SMITH”" in page
    answer = visitor.post(
        place("line", person, first.pk),
        {"meaning": f"line-{helper.pk}", "all_like_it": "on"}, follow=True,
    )  # fmt: skip
    assert "That was 2 lines at once. Nothing is left to look at." in answer.content.decode()
    assert Line.objects.filter(budget_line=helper, sure=True).count() == 2


def test_a_choice_that_is_missing_is_asked_for(visitor: Client, person: Person) -> None:
    read(visitor, person)
    line = Line.objects.filter(payee="J SMITH")[0]
    page = visitor.post(
        place("line", person, line.pk), {"csrfmiddlewaretoken": "x"}
    ).content.decode()
    assert "Choose what this was" in page


def test_a_sum_is_typed_in(visitor: Client, person: Person) -> None:
    helper = BudgetLine.objects.get(what="Personal assistant")
    values = {
        "on_day": "2", "on_month": "11", "on_year": "2026", "payee": "Jo", "pence": "27.50",
        "meaning": f"line-{helper.pk}",
    }  # fmt: skip
    visitor.post(place("type-in", person), values)
    line = Line.objects.get()
    assert (line.on, line.pence, line.matched_how) == (date(2026, 11, 2), -2_750, "person")


def test_the_same_form_sent_twice_keeps_one_sum_and_a_new_one_another(
    visitor: Client, person: Person
) -> None:
    values = {
        "on_day": "2", "on_month": "11", "on_year": "2026", "payee": "Jo", "pence": "27.50",
        "meaning": "other",
    }  # fmt: skip

    def fresh() -> dict[str, str]:
        page = visitor.get(place("type-in", person)).content.decode()
        found = re.search(r'name="once" value="([0-9a-f-]{36})"', page)
        assert found
        return values | {"once": found[1]}

    form = fresh()
    for _ in range(2):
        assert visitor.post(place("type-in", person), form).status_code == 302
    assert Line.objects.count() == 1
    assert SentForm.objects.get().line == Line.objects.get()
    visitor.post(place("type-in", person), fresh())  # two cups of tea on one day
    assert Line.objects.count() == 2


def test_a_form_that_somebody_went_back_to_and_changed_is_another_sum(
    visitor: Client, person: Person
) -> None:
    form = {
        "once": "12345678-1234-4234-8234-123456789abc", "on_day": "2", "on_month": "11",
        "on_year": "2026", "payee": "Jo", "pence": "27.50", "meaning": "other",
    }  # fmt: skip
    for sent in (form, form | {"payee": "Harbour Cafe", "pence": "3.20"}, form):
        assert visitor.post(place("type-in", person), sent).status_code == 302
    assert sorted(Line.objects.values_list("pence", flat=True)) == [-2_750, -320]


def test_a_form_with_a_mistake_keeps_its_number(visitor: Client, person: Person) -> None:
    number = "12345678-1234-4234-8234-123456789abc"
    page = visitor.post(place("type-in", person), {"once": number, "payee": "Jo"})
    assert f'name="once" value="{number}"' in page.content.decode()
    assert visitor.post(place("type-in", person), {"once": "no number"}).status_code == 200


def test_a_picture_is_kept_without_its_place_and_shown_safely(
    visitor: Client, person: Person
) -> None:
    read(visitor, person)
    line = Line.objects.filter(payee="J SMITH")[0]
    photo = SimpleUploadedFile("<b>receipt.html", JPEG, content_type="text/html")
    visitor.post(f"{place('photo', person)}?line={line.pk}", {"file": photo, "what": "Receipt"})
    kept = Evidence.objects.get()
    assert (kept.line, kept.type) == (line, "image/jpeg")
    answer = visitor.get(place("picture", person, kept.pk))
    assert b"GPS" not in answer.content
    assert answer.content.endswith(b"picture\xff\xd9")
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "html" not in answer["Content-Disposition"]


def test_a_file_that_is_no_picture_is_refused(visitor: Client, person: Person) -> None:
    page = SimpleUploadedFile("photo.jpg", b"<script>alert(1)</script>", "image/jpeg")
    answer = visitor.post(place("photo", person), {"file": page})
    assert "We can only keep a photo" in answer.content.decode()
    assert not Evidence.objects.exists()


def test_a_picture_that_is_cut_short_is_left_as_it_is() -> None:
    assert without_place(b"\xff\xd8\xff\xe1\xff\xff") == b"\xff\xd8"
    assert without_place(b"%PDF-") == b"%PDF-"


def test_staff_see_accounts_with_most_to_look_at_first_and_the_balance_explained(
    visitor: Client, person: Person, practitioner: User, signed_in: Callable[[User], Client]
) -> None:
    read(visitor, person)
    staff = signed_in(practitioner)
    listed = staff.get(reverse("waiting_statements:waiting")).content.decode()
    assert person.name in listed
    page = staff.get(place("reconcile", person)).content.decode()
    for words in ("There before the first statement", "£400.00", "Explained to the penny",
                  "In the account on 18 November 2026, by the bank"):  # fmt: skip
        assert words in page
    statement = Statement.objects.get()
    assert "Please check" in staff.get(place("statement", person, statement.pk)).content.decode()
    staff.post(place("statement", person, statement.pk), {"reason": "Wrong person."})
    assert not Line.objects.exists()


def test_a_card_list_reaches_everybody_it_names(
    person: Person, budget: Budget, make_user: Callable[..., User],
    signed_in: Callable[[User], Client],
) -> None:  # fmt: skip
    rows = (
        "Post Date,Account Number,Account Name,Type,Amount,Customer Reference,"
        "Transaction Detail,Balance\n"
        "16/11/2026,000011-12345678 GBP,ADA,DEB,-45.00,,HARBOUR DAY CENTRE,10.00\n"
    )
    finance = signed_in(make_user(Role.FINANCE, "Fern"))
    answer = finance.post(reverse("waiting_statements:cards"), {"file": sent(rows)}, follow=True)
    assert "We read 1 new line of 1 account." in answer.content.decode()
    line = Line.objects.get()
    assert (line.person, line.holding, line.statement.source) == (person, HOLDING, "card")
    other = rows.replace("12345678", "87654321")
    page = finance.post(reverse("waiting_statements:cards"), {"file": sent(other)})
    assert "We do not know whose account" in page.content.decode()
    assert Line.objects.count() == 1


def chunk(name: bytes, words: bytes) -> bytes:
    check = crc32(name + words).to_bytes(4, "big")
    return len(words).to_bytes(4, "big") + name + words + check


def piece(name: bytes, words: bytes) -> bytes:
    return name + len(words).to_bytes(4, "little") + words + b"\0" * (len(words) % 2)


def test_a_png_is_kept_without_where_it_was_taken() -> None:
    start, picture, end = (
        chunk(b"IHDR", b"13 bytes here"),
        chunk(b"IDAT", b"x"),
        chunk(b"IEND", b""),
    )
    sign = b"\x89PNG\r\n\x1a\n"
    places = [chunk(name, b"GPS") for name in (b"eXIf", b"tEXt", b"zTXt", b"iTXt")]
    found = without_place(b"".join([sign, start, *places, picture, end, b"GPS after"]))
    assert found == sign + start + picture + end


def test_a_webp_is_kept_without_where_it_was_taken() -> None:
    picture = piece(b"VP8 ", b"picture")
    body = b"WEBP" + piece(b"VP8X", b"\x1c" + b"\0" * 9) + picture
    body += piece(b"EXIF", b"GPS") + piece(b"XMP ", b"GPS1")
    found = without_place(b"RIFF" + len(body).to_bytes(4, "little") + body)
    kept = b"WEBP" + piece(b"VP8X", b"\x10" + b"\0" * 9) + picture
    assert found == b"RIFF" + len(kept).to_bytes(4, "little") + kept
