"""A page mixes two variants of its language.

What it finds: British and American spelling, Brazilian and European Portuguese, or simplified and traditional Chinese characters
side by side in the main text of one page. It is reported once, at the first place of the rarer variant, with the counts of both
and the other places.

Why it matters: a translation system learns all variants at once and picks between them word by word, where a newsroom has a
house style. In Chinese the mixture is a plain fault.

When it is wrong: for pages that quote people or papers of another country at length, and for house styles that mix on purpose.
Block quotations and, in English, names are passed over. It runs on request only, because many publishers do not mind.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mtcheck.core.checks import Check, Example, Tier
from mtcheck.core.documents import BlockKind, Document
from mtcheck.core.facts import Facts
from mtcheck.core.findings import Hit, Metric, Note, Related, Severity
from mtcheck.core.languages import LANGUAGES
from mtcheck.text.variants import Use, Variants, chinese, english, portuguese

_VARIANTS = {"en": english.VARIANTS, "pt": portuguese.VARIANTS, "zh": chinese.VARIANTS}
_NOT_OWN_WORDS = frozenset({BlockKind.QUOTATION, BlockKind.CODE, BlockKind.COMMENT})


@dataclass(frozen=True, slots=True)
class Options:
    """The rarer variant must have at least the part ``share`` (0 to 1) of the telling words; ``places`` bounds those named.

    ``forms`` is how many different words of the rarer variant it takes; 0 means what suits the language (2, in Chinese 4
    characters).
    """

    share: float = 0.1
    forms: int = 0
    places: int = 20


def find(document: Document, facts: Facts, options: Options) -> Iterator[Hit]:
    """Yield at most one hit."""
    languages = facts[LANGUAGES]
    variants = _VARIANTS.get(languages.page)
    if variants is None:
        return
    uses: tuple[list[Use], list[Use]] = ([], [])
    for block in document.main_blocks:
        if block.kind in _NOT_OWN_WORDS or languages.at(block.span.start) != languages.page:
            continue
        for use in variants.find(block.span.of(document.text)):
            uses[use.side].append(Use(use.span.shift(block.span.start), use.side, use.form))
    rarer = _rarer(uses, variants, document.declared_language)
    fewer, more = uses[rarer], uses[1 - rarer]
    least = options.forms or variants.least
    if min(len({use.form for use in fewer}), len({use.form for use in more})) < least:
        return
    if len(fewer) < options.share * (len(fewer) + len(more)):
        return
    names = variants.names
    yield Hit(
        fewer[0].span,
        f"The page mixes {names[1 - rarer]} ({len(more)} places) with {names[rarer]} ({len(fewer)} places)",
        0.8,
        (
            Metric(names[1 - rarer], len(more)),
            Metric(names[rarer], len(fewer)),
            Note(names[1 - rarer], _examples(more)),
            Note(names[rarer], _examples(fewer)),
        ),
        tuple(Related(use.span, names[rarer]) for use in fewer[1 : options.places + 1]),
    )


def _rarer(uses: tuple[list[Use], list[Use]], variants: Variants, declared: str | None) -> int:
    """Return the side with fewer uses; of equals the one that the page does not declare, else the later one."""
    if len(uses[0]) != len(uses[1]):
        return 0 if len(uses[0]) < len(uses[1]) else 1
    side = variants.declared_side(declared)
    if side is not None:
        return 1 - side
    return 0 if uses[0] and uses[0][0].span > uses[1][0].span else 1


def _examples(uses: list[Use]) -> str:
    """Return the first different forms, in the order of the page."""
    return ", ".join(list(dict.fromkeys(use.form for use in uses))[:8])


CHECK = Check(
    code="LID006",
    name="variant-mix",
    category="locale/variant",
    severity=Severity.MINOR,
    needs=(LANGUAGES,),
    options=Options,
    find=find,
    documentation=__doc__,
    tier=Tier.ON_REQUEST,
    languages=frozenset(_VARIANTS),
    examples=(
        Example(
            "The harbour council analysed the programme for the new ferry line.\n\n"
            "Its neighbours ⟦favor⟧ a boat of aluminum, the color of the old one."
        ),
        Example(
            "O trem chega ao porto às nove, e o ônibus, às dez.\n\nA ⟦equipa⟧ do comité económico analisou os registros.",
            language="pt",
        ),
        Example("瓦伦港的议会说，这条线会经过两个岛。\n\n市⟦長⟧說票價不貴。", language="zh"),
        Example(
            "The Department of Defense wrote to the Labour Party about the color of the boat.\n\nThe harbor is closed.",
            comment="names keep their spelling",
        ),
        Example("O comitê econômico analisou os registros da equipe.", language="pt"),
        Example("瓦伦港的议会说，这条线会经过两个岛。", language="zh"),
    ),
)
