"""A date contradicts the calendar, or the date that another sentence of the page gives for the same thing.

What it finds: a weekday that a whole date does not fall on ("Monday, 14 May 2024" was a Tuesday), a day that no month has ("31
April"), and two sentences that restate each other with different days. A date without a year is taken for the one nearest to
the page's publication, where that is known.

Why it matters: translation engines swap day and month, lose a digit, or carry a weekday over from another sentence; calendar
systems (Hijri, Jalali, Julian) are converted wrongly.

When it is wrong: for dates of the Julian calendar, for a weekday that belongs to another date beside it, and where two sentences
in the same words report two events of different days.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from mtcheck.core.checks import Check, Example, Tier
from mtcheck.core.documents import BlockKind, BlockRole, Document
from mtcheck.core.facts import Facts
from mtcheck.core.findings import Comparison, Hit, Note, Related, Severity
from mtcheck.core.spans import Span
from mtcheck.text.dates import LANGUAGES_OF_DATES, DateMention, dates_in
from mtcheck.text.restatement_filters import asks_or_contrasts, label_of, names_tell_apart
from mtcheck.text.restatements import RESTATEMENTS, Restatement
from mtcheck.text.sentences import SENTENCES, Sentence

# The Gregorian calendar was not in use everywhere before (Russia: 1918, Greece: 1923).
_FIRST_CERTAIN_YEAR = 1924
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class Options:
    """``covered``: how much of both sentences their common words must cover (0 to 1) for two days to contradict."""

    covered: float = 0.75


def find(document: Document, facts: Facts, options: Options) -> Iterator[Hit]:
    """Yield one hit for each impossible date, and for each that contradicts a restatement."""
    sentences = facts[SENTENCES]
    published = _published(document)
    known: dict[int, tuple[DateMention, ...]] = {}
    hits: dict[Span, Hit] = {}
    for index, sentence in enumerate(sentences):
        block = document.blocks[sentence.block]
        if block.role is not BlockRole.MAIN or block.kind is BlockKind.CODE:
            continue
        known[index] = dates_in(document.text, sentence.language, sentence.span)
        for mention in known[index]:
            message = _against_calendar(mention, published)
            if message:
                hits[mention.span] = Hit(mention.span, message, 0.85, (Note("calendar", "Gregorian"),))
    for restatement in facts[RESTATEMENTS]:
        hit = _against_restatement(document, sentences, restatement, known, options)
        if hit is not None:
            hits.setdefault(hit.span, hit)
    yield from hits.values()


def _published(document: Document) -> date | None:
    """Return the day of publication, if the page gives one that can be read."""
    if document.published is None:
        return None
    for mention in dates_in(document.published.replace("T", " "), "en"):
        if mention.year and mention.month and mention.day and mention.exists():
            return date(mention.year, mention.month, mention.day)
    return None


def _against_calendar(mention: DateMention, published: date | None) -> str:
    """Return what is wrong with a date by the calendar, or nothing."""
    if not mention.exists():
        return "there is no such day in the calendar"
    whole = mention if mention.year is not None else _nearest(mention, published)
    day = whole.weekday_of_date() if whole is not None else None
    if whole is None or day is None or mention.weekday is None or (whole.year or 0) < _FIRST_CERTAIN_YEAR:
        return ""
    if day == mention.weekday:
        return ""
    year = "" if mention.year is not None else f" in {whole.year}"
    return f"this date{year} is a {_DAYS[day]}, not a {_DAYS[mention.weekday]}"


def _nearest(mention: DateMention, published: date | None) -> DateMention | None:
    """Return a date without a year as the one nearest to the day of publication."""
    if published is None or mention.month is None or mention.day is None:
        return None
    candidates = []
    for year in (published.year - 1, published.year, published.year + 1):
        whole = replace(mention, year=year)
        if whole.exists():
            candidates.append((abs((date(year, mention.month, mention.day) - published).days), year))
    return replace(mention, year=min(candidates)[1]) if candidates else None


def _against_restatement(
    document: Document,
    sentences: Sequence[Sentence],
    restatement: Restatement,
    known: dict[int, tuple[DateMention, ...]],
    options: Options,
) -> Hit | None:
    """Return the hit at the later of two sentences whose only dates differ, or ``None``."""
    left, right = sentences[restatement.left], sentences[restatement.right]
    here, there = known.get(restatement.left, ()), known.get(restatement.right, ())
    if len(here) != 1 or len(there) != 1 or not _differ(here[0], there[0]):
        return None
    dates = (here[0].span, there[0].span)
    rest_differs = [
        any(not span.overlaps(word.span) for word in only)
        for only, span in ((restatement.left_only, dates[0]), (restatement.right_only, dates[1]))
    ]
    if all(rest_differs) or min(restatement.left_covered, restatement.right_covered) < options.covered:
        return None
    if asks_or_contrasts(document, left, right) or names_tell_apart(_without(restatement, dates), left.language):
        return None
    text, label = document.text, label_of(document, left)
    return Hit(
        there[0].span,
        f"“{there[0].span.of(text)}” differs from “{here[0].span.of(text)}”, which the {label} says of the same thing",
        round(min(0.5 + 0.35 * restatement.strength, 0.85), 2),
        (
            Comparison(
                f"the {label_of(document, right)}",
                right.span.of(text),
                f"the {label}",
                left.span.of(text),
                (_inside(there[0].span, right),),
                (_inside(here[0].span, left),),
                right.language,
            ),
        ),
        (Related(here[0].span, f"the {label} says “{here[0].span.of(text)}”"),),
    )


def _without(restatement: Restatement, dates: tuple[Span, Span]) -> Restatement:
    """Return the restatement without the words of the dates, whose months are no names."""
    return replace(
        restatement,
        left_only=tuple(word for word in restatement.left_only if not word.span.overlaps(dates[0])),
        right_only=tuple(word for word in restatement.right_only if not word.span.overlaps(dates[1])),
    )


def _differ(left: DateMention, right: DateMention) -> bool:
    """Tell whether two dates with day and month cannot be the same day."""
    if None in (left.day, left.month, right.day, right.month):
        return False
    if (left.day, left.month) != (right.day, right.month):
        return True
    return left.year is not None and right.year is not None and left.year != right.year


def _inside(span: Span, sentence: Sentence) -> Span:
    """Return the same stretch, counted from the start of its sentence."""
    return Span(span.start - sentence.span.start, span.end - sentence.span.start)


CHECK = Check(
    code="CON008",
    name="date-contradicts",
    category="accuracy/date",
    severity=Severity.MINOR,
    needs=(SENTENCES, RESTATEMENTS),
    options=Options,
    find=find,
    tier=Tier.ON_REQUEST,
    languages=LANGUAGES_OF_DATES,
    documentation=__doc__,
    examples=(
        Example("The treaty was signed on ⟦Monday, 14 May 2024⟧ in the port of Varen."),
        Example("The treaty was signed on Tuesday, 14 May 2024, and comes into force on ⟦31 April⟧."),
        Example(
            "The council of Varen opened the new harbor on 5 June 2023.\n\n"
            "The council of Varen opened the new harbor on ⟦6 May 2023⟧, the mayor said."
        ),
        Example(
            "The talks began on Tuesday, May 14, 2024. On Monday, June 3, 2024, they ended; 29 February was a holiday."
        ),
        Example("Договор подписали в ⟦понедельник, 14 мая 2024⟧ года в порту Варен.", "ru"),
        Example("Договор подписали во вторник, 14 мая 2024 года в порту Варен.", "ru"),
        Example("El tratado se firmó el ⟦lunes 14 de mayo de 2024⟧ en el puerto de Varén.", "es"),
        Example("El tratado se firmó el martes 14 de mayo de 2024 en el puerto de Varén.", "es"),
        Example("Der Vertrag wurde am ⟦Montag, dem 14. Mai 2024⟧ im Hafen von Varen unterzeichnet.", "de"),
        Example("Der Vertrag wurde am Dienstag, dem 14. Mai 2024 im Hafen von Varen unterzeichnet.", "de"),
        Example("وُقعت المعاهدة يوم ⟦الاثنين 14 مايو 2024⟧ في ميناء فارين.", "ar"),
        Example("وُقعت المعاهدة يوم الثلاثاء 14 أيار 2024 في ميناء فارين.", "ar"),
        Example("Le traité a été signé le ⟦lundi 14 mai 2024⟧ dans le port de Varen.", "fr"),
        Example("Угоду підписали у ⟦понеділок, 14 травня 2024⟧ року в порту Варен.", "uk"),
    ),
)
