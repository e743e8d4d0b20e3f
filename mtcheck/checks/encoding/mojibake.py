"""Text was decoded with the wrong encoding.

What it finds: words whose bytes were read in another encoding than they were written in ("cafÃ©", "РџСЂРёРІРµС‚", "Ïðèâåò"), with the
repaired text as evidence; replacement characters and rows of question marks where the letters are lost for good.

Why it matters: the passage cannot be read, and a translation made from damaged text is made from noise.

When it is wrong: rarely, in texts that show such damage on purpose, and in invented words of accented letters. Capitals as in "SÃO PAULO",
currency signs after numbers and Vietnamese letters are understood.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mtcheck.core.checks import Check, Example
from mtcheck.core.documents import BlockKind, Document
from mtcheck.core.facts import Facts
from mtcheck.core.findings import Comparison, Evidence, Hit, Note, Severity
from mtcheck.core.languages import LANGUAGES
from mtcheck.text.code_like import CodeContext
from mtcheck.text.mojibake import damage


@dataclass(frozen=True, slots=True)
class Options:
    """``a_block``: at most so many hits in one block, the rest counted in the evidence of the last."""

    a_block: int = 5


def find(document: Document, facts: Facts, options: Options) -> Iterator[Hit]:
    """Yield one hit for each stretch of damaged words."""
    language = facts[LANGUAGES].page
    context = CodeContext(document)
    for block in document.blocks:
        if block.kind is BlockKind.CODE:
            continue
        text = block.span.of(document.text)
        found = [one for one in damage(text, language) if not context.shows_code(one.span.shift(block.span.start))]
        for number, one in enumerate(found[: options.a_block], 1):
            evidence: list[Evidence] = [Note("cause", one.cause)]
            if one.repaired is not None:
                evidence.append(Comparison("as it stands", one.span.of(text), "as it was written", one.repaired))
            if number == options.a_block < len(found):
                evidence.append(Note("more in this block", str(len(found) - number)))
            repaired = "" if one.repaired is None else f"; it was “{_shortened(one.repaired)}”"
            yield Hit(
                one.span.shift(block.span.start),
                f"{one.cause}{repaired}",
                0.95 if one.repaired is not None else 0.85,
                tuple(evidence),
            )


def _shortened(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}..."


CHECK = Check(
    code="ENC001",
    name="mojibake",
    category="linguistic/encoding",
    severity=Severity.MAJOR,
    needs=(LANGUAGES,),
    options=Options,
    find=find,
    documentation=__doc__,
    examples=(
        Example("The ⟦cafÃ©⟧ in Varen charges ⟦Â£5⟧, and ⟦itâ€™s⟧ open; the sign says ⟦V\ufffdren⟧."),
        Example("The clerk printed ⟦????? ??? ??????⟧ under the seal of the harbor."),
        Example("The SÃO ROQUE, a ferry of the Đà Lạt line, cost £5 and 5 € at “Café Noël”. Really?? Yes!"),
        Example("Диктор сказал ⟦РџСЂРёРІРµС‚ РІСЃРµРј⟧, а на табло было ⟦Ïðèâåò âñåì⟧ и ⟦рТЙЧЕФ⟧.", "ru"),
        Example("Она работает в СССР и РСФСР, №5 — «Привет»; Єва й Її дім.", "ru"),
        Example("كتبت على اللوحة ⟦ط§ظ„ط³ظ„ط§ظ…⟧ ثم انصرفت.", "ar"),
        Example("وصل الوزير إلى الميناء، وقال: «أهلا» ثم ظل طويلا.", "ar"),
        Example("La ⟦seÃ±ora⟧ Orlo abrió el puerto de Varén.", "es"),
        Example("La señora Orlo abrió el «Café Ñandú» por 5 €, ¿verdad?", "es"),
        Example("Die ⟦BÃ¼rgermeisterin⟧ öffnete den Hafen.", "de"),
        Example("Die Bürgermeisterin öffnete für 5 € das Tor; Umlaute sind äöüß.", "de"),
    ),
)
