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


LINK_NOTES = (
    *("opens in new window", "opens in a new window", "opens in new tab", "opens in a new tab", "opens new window"),
    *(
        "opens in new windows",
        "link opens in new window",
        "open in new window",
        "opens an external site",
        "external link",
    ),
    *("link is external", "link sends e-mail", "opens in a new browser window", "opens in a new browser tab"),
)
"""What page builders write behind links for readers who hear the page; a language setting that nobody made leaves it in English."""


def is_link_note(text: str) -> bool:
    """Tell whether a text is a builder's note behind a link."""
    return " ".join(text.casefold().split()).removeprefix("the ").strip(" .") in LINK_NOTES


@cache
def borrowed_words() -> frozenset[str]:
    """Return words that are used on purpose in another language's text, in small letters (``data/borrowed_words.txt``, by hand)."""
    return _words("borrowed_words.txt") | international_words()


@cache
def international_words() -> frozenset[str]:
    """Return the words, in small letters (``data/international_words.txt``, by hand)."""
    return _words("international_words.txt")


def _words(name: str) -> frozenset[str]:
    text = (files("mtcheck.engines.language_id") / "data" / name).read_text("utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())
