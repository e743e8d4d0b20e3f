"""A paragraph stands in another language beside its own translation.

What it finds: a block of the main text in another language than the page that says what a block next to it says in the page's
language: the same numbers, names that are the same when carried over from one alphabet to the other, and a similar length. Where a
whole run of foreign blocks stands before or after a run in the page's language, they are compared in order; once two are proven,
the others in the same order need no numbers or names.

Why it matters: the source was left in when the translation was put beside it, so that readers get everything twice and the page
reads as unfinished.

When it is wrong: for pages that are bilingual on purpose (contracts, poems, language lessons). It runs on request only.
Quotations with their translation beside them, inside one block, are passed over.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from mtcheck.core.checks import Check, Example, Given, Tier
from mtcheck.core.documents import Block, BlockKind, Document
from mtcheck.core.facts import Facts
from mtcheck.core.findings import Evidence, Hit, Metric, Note, Passage, Related, Severity
from mtcheck.core.languages import LANGUAGES, UNDETERMINED, Languages, languages_by_block
from mtcheck.text.anchors import Anchors, anchors_of
from mtcheck.text.foreign import count_letters, foreign_texts
from mtcheck.text.language_names import language_name

_LONGEST_PASSAGE = 600


@dataclass(frozen=True, slots=True)
class Options:
    """When two blocks say the same: ``letters`` at least in each, and the shorter has the part ``ratio`` of the longer.

    ``anchors`` numbers and names must be shared, and they must be the part ``share`` (0 to 1) of those of the block with fewer.
    Where ``pairs`` blocks of a page have their translation in the same relation to them, the others in that relation need no
    anchors, as long as no numbers differ.
    """

    letters: int = 30
    ratio: float = 0.5
    anchors: int = 2
    share: float = 0.5
    pairs: int = 2


@dataclass(frozen=True, slots=True)
class _Text:
    """A block of the main text with its language and what it can be recognized by in another one."""

    block: Block
    language: str
    weight: int
    anchors: Anchors


def find(document: Document, facts: Facts, options: Options) -> Iterator[Hit]:
    """Yield one hit for each foreign block whose translation stands beside it."""
    languages = facts[LANGUAGES]
    if languages.page == UNDETERMINED or not languages.foreign:
        return
    runs = _runs(_texts(document, languages, options), languages.page)
    found: dict[int, tuple[_Text, _Neighbor, _Shared]] = {}
    open_ones: list[tuple[_Text, list[_Neighbor]]] = []
    for place, run in enumerate(runs):
        if run[0].language == languages.page:
            continue
        for number, text in enumerate(run):
            neighbors = list(_neighbors(runs, place, number))
            for neighbor in neighbors:
                shared = _shared(text.anchors, neighbor.text.anchors)
                if shared.count >= options.anchors and _agree(text, neighbor.text, shared, options):
                    found[text.block.span.start] = (text, neighbor, shared)
                    break
            else:
                open_ones.append((text, neighbors))
    order = Counter(neighbor.relation for _, neighbor, _ in found.values())
    for text, neighbors in open_ones:
        for neighbor in neighbors:
            shared = _shared(text.anchors, neighbor.text.anchors)
            if order[neighbor.relation] >= options.pairs and _agree(text, neighbor.text, shared, options):
                found[text.block.span.start] = (text, neighbor, shared)
                break
    for _, (text, neighbor, shared) in sorted(found.items()):
        yield _hit(document, languages, text, neighbor.text, shared)


def _texts(document: Document, languages: Languages, options: Options) -> list[_Text]:
    """Return the blocks of the main text that are long enough, the foreign ones with their language."""
    foreign = {
        text.block.span.start: text.stretch.language
        for text in foreign_texts(document, languages)
        if text.whole and not text.aside
    }
    texts = []
    for block in document.main_blocks:
        words = block.span.of(document.text)
        if block.kind is BlockKind.CODE or count_letters(words) < options.letters:
            continue
        language = foreign.get(block.span.start, languages.page)
        texts.append(_Text(block, language, _weight(words), anchors_of(words)))
    return texts


def _weight(text: str) -> int:
    """Return the letters of a text, signs of East Asian writing counted as three: they say as much."""
    return sum(3 if "\u2e80" <= character <= "\ud7ff" else 1 for character in text if character.isalpha())


def _runs(texts: list[_Text], page: str) -> list[list[_Text]]:
    """Return the texts cut where the page's own language begins or ends."""
    runs: list[list[_Text]] = []
    for text in texts:
        if runs and (runs[-1][0].language == page) == (text.language == page):
            runs[-1].append(text)
        else:
            runs.append([text])
    return runs


@dataclass(frozen=True, slots=True)
class _Neighbor:
    """A text that may be the translation of another one, and how the two stand to each other on the page."""

    text: _Text
    relation: str


def _neighbors(runs: list[list[_Text]], place: int, number: int) -> Iterator[_Neighbor]:
    """Yield the texts that may be the same as a run's text ``number``: at its place in the run before or after."""
    length = len(runs[place])
    if place > 0:
        before = runs[place - 1]
        if 0 <= len(before) - length + number < len(before):
            yield _Neighbor(before[len(before) - length + number], "before, counted from the end")
        if length != len(before) and number < len(before):
            yield _Neighbor(before[number], "before, counted from the start")
    if place + 1 < len(runs):
        after = runs[place + 1]
        if number < len(after):
            yield _Neighbor(after[number], "after, counted from the start")


