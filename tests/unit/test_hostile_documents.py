"""A document made to break the reader is refused like any other: with lines and how to mend it."""

import pytest

from wherewithal.scheme import SchemeMistakes, read_scheme

LAUGHS = "a: &a [x, x, x, x]\n" + "".join(
    f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n"
    for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("document", "told"),
    [
        pytest.param(LAUGHS, "no `a` here", id="aliases of aliases"),
        pytest.param("&a [*a]", "scheme", id="a list inside itself"),
        pytest.param(
            "scheme: x\n? [a, b]\n: c\n", "one name before the colon", id="a list as name"
        ),
        pytest.param("scheme: x\n? {a: b}\n: c\n", "one name before the colon", id="block as name"),
        pytest.param("[" * 2000, "goes this deep", id="two thousand lists"),
        pytest.param("".join(" " * n + "a:\n" for n in range(1200)), "this deep", id="deep blocks"),
        pytest.param("scheme: x\ntitle: \x00", "cannot be shown", id="a NUL"),
        pytest.param("scheme: x\ntitle: \x07", "cannot be shown", id="a bell"),
        pytest.param("!!python/object/apply:os.system ['ls']", "scheme", id="a tag that runs"),
        pytest.param(
            f"prices:\n  day: {{hourly: {'9' * 5000}}}\n", "number in digits", id="5,000 digits"
        ),
    ],
)
def test_a_hostile_document_is_refused_with_words(document: str, told: str) -> None:
    with pytest.raises(SchemeMistakes) as refused:
        read_scheme(document, name="Your document")
    assert any(told in mistake.mend for mistake in refused.value.mistakes)


def test_the_line_of_a_sign_that_cannot_be_shown_is_named() -> None:
    with pytest.raises(SchemeMistakes) as refused:
        read_scheme("scheme: x\n\ntitle: a\x07b\n", name="Your document")
    assert [mistake.line for mistake in refused.value.mistakes] == [3]
