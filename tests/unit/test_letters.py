"""Letters: the value, the plain text and the accessible PDF."""

import shutil
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from wherewithal.letters import pdf
from wherewithal.letters.letter import (
    Bullets,
    Heading,
    KeyFigure,
    Letter,
    Note,
    Paragraph,
    Recipient,
    Sender,
    Steps,
    Table,
)
from wherewithal.letters.pdf import LetterError, to_pdf
from wherewithal.letters.plain import to_text

AWKWARD = "£5 “quoted” é # \\ $x$ *bold* @ref <label> `code` _under_ = heading // note /* x"

LETTER = Letter(
    title="Your direct payment",
    reference="DP/000417/3",
    date=date(2026, 3, 24),
    to=Recipient("Zoë Example", ("14 Made-up Street", "Fernshire", "FS1 2AB")),
    from_=Sender("Fernshire Council", ("Direct payments team", "Phone: 01632 960 123")),
    blocks=(
        Paragraph("Dear Zoë,"),
        KeyFigure("Every 4 weeks", "£1,329.00"),
        Heading("How we worked it out"),
        Paragraph(AWKWARD),
        Table(
            "Each payment",
            ("What it is", "A week", "4 weeks"),
            (
                ("Your support", "£415.00", "£1,660.00"),
                ("Your contribution", "−£82.75", "−£331.00"),
            ),
            numeric=(1, 2),
            total=("What we pay", "£332.25", "£1,329.00"),
        ),
        Steps(("We pay you.", "You pay the people who support you.")),
        Note("If you are worried", ("Call us.", "Someone can call for you.")),
        Bullets(("There is no form.", "An advocate is free.")),
    ),
)
FIGURES = ["£1,329.00", "£415.00", "£1,660.00", "−£82.75", "−£331.00", "£332.25"]
WORDS = [
    "Fernshire Council",
    "Phone: 01632 960 123",
    "Zoë Example",
    "FS1 2AB",
    "24 March 2026",
    "DP/000417/3",
    "Your direct payment",
    "How we worked it out",
    "Each payment",
    "What we pay",
    "You pay the people who support you.",
    "If you are worried",
    "Someone can call for you.",
    "An advocate is free.",
]


def read(letter: Letter) -> PdfReader:
    return PdfReader(BytesIO(to_pdf(letter)))


def text_of(letter: Letter) -> str:
    pages = "\n".join(page.extract_text() for page in read(letter).pages)
    return " ".join(pages.split())


def root(letter: Letter) -> Any:
    """Return the catalogue of the PDF; pypdf types what is in it too loosely to follow."""
    return read(letter).trailer["/Root"].get_object()


def tags(element: Any) -> list[str]:
    """List the kinds of the structure elements of a PDF, in reading order."""
    element = element.get_object()
    if isinstance(element, list):
        return [tag for child in element for tag in tags(child)]
    if not isinstance(element, DictionaryObject):
        return []
    own = [str(element["/S"])] if "/S" in element else []
    return own + (tags(element["/K"]) if "/K" in element else [])


@pytest.mark.parametrize("size", ["standard", "large"])
def test_the_pdf_says_every_word_and_figure(size: Any) -> None:
    text = text_of(replace(LETTER, size=size))
    assert [words for words in [*WORDS, *FIGURES] if words not in text] == []
    assert " ".join(AWKWARD.split()) in text


def test_the_pdf_declares_pdf_ua_its_title_and_its_language() -> None:
    catalogue = root(LETTER)
    metadata = catalogue["/Metadata"].get_object().get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert catalogue["/Lang"] == "en-GB"
    assert catalogue["/MarkInfo"]["/Marked"] is not False
    assert catalogue["/ViewerPreferences"]["/DisplayDocTitle"]
    information = read(LETTER).metadata
    assert information is not None
    assert information.title == "Your direct payment"
    assert information.author == "Fernshire Council"


def test_the_pdf_is_tagged_as_headings_lists_and_a_table_with_headers() -> None:
    found = tags(root(LETTER)["/StructTreeRoot"])
    assert [tag for tag in found if tag in {"/H1", "/H2"}] == ["/H1", "/H2"]
    assert found.count("/L") == 2
    assert found.count("/LI") == 4
    assert found.count("/Table") == 1
    assert found.count("/Caption") == 1
    assert found.count("/TH") == 3
    assert found.count("/TD") == 9


def test_another_language_is_declared() -> None:
    assert root(replace(LETTER, language="cy"))["/Lang"] == "cy"


def test_the_same_letter_makes_the_same_bytes() -> None:
    assert to_pdf(LETTER) == to_pdf(replace(LETTER))
    assert to_pdf(LETTER) != to_pdf(replace(LETTER, reference="DP/000417/4"))


def test_large_print_is_eighteen_point_and_standard_twelve() -> None:
    def sizes(letter: Letter) -> set[float]:
        found: set[float] = set()

        def visit(text: str, _cm: Any, matrix: Any, _font: Any, size: float) -> None:
            if "Dear" in text:
                found.add(round(abs(size * matrix[0]), 1))

        read(letter).pages[0].extract_text(visitor_text=visit)
        return found

    assert sizes(LETTER) == {12.0}
    assert sizes(replace(LETTER, size="large")) == {18.0}


