"""Words that stand in the text and on the buttons of many languages alike, so that they prove nothing about any of them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files


def is_international(words: Sequence[str]) -> bool:
    """Tell whether all of some words are ones that many languages have taken over as they are; not so for none."""
    return bool(words) and all(word.casefold() in international_words() for word in words)


def is_credit(words: str) -> bool:
    """Tell whether the lower-case words of a line are nothing but a formula that stands in English under pages everywhere.

    "All rights reserved" and "Powered by" belong to the law and to the software; they are left as they are on purpose.
    """
    return " ".join(words.lower().split()) in CREDITS


CREDITS = frozenset(
    {
        "all rights reserved",
        "rights reserved",
        "powered by",
        "proudly powered by",
        "comments powered by",
        "built by",
        "built with",
        "created by",
        "designed by",
        "developed by",
        "hosted by",
        "made by",
        "made in",
        "made with",
        "made with by",
        "made with love by",
        "website by",
        "theme by",
    }
)
"""In small letters; the names that follow them are left out."""


@cache
def international_words() -> frozenset[str]:
    """Return the words, in small letters (``data/international_words.txt``, by hand)."""
    text = (files("mtcheck.engines.language_id") / "data" / "international_words.txt").read_text("utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())
