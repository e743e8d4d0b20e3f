"""What an element's name and attributes say of the text inside it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from mtcheck.core.documents import BlockKind


class Region(StrEnum):
    """A part of a page that is not what the page says."""

    NAVIGATION = "navigation"
    FOOTER = "footer"
    ASIDE = "aside"
    COMMENTS = "comments"


@dataclass(frozen=True, slots=True)
class Hints:
    """What an element tells of its text; ``None`` where it tells nothing.

    ``heading`` is the level of a heading, 1 to 6. ``central`` is true in ``main`` and ``article``.
    """

    kind: BlockKind | None = None
    region: Region | None = None
    heading: int | None = None
    central: bool = False
    hidden: bool = False
    language: str | None = None
    direction: str | None = None

    def inside(self, outer: Hints) -> Hints:
        """Return these hints with those of the enclosing element where they say nothing themselves."""
        if self is NO_HINTS:
            return outer
        if outer is NO_HINTS:
            return self
        return Hints(
            self.kind or outer.kind,
            self.region or outer.region,
            self.heading or outer.heading,
            self.central or outer.central,
            self.hidden,
            self.language,
            self.direction,
        )


NO_HINTS = Hints()

TELLING_ATTRIBUTE = re.compile(r"(?:class|id|lang|dir|hidden|style|aria-level|itemprop|role|rel)\b", re.IGNORECASE)
"""What the source of a start tag holds if ``hints_of`` could learn anything from its attributes (or sometimes if not)."""


def _names(listed: str) -> frozenset[str]:
    """Return the names of a list that spaces part."""
    return frozenset(listed.split())


_KIND_BY_ELEMENT = {
    "blockquote": BlockKind.QUOTATION,
    "li": BlockKind.LIST_ITEM,
    "dt": BlockKind.LIST_ITEM,
    "dd": BlockKind.LIST_ITEM,
    "td": BlockKind.TABLE_CELL,
    "th": BlockKind.TABLE_CELL,
    "caption": BlockKind.CAPTION,
    "figcaption": BlockKind.CAPTION,
    "pre": BlockKind.CODE,
    "listing": BlockKind.CODE,
    "xmp": BlockKind.CODE,
    "time": BlockKind.DATELINE,
    "button": BlockKind.LABEL,
    "label": BlockKind.LABEL,
    "legend": BlockKind.LABEL,
}
_REGION_BY_ELEMENT = {
    "nav": Region.NAVIGATION,
    "menu": Region.NAVIGATION,
    "footer": Region.FOOTER,
    "aside": Region.ASIDE,
    "form": Region.ASIDE,
    "dialog": Region.ASIDE,
}
_REGION_BY_ARIA_ROLE = {
    "navigation": Region.NAVIGATION,
    "menu": Region.NAVIGATION,
    "menubar": Region.NAVIGATION,
    "banner": Region.NAVIGATION,
    "contentinfo": Region.FOOTER,
    "complementary": Region.ASIDE,
    "dialog": Region.ASIDE,
    "alertdialog": Region.ASIDE,
    "search": Region.ASIDE,
    "form": Region.ASIDE,
}
# Whole words of class, id and itemprop, as the themes of content systems use them in several languages.
_KIND_WORDS = (
    (BlockKind.BYLINE, _names("author authors autor autore autores auteur byline firma verfasser bylines")),
    (BlockKind.CAPTION, _names("caption captions credit credits bildunterschrift legende pie figcaption")),
    (
        BlockKind.SUMMARY,
        _names(
            "bajada chapo copete dek deck description entradilla excerpt lead lede leadtext standfirst strapline subheadline "
            "subtitle subtitulo summary teaser vorspann volanta sapo anriss abstract"
        ),
    ),
    (
        BlockKind.DATELINE,
        _names("date dateline datetime datum datepublished datemodified fecha published timestamp"),
    ),
)
_REGION_WORDS = (
    (
        Region.COMMENTS,
        _names("comment comments commentlist disqus kommentar kommentare comentario comentarios commentaires respond"),
    ),
    (
        Region.NAVIGATION,
        _names("breadcrumb breadcrumbs menu menus nav navbar navi navigation topbar pagination pager"),
    ),
    (Region.FOOTER, _names("footer copyright colophon imprint impressum")),
    (
        Region.ASIDE,
        _names(
            "ad ads advert advertisement banner cookie cookies consent gdpr modal newsletter popup promo recommended related "
            "share sharing sidebar social sponsored subscribe subscription tags taboola outbrain trending"
        ),
    ),
)
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_LONGEST_NAMES = 300
"""Characters of class and id that are looked at; what is longer is a page grid's, and says everything and nothing."""
_HIDDEN_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*")


def hints_of(name: str, attributes: dict[str, str]) -> Hints:
    """Return what an element of this name with these attributes tells of its text."""
    kind = _KIND_BY_ELEMENT.get(name)
    region = _REGION_BY_ELEMENT.get(name)
    heading = int(name[1]) if len(name) == 2 and name[0] == "h" and name[1] in "123456" else None
    central = name in ("main", "article")
    if not attributes:
        found = Hints(kind, region, heading, central)
        return NO_HINTS if found == NO_HINTS else found
    role = attributes.get("role", "").strip().lower()
    region = region or _REGION_BY_ARIA_ROLE.get(role)
    central = central or role == "main" or attributes.get("itemprop") == "articleBody"
    if role == "heading" and heading is None:
        level = attributes.get("aria-level", "2")
        heading = int(level) if level in ("1", "2", "3", "4", "5", "6") else 2
    if attributes.get("itemprop") == "headline" and heading is None:
        heading = 1
    if attributes.get("rel") == "author":
        kind = kind or BlockKind.BYLINE
    words = _words(attributes)
    if words and name not in ("html", "body"):
        region = region or next((found for found, names in _REGION_WORDS if words & names), None)
        named = next((found for found, names in _KIND_WORDS if words & names), None)
        if named is not None and heading is None and kind in (None, BlockKind.TABLE_CELL):
            kind = named
    language = attributes.get("lang") or attributes.get("xml:lang") or ""
    direction = attributes.get("dir", "").strip().lower()
    found = Hints(
        kind,
        region,
        heading,
        central,
        _hidden(attributes),
        language.strip().replace("_", "-") if _LANGUAGE_TAG.fullmatch(language.strip()) else None,
        direction if direction in ("ltr", "rtl") else None,
    )
    return NO_HINTS if found == NO_HINTS else found


def _words(attributes: dict[str, str]) -> frozenset[str]:
    named = f"{attributes.get('class', '')} {attributes.get('id', '')} {attributes.get('itemprop', '')}"
    return frozenset(word.lower() for word in _WORD.findall(named[:_LONGEST_NAMES]))


def _hidden(attributes: dict[str, str]) -> bool:
    if "hidden" in attributes or attributes.get("aria-hidden", "").strip().lower() == "true":
        return True
    style = attributes.get("style", "")
    return bool(style) and _HIDDEN_STYLE.search(style) is not None
