"""A sentence does not come back from another language as its neighbors do.

What it finds: a sentence that, sent to another language and back by the translation model, comes back much more changed than
the other sentences of the same page; it marks the part that was lost or turned into something else, word by word.

Why it matters: what no translator can carry over is often no sound sentence to begin with: broken syntax, a word that means
nothing here, a calque that falls apart. The back-translation shows an editor what the sentence says to a stranger.

When it is wrong: in idioms, slang, headlines, verse, plays on words and names that are also words, which a weak translator
breaks although they are sound. It never judges by an absolute figure, only against the page's own level, and it is silent
on short pages. A fluent mistranslation survives the trip: silence is no proof. With a small translator its hits are
places to look at and no more: against professional raters they were not better than chance, so it weighs nothing.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from mtcheck.core.checks import Check, Example, Given
from mtcheck.core.documents import Document
from mtcheck.core.facts import Facts
from mtcheck.core.findings import Comparison, Hit, Metric, Note, Passage, Severity
from mtcheck.core.spans import Span
from mtcheck.core.translation import ROUND_TRIP, RoundTrip, RoundTrips
from mtcheck.text.alignment import Difference, Word, word_differences, words_of

# Median absolute deviations to standard deviations of a normal distribution (Rousseeuw and Croux 1993).
_MAD_TO_DEVIATION = 1.4826


@dataclass(frozen=True, slots=True)
class Options:
    """Thresholds. Two pages are compared with nothing but themselves, so that these hold for weak translators too.

    A sentence is reported when its chrF lies ``deviations`` robust standard deviations and ``points`` below the median of
    the page, at least ``lost_share`` of its words did not come back, and it has ``min_words`` words. The page needs
    ``min_sentences`` usable round trips the same way. ``least_deviation`` (chrF points) keeps a page whose sentences
    all come back alike from making a small difference look large.
    """

    deviations: float = 3.0
    points: float = 20.0
    lost_share: float = 0.4
    min_words: int = 8
    min_sentences: int = 10
    least_deviation: float = 5.0


@dataclass(frozen=True, slots=True)
class _Level:
    """How the sentences of a page usually come back: chrF median and robust deviation, and the median length in words."""

    chrf: float
    deviation: float
    words: float


@dataclass(frozen=True, slots=True)
class _Trip:
    """A usable round trip, compared."""

    trip: RoundTrip
    chrf: float
    words: tuple[Word, ...]
    text: str
    differences: tuple[Difference, ...]


def find(document: Document, facts: Facts, options: Options) -> Iterator[Hit]:
    """Yield one hit for each sentence that falls out of its page."""
    trips = facts[ROUND_TRIP]
    ways: dict[tuple[str, str], list[_Trip]] = defaultdict(list)
    for trip in trips.trips:
        if trip.chrf is not None:
            ways[trip.language, trip.pivot].append(_compared(document, trip, trip.chrf))
    for compared in ways.values():
        if len(compared) >= options.min_sentences:
            yield from _outliers(compared, trips, options)


def _compared(document: Document, trip: RoundTrip, chrf: float) -> _Trip:
    text = trip.sentence.of(document.text)
    words = words_of(text)
    return _Trip(trip, chrf, words, text, word_differences(words, words_of(trip.back)))


def _outliers(compared: Sequence[_Trip], trips: RoundTrips, options: Options) -> Iterator[Hit]:
    level = _level(compared, options)
    habits = _habits(compared)
    for trip in compared:
        drop = level.chrf - trip.chrf
        deviations = drop / _deviation(level, trip)
        if len(trip.words) < options.min_words or drop < options.points or deviations < options.deviations:
            continue
        lost = [difference for difference in trip.differences if not _habitual(difference, habits)]
        count = sum(len(difference.left_words) for difference in lost)
        if count >= options.lost_share * len(trip.words):
            yield _hit(trip, lost, level, deviations, trips)


def _level(compared: Sequence[_Trip], options: Options) -> _Level:
    scores = [trip.chrf for trip in compared]
    center = median(scores)
    spread = _MAD_TO_DEVIATION * median(abs(score - center) for score in scores)
    return _Level(center, max(spread, options.least_deviation), median(len(trip.words) for trip in compared))


def _deviation(level: _Level, trip: _Trip) -> float:
    """Return the deviation to expect of a sentence of this length: a score over fewer words scatters more."""
    return level.deviation * math.sqrt(max(1.0, level.words / max(1, len(trip.words))))


def _habits(compared: Sequence[_Trip]) -> frozenset[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Return the changes that happen in several sentences: the translator's way, not the sentence's fault."""
    changes = Counter(
        change for trip in compared for change in {_change(difference) for difference in trip.differences}
    )
    return frozenset(change for change, count in changes.items() if count > 1)


