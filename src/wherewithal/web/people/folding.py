"""How names are compared: without case, accents or punctuation; ``jose`` finds ``José``."""

import re
import unicodedata


def fold(text: str) -> str:
    """Return words in plain small letters, one space between (``O'Brien`` → ``o brien``)."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return " ".join(re.findall(r"\w+", letters))


def prefix_query(text: str) -> str:
    """Turn what was typed into a text search in which every word may be unfinished.

    ``José Tea`` → ``jose:* & tea:*``; digits typed with spaces (an NHS number) are joined.
    """
    words = fold(text).split()
    if words and all(word.isdigit() for word in words):
        words = ["".join(words)]
    return " & ".join(f"{word}:*" for word in words)
