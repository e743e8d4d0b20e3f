"""Scanned text made safe to show: nothing in it may steer a terminal or turn a line of a report around.

Escape sequences live in the C0 and C1 controls; the bidirectional embeddings, overrides and isolates reorder what
surrounds them (Unicode Standard Annex 9; "Trojan Source", Boucher and Anderson 2021). All of them are written out.
"""

from __future__ import annotations

import re
import unicodedata

from mtcheck.core.languages import UNDETERMINED
from mtcheck.text.language_names import language_name

# Languages that are written from right to left, wherever else the first letter of a sentence may point ("NATO ...").
RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})

_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")

# Controls (with line ends and tabs), line and paragraph separators, bidirectional controls, and invisible characters an
# editor must be able to see; lone surrogates, which no encoding can write.
UNSAFE = re.compile(
    r"""
      [\x00-\x1f\x7f-\x9f]            # C0 and C1 controls
    | [\u2028\u2029]                  # line and paragraph separators
    | [\u061c\u200e\u200f]            # directional marks
    | [\u202a-\u202e\u2066-\u2069]    # embeddings, overrides, isolates
    | [\u00ad\u200b\u2060-\u2064\ufeff]  # soft hyphen, zero-width space, word joiner and kin, byte-order mark
    | [\ufff9-\ufffb]                 # interlinear annotation
    | [\U000e0000-\U000e007f]         # tags
    | [\ud800-\udfff]                 # lone surrogates
    """,
    re.VERBOSE,
)


def name_of(character: str) -> str:
    """Return the code point as ``U+XXXX``."""
    return f"U+{ord(character):04X}"


def visible(text: str) -> str:
    """Return the text on one line: line ends and tabs become a space, other unsafe characters ``<U+XXXX>``."""
    return UNSAFE.sub(lambda match: " " if match[0] in "\t\n\r" else f"<{name_of(match[0])}>", text)


def is_right_to_left(text: str) -> bool:
    """Tell whether any character is written from right to left, so that columns say nothing about what is seen."""
    return any(unicodedata.bidirectional(character) in {"R", "AL", "AN"} for character in text)


def direction_of(text: str) -> str:
    """Return ``rtl`` or ``ltr`` by the first strong character (Unicode Standard Annex 9, rule P2); ``ltr`` without one."""
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in {"L", "R", "AL"}:
            return "ltr" if kind == "L" else "rtl"
    return "ltr"


def direction_in(language: str | None, text: str) -> str:
    """Return ``rtl`` or ``ltr`` for a text in a language; by its first strong character where the language leaves it open."""
    if language and language.partition("-")[0].lower() in RIGHT_TO_LEFT and is_right_to_left(text):
        return "rtl"
    return direction_of(text)


def language_tag(language: str | None) -> str | None:
    """Return a language as it may stand in a ``lang`` attribute, or ``None`` where it is no language tag (RFC 5646)."""
    known = language and language != UNDETERMINED and _LANGUAGE_TAG.fullmatch(language)
    return language if known else None


def language_label(code: str) -> str:
    """Return what a language is called in a list of languages."""
    return "undetermined" if code == UNDETERMINED else language_name(code)


def percentage(share: float) -> str:
    """Return a share or a probability as whole percent, without rounding anything but 1 up to 100 or but 0 down to 0."""
    whole = round(share * 100)
    if whole >= 100 and share < 1:
        return "99%"
    if whole <= 0 and share > 0:
        return "<1%"
    return f"{whole}%"


def number(value: float) -> str:
    """Return a measured value with four significant digits, and never fewer than those before the point."""
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"


def plural(count: int, noun: str) -> str:
    """Return ``1 finding``, ``2 findings``, ``1,024 findings``."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
