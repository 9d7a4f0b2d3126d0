"""The first part of a query: read the cells of the table into places, numbers and shares.

An answer is held as the fast reading holds it: the place of its option from 0, the number, or the
ticked options as the bits of one number; -1 to -4 where there is no answer; and NULL where the cell
holds what the scheme does not allow.
"""

from collections.abc import Iterator, Mapping

from sqlglot import exp

from wherewithal.allocation.answers import SAID_WORDS
from wherewithal.allocation.sql.dialects import (
    Expression,
    added,
    all_digits,
    between,
    bits,
    by_value,
    call,
    column,
    compared,
    held_as,
    holds_text,
    how_many,
    one_of,
    place_of,
    plus,
    when,
    whole,
    without_ending,
    words,
)
from wherewithal.allocation.sql.names import COUNTS
from wherewithal.allocation.sql.page import CARER, Page
from wherewithal.scheme import Question
from wherewithal.scheme.parts import NONE_TICKED

NO_ANSWER: Mapping[str, int] = {"": -1, "n/a": -2, "declined": -3, "unknown": -4}
NOT_APPLICABLE = -2

Columns = Iterator[tuple[str, Expression, str]]
"""Names of new columns, how each is worked out, and what to say beside it."""


def cells(page: Page) -> Columns:
    """Yield the cells of the table: texts, or whole numbers."""
    for name in page.cells():
        cell: Expression = column(name)
        if page.places:
            nothing = -1 if name in CARER or not name.endswith(".help") else 0
            yield f"said.{name}", call("COALESCE", cell, whole(nothing)), ""
        else:
            yield f"said.{name}", call("COALESCE", held_as(cell, "TEXT"), words("")), ""


def ticked(page: Page) -> Columns:
    """Yield the ticks found in texts such as ``a;b``, as the bits of one number."""
    if page.places:
        return
    for question in page.scheme.questions:
        if question.kind == "several":
            yield f"ticked.{question.code}", _ticks(page, question), question.ask


def _fenced(page: Page, question: Question) -> Expression:
    plain: Expression = _trimmed(page, f"said.{question.code}")
    for space in ("; ", " ;"):
        plain = call("REPLACE", plain, words(space), words(";"))
    return call("CONCAT", words(";"), plain, words(";"))


def _ticks(page: Page, question: Question) -> Expression:
    found = [
        when(
            (holds_text(page.dialect, _fenced(page, question), f";{option.code};"), big(1 << bit)),
            otherwise=big(0),
        )
        for bit, option in enumerate(question.options)
    ]
    return added(found)


def big(value: int) -> Expression:
    """Write a whole number of 64 bits."""
    return held_as(whole(value), "BIGINT")


def answers(page: Page) -> Columns:
    """Yield the answer to each question, the share of help, and what is known of the carer."""
    for question in page.scheme.questions:
        read = _by_place if page.places else _by_word
        yield f"answer.{question.code}", read(page, question), question.ask
    for question in page.helpable():
        yield f"help.{question.code}.help", _help(page, question), "percent that family does"
    for name in CARER if page.family else ():
        yield f"answer.{name}", _agreed(page, name), ""


def most(question: Question) -> int:
    """Return the largest number an answer can be held as."""
    match question.kind:
        case "number":
            return question.most
        case "several":
            return (1 << len(question.options)) - 1
        case _:
            return len(question.options) - 1


def _by_place(page: Page, question: Question) -> Expression:
    said, end = f"said.{question.code}", most(question)
    tests = [_no_part(page, said), between(page.col(said), min(NO_ANSWER.values()), end)]
    if not question.may_not_apply:
        tests.append(compared(exp.NEQ, page.col(said), NOT_APPLICABLE))
    if question.kind == "number" and question.least > 0:
        given = compared(exp.GTE, page.col(said), question.least)
        tests.append(exp.paren(exp.or_(given, compared(exp.LT, page.col(said), 0))))
    return when((exp.and_(*tests), held_as(page.col(said), "BIGINT")))


def _no_part(page: Page, said: str) -> Expression:
    """Say that a number has nothing after its point, should the column hold such numbers."""
    return compared(exp.EQ, exp.Mod(this=page.col(said), expression=whole(1)), 0)


def _trimmed(page: Page, said: str) -> Expression:
    return exp.Trim(this=page.col(said))


def _none_given(page: Page, question: Question) -> Expression:
    allowed = [
        (words(word), whole(code))
        for word, code in NO_ANSWER.items()
        if question.may_not_apply or code != NOT_APPLICABLE
    ]
    return by_value(exp.Lower(this=_trimmed(page, f"said.{question.code}")), allowed)


