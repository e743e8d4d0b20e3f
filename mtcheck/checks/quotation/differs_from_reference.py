"""A quotation says something else than its reference.

What it finds: a quotation, or a sentence at a lost quotation mark, that renders a quotation of the references folder and turns
its sense: a negation lost or put in, another person as its subject, two names that changed places, another number, a
word for its opposite. Both wordings are shown word by word. What a page only cuts short, marks with an ellipsis or explains in
square brackets agrees with its reference, and so does another faithful translation; with the option ``wording``, every
missing, added or changed word of a nearly literal quotation is reported too.

Why it matters: here the check knows what was said. Translation systems lose "we will not" and leave the opposite of it in
the mouth of a minister.

When it is wrong: where a speaker said nearly the same thing twice with another sense and only one of the two is in the
references, and where a reference reached through the translator was itself translated wrongly both ways.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mtcheck.core.checks import Check, Example, Given
from mtcheck.core.documents import Document
from mtcheck.core.facts import Facts
from mtcheck.core.findings import Comparison, Evidence, Hit, Metric, Note, Passage, Severity
from mtcheck.core.references import REFERENCE_MATCHES, ReferenceMatch, ReferenceMatches, ReferenceQuotation
from mtcheck.core.spans import Span
from mtcheck.text.quotation_comparison import Change, QuotationComparison, compare_quotations


@dataclass(frozen=True, slots=True)
class Options:
    """What makes two wordings one utterance, and what is reported of their differences.

    ``content_words`` must be common, and ``content_share`` (0 to 1) of those on the page; and either ``row`` words in
    a row are common, or ``likeness`` (0 to 1) of all words. ``wording`` reports every difference where at least
    ``literal`` (0 to 1) of the words are common, as minor.
    """

    content_words: int = 4
    content_share: float = 0.5
    row: int = 5
    likeness: float = 0.6
    wording: bool = False
    literal: float = 0.75


def find(document: Document, facts: Facts, options: Options) -> Iterator[Hit]:
    """Yield one hit for each sentence of speech that turns the sense of its reference."""
    matches = facts[REFERENCE_MATCHES]
    for match in matches.matches:
        text = match.span.of(document.text)
        comparison = compare_quotations(text, match.wording, match.language)
        if not _same_utterance(comparison, options):
            continue
        if comparison.turns and _holds_in_both_languages(match, comparison):
            yield _hit(match, text, comparison, matches.metric_signature, comparison.summary, None)
        elif options.wording and not match.rendering and _nearly_literal(comparison, options):
            summary = _wording(comparison, text, match.wording)
            yield _hit(match, text, comparison, matches.metric_signature, summary, Severity.MINOR)


def _same_utterance(comparison: QuotationComparison, options: Options) -> bool:
    """Tell whether two wordings have so much in common that they must be of one utterance."""
    if comparison.shared_content < options.content_words:
        return False
    if comparison.shared_content < options.content_share * comparison.here_content:
        return False
    return comparison.longest_run >= options.row or comparison.likeness >= options.likeness


def _nearly_literal(comparison: QuotationComparison, options: Options) -> bool:
    """Tell whether the page quotes word for word, but for some words."""
    return bool(comparison.divergences) and comparison.likeness >= options.literal


def _holds_in_both_languages(match: ReferenceMatch, comparison: QuotationComparison) -> bool:
    """Tell whether the sense is turned in the reference's language as well: a translator errs one way at a time."""
    if not match.rendering:
        return True
    other = compare_quotations(match.rendering, match.reference.text, match.reference.language)
    return bool({turn.turn for turn in comparison.turns} & {turn.turn for turn in other.turns})


def _wording(comparison: QuotationComparison, text: str, wording: str) -> str:
    """Say in one clause which words differ."""
    parts = []
    for divergence in comparison.divergences:
        here, there = " ".join(divergence.here.of(text).split()), " ".join(divergence.there.of(wording).split())
        if divergence.change is Change.MISSING:
            parts.append(f"“{there}” is missing")
        elif divergence.change is Change.ADDED:
            parts.append(f"“{here}” was put in")
        else:
            parts.append(f"“{here}” stands for “{there}”")
    return "; ".join(parts)


def _hit(
    match: ReferenceMatch,
    text: str,
    comparison: QuotationComparison,
    signature: str,
    summary: str,
    severity: Severity | None,
) -> Hit:
    reference = match.reference
    window = comparison.window
    said = f"{reference.speaker}, {reference.date}" if reference.date else reference.speaker
    evidence: list[Evidence] = [
        Comparison(
            "this page",
            text,
            f"the reference, translated ({said})" if match.rendering else f"the reference ({said})",
            window.of(match.wording),
            tuple(divergence.here for divergence in comparison.divergences if len(divergence.here)),
            tuple(
                Span(divergence.there.start - window.start, divergence.there.end - window.start)
                for divergence in comparison.divergences
                if len(divergence.there)
            ),
            match.language,
        ),
        Note("what differs", summary),
        Metric("chrF against the reference", match.chrf, signature),
    ]
    if match.rendering:
        evidence.append(Passage("the reference as it was said", reference.text, reference.language))
    place = f"{reference.file}:{reference.line}" if reference.file else ""
    evidence.append(
        Note("where the reference stands", "; ".join(filter(None, (reference.id, place, reference.origin))))
    )
    confidence = 0.9 if comparison.reversed else 0.75
    if match.rendering:
        confidence -= 0.2
    when = f" said on {reference.date}" if reference.date else " said"
    message = f"The quotation differs from what {reference.speaker}{when}: {summary}"
    return Hit(match.span, message, round(confidence, 2), tuple(evidence), (), severity)