def _change(difference: Difference) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return tuple(word.key for word in difference.left_words), tuple(word.key for word in difference.right_words)


def _habitual(difference: Difference, habits: frozenset[tuple[tuple[str, ...], tuple[str, ...]]]) -> bool:
    return not difference.left_words or _change(difference) in habits


def _hit(trip: _Trip, lost: Sequence[Difference], level: _Level, deviations: float, trips: RoundTrips) -> Hit:
    start = trip.trip.sentence.start
    part = _widest(lost, trip.words)
    way = f"{trip.trip.language}-{trip.trip.pivot}-{trip.trip.language}"
    message = (
        f"This does not survive the round trip {way}: the sentence comes back at chrF {trip.chrf:.0f}, "
        f"the page's median is {level.chrf:.0f}"
    )
    evidence = (
        Comparison(
            "sentence",
            trip.text,
            f"after the round trip {way}",
            trip.trip.back,
            tuple(difference.left for difference in trip.differences if len(difference.left)),
            tuple(difference.right for difference in trip.differences if len(difference.right)),
            trip.trip.language,
        ),
        Passage(f"on the way ({trip.trip.pivot})", trip.trip.forward, trip.trip.pivot),
        Metric("chrF of the sentence and its back-translation", round(trip.chrf, 2), trips.metric_signature),
        Metric("the page's median", round(level.chrf, 2), trips.metric_signature),
        Metric("robust standard deviations below it", round(deviations, 2)),
        Note("translator", trips.translator_signature),
    )
    return Hit(part.shift(start), message, confidence=_confidence(deviations), evidence=evidence)


def _widest(lost: Sequence[Difference], words: Sequence[Word]) -> Span:
    """Return the longest stretch that did not come back; stretches with a single common word between them are one."""
    index_of = {word.span.start: index for index, word in enumerate(words)}
    stretches: list[tuple[int, int]] = []
    for difference in lost:
        first = index_of[difference.left_words[0].span.start]
        last = index_of[difference.left_words[-1].span.start]
        if stretches and first - stretches[-1][1] <= 2:
            stretches[-1] = (stretches[-1][0], last)
        else:
            stretches.append((first, last))
    first, last = max(stretches, key=lambda stretch: (stretch[1] - stretch[0], -stretch[0]))
    return Span(words[first].span.start, words[last].span.end)


def _confidence(deviations: float) -> float:
    """Return a modest figure: the round trip is evidence for an editor, not a verdict.

    Through a rule-based translator (Apertium, English-Spanish) the 11 sentences found in 81,000 words of WMT20 Chinese-English
    output were marked by two professional raters no more often than others: such findings deserve no more than this.
    """
    return round(min(0.5, 0.2 + 0.05 * max(0.0, deviations - 3.0)), 2)


def _given(pivot: str, forward: str, back: str, chrf: float, usual: float = 84.0) -> tuple[Given[RoundTrips], ...]:
    """Return round trips for an example of one sentence a line, in which the marked one comes back as ``back``.

    It is the line with the most characters; the others come back whole, at chrF ``usual`` and a little around it.
    """

    def build(document: Document) -> RoundTrips:
        longest = max(document.blocks, key=lambda block: len(block.span))
        language = document.declared_language or "und"
        trips = tuple(
            RoundTrip(block.span, language, pivot, forward, back, chrf)
            if block is longest
            else RoundTrip(block.span, language, pivot, "…", block.span.of(document.text), usual + number % 3)
            for number, block in enumerate(document.blocks)
        )
        return RoundTrips(trips, "example translator", "example chrF")

    return (Given(ROUND_TRIP, build),)


_ENGLISH = """The ferry to Lower Varen sails again today.

The harbor office opened at seven.

Forty passengers waited on the quay.

The storm had closed the port.

Mayor Ilse Tarn thanked the crews.

Two boats were damaged in the night.

Repairs will take a week.

The insurance pays half of it.

Tickets cost as much as before.

{}

The next ferry leaves at noon."""

_RUSSIAN = """Паром в Нижний Варен снова ходит.

Контора порта открылась в семь часов.

На причале ждали сорок пассажиров.

Из-за шторма порт был закрыт.

Мэр Ильза Тарн поблагодарила экипажи.

Ночью были повреждены две лодки.

Ремонт займет одну неделю.

Половину расходов оплатит страховая компания.

Билеты стоят столько же.

⟦Тема парома нужна только когда законные заботы пассажиров дерзко игнорируются без причала⟧.

Следующий паром уходит в полдень."""

