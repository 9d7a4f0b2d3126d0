"""The front door: what anyone can read, and what those who look after the house can do."""

from collections.abc import Callable

import pytest
from tests.functional.looking import Visit

pytestmark = pytest.mark.browser

Visiting = Callable[..., Visit]


@pytest.mark.parametrize("phone", [True, False], ids=["phone", "desk"])
def test_someone_who_needs_help_learns_step_by_step(visit: Visiting, phone: bool) -> None:
    v = visit(phone=phone)
    v.open("/").sees("There is no rush").follow("I need some help")
    v.sees("It is a sum of money").follow("Next: Who can have one?")
    v.sees("If you help someone").follow("Next: Ways to hold the money")
    v.sees("Someone you choose").follow("Next: How we work out the figure")
    v.sees("There is no secret", "Do you need help to keep clean?", "£24.10")
    v.follow("Next: talk to someone").sees("call 999")
    v.follow("Accessibility statement").sees("partly in line")
    v.follow("How we use what you tell us").sees("two cookies")


def test_a_slip_in_signing_in_is_met_kindly(visit: Visiting) -> None:
    v = visit(phone=True)
    v.open("/").follow("Sign in").press("Sign in").sees("Enter your user name")
    v.write("User name", "nobody").write("Password", "not this one").press("Sign in")
    v.sees("do not match")
    v.page.goto("/no-such-page/")
    v.check().sees("We can’t find that page")


def test_one_press_lets_a_newcomer_try_a_role(visit: Visiting) -> None:
    v = visit()
    v.open("/").press("Try it as an analyst").sees("People by stage", "Mean weekly cost by age")
    v.press("Sign out").sees("You are signed out")


def test_an_administrator_changes_a_setting_and_lets_someone_in(visit: Visiting) -> None:
    v = visit("administrator")
    v.sees("Settings").follow("Telephone for the public")
    v.write("Telephone for the public", "").press("Save this setting").sees("Enter telephone")
    v.write("Telephone for the public", "01632 960111").press("Save this setting")
    v.sees("now 01632 960111").follow("Telephone for the public")
    v.write("Telephone for the public", "01632 960100").press("Save this setting")
    v.follow("People who sign in").press("Add someone")
    v.write("First name", "Robin").write("Last name", "Quillfeather").choose("Analyst")
    v.write("User name", "robin.quill").write("Temporary password", "six quiet herons")
    v.press("Add them").sees("Robin Quillfeather can now sign in")
    new = visit(phone=True)
    new.open("/sign-in/").write("User name", "robin.quill")
    new.write("Password", "six quiet herons").press("Sign in").sees("Choose your password")
    new.write("New password", "a boat in the bay").press("Set my password").sees("Figures")


def test_the_person_says_how_to_write_to_them_and_staff_see_it(visit: Visiting) -> None:
    v = visit("person", phone=True)
    v.open(f"/people/{_own_reference(v)}/about/").sees("Who helps you")
    v.go_by(v.page.locator('a[href$="how-to-talk/"]')).press("Save").sees(
        "Choose how we should write"
    )
    v.choose("Large print").choose("Phone call").choose("More time, or shorter talks")
    v.press("Save").sees("Choose how large the print should be")
    v.page.get_by_label("If large print, how large?").select_option("20")
    v.press("Save").sees("Large print, 20 point", "More time, or shorter talks")


def test_a_practitioner_registers_someone_and_gives_them_a_way_in(visit: Visiting) -> None:
    v = visit("practitioner")
    v.open("/people/new/").press("Register them").sees("Enter first name")
    v.choose("They may need care and support")
    v.write("First name", "Nell").write("Last name", "Ashgrove")
    for part, text in (("Day", "2"), ("Month", "3"), ("Year", "1948")):
        v.write(part, text)
    v.press("Register them").sees("Nell Ashgrove is registered as WW")
    v.go_by(v.page.get_by_role("link", name="Back to about Nell")).follow("Let them sign in").press(
        "Let them sign in"
    ).sees("It is not shown again")


def _own_reference(v: Visit) -> str:
    """Find the reference on the person's own first page."""
    href = v.page.locator('main a[href*="/people/WW"]').first.get_attribute("href")
    assert href is not None
    return href.split("/people/")[1].split("/")[0]