@dataclass(frozen=True, slots=True)
class _Shared:
    """The numbers and names two texts share, and how many the text with fewer of them has."""

    numbers: tuple[str, ...]
    names: frozenset[str]
    possible: int

    @property
    def count(self) -> int:
        return len(self.numbers) + len(self.names)


def _shared(left: Anchors, right: Anchors) -> _Shared:
    numbers = sorted((Counter(left.numbers) & Counter(right.numbers)).elements())
    fewer = min(len(left.numbers) + len(left.names), len(right.numbers) + len(right.names))
    return _Shared(tuple(numbers), left.names & right.names, fewer)


def _agree(text: _Text, other: _Text, shared: _Shared, options: Options) -> bool:
    """Tell whether nothing in length, numbers and names speaks against two blocks saying the same."""
    lengths = sorted((text.weight, other.weight))
    if lengths[0] < options.ratio * lengths[1]:
        return False
    fewer_numbers = min(len(text.anchors.numbers), len(other.anchors.numbers))
    enough = shared.count >= options.share * shared.possible if shared.count >= options.anchors else True
    return enough and 2 * len(shared.numbers) >= fewer_numbers


def _hit(document: Document, languages: Languages, text: _Text, other: _Text, shared: _Shared) -> Hit:
    name, page = language_name(text.language), language_name(languages.page)
    evidence: tuple[Evidence, ...] = (
        Passage(f"in {page}", other.block.span.of(document.text)[:_LONGEST_PASSAGE], languages.page),
        Metric("numbers shared", len(shared.numbers)),
        Metric("names shared", len(shared.names)),
        Metric(
            "length of the shorter by the longer",
            round(min(text.weight, other.weight) / max(text.weight, other.weight), 2),
        ),
        *((Note("numbers", ", ".join(shared.numbers[:10])),) if shared.numbers else ()),
    )
    return Hit(
        text.block.span,
        f"This {text.block.kind.value} in {name} stands beside its own translation into {page}",
        min(0.95, 0.6 + 0.07 * shared.count),
        evidence,
        (Related(other.block.span, f"the same in {page}"),),
    )


CHECK = Check(
    code="UNT007",
    name="bilingual-duplicate",
    category="accuracy/untranslated",
    severity=Severity.MINOR,
    needs=(LANGUAGES,),
    options=Options,
    find=find,
    documentation=__doc__,
    tier=Tier.ON_REQUEST,
    examples=(
        Example(
            "⟦Мэр Варена Мира Лаури сообщила, что 14 марта порт примет 3 парома.⟧\n\n"
            "The mayor of Varen, Mira Lauri, said that on 14 March the port would take 3 ferries.",
            given=(Given(LANGUAGES, languages_by_block("en", {"Мэр": "ru"})),),
        ),
        Example(
            "Мэр Варена Мира Лаури сообщила, что 14 марта порт примет 3 парома.\n\n"
            "⟦The mayor of Varen, Mira Lauri, said that on 14 March the port would take 3 ferries.⟧",
            language="ru",
            given=(Given(LANGUAGES, languages_by_block("ru", {"The mayor": "en"})),),
        ),
        Example(
            "La alcaldesa de Varen, Mira Lauri, dijo que el 14 de marzo el puerto recibirá 3 barcos.\n\n"
            "Los billetes costarán 12 euros para los vecinos de Ostlund, añadió el martes.\n\n"
            "⟦Die Bürgermeisterin von Varen, Mira Lauri, sagte, am 14. März nehme der Hafen 3 Schiffe auf.⟧\n\n"
            "⟦Die Fahrkarten kosten für die Bewohner von Ostlund 12 Euro, fügte sie am Dienstag hinzu.⟧",
            language="es",
            given=(Given(LANGUAGES, languages_by_block("es", {"Die ": "de"})),),
            comment="two runs are compared in order",
        ),
        Example(
            "Am 14. März 2031 nimmt der Hafen drei neue Schiffe auf, sagte die Bürgermeisterin.\n\n"
            "⟦قالت رئيسة البلدية إن الميناء سيستقبل ثلاث سفن جديدة في ١٤ مارس ٢٠٣١.⟧",
            language="de",
            given=(Given(LANGUAGES, languages_by_block("de", {"قالت": "ar"})),),
        ),
        Example(
            "قالت رئيسة البلدية إن الميناء سيستقبل ثلاث سفن جديدة في ١٤ مارس ٢٠٣١.\n\n"
            "The weather on the island stays warm until Friday, with little wind and 25 degrees.",
            language="ar",
            given=(Given(LANGUAGES, languages_by_block("ar", {"The weather": "en"})),),
            comment="a foreign paragraph that says something else is a foreign block (LID002)",
        ),
        Example(
            "Die Bürgermeisterin von Varen, Mira Lauri, sprach am 14. März im Hafen vor 3 neuen Schiffen.",
            language="de",
        ),
    ),
)
