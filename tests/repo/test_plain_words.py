"""Public words can be read by a ten-year-old: Flesch–Kincaid grade 6 or lower, on what is shown."""

import re
from datetime import date
from html.parser import HTMLParser

import pytest
from django.test import Client

from wherewithal.scheme import packaged, packaged_text
from wherewithal.web.policy.models import SchemeVersion

GRADE = 6.0
PAGES = (
    "/",
    "/what-is-a-personal-budget/",
    "/who-can-have-one/",
    "/ways-to-hold-the-money/",
    "/how-the-figure-is-worked-out/",
    "/how-the-figure-is-worked-out/record/",
    "/accessibility-statement/",
    "/privacy/",
    "/help/",
    "/sign-in/",
    "/no-such-page/",
)


class Shown(HTMLParser):
    """Collect the text of a page's main part: each block element is a sentence of its own."""

    BLOCKS = frozenset(
        {
            "p",
            "li",
            "h1",
            "h2",
            "h3",
            "h4",
            "dt",
            "dd",
            "td",
            "th",
            "caption",
            "label",
            "summary",
            "legend",
        }
    )

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[str] = [""]
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = self.inside or tag == "main"
        if tag in self.BLOCKS:
            self.blocks.append("")

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "main"
        if tag in self.BLOCKS:
            self.blocks.append("")

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.blocks[-1] += data


def syllables(word: str) -> int:
    """Count groups of vowels; the e of a last -e, -ed or -es is silent where speech says so."""
    word = re.sub(r"(?<=[^aeiouyl])e$|(?<=[^dt])ed$|(?<=[^cgszx])es$", "", word)
    return max(1, len(re.findall(r"[aeiouy]+", word)))


def grade(blocks: list[str]) -> float:
    """Return the Flesch–Kincaid grade: US school years, about age less five."""
    sentences, words = 0, list[str]()
    for block in blocks:
        for sentence in re.split(r"[.!?:;]+(?:\s|$)", block.lower().replace("’", "'")):
            found = re.findall(r"[a-z][a-z']*", re.sub(r"\S*[@/\d]\S*", " ", sentence))
            words += found
            sentences += bool(found)
    parts = sum(syllables(word) for word in words)
    return 0.39 * len(words) / sentences + 11.8 * parts / len(words) - 15.59


def test_the_measure_tells_hard_words_from_easy_ones() -> None:
    easy = "The cat sat on the mat. It was a big cat. You can see it."
    hard = (
        "Eligibility determinations necessitate comprehensive consideration of multidisciplinary"
        " representations regarding an individual's circumstances."
    )
    assert grade([easy]) < 1
    assert grade([hard]) > 20
    known = {
        "council": 2,
        "help": 1,
        "money": 2,
        "assessment": 3,
        "little": 2,
        "needed": 2,
        "asked": 1,
    }
    assert {word: syllables(word) for word in known} == known


@pytest.mark.parametrize("address", PAGES)
def test_a_public_page_can_be_read_at_age_eleven(client: Client, db: None, address: str) -> None:
    scheme = packaged("standard-adult")
    SchemeVersion.objects.create(
        code=scheme.code, version=scheme.version, title=scheme.title, hash=scheme.hash,
        document=packaged_text("standard-adult"), status="published", published_on=date(2026, 4, 1),
        unaudited_because="It came with the product.",
    )  # fmt: skip
    shown = Shown()
    shown.feed(client.get(address).content.decode())
    assert grade(shown.blocks) <= GRADE


def test_the_questions_can_be_read_at_age_eleven() -> None:
    scheme = packaged("standard-adult")
    words = [scheme.summary, *(section.intro for section in scheme.sections)]
    for question in scheme.questions:
        words += [question.ask, question.hint]
        words += [text for option in question.options for text in (option.label, option.hint)]
    assert grade(words) <= GRADE


def test_each_question_alone_can_be_read_at_age_eleven() -> None:
    too_hard = {
        question.ask: round(grade([question.ask, question.hint]), 1)
        for question in packaged("standard-adult").questions
        if grade([question.ask, question.hint]) > GRADE + 2  # a few words measure roughly
    }
    assert not too_hard