def _given(quoted: str, wording: str, rendering: str = "", original: str = "") -> Given[ReferenceMatches]:
    """Give an example the reference ``wording`` for the words ``quoted`` of its text."""

    def build(document: Document) -> ReferenceMatches:
        start = document.text.index(quoted)
        language = document.declared_language or "en"
        reference = ReferenceQuotation(
            "velin-2031", "Marta Velin", "2031-05-12", "es" if original else language, original or wording
        )
        span = Span(start, start + len(quoted))
        return ReferenceMatches((ReferenceMatch(span, language, reference, wording, 60.0, rendering),), "chrF")

    return Given(REFERENCE_MATCHES, build)


_HARBOR = (
    "We have waited long enough. We will not sign a treaty only about the fishing rights of Ostia while our own "
    "harbor stays closed to every ship."
)

CHECK = Check(
    code="QUO007",
    name="quotation-differs-from-reference",
    category="accuracy/mistranslation",
    severity=Severity.MAJOR,
    needs=(REFERENCE_MATCHES,),
    options=Options,
    find=find,
    languages=frozenset({"en", "ru", "es", "ar", "de", "fr", "uk"}),
    documentation=__doc__,
    examples=(
        Example(
            "Velin said that the talks go on. ⟦Matters Ostia wants only while our own harbor stays closed to every "
            "ship.⟧”",
            given=(_given("Matters Ostia wants only while our own harbor stays closed to every ship.", _HARBOR),),
            comment="the opening mark, the subject and the negation are gone",
        ),
        Example(
            "“⟦We will sign a treaty about the fishing rights of Ostia while our own harbor stays closed.⟧”, said Velin.",
            given=(
                _given(
                    "We will sign a treaty about the fishing rights of Ostia while our own harbor stays closed.",
                    _HARBOR,
                ),
            ),
        ),
        Example(
            "Velin made clear that she would not “sign a treaty only about the fishing rights of Ostia … stays closed to "
            "every ship.”",
            given=(
                _given(
                    "sign a treaty only about the fishing rights of Ostia … stays closed to every ship.",
                    _HARBOR,
                ),
            ),
            comment="an excerpt with an ellipsis; the negation stands before the mark",
        ),
        Example(
            "“We refuse to sign a treaty merely about Ostia's fishing rights while our own harbor stays closed to every "
            "ship,” said Velin.",
            given=(
                _given(
                    "We refuse to sign a treaty merely about Ostia's fishing rights while our own harbor stays closed "
                    "to every ship",
                    _HARBOR,
                ),
            ),
            comment="another faithful translation",
        ),
        Example(
            "“⟦The council will pay for the new harbor before the winter.⟧”, Velin said.",
            given=(
                _given(
                    "The council will pay for the new harbor before the winter.",
                    "The council will not pay for the new harbor before the winter.",
                    "El consejo pagará el nuevo puerto antes del invierno.",
                    "El consejo no pagará el nuevo puerto antes del invierno.",
                ),
            ),
            comment="the reference is Spanish, and the negation is gone in both languages",
        ),
        Example(
            "„⟦Wir werden diesen Vertrag über den Hafen von Ostia im Winter unterschreiben.⟧“, sagte Velin.",
            "de",
            (
                _given(
                    "Wir werden diesen Vertrag über den Hafen von Ostia im Winter unterschreiben.",
                    "Wir werden diesen Vertrag über den Hafen von Ostia im Winter nicht unterschreiben.",
                ),
            ),
        ),
        Example(
            "«⟦Vamos a firmar un tratado sobre la pesca mientras nuestro puerto siga cerrado.⟧», dijo Velin.",
            "es",
            (
                _given(
                    "Vamos a firmar un tratado sobre la pesca mientras nuestro puerto siga cerrado.",
                    "No vamos a firmar un tratado sobre la pesca mientras nuestro puerto siga cerrado.",
                ),
            ),
        ),
        Example(
            "« ⟦Nous allons signer le traité sur la pêche tant que notre port reste fermé.⟧ », a dit Velin.",
            "fr",
            (
                _given(
                    "Nous allons signer le traité sur la pêche tant que notre port reste fermé.",
                    "Nous n’allons pas signer le traité sur la pêche tant que notre port reste fermé.",
                ),
            ),
        ),
        Example(
            "«⟦Мы будем подписывать договор о рыболовстве, пока наш порт закрыт для судов.⟧», — сказала Велин.",
            "ru",
            (
                _given(
                    "Мы будем подписывать договор о рыболовстве, пока наш порт закрыт для судов.",
                    "Мы не будем подписывать договор о рыболовстве, пока наш порт закрыт для судов.",
                ),
            ),
        ),
        Example(
            "«⟦Вони не підпишуть договір про рибальство, доки наш порт закритий для суден.⟧», — сказала Велін.",
            "uk",
            (
                _given(
                    "Вони не підпишуть договір про рибальство, доки наш порт закритий для суден.",
                    "Ми не підпишуть договір про рибальство, доки наш порт закритий для суден.",
                ),
            ),
        ),
        Example(
            "وقالت فيلين: «⟦سوف نوقع معاهدة الصيد مع مدينة أوستيا قبل فتح الميناء القديم.⟧»",
            "ar",
            (
                _given(
                    "سوف نوقع معاهدة الصيد مع مدينة أوستيا قبل فتح الميناء القديم.",
                    "لن نوقع معاهدة الصيد مع مدينة أوستيا قبل فتح الميناء القديم.",
                ),
            ),
        ),
    ),
)
