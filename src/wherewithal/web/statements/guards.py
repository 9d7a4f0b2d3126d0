"""What PostgreSQL looks up once for all lines written together, rather than for each of them.

A foreign key asks once for each row. Thousands of lines of one file name one statement, so these
triggers ask once for each that is named, and hold it as a foreign key would. They ask for more,
too: a line is of the person and the account that its statement is of.
"""

import pgtrigger

_LINES_HAVE_THEIRS = """
    PERFORM FROM statements_statement
        WHERE id IN (SELECT DISTINCT statement_id FROM written) FOR KEY SHARE;
    IF EXISTS (
        SELECT FROM (SELECT DISTINCT statement_id, person_id, holding FROM written) AS named
        WHERE NOT EXISTS (
            SELECT FROM statements_statement AS known WHERE known.id = named.statement_id
            AND known.person_id = named.person_id AND known.holding = named.holding
        )
    ) THEN
        RAISE EXCEPTION 'A line is to be of the same person and account as its statement.'
            USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NULL;
"""
_NONE_WITHOUT = """
    IF EXISTS (
        SELECT FROM (SELECT id, person_id, holding FROM before{except_after}) AS gone
        CROSS JOIN LATERAL (
            SELECT FROM statements_line WHERE statement_id = gone.id LIMIT 1
        ) AS line
    ) THEN
        RAISE EXCEPTION 'A statement with lines keeps its account. Take its lines away first.'
            USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NULL;
"""
_EXCEPT_AFTER = " EXCEPT SELECT id, person_id, holding FROM after"


def of_its_statement() -> list[pgtrigger.Trigger]:
    """Refuse lines whose statement is not there, or is of another person or account."""
    return [
        pgtrigger.Trigger(
            name=f"{name}_with_its_statement", operation=operation, when=pgtrigger.After,
            level=pgtrigger.Statement, func=_LINES_HAVE_THEIRS,
            referencing=pgtrigger.Referencing(new="written"),  # type: ignore[no-untyped-call]  # untyped there
        )
        for name, operation in (("added", pgtrigger.Insert), ("changed", pgtrigger.Update))
    ]  # fmt: skip


def kept_with_its_lines() -> list[pgtrigger.Trigger]:
    """Refuse to take away, or give to another account, a statement that has lines."""
    return [
        pgtrigger.Trigger(
            name="kept_with_its_lines", operation=pgtrigger.Delete, when=pgtrigger.After,
            level=pgtrigger.Statement, func=_NONE_WITHOUT.format(except_after=""),
            referencing=pgtrigger.Referencing(old="before"),  # type: ignore[no-untyped-call]  # untyped there
        ),
        pgtrigger.Trigger(
            name="same_account_as_its_lines", operation=pgtrigger.Update, when=pgtrigger.After,
            level=pgtrigger.Statement, func=_NONE_WITHOUT.format(except_after=_EXCEPT_AFTER),
            referencing=pgtrigger.Referencing(old="before", new="after"),  # type: ignore[no-untyped-call]  # untyped there
        ),
    ]  # fmt: skip