def test_the_head_of_a_long_table_repeats_on_each_page_and_pages_are_numbered() -> None:
    rows = tuple((f"Payment {number}", f"£{number}.00") for number in range(60))
    long = replace(LETTER, blocks=(Table("Payments", ("What it is for", "Amount"), rows, (1,)),))
    pages = [page.extract_text() for page in read(long).pages]
    assert len(pages) == 3
    for number, page in enumerate(pages, start=1):
        assert "What it is for" in page
        assert f"Page {number} of 3" in page


def test_only_the_shipped_font_is_used_and_it_is_inside_the_file() -> None:
    page: Any = read(LETTER).pages[0]
    names = [str(font["/BaseFont"]) for font in page["/Resources"]["/Font"].values()]
    assert names
    assert all("AtkinsonHyperlegible" in name for name in names)


def test_a_name_in_greek_or_cyrillic_is_set_too() -> None:
    assert "Елена Νίκη" in text_of(replace(LETTER, to=Recipient("Елена Νίκη")))


def test_control_characters_typed_by_accident_are_dropped() -> None:
    assert "a bc" in text_of(replace(LETTER, blocks=(Paragraph("a\tb\x00\x07c"),)))


def test_a_script_no_font_has_is_told_with_what_to_do() -> None:
    with pytest.raises(LetterError, match=r"DP/000417/3 can't be made .* send it as plain text"):
        to_pdf(replace(LETTER, to=Recipient("李明")))


def test_fonts_of_a_folder_that_is_handed_in_are_used_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Here the package's own font is the one handed in, and the package has none."""
    further, empty = tmp_path / "further", tmp_path / "empty"
    shutil.copytree(Path(pdf.__file__).parent / "fonts", further)
    empty.mkdir()
    monkeypatch.setattr(pdf, "_shipped", lambda: empty)
    made = [to_pdf(LETTER, fonts=each) for each in (empty, further)]
    assert [b"AtkinsonHyperlegible" in each for each in made] == [False, True]


def test_lists_and_tables_may_be_empty() -> None:
    blocks = (Bullets(()), Steps(()), Table("Nothing yet", ("Day", ""), ()), Note("Only this"))
    assert "Nothing yet" in text_of(replace(LETTER, blocks=blocks))


def test_plain_text_says_every_word_and_figure_in_order() -> None:
    text = " ".join(to_text(LETTER).split())
    places = [text.find(words) for words in WORDS]
    assert -1 not in places
    assert places == sorted(places)
    assert [figure for figure in FIGURES if figure not in text] == []
    assert " ".join(AWKWARD.split()) in text


def test_plain_text_tells_a_table_cell_by_cell_and_keeps_lines_short() -> None:
    text = to_text(LETTER)
    assert "What it is: Your contribution\nA week: −£82.75\n4 weeks: −£331.00\n" in text
    assert "1. We pay you.\n2. You pay the people" in text
    assert max(len(line) for line in text.splitlines()) <= 72
    assert text.endswith("- An advocate is free.\n")


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"title": " "}, "no title"),
        ({"size": "huge"}, "size 'huge' is not known"),
        ({"language": "English"}, "language 'English' is not a code"),
        ({"language": "en-gb"}, "language 'en-gb' is not a code"),
    ],
)
def test_a_letter_that_could_not_be_read_is_refused(changed: dict[str, Any], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        replace(LETTER, **changed)


def test_an_address_too_long_for_the_window_is_refused() -> None:
    with pytest.raises(ValueError, match="address of Sam has 7 lines"):
        Recipient("Sam", ("line",) * 7)


def test_a_silent_heading_is_refused() -> None:
    with pytest.raises(ValueError, match="heading of the letter is empty"):
        Heading("  ")


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"rows": (("one",),)}, "row of the table 'Sums' has 1 cells"),
        ({"total": ("a", "b", "c")}, "has 3 cells"),
        ({"numeric": (2,)}, "has no column 2"),
        ({"columns": ()}, "has no columns"),
    ],
)
def test_a_table_that_does_not_line_up_is_refused(values: dict[str, Any], says: str) -> None:
    usual: dict[str, Any] = {"caption": "Sums", "columns": ("a", "b"), "rows": (("c", "d"),)}
    with pytest.raises(ValueError, match=says):
        Table(**{**usual, **values})


def test_a_little_picture_typed_on_a_phone_does_not_cost_the_letter() -> None:
    typed = Letter(
        title="Your answers",
        reference="WW900001",
        date=date(2026, 11, 2),
        to=Recipient("Ada Marlowbridge"),
        from_=Sender("Ambleford Council"),
        blocks=(Paragraph("I love my garden 🌻❤️ and the sea."),),
    )
    pages = PdfReader(BytesIO(to_pdf(typed))).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert "I love my garden and the sea." in text
