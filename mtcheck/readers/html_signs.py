"""Traces of translation tools in a page's markup, which nothing of the visible text shows.

What browsers and proxies leave in a page that is saved after it was translated: Google's in-page translator puts a class on the
root element and wraps every piece of text in two ``font`` elements; Microsoft's gives elements hash attributes of its own;
both companies' proxies, Yandex's and Baidu's serve the page under an address of their own, which stays in its links.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from mtcheck.core.documents import MarkupSign
from mtcheck.readers.html_tokens import TokenKind, attributes, tokens
from mtcheck.text.translation_proxies import PROXY_ADDRESS

# As these tools write them. Plain strings, since most pages hold none and a search for them costs next to nothing; a page
# with one of them is read a second time.
_TRACES = (
    *(
        "translated-ltr",
        "translated-rtl",
        "vertical-align: inherit",
        "vertical-align:inherit",
        "_msthash",
        "_msttexthash",
    ),
    *(
        "translate.goog",
        "translatetheweb.",
        "microsofttranslator.",
        "translate.yandex.",
        "turbopages.org",
        "fanyi.baidu.",
    ),
)
_ROOT_CLASS = re.compile(r"(?:^|\s)(translated-(?:ltr|rtl))(?=\s|$)", re.IGNORECASE)
_INHERITED = re.compile(r"vertical-align\s{0,9}:\s{0,9}inherit", re.IGNORECASE)
_FEWEST_FONTS = 3
"""Elements like Google's from which on they are its work and not an old editor's."""
_FEWEST_LINKS = 3
"""Links through a proxy from which on the page itself came through it: an article may link to a translated page."""
_LONGEST_EXAMPLE = 200

ROOT_CLASS = "the class that Google's in-page translator sets on the root element"
NESTED_FONTS = "nested font elements of Google's in-page translator"
HASH_ATTRIBUTES = "hash attributes of Microsoft's in-page translator"
PROXY_LINKS = "addresses of a translation proxy"


@dataclass(slots=True)
class _Tally:
    """How often each sign was met, the place of the first one in the source, and which of them prove themselves."""

    counts: dict[str, int] = field(default_factory=dict)
    first: dict[str, tuple[int, str]] = field(default_factory=dict)
    proven: set[str] = field(default_factory=set)

    def add(self, name: str, start: int, example: str, *, least: int = 1) -> None:
        """Count one; the sign is proven from ``least`` of them on."""
        self.counts[name] = self.counts.get(name, 0) + 1
        self.first.setdefault(name, (start, example))
        if self.counts[name] >= least:
            self.proven.add(name)


def signs_of(source: str) -> tuple[MarkupSign, ...]:
    """Return the traces in a page, in the order of their first place. Takes time in proportion to the page's length.

    Comments, scripts and text that talks about such markup count for nothing. Font elements count where one stands directly
    inside another, as that translator nests them.
    """
    if not _has_trace(source):
        return ()
    tally = _Tally()
    font_end = -1
    for token in tokens(source):
        if token.kind is not TokenKind.START:
            continue
        tag = source[token.start : token.end]
        if not _has_trace(tag):
            continue
        values = attributes(tag)
        root_class = _ROOT_CLASS.search(values.get("class", "")) if token.name in ("html", "body") else None
        if root_class is not None:
            tally.add(ROOT_CLASS, token.start, root_class[1])
        if token.name == "font" and _INHERITED.search(values.get("style", "")):
            if token.start == font_end:
                tally.add(NESTED_FONTS, token.start, tag, least=_FEWEST_FONTS)
            font_end = token.end
        if "_msttexthash" in values or "_msthash" in values:
            tally.add(HASH_ATTRIBUTES, token.start, tag)
        address = values.get("href", "") if token.name in ("a", "base", "link") else ""
        if PROXY_ADDRESS.search(address):
            # The page's own address proves it at once; links must be several.
            tally.add(PROXY_LINKS, token.start, address, least=_FEWEST_LINKS if token.name == "a" else 1)
    found = [(start, name, example) for name, (start, example) in tally.first.items() if name in tally.proven]
    return tuple(
        MarkupSign(name, example[:_LONGEST_EXAMPLE], tally.counts[name], source.count("\n", 0, start) + 1)
        for start, name, example in sorted(found)
    )


def _has_trace(source: str) -> bool:
    return any(trace in source for trace in _TRACES)
