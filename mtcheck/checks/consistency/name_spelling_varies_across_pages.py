"""One name is spelt in two ways on different pages of a scan.

What it finds: a full name that other pages of the same scan spell in another way ("Antony Blinken", "Anthony Blinken"),
where ways of transliteration explain the whole difference, the rest of the name is the same, and the pages have other
names in common. The finding stands at the first place of the rarer spelling on each page that has only that one (where two
spellings stand on as many pages, the one with fewer mentions).

Why it matters: readers who search a site for a person find half of the pages, and pages made by different translation
engines betray themselves by their spellings.

When it is wrong: where two people with nearly one name stand among the same people, and where the pages come from several
publishers, each with a spelling of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mtcheck.core.across import AcrossPages, PageHit
from mtcheck.core.checks import PAGE_BREAK, Check, Example, nothing_alone
from mtcheck.core.findings import Note, Severity
from mtcheck.text.names_across import (
    LANGUAGES_OF_NAMES_ACROSS,
    NAMES_ON_PAGES,
    NameOnPage,
    NameOnPages,
    SpellingOnPages,
)

_CONFIDENCE_CLEAR, _CONFIDENCE_LEVEL = 0.85, 0.65
_CLEAR_MAJORITY = 3


@dataclass(frozen=True, slots=True)
class Options:
    """What to report.

    ``share`` (0 to 1): a spelling that stands on a greater share of the pages with that name is a usage of its own and is
    not reported. ``places``: how many pages with the usual spelling a finding points to.
    """

    share: float = 0.5
    places: int = 5


def judge(names: Sequence[NameOnPages], options: Options) -> Iterator[PageHit]:
    """Yield one hit for each page that spells a name otherwise than most."""
    for name in names:
        usual, *others = name.spellings
        pages = sum(len(spelling.pages) for spelling in name.spellings)
        settled = {page.at.document for page in usual.pages}
        for other in others:
            if len(other.pages) > options.share * pages:
                continue
            for page in other.pages:
                # A page that has both spellings varies in itself: that is CON004's to say.
                if page.at.document not in settled:
                    yield _hit(page, other, usual, options)


def _hit(page: NameOnPage, other: SpellingOnPages, usual: SpellingOnPages, options: Options) -> PageHit:
    """Return the hit at the first place of a spelling on one page."""
    clear = len(usual.pages) >= _CLEAR_MAJORITY * len(other.pages)
    counts = [f"{spelling.text}: {_pages(spelling)}" for spelling in (usual, other)]
    return PageHit(
        page.at,
        f"“{page.at.text}” is spelt “{usual.text}” on other pages of this scan",
        _CONFIDENCE_CLEAR if clear else _CONFIDENCE_LEVEL,
        (Note("spellings", ", ".join(counts)),),
        tuple(each.at.related(f"spelt “{usual.text}” here") for each in usual.pages[: options.places]),
    )


def _pages(spelling: SpellingOnPages) -> str:
    return f"{len(spelling.pages)} {'page' if len(spelling.pages) == 1 else 'pages'}"


CHECK = Check(
    code="CON005",
    name="name-spelling-varies-across-pages",
    category="terminology/inconsistent",
    severity=Severity.MINOR,
    needs=NAMES_ON_PAGES.needs,
    options=Options,
    find=nothing_alone,
    across=AcrossPages(NAMES_ON_PAGES, judge),
    languages=LANGUAGES_OF_NAMES_ACROSS,
    documentation=__doc__,
    examples=(
        Example(
            "Talks in Varen\n\nMinister Andrey Morozin met Yusuf Haddar of Ostia in Varen, and Morozin thanked "
            "him. Andrey Morozin leaves today."
            + PAGE_BREAK
            + "Ostia replies\n\nAn envoy of Ostia said that ⟦Andrei Morozin⟧ had asked Haddar for a second meeting in Varen.",
        ),
        Example(
            "Football\n\nThe keeper Andrey Morozin of Lindholm signs with Karsk for two years."
            + PAGE_BREAK
            + "Theater\n\nThe actor Andrei Morozin plays the king in Velden, where Maria Ortan directs him.",
            comment="nothing says that the keeper is the actor",
        ),
        Example(
            "El ministro Yusuf Haddar llegó a Varen con la enviada de Ostia, Marta Vidal. Yusuf Haddar no habló."
            + PAGE_BREAK
            + "Según Marta Vidal, de Ostia, el ministro ⟦Yousef Haddar⟧ no quiso hablar en Varen.",
            "es",
        ),
        Example(
            "Außenminister Juri Walenko traf in Varen die Gesandte Marta Vidal aus Ostia. Juri Walenko schwieg."
            + PAGE_BREAK
            + "Nach Angaben von Marta Vidal aus Ostia reiste ⟦Yuri Walenko⟧ am Abend aus Varen ab.",
            "de",
        ),
        Example(
            "Le ministre Alexandre Vérine a reçu à Varen l’envoyée Marta Vidal, d’Ostia. Alexandre Vérine s’est tu."
            + PAGE_BREAK
            + "Selon Marta Vidal, venue d’Ostia, le ministre ⟦Aleksandre Vérine⟧ a quitté Varen dans la nuit.",
            "fr",
        ),
    ),
)
