"""One name is spelt in two ways on different pages of a scan, or otherwise than the references have it.

What it finds: a full name that other pages of the same scan spell in another way ("Antony Blinken", "Anthony Blinken"),
where ways of transliteration explain the whole difference, the rest of the name is the same, and the pages have other
names in common. The finding stands at the first place of the rarer spelling on each page that has only that one (where two
spellings stand on as many pages, the one with fewer mentions). A spelling that the references list as a variant of a name
is found on any page, at its first place, in whatever form it is declined.

Why it matters: readers who search a site for a person find half of the pages, and pages made by different translation
engines betray themselves by their spellings.

When it is wrong: where two people with nearly one name stand among the same people, and where the pages come from several
publishers, each with a spelling of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mtcheck.core.across import AcrossPages, PageHit
from mtcheck.core.checks import PAGE_BREAK, Check, Example, Given
from mtcheck.core.documents import Document
from mtcheck.core.facts import Facts
from mtcheck.core.findings import Hit, Note, Related, Severity
from mtcheck.core.references import REFERENCE_NAMES, ReferenceName
from mtcheck.core.spans import Span
from mtcheck.text.names import LANGUAGES_OF_NAMES, NAMES, NameMention, stems
from mtcheck.text.names_across import (
    NAMES_ON_PAGES,
    NameOnPage,
    NameOnPages,
    SpellingOnPages,
)
from mtcheck.text.sentences import SENTENCES
from mtcheck.text.transliteration import fold

_CONFIDENCE_CLEAR, _CONFIDENCE_LEVEL, _CONFIDENCE_REFERENCE = 0.85, 0.65, 0.95
_CLEAR_MAJORITY = 3


@dataclass(frozen=True, slots=True)
class Options:
    """What to report.

    ``share`` (0 to 1): a spelling that stands on a greater share of the pages with that name is a usage of its own and is
    not reported. ``places``: how many pages with the usual spelling a finding points to.
    """

    share: float = 0.5
    places: int = 5


def find(document: Document, facts: Facts, options: Options) -> Iterator[Hit]:
    """Yield one hit for each variant of the references that stands on a page, at its first place."""
    sentences, mentions, names = facts[SENTENCES], facts[NAMES].mentions, facts[REFERENCE_NAMES]
    if not any(name.variants for name in names):
        return
    by_language: dict[str, list[NameMention]] = {}
    for mention in mentions:
        by_language.setdefault(_primary(sentences[mention.sentence].language), []).append(mention)
    for name in names:
        standing = by_language.get(_primary(name.language), ())
        language = _primary(name.language)
        right = _stems(name.name, language)
        for variant in name.variants:
            words = _stems(variant, language)
            places = [span for mention in standing for span in _places(mention, words, right, language)]
            if places:
                yield _listed_hit(document, name, places, options)


def _places(
    mention: NameMention, words: Sequence[frozenset[str]], right: Sequence[frozenset[str]], language: str
) -> Iterator[Span]:
    """Yield where a variant stands in a name, declined or not; a form that the right name has too is left alone."""
    forms = [_folded_stems(part.spelling, language) for part in mention.parts]
    for first in range(len(forms) - len(words) + 1):
        here = forms[first : first + len(words)]
        if _fits(here, words) and not (len(right) == len(words) and _fits(here, right)):
            yield Span(mention.parts[first].span.start, mention.parts[first + len(words) - 1].span.end)


def _fits(forms: Sequence[frozenset[str]], words: Sequence[frozenset[str]]) -> bool:
    return all(form & word for form, word in zip(forms, words, strict=True))


def _stems(name: str, language: str) -> list[frozenset[str]]:
    return [_folded_stems(word.casefold(), language) for word in name.split()]


def _folded_stems(word: str, language: str) -> frozenset[str]:
    return frozenset(map(fold, stems(word, language)))


def _primary(language: str) -> str:
    return language.partition("-")[0]


def _listed_hit(document: Document, name: ReferenceName, places: Sequence[Span], options: Options) -> Hit:
    found = " ".join(places[0].of(document.text).split())
    evidence = [Note("to be used", name.name)]
    if name.file:
        evidence.append(Note("where the name stands", f"{name.file}:{name.line}"))
    if name.note:
        evidence.append(Note("what the references say", name.note))
    return Hit(
        places[0],
        f"“{found}” is spelt “{name.name}” in the references",
        _CONFIDENCE_REFERENCE,
        tuple(evidence),
        tuple(Related(place, "and here") for place in places[1 : options.places + 1]),
    )


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


def _given(*names: tuple[str, str, tuple[str, ...]]) -> tuple[Given[tuple[ReferenceName, ...]], ...]:
    """Give an example names: language, name, variants."""
    listed = tuple(ReferenceName(*name) for name in names)
    return (Given(REFERENCE_NAMES, lambda _document: listed),)


CHECK = Check(
    code="CON005",
    name="name-spelling-varies-across-pages",
    category="terminology/inconsistent",
    severity=Severity.MINOR,
    needs=(*NAMES_ON_PAGES.needs, REFERENCE_NAMES),
    options=Options,
    find=find,
    across=AcrossPages(NAMES_ON_PAGES, judge),
    languages=LANGUAGES_OF_NAMES,
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
        Example(
            "Министр Сергий Варенцов говорил с послом."
            + PAGE_BREAK
            + "Порт\n\nВчера посол говорил с Сергеем Варенцовым.",
            "ru",
            comment="Russian names are held against the references only",
        ),
        Example(
            "Порт\n\nВчера посол говорил с ⟦Сергием Варенцовым⟧."
            + PAGE_BREAK
            + "Ostia\n\nВчера посол говорил с Сергеем Варенцовым.",
            "ru",
            _given(("ru", "Сергей Варенцов", ("Сергий Варенцов",))),
        ),
        Example(
            "Varen\n\nYesterday the envoy met ⟦Sergy Varentsov⟧ there."
            + PAGE_BREAK
            + "Ostia\n\nYesterday the envoy met Sergei Varentsov there.",
            given=_given(("en", "Sergei Varentsov", ("Sergy Varentsov",))),
        ),
    ),
)
