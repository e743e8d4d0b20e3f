"""Damaged encodings: what is found, what it was, and what is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtcheck.text.mojibake import damage

SENTENCES = {
    "ru": "Паромы снова ходят в порт Варен каждое утро",
    "uk": "Пороми знову ходять до порту щоранку",
    "es": "La señora cruzó el río con sus niños",
    "de": "Die Fähre fährt täglich über den größten Fluß",
    "fr": "L’été, la côte reçoit ses hôtes à l’hôtel",
    "ar": "وصل الوزير صباح اليوم",
}


@pytest.mark.parametrize(
    ("language", "encoding"),
    [
        ("ru", "windows-1251"),
        ("uk", "windows-1251"),
        ("ru", "windows-1252"),
        ("es", "windows-1252"),
        ("de", "windows-1252"),
        ("fr", "windows-1252"),
        ("ar", "windows-1256"),
    ],
)
def test_utf8_read_as_a_code_page_is_found_word_by_word(language: str, encoding: str) -> None:
    text = SENTENCES[language]
    damaged = " ".join(_read_as(word, encoding) for word in text.split(" "))
    found = damage(damaged, language)
    covered = "".join(one.span.of(damaged) for one in found)
    broken = "".join(word for word in damaged.split(" ") if any(ord(letter) > 127 for letter in word))
    assert len(covered) >= 0.8 * len(broken)
    repaired = [word for one in found for word in (one.repaired or "").split()]
    assert repaired
    assert [] == [word for word in repaired if word.strip(",.’") not in text]


def _read_as(word: str, encoding: str) -> str:
    """Return what a program shows that takes the UTF-8 bytes of a word for a code page (control codes where it has no letter)."""
    return "".join(bytes([octet]).decode(encoding, "ignore") or chr(octet) for octet in word.encode("utf-8"))


@pytest.mark.parametrize(
    ("damaged", "language", "expected"),
    [
        ("Ïðèâåò, ãîðîä", "ru", ["Привет", "город"]),
        ("рТЙЧЕФ", "ru", ["Привет"]),
        ("ÇáæÒíÑ æÕá ÇáÂä", "ar", ["الوزير", "الآن"]),
        ("ùìåí òåìí", "he", ["שלום עולם"]),
        ("\x93Never\x94", "en", ["“Never”"]),
        ("Par\ufffds and Lond\ufffdn", "en", [None, None]),
        ("????? ??? ??????", "ru", [None]),
    ],
)
def test_repairs(damaged: str, language: str, expected: list[str | None]) -> None:
    assert expected == [one.repaired for one in damage(damaged, language)]


@pytest.mark.parametrize(
    "text", [*SENTENCES.values(), "SÃO PAULO", "ĐẠI HỌC Đà Nẵng", "Umlaute: äöüß", "СССР и РСФСР", "£5 + 5 €"]
)
def test_sound_text_is_left_alone(text: str) -> None:
    assert [] == damage(text)


@pytest.mark.parametrize("text", ["Really?? Yes?? No", "ÀÉÎÕÜ", "«Ёлки», №5 — №7", "naïve façade", "Ægir Þór Ðóttir"])
def test_odd_but_sound_text_is_left_alone(text: str) -> None:
    assert [] == damage(text)


@given(st.text(alphabet=st.characters(codec=None)))
def test_stretches_lie_in_order_inside_the_text(text: str) -> None:
    end = 0
    for one in damage(text):
        assert end <= one.span.start < one.span.end <= len(text)
        end = one.span.end