_ARABIC = """عادت العبارة إلى فارن السفلى اليوم.

فتح مكتب الميناء في السابعة.

انتظر أربعون راكبا على الرصيف.

أغلقت العاصفة الميناء يوم أمس.

شكرت العمدة إلسا تارن الطواقم.

تضرر قاربان خلال الليل.

ستستغرق الإصلاحات أسبوعا واحدا.

تدفع شركة التأمين نصف المبلغ.

بقي سعر التذاكر كما كان.

⟦موضوعات تحتاجها العبارة فقط عندما يتم تجاهل مخاوف الركاب المشروعة بتحد على الرصيف⟧.

تغادر العبارة التالية عند الظهر."""

_SPANISH = """El transbordador a Varen vuelve a navegar.

La oficina del puerto abrió a las siete.

Cuarenta pasajeros esperaban en el muelle.

La tormenta había cerrado el puerto.

La alcaldesa Ilse Tarn dio las gracias.

Dos barcos sufrieron daños anoche.

La reparación durará una semana.

El seguro paga la mitad.

Los billetes cuestan lo mismo.

⟦Temas el transbordador necesita solo cuando las legítimas preocupaciones son desafiantemente ignoradas del muelle⟧.

El próximo sale al mediodía."""

_GERMAN = """Die Fähre nach Untervaren fährt wieder.

Das Hafenamt öffnete um sieben Uhr.

Vierzig Reisende warteten am Kai.

Der Sturm hatte den Hafen geschlossen.

Bürgermeisterin Ilse Tarn dankte den Mannschaften.

Zwei Boote wurden nachts beschädigt.

Die Reparatur dauert eine Woche.

Die Versicherung zahlt die Hälfte.

Die Karten kosten so viel wie früher.

⟦Themen braucht die Fähre nur wenn die berechtigten Sorgen der Reisenden trotzig übersehen werden⟧ am Kai.

Die nächste Fähre fährt am Mittag."""

_GARBLED = "Topics ⟦the ferry needs only when the passengers are defiantly ignored⟧ at the quay."
_COMMENT = "a sentence that falls out of its page"

CHECK = Check(
    code="ACC001",
    name="round-trip-drift",
    category="accuracy/mistranslation",
    severity=Severity.NEUTRAL,
    needs=(ROUND_TRIP,),
    options=Options,
    find=find,
    documentation=__doc__,
    examples=(
        Example(
            _ENGLISH.format(_GARBLED),
            given=_given(
                "es",
                "Temas que el barco quiere si se descuida al viajero en el muelle.",
                "Topics a boat wants if one neglects travelers at the quay.",
                38.0,
            ),
            comment=_COMMENT,
        ),
        Example(
            _RUSSIAN,
            "ru",
            _given(
                "en",
                "One needs a ship if nobody thinks of the travelers.",
                "Корабль нужен, если о людях не думают.",
                21.0,
            ),
            _COMMENT,
        ),
        Example(
            _ARABIC,
            "ar",
            _given("en", "Ships are wanted if travelers are forgotten.", "السفن مطلوبة إذا نسي المسافرون.", 18.0),
            _COMMENT,
        ),
        Example(
            _SPANISH,
            "es",
            _given(
                "en",
                "A boat wants it if worries get neglected.",
                "Un barco lo quiere si se descuidan inquietudes.",
                25.0,
            ),
            _COMMENT,
        ),
        Example(
            _GERMAN,
            "de",
            _given(
                "en",
                "A ship wants it if one forgets travelers at the quay.",
                "Ein Schiff will es, falls man Leute vergisst am Kai.",
                24.0,
            ),
            _COMMENT,
        ),
        Example(
            _ENGLISH.format("Topics the ferry needs only when the passengers are defiantly ignored at the quay."),
            given=_given(
                "es", "Temas …", "Topics a boat wants if one neglects travelers at the quay.", 38.0, usual=45.0
            ),
            comment="a weak translator brings every sentence back like this one",
        ),
        Example(
            "Topics the ferry needs only when the passengers are defiantly ignored at the quay.\n\nThe storm had closed it.",
            given=_given("es", "Temas …", "Topics a boat wants if one neglects travelers at the quay.", 38.0),
            comment="too few sentences to know how the page usually comes back",
        ),
    ),
)
