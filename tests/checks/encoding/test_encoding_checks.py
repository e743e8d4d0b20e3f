"""The encoding checks beyond their examples."""

from __future__ import annotations

from typing import Any

import pytest

from mtcheck.checks.encoding import escaped_unicode, invisible_control, mojibake, visible_entity
from mtcheck.core.checks import Check
from mtcheck.core.documents import Block, BlockKind, Document
from mtcheck.core.facts import Facts
from mtcheck.core.findings import Comparison, Hit, Severity
from mtcheck.core.languages import LANGUAGES
from mtcheck.core.offsets import OffsetMap
from mtcheck.core.spans import Span
from mtcheck.testing import document_from_text, facts_of, one_language, run_check


def hits(check: Check[Any], text: str, language: str = "en", options: object | None = None) -> list[Hit]:
    document = document_from_text(text, language)
    return run_check(check, document, Facts({LANGUAGES: one_language(document, language)}), options)


def decoded(hit: Hit) -> list[str]:
    return [evidence.right for evidence in hit.evidence if isinstance(evidence, Comparison)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a \\u0441\\u043b\\u043e\\u0432\\u043e b", "слово"),
        ("a \\ud83d\\ude80 b", "\U0001f680"),
        ("a \\u{1f680} b", "\U0001f680"),
        ("a \\U0001f680 b", "\U0001f680"),
        ("a \\xd0\\xb0 b", "а"),
        ("caf\\xe9 b", "é"),
        ("a %D0%9F%D0%BE b", "По"),
        ("a =D0=9F=D0=BE b", "По"),
        ("Left.\\nThe port", "\n"),
        ("Left.\\r\\n\\r\\n The port", "\n"),
        ('said \\"never', '"'),
        ("can\\'t", "'"),
    ],
)
def test_escapes_are_decoded(text: str, expected: str) -> None:
    assert [[expected]] == [decoded(hit) for hit in hits(escaped_unicode.CHECK, text)]


@pytest.mark.parametrize(
    "text",
    [
        "C:\\new\\table C:\\users\\x",
        "50%20 and 100%",
        "see varen.example/%D0%9F%D0%BE and http://v.example/?q=%D0%9F%D0%BE",
        'Schr\\"odinger wrote it',
        "a=20 b=30 =FF=FE",
        "\\ud800 alone",
        "a \\n\\n bb() cc() print() {",
    ],
)
def test_what_is_no_escape(text: str) -> None:
    assert [] == hits(escaped_unicode.CHECK, text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a&nbsp;b", "\xa0"),
        ("a &#8217; b", "’"),
        ("a &#x2019; b", "’"),
        ("a &quot b", '"'),
        ("El Ni&ntilde;o", "ñ"),
        ("the port#39;s", "'"),
        ("said quot;never", '"'),
        ("the port & apos; s", "'"),
    ],
)
def test_entities_show_what_they_mean(text: str, expected: str) -> None:
    assert [[expected]] == [decoded(hit) for hit in hits(visible_entity.CHECK, text)]


@pytest.mark.parametrize(
    "text", ["AT&T; R&D;", "a &amp;quot; b", "v.example/?a=1&copy=2", "Q&A; B&B", "No. #39; #12", "&nosuchname; &;"]
)
def test_what_is_no_entity(text: str) -> None:
    assert [] == hits(visible_entity.CHECK, text)


@pytest.mark.parametrize(
    ("text", "name", "severity"),
    [
        ("po\u200brt", "zero width space (U+200B)", Severity.MINOR),
        ("po\ufeffrt", "zero width no-break space (U+FEFF)", Severity.MINOR),
        ("po\u200crt", "zero width non-joiner (U+200C)", Severity.MINOR),
        ("po\u200ert", "left-to-right mark (U+200E)", Severity.MINOR),
        ("the \u202aport", "left-to-right embedding (U+202A)", Severity.MINOR),
        ("the port\u202c", "pop directional formatting (U+202C)", Severity.MINOR),
        ("the \u202eport\u202c", "right-to-left override (U+202E)", Severity.MAJOR),
        ("port\ufe0f", "variation selector-16 (U+FE0F)", Severity.MINOR),
        ("port \x00", "control character (U+0000)", Severity.MINOR),
        ("port \ud800", "half of a surrogate pair (U+D800)", Severity.MINOR),
        ("port \U000e0041\U000e0042", "tag latin capital letter a (U+E0041)", Severity.MAJOR),
    ],
)
def test_harmful_controls_are_named(text: str, name: str, severity: Severity) -> None:
    (hit,) = hits(invisible_control.CHECK, text)
    assert hit.message.startswith(name)
    assert severity is hit.severity


@pytest.mark.parametrize(
    "text",
    [
        "hand\u00adbook",
        "نامه\u200cها",
        "क्\u200dष",
        "\U0001f469\u200d\U0001f680 \u2764\ufe0f 1\ufe0f\u20e3",
        "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f flag",
        "\u2067سارة\u2069 and \u202bسارة\u202c",
        "ภาษา\u200bไทย",
        "the port \u200b and\u200e",
    ],
)
def test_legitimate_controls(text: str) -> None:
    assert [] == hits(invisible_control.CHECK, text)


def test_harmless_controls_are_neutral_and_on_request() -> None:
    found = hits(invisible_control.CHECK, "the port \u200b and", options=invisible_control.Options(harmless=True))
    assert [Severity.NEUTRAL] == [hit.severity for hit in found]


def test_a_page_full_of_one_character_is_one_hit_a_block() -> None:
    (hit,) = hits(invisible_control.CHECK, "po\u200brt " * 50)
    assert "(50 times in this block)" in hit.message
    assert 5 == len(hit.related)


def test_mojibake_shows_what_it_was_and_how_it_came() -> None:
    (hit,) = hits(mojibake.CHECK, "The cafÃ© is open.")
    assert ["café"] == decoded(hit)
    assert "UTF-8 was read as another encoding; it was “café”" == hit.message


@pytest.mark.parametrize(
    "check", [mojibake.CHECK, visible_entity.CHECK, escaped_unicode.CHECK], ids=lambda check: check.code
)
def test_many_in_one_block_are_a_few_hits_with_the_count(check: Check[Any]) -> None:
    text = "cafÃ© and &quot; or \\u0441 x " * 9
    found = hits(check, text)
    assert 5 == len(found)
    assert any(getattr(evidence, "text", "") == "4" for evidence in found[-1].evidence)


@pytest.mark.parametrize(
    "check",
    [mojibake.CHECK, visible_entity.CHECK, escaped_unicode.CHECK, invisible_control.CHECK],
    ids=lambda check: check.code,
)
def test_code_is_left_alone(check: Check[Any]) -> None:
    text = "cafÃ© &quot; \\u0441 po\u200brt"
    block = Block(BlockKind.CODE, Span(0, len(text)))
    document = Document("a", "a", text, (block,), OffsetMap.identity(text))
    assert [] == run_check(check, document, facts_of(document))