def _by_word(page: Page, question: Question) -> Expression:
    """Read a cell as it stands, and only where that fails without blanks around it.

    Taking blanks away is dear. A CASE makes sure that nobody does it for all the rows first.
    """
    said = f"said.{question.code}"
    match question.kind:
        case "number":
            ends = (question.least, question.most)
            first = (all_digits(page.dialect, page.col(said)), _number(page.col(said), *ends))
            trimmed = _digits(page, _trimmed(page, said), *ends)
        case "several":
            found = _all_ticked(page, question)
            first, trimmed = (_is_known(found), found.copy()), exp.Null()
        case _:
            found = _place(page, question, page.col(said))
            first = (_is_known(found), found.copy())
            trimmed = _place(page, question, _trimmed(page, said))
    blank = (compared(exp.EQ, page.col(said), words("")), whole(-1))
    rest = call("COALESCE", trimmed, _none_given(page, question))
    return held_as(when(blank, first, otherwise=rest), "BIGINT")


def _is_known(value: Expression) -> Expression:
    return exp.Not(this=exp.Is(this=value, expression=exp.Null()))


def _place(page: Page, question: Question, text: Expression) -> Expression:
    """Find an option; the words for no answer come before an option that is called like one."""
    codes = [option.code for option in question.options]
    codes = ["" if code.lower() in NO_ANSWER else code for code in codes]
    return place_of(page.dialect, codes, text)


def _digits(page: Page, text: Expression, least: int, most: int) -> Expression:
    """Read digits, and only those: a cast alone would take 1e2 and 4.6 as well."""
    return when((all_digits(page.dialect, text), _number(text.copy(), least, most)))


def _number(text: Expression, least: int, most: int) -> Expression:
    value = held_as(text, "BIGINT")
    return when((between(value, least, most), value.copy()))


def _all_ticked(page: Page, question: Question) -> Expression:
    """Take the ticks where each part of the text is an option's code, and none stands twice."""
    said, found = f"said.{question.code}", f"ticked.{question.code}"
    unparted = call("REPLACE", page.col(said), words(";"), words(""))
    parted = exp.Sub(this=call("LENGTH", page.col(said)), expression=call("LENGTH", unparted))
    count = bits(page.dialect, page.col(found))
    return when(
        (compared(exp.EQ, exp.Lower(this=_trimmed(page, said)), words(NONE_TICKED)), big(0)),
        (compared(exp.EQ, count, plus(parted, 1)), page.col(found)),
    )


def _help(page: Page, question: Question) -> Expression:
    said = f"said.{question.code}.help"
    if page.places:
        allowed = exp.and_(between(page.col(said), 0, 100), _no_part(page, said))
        return when((allowed, held_as(page.col(said), "BIGINT")))
    blank = (compared(exp.EQ, page.col(said), words("")), big(0))
    first = (all_digits(page.dialect, page.col(said)), _number(page.col(said), 0, 100))
    signed = without_ending(page.dialect, _trimmed(page, said), "%")
    number = _digits(page, without_ending(page.dialect, signed, " "), 0, 100)
    spaces = when((compared(exp.EQ, _trimmed(page, said), words("")), big(0)))
    return when(blank, first, otherwise=call("COALESCE", number, spaces))


def _agreed(page: Page, name: str) -> Expression:
    said = f"said.{name}"
    if page.places:
        return when((one_of(page.col(said), (-1, 0, 1)), page.col(said)))
    lower = exp.Lower(this=_trimmed(page, said))
    return by_value(lower, [(words(word), whole(code)) for word, code in SAID_WORDS.items()])


def read_names(page: Page) -> list[str]:
    """Return the columns that are NULL where a cell holds what the scheme does not allow."""
    asked = [f"answer.{question.code}" for question in page.scheme.questions]
    helps = [f"help.{question.code}.help" for question in page.helpable()]
    return [*asked, *helps, *(f"answer.{name}" for name in CARER if page.family)]


def wrong(page: Page) -> Expression:
    """Say whether any cell of a row holds what the scheme does not allow."""
    return exp.or_(*[exp.Is(this=page.col(n), expression=exp.Null()) for n in read_names(page)])


def looked_over(page: Page) -> Columns:
    """Yield what the whole row comes to: any mistake, what is missing, the shares that count."""
    yield "wrong", wrong(page), "any cell holds what the scheme does not allow"
    for name, code in COUNTS.items():
        values = [page.col(f"answer.{question.code}") for question in page.scheme.questions]
        yield name, how_many(page.dialect, values, code), "how many of the answers"
    agreed = [compared(exp.EQ, page.col(f"answer.{name}"), 1) for name in CARER]
    for question in page.helpable():
        counts = exp.and_(*[each.copy() for each in agreed])
        share = when((counts, page.col(f"help.{question.code}.help")), otherwise=big(0))
        yield f"share.{question.code}.help", share, "counts where willing and able"
