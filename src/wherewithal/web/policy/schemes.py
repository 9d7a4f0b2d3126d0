"""From a stored scheme version to the frozen scheme it says."""

from functools import lru_cache

from wherewithal.scheme import Scheme, read_scheme
from wherewithal.scheme.document.write import write_scheme
from wherewithal.web.policy.models import SchemeVersion


@lru_cache(maxsize=16)
def _read(document: str, name: str) -> Scheme:
    return read_scheme(document, name=name)


def scheme_of(version: SchemeVersion) -> Scheme:
    """Return the frozen scheme that a version's document says (kept once read)."""
    return _read(version.document, f"{version.code} {version.version}")


def document_in(book: bytes) -> str:
    """Return the document that an uploaded workbook states, its notes as comments.

    Raises:
        SchemeMistakes: it is not sound; each mistake names its sheet, row, column and mend.
    """
    from wherewithal.scheme.workbook import read_workbook  # heavy

    scheme, comments = read_workbook(book, "Your workbook")
    return write_scheme(scheme, comments=comments)
