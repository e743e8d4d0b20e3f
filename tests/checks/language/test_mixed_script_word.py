from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtcheck.checks.language.mixed_script_word import CHECK, Options
from mtcheck.core.facts import Facts
from mtcheck.core.findings import Comparison
from mtcheck.testing import document_from_text, run_check
from mtcheck.text.scripts import script_of
from tests.hang import no_hang


def found(text: str) -> list[tuple[str, str]]:
    """Return each word found and the plain spelling that the evidence shows."""
    document = document_from_text(text, None)
    hits = run_check(CHECK, document, Facts({}))
    comparisons = [hit.evidence[0] for hit in hits]
    return [
        (hit.span.of(document.text), comparison.right)
        for hit, comparison in zip(hits, comparisons, strict=True)
        if isinstance(comparison, Comparison)
    ]


@pytest.mark.parametrize(
    ("text", "word", "plain"),
    [
        ("in Vаren today", "Vаren", "Varen"),
        ("in Μaren today", "Μaren", "Maren"),
        ("the сhаir spoke", "сhаir", "chair"),
        ("порт Bарен", "Bарен", "Варен"),
        ("порт ВAРЕН открыт", "ВAРЕН", "ВАРЕН"),
        ("cовместная работа", "cовместная", "совместная"),
        ("міcто на березі", "міcто", "місто"),
        ("το λιμάνι της Ναoύσας", "Ναoύσας", "Ναούσας"),
        ("the ех-mayor and the раrty", "раrty", "party"),
        ("caf\u0435\u0301teria", "caf\u0435\u0301teria", "cafe\u0301teria"),
    ],
)
def test_lookalikes_are_found_and_spelt_out(text: str, word: str, plain: str) -> None:
    assert [(word, plain)] == found(text)
    assert 1 == len({script_of(letter) for letter in plain if script_of(letter)})


def test_message_names_letters_and_code_points() -> None:
    document = document_from_text("in Vаren today", None)
    [hit] = run_check(CHECK, document, Facts({}))
    assert "Latin" in hit.message
    assert "Cyrillic а (U+0430)" in hit.message
    [comparison] = [evidence for evidence in hit.evidence if isinstance(evidence, Comparison)]
    assert ["а"] == [span.of(comparison.left) for span in comparison.left_highlights]
    assert ["a"] == [span.of(comparison.right) for span in comparison.right_highlights]


@pytest.mark.parametrize(
    "text",
    [
        "Он купил iPhone-ом билет и отправил e-mail-ом",
        "получил SMSку от VIPов, PRом занят USBа",
        "5 кВт, 3 µm, 7 μm, 10 kΩ, Δt, λx, β-carotene, αβ, ρV",
        "в XIX веке, в ХIХ веке",
        "группа КоЯn и VКонтакте",
        "NHKのニュースで見たiPhoneの話",
        "한국어English中文",
        "T-72, Су-57, МС-21, A320нео",
        "Facebook'а и Google’у",
        "https://vаren.example and mail@vаren.example",
        "ok да no нет",
        "a\u0301 и\u0306 plain words, обычные слова",
        "",
        "\ud800\x00\ue000",
    ],
)
def test_legitimate_mixtures_are_silent(text: str) -> None:
    assert [] == found(text)


def test_allowed_words_are_an_option() -> None:
    document = document_from_text("in Vаren today", None)
    assert [] == run_check(CHECK, document, Facts({}), Options(allowed=frozenset({"vаren"})))


@given(st.text(st.sampled_from("aоеcВpΑο яXx-.'1\u0301")))
def test_evidence_changes_only_the_strange_letters(text: str) -> None:
    for word, plain in found(text):
        assert len(word) == len(plain)
        assert word != plain
        assert 1 == len({script_of(letter) for letter in plain if script_of(letter)})


@pytest.mark.parametrize("text", ["aя" * 500_000, "аb " * 100_000, "a" * 1_000_000, "a\u0301" * 500_000])
def test_hostile_text_takes_little_time(text: str) -> None:
    with no_hang():
        found(text)


def test_one_spelling_is_reported_once_with_its_other_places() -> None:
    document = document_from_text("in Vаren today, and Vаren tomorrow", None)
    [hit] = run_check(CHECK, document, Facts({}))
    assert 3 == hit.span.start
    assert ["Vаren"] == [related.span.of(document.text) for related in hit.related]
