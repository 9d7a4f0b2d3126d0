"""A scheme as a workbook that a council can live in, and back, with nothing lost."""

from collections.abc import Mapping
from pathlib import Path as File

from wherewithal.scheme.document import read_scheme
from wherewithal.scheme.document.emit import Comments, emit
from wherewithal.scheme.document.write import document_of, write_scheme
from wherewithal.scheme.mistakes import Path, SchemeMistakes
from wherewithal.scheme.scheme import Scheme
from wherewithal.scheme.workbook.draw import draw_book
from wherewithal.scheme.workbook.gather import gather, located
from wherewithal.scheme.workbook.lay_out import lay_out
from wherewithal.scheme.workbook.read import read_book


def to_workbook(scheme: Scheme, *, comments: Mapping[Path, str] | Comments | None = None) -> bytes:
    """Return a scheme as an Excel workbook (.xlsx); the same scheme gives the same bytes.

    ``comments`` stand on the sheet Notes, in the form that the writer of documents takes. No cell
    holds a formula.

    Raises:
        ValueError: no document states this scheme, or a text is too long for a cell.
    """
    write_scheme(scheme)
    said = comments if isinstance(comments, Comments) else Comments(beside=comments or {})
    return draw_book(scheme, lay_out(document_of(scheme), said))


def from_workbook(book: bytes | File, name: str) -> Scheme:
    """Read a scheme from a workbook; ``name`` is what messages call it.

    Formulas are never run: the value stored with a formula is what counts.

    Raises:
        SchemeMistakes: it is not sound; each mistake names its sheet, row, column, value and mend.
    """
    return read_workbook(book, name)[0]


def read_workbook(book: bytes | File, name: str) -> tuple[Scheme, Comments]:
    """Read a scheme and the notes about it from a workbook.

    Raises:
        SchemeMistakes: it is not sound; each mistake names its sheet, row, column, value and mend.
    """
    data = book if isinstance(book, bytes) else book.read_bytes()
    rows, wrong = read_book(data, name)
    found = gather(rows)
    mistakes = [*wrong, *found.mistakes]
    try:
        scheme = read_scheme(emit(found.document, Comments()), name=name)
    except SchemeMistakes as refused:
        short = [row.cells["code"] for row in rows["Questions"]]
        named = {mistake.where for mistake in mistakes}
        more = [located(mistake, found, short) for mistake in refused.mistakes]
        mistakes += [mistake for mistake in more if mistake.where not in named]
        raise SchemeMistakes(name, mistakes) from None
    if mistakes:
        raise SchemeMistakes(name, mistakes)
    return scheme, found.comments
