"""Properties of the quotation automaton: it never fails, stays linear, and finds one fault for one lost mark."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtcheck.checks import all_checks
from mtcheck.core.documents import Block, BlockKind, Document
from mtcheck.core.facts import Facts
from mtcheck.core.languages import LANGUAGES
from mtcheck.core.offsets import OffsetMap
from mtcheck.core.spans import Span
from mtcheck.testing import facts_of, one_language, run_check
from mtcheck.text.quotations import quotations_of
from mtcheck.text.sentences import SENTENCES
from tests.hang import no_hang

CODES = {"QUO001", "QUO002", "QUO003", "QUO004", "QUO005", "QUO006", "TYP001", "TYP003", "FLU006"}
CHECKS = [check for check in all_checks() if check.code in CODES]
MARKS = "\"“”„‟«»‹›「」『』＂'‘’‚‛`,"
LANGUAGE_CODES = ("en", "ru", "es", "ar", "de", "fr", "uk", "sv", "he", "zh", "und")


def document_of(text: str) -> Document:
    """Return a document whose lines are paragraphs."""
    blocks = []
    offset = 0
    for line in text.split("\n"):
        if line:
            blocks.append(Block(BlockKind.PARAGRAPH, Span(offset, offset + len(line))))
        offset += len(line) + 1
    return Document("page.txt", "page.txt", text, tuple(blocks), OffsetMap.identity(text))


any_text = st.one_of(
    st.text(st.characters(exclude_categories=())),
    st.text(st.sampled_from(MARKS + " .,;?!()[]{}|\nabСأ7—\xa0\u202f\u200b\ud800\x00"), max_size=200),
    st.lists(
        st.sampled_from(
            ["“Hello", "world”", "said", "that", "“ ", " ”", '"', "he said.", ", They are", "\n", "''", "(a", "b]"]
        )
    ).map(" ".join),
)


@given(any_text, st.sampled_from(LANGUAGE_CODES))
@settings(max_examples=150, deadline=None)
def test_any_text_is_read(text: str, language: str) -> None:
    document = document_of(text)
    quotations = quotations_of(document, Facts({LANGUAGES: one_language(document, language)}))
    for quotation in quotations.quotations:
        assert quotation.span.contains(quotation.inner)
        assert quotation.opening is None or quotation.opening.start == quotation.span.start
        assert quotation.closing is None or quotation.closing.end == quotation.span.end
        assert quotation.span.end <= len(text)
        for part in (quotation.speaker, quotation.verb):
            assert part is None or (0 < len(part) and part.end <= len(text) and not part.overlaps(quotation.inner))
        assert quotation.speaker is None or quotation.verb is not None
    for stray in quotations.strays:
        assert stray.anchor.contains(stray.mark)
        assert document.blocks[stray.block].span.contains(stray.anchor)
    assert list(quotations.strays) == sorted(quotations.strays, key=lambda stray: (stray.anchor, stray.mark))


@given(any_text, st.sampled_from(LANGUAGE_CODES))
@settings(max_examples=80, deadline=None)
def test_the_checks_point_into_their_blocks(text: str, language: str) -> None:
    document = document_of(text)
    facts = facts_of(document, language, {SENTENCES: ()})
    for check in CHECKS:
        for hit in run_check(check, document, facts):
            block = document.block_at(hit.span.start)
            assert block is not None
            assert block.span.contains(hit.span)


@dataclass(frozen=True)
class Kit:
    """What pages of one language are made of. ``{0}`` and ``{1}`` stand for the outer marks, ``{2}`` and ``{3}`` for inner."""

    marks: tuple[str, str, str, str]
    templates: tuple[str, ...]
    plain: str


KITS = {
    "en": Kit(
        ("“", "”", "‘", "’"),
        (
            "{0}The port of Varen will open in spring,{1} said Orlo Brandt.",
            "The envoy added that {0}nobody asked the dogs’ owners{1} about it.",
            "{0}We came at dawn,{1} he said. {0}The gates of Ostrey were shut.{1}",
            "The paper wrote: {0}The {2}old{3} harbor isn’t safe.{1}",
            "Her {0}little island{1} (pop. 300) has a {0}big port.{1}",
        ),
        "Nobody in the town was surprised by the news.",
    ),
    "en-straight": Kit(
        ('"', '"', "'", "'"),
        (
            "{0}The port of Varen will open in spring,{1} said Orlo Brandt.",
            "The envoy added that {0}nobody asked the dogs' owners{1} about it.",
            "{0}We came at dawn,{1} he said. {0}The gates of Ostrey were shut.{1}",
            "The paper wrote: {0}The {2}old{3} harbor isn't safe.{1}",
        ),
        "Nobody in the town was surprised by the news.",
    ),
    "ru": Kit(
        ("«", "»", "„", "“"),
        (
            "{0}Порт Варен откроют весной{1}, — сказал Орлов.",
            "Посланник добавил, что {0}никто не спрашивал хозяев{1} об этом.",
            "Газета пишет: {0}Гавань {2}Старая{3} давно небезопасна{1}.",
            "— Откроют, — сказал он. — {0}Весной{1} же обещали.",
        ),
        "Никто в городе не удивился этой новости.",
    ),
    "uk": Kit(
        ("«", "»", "“", "”"),
        (
            "{0}П’ятий порт відкриють навесні{1}, — сказав Орленко.",
            "Посланець додав, що {0}ніхто не питав об'єднання{1} про це.",
            "Газета пише: {0}Гавань {2}Стара{3} давно небезпечна{1}.",
        ),
        "Ніхто в місті не здивувався цій новині.",
    ),
    "es": Kit(
        ("«", "»", "“", "”"),
        (
            "{0}El puerto de Varén abrirá en primavera{1}, dijo Orlo Brandt.",
            "La enviada añadió que {0}nadie preguntó a los dueños{1} por ello.",
            "El diario escribe: {0}El {2}viejo{3} puerto no es seguro{1}.",
            "—¿Abrirá? —preguntó él—. Dijeron que {0}en primavera{1}, creo.",
        ),
        "Nadie en la ciudad se sorprendió por la noticia.",
    ),
    "de": Kit(
        ("„", "“", "‚", "‘"),
        (
            "{0}Der Hafen von Waren öffnet im Frühjahr{1}, sagte Orlo Brandt.",
            "Die Gesandte sagte, {0}niemand habe die Besitzer gefragt{1}, und ging.",
            "Die Zeitung schreibt: {0}Der {2}alte{3} Hafen ist nicht sicher.{1}",
        ),
        "Niemand in der Stadt war von der Nachricht überrascht.",
    ),
    "fr": Kit(
        ("«\xa0", "\xa0»", "“", "”"),
        (
            "{0}Le port de Varenne ouvrira au printemps{1}, a déclaré Orlo Brandt.",
            "L’envoyée ajoute que {0}personne n’a rien demandé{1} aux gens.",
            "Le journal écrit\xa0: {0}Le {2}vieux{3} port n’est pas sûr{1}.",
        ),
        "Personne en ville ne s’étonne de l’annonce.",
    ),
    "ar": Kit(
        ("«", "»", "“", "”"),
        (
            "{0}سيفتح ميناء فارين في الربيع{1}، قال أورلو براندت.",
            "وأضافت المبعوثة أن {0}أحدا لم يسأل أصحاب السفن{1} عن ذلك.",
            "وكتبت الصحيفة: {0}الميناء {2}القديم{3} ليس آمنا{1}.",
        ),
        "لم يتفاجأ أحد في المدينة بهذا الخبر.",
    ),
}


def page(kit: Kit, choices: list[int], removed: int | None) -> tuple[str, int, int]:
    """Make a page; return its text, how many outer and inner double marks it has, and the line that lost its mark."""
    count = 0
    lost_line = -1
    lines: list[str] = []
    single = {"'", "‘", "’", "‚"}
    for choice in choices:
        line = ""
        rest = kit.templates[choice % len(kit.templates)]
        while "{" in rest:
            before, _, tail = rest.partition("{")
            mark = kit.marks[int(tail[0])]
            line += before
            if mark in single:
                line += mark
            else:
                if count == removed:
                    lost_line = len(lines)
                else:
                    line += mark
                count += 1
            rest = tail[2:]
        lines += [line + rest, kit.plain]
    return "\n".join(lines), count, lost_line


@pytest.mark.parametrize("name", KITS)
@given(choices=st.lists(st.integers(0, 5), min_size=1, max_size=6))
@settings(max_examples=25, deadline=None)
def test_a_page_with_whole_quotations_raises_nothing(name: str, choices: list[int]) -> None:
    text, _, _ = page(KITS[name], choices, None)
    document = document_of(text)
    facts = facts_of(document, name[:2])
    assert [] == [hit for check in CHECKS for hit in run_check(check, document, facts)]


@pytest.mark.parametrize("name", KITS)
@given(choices=st.lists(st.integers(0, 5), min_size=1, max_size=6), pick=st.integers(0, 10_000))
@settings(max_examples=40, deadline=None)
def test_one_lost_mark_is_one_finding_in_its_block(name: str, choices: list[int], pick: int) -> None:
    kit = KITS[name]
    _, count, _ = page(kit, choices, None)
    text, _, line = page(kit, choices, pick % count)
    document = document_of(text)
    facts = facts_of(document, name[:2])
    found = [(check.code, hit.span) for check in CHECKS for hit in run_check(check, document, facts)]
    assert ["QUO001"] == [code for code, _ in found], text
    assert line == document.block_index_at(found[0][1].start)


def test_a_megabyte_of_marks_is_no_text_and_costs_nothing() -> None:
    document = document_of("“”\"'«»" * 170_000)
    with no_hang():
        quotations = quotations_of(document, Facts({LANGUAGES: one_language(document, "en")}))
    assert quotations.quotations == ()
    assert quotations.strays == ()


@pytest.mark.parametrize(
    "unit",
    ['"', "“", "”", "“a", "a” b ", "'", "''", "«", "'\" ", '"\u200b', "said,” that ", '9" ', "「", "([", "(]"],
)
def test_marks_without_text_never_hang(unit: str) -> None:
    # Just below the length at which so many marks count as ornament and are not read at all.
    document = document_of(unit * (19_000 // len(unit)))
    with no_hang():
        quotations_of(document, Facts({LANGUAGES: one_language(document, "en")}))
