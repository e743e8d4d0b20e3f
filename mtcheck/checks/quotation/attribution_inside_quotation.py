"""The words that say who speaks stand inside the quotation.

What it finds: a quotation that nothing outside attributes, and that ends in an attribution before its closing mark (``"The
port is open, he said."``) or holds one between commas (``"We will, he said, open the port."``); and an open quotation that an
attribution ends with neither comma nor mark (``for our priorities says Varen.``).

Why it matters: the reader is told that the speaker spoke of himself as "he". Systems that translate a sentence with
quotation marks often move the closing mark to the end of the sentence.

When it is wrong: where the speaker does report what another one said, and the page nowhere says who speaks. French sets short
attributions inside its marks, and Russian does between dashes: neither is judged.
"""

from __future__ import annotations

from collections.abc import Iterator

from mtcheck.core.checks import Check, Example, NoOptions
from mtcheck.core.documents import BlockRole, Document
from mtcheck.core.facts import Facts
from mtcheck.core.findings import Hit, Passage, Related, Severity
from mtcheck.core.languages import LANGUAGES
from mtcheck.core.spans import Span
from mtcheck.text.quotation_marks import FAMILIES
from mtcheck.text.quotations import QUOTATIONS, Diagnosis, Quotation, QuotationForm
from mtcheck.text.speech import closing_attribution, inserted_attribution

_LANGUAGES = frozenset({"en", "es", "de", "ru", "uk", "ar"})
_FEWEST_CHARACTERS = 20
_LONGEST = 1200
_BESIDE = 3


def find(document: Document, facts: Facts, options: NoOptions) -> Iterator[Hit]:
    """Yield one hit for each attribution that stands inside its quotation."""
    del options
    text, languages = document.text, facts[LANGUAGES]
    for quotation in facts[QUOTATIONS].quotations:
        language = languages.at(quotation.span.start)
        if language in _LANGUAGES and document.blocks[quotation.block].role is BlockRole.MAIN:
            inside = _inside(text, quotation, language)
            if inside is not None:
                yield _hit(text, inside, quotation.inner, language, quotation.opening, 0.8)
    for stray in facts[QUOTATIONS].strays:
        if stray.diagnosis is not Diagnosis.LOST_CLOSING or stray.clue is None or stray.language not in _LANGUAGES:
            continue
        before = text[max(stray.clue.start - _BESIDE, 0) : stray.clue.start].rstrip()
        if before[-1:].isalnum():
            around = Span(stray.mark.end, stray.clue.end)
            yield _hit(text, stray.clue, around, stray.language, stray.mark, 0.9)


def _inside(text: str, quotation: Quotation, language: str) -> Span | None:
    """Return the attribution inside a whole quotation that is attributed nowhere else."""
    if quotation.form is not QuotationForm.MARKS or quotation.depth or quotation.opening is None:
        return None
    given = quotation.verb is not None and not quotation.inherited
    if quotation.closing is None or given or not _FEWEST_CHARACTERS <= len(quotation.inner) <= _LONGEST:
        return None
    found = closing_attribution(text, quotation.inner, language)
    if found is None:
        found = inserted_attribution(text, quotation.inner, language)
    if found is not None and _follows_inner_quotation(text, found.start):
        return None
    # A quotation that is nothing but an attribution, or begins with it, is a fragment of a report.
    return found if found is not None and found.start - quotation.inner.start >= _FEWEST_CHARACTERS // 2 else None


def _follows_inner_quotation(text: str, offset: int) -> bool:
    """Tell whether a closing mark stands right before an attribution, which then belongs to the quotation within."""
    return text[max(offset - _BESIDE, 0) : offset].rstrip(" \xa0\u202f,—–-")[-1:] in FAMILIES


def _hit(text: str, inside: Span, around: Span, language: str, opening: Span | None, confidence: float) -> Hit:
    words = " ".join(inside.of(text).split())
    shown = Span(inside.start - around.start, inside.end - around.start)
    related = (Related(opening, "the quotation opens here"),) if opening else ()
    passage = Passage("quotation", around.of(text), language, (shown,))
    return Hit(inside, f"“{words}” says who speaks, and stands inside the quotation", confidence, (passage,), related)


CHECK = Check(
    code="QUO004",
    name="attribution-inside-quotation",
    category="linguistic/punctuation",
    severity=Severity.MINOR,
    needs=(LANGUAGES, QUOTATIONS),
    find=find,
    measured=frozenset({"de", "en"}),
    documentation=__doc__,
    languages=_LANGUAGES,
    examples=(
        Example(
            "“Our island used to send ships every month, but got only contempt for its priorities ⟦says Varenia⟧.\n\n"
            "“Now we must start again,” says the ministry.",
            comment="both the comma and the closing mark are lost",
        ),
        Example("“The port of Varen will open again in spring, ⟦he said⟧.”\n\nNobody asked him why."),
        Example("“We will, once the ice is gone, ⟦said Brandt⟧, open the port of Varen.”\n\nNobody asked."),
        Example("«Порт Варен снова откроют весной, ⟦сказал Орлов⟧».", language="ru"),
        Example("«سيفتح ميناء فارين أبوابه في الربيع، ⟦قال الوزير⟧».", language="ar"),
        Example("«El puerto de Varén abrirá en primavera, ⟦dijo el alcalde⟧».", language="es"),
        Example("„Der Hafen von Waren öffnet im Frühjahr, ⟦sagte Brandt⟧.“", language="de"),
        Example("«Порт Варен знову відкриють навесні, ⟦сказав Орленко⟧».", language="uk"),
        Example("“The port will open,” he said. “He told us to wait, she said, and we waited,” Brandt recalled."),
        Example(
            "“My neighbor told me: ‘The port of Varen will never be opened again in our lives,’ he said.”",
            comment="the attribution belongs to the quotation inside",
        ),
        Example("Brandt said: “The minister was wrong, she said.”", comment="he reports what another one said"),
        Example("«Порт откроют, — сказал Орлов, — весной».", language="ru"),
        Example("«سيفتح الميناء في الربيع»، قال الوزير.", language="ar"),
        Example("«El puerto abrirá en primavera», dijo el alcalde.", language="es"),
        Example("„Der Hafen öffnet im Frühjahr“, sagte Brandt. „Er kam nicht, so ein Pech.“", language="de"),
    ),
)
