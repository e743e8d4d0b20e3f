"""A turn of phrase was translated word by word.

What it finds: phrases that belong to another language and came over whole ("hacer sentido", "take a decision on the territory of"), from a table
for each pair of languages, with what a writer would say instead.

Why it matters: such phrases are how readers recognize a translation, and some mean something else in the language they came to.

When it is wrong: in the language of offices, where some of them are at home, and in regional use. It is a preview: of the phrases that could be
measured (Chinese into English) those at which professionals mark no more errors than anywhere are left out, which was nearly all; for the
others there was nothing to measure with. A phrase is named once a page.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mtcheck.core.checks import Check, Example, Tier
from mtcheck.core.documents import BlockKind, Document
from mtcheck.core.facts import Facts
from mtcheck.core.findings import Hit, Note, Related, Severity
from mtcheck.core.languages import LANGUAGES
from mtcheck.core.spans import Span
from mtcheck.text.calques import Calque, calque_languages, calque_uses

_SKIPPED = frozenset({BlockKind.CODE, BlockKind.NAVIGATION})
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Options:
    """``origins``: only phrases from these languages are named (none: all)."""

    origins: frozenset[str] = frozenset()


def find(document: Document, facts: Facts, options: Options) -> Iterator[Hit]:
    """Yield one hit for each phrase, at its first place."""
    languages = facts[LANGUAGES]
    places: dict[Calque, list[Span]] = {}
    for block in document.blocks:
        if block.kind not in _SKIPPED:
            for use in calque_uses(document.text, block.span, languages.at(block.span.start)):
                if not options.origins or use.calque.origin in options.origins:
                    places.setdefault(use.calque, []).append(use.span)
    for calque, spans in places.items():
        yield Hit(
            spans[0],
            f"“{spans[0].of(document.text)}” follows another language word by word",
            0.4,
            (Note("usual wording", calque.usual), Note("phrase of", calque.origin)),
            tuple(Related(span, "again") for span in spans[1 : _SHOWN + 1]),
        )


CHECK = Check(
    code="FLU007",
    name="calque",
    category="style/unidiomatic",
    severity=Severity.MINOR,
    needs=(LANGUAGES,),
    options=Options,
    find=find,
    documentation=__doc__,
    tier=Tier.PREVIEW,
    languages=calque_languages(),
    examples=(
        Example("The ferry runs ⟦on the territory of⟧ Varen. The council ⟦took a decision⟧ on Monday."),
        Example("The council decided on Monday that the ferry would run in Varen."),
        Example("Это ⟦делает смысл⟧, сказал мэр. Заседание ⟦взяло место⟧ в порту.", "ru"),
        Example("Это имеет смысл, сказал мэр. Заседание состоялось в порту.", "ru"),
        Example("Eso no ⟦hace sentido⟧, dijo la alcaldesa de Varén.", "es"),
        Example("Eso no tiene sentido, dijo la alcaldesa de Varén.", "es"),
        Example("Der Rat hat am Montag ⟦eine Entscheidung gemacht⟧.", "de"),
        Example("Der Rat hat am Montag eine Entscheidung getroffen.", "de"),
        Example("وقال العمدة إن المجلس ⟦صنع قرارا⟧ يوم الاثنين.", "ar"),
        Example("وقال العمدة إن المجلس اتخذ قرارا يوم الاثنين.", "ar"),
        Example("Cela ne ⟦fait du sens⟧ pour personne, dit le maire.", "fr"),
        Example("Мер ⟦прийняв участь⟧ у засіданні.", "uk"),
    ),
)
