from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtcheck.core.languages import Languages
from mtcheck.engines.language_id.lines import languages_of_lines
from mtcheck.engines.language_id.words import is_like_a_name, words_of
from tests.hang import no_hang

EN = "The harbor council of Varen approved the new ferry line on Tuesday"
DE = "und die ersten Schiffe sollen schon Mitte Mai in den Hafen einlaufen."
RU = "а первые рейсы начнутся уже в середине мая, сообщил глава порта."
UK = "а перші рейси розпочнуться вже в середині травня, повідомив голова порту."


def spans(text: str, *candidates: str) -> list[tuple[str, str]]:
    [found] = languages_of_lines([text], candidates)
    return [(span.span.of(text), span.language) for span in found.spans]


@pytest.mark.parametrize(
    ("first", "second", "languages"),
    [
        (EN, DE, ["en", "de"]),
        (EN, RU, ["en", "ru"]),
        (UK.removesuffix("."), RU, ["uk", "ru"]),
        (
            "قال رئيس البلدية إن التذاكر ستكون أرخص من الحافلة",
            "و نخستین کشتی‌ها در میانهٔ ماه می به راه می‌افتند.",
            ["ar", "fa"],
        ),
        ("市长说，开往该岛的渡轮早上九点出发", "and the first boats are to leave in May.", ["zh", "en"]),
    ],
)
def test_a_line_in_two_languages_is_cut_in_two(first: str, second: str, languages: list[str]) -> None:
    found = spans(f"{first} {second}")
    assert languages == [language for _, language in found]
    assert abs(len(first) - len(found[0][0])) <= 10


@pytest.mark.parametrize(
    ("text", "quotation", "language"),
    [
        (f"{EN}, and «сроки сдвинуты на май» was all that he said.", "сроки сдвинуты на май", "ru"),
        (f"{EN}, and “wir haben lange darauf gewartet” was all he said.", "wir haben lange darauf gewartet", "de"),
        ("Мэр сказала «we have waited for a long time» и ушла.", "we have waited for a long time", "en"),
    ],
)
def test_a_foreign_quotation_is_found(text: str, quotation: str, language: str) -> None:
    assert (quotation, language) in spans(text)


@pytest.mark.parametrize(
    "text",
    [
        f"{EN}, said María José Núñez y Peña.",
        "Компания Blue Harbor Shipping показала модель Sea Star Pro Max в Лондоне.",
        "Der Vorstand der Blue Harbor Shipping Company stellte das Modell Sea Star am Montag vor.",
        "أعلنت شركة Blue Harbor Shipping عن هاتف جديد في لندن.",
        "La alcaldesa dijo que el software del puerto es viejo.",
    ],
)
def test_names_and_loanwords_do_not_cut_a_line(text: str) -> None:
    assert 1 == len(spans(text))


def test_a_title_in_another_language_is_told_of_with_its_reason() -> None:
    text = "Die Hafenbehörde empfahl am Montag nach langer Beratung das Handbuch „Rules and Customs of the Northern Harbor Guild“ allen Kapitänen des Landes."
    [found] = languages_of_lines([text])
    [(foreign, reason)] = [(span.span.of(text), span.reason) for span in found.foreign]
    assert foreign in text
    assert "Northern Harbor Guild" in foreign
    assert "quoted-title" == reason
    assert ["de"] == [span.language for span in found.spans]


def test_candidates_are_a_preference_and_no_fence() -> None:
    [free], [told] = spans("casa"), spans("casa", "pt", "en")
    assert "pt" == told[1]
    assert free[0] == told[0]
    assert [("Паром на остров уходит в девять часов утра", "ru")] == spans(
        "Паром на остров уходит в девять часов утра", "en", "de"
    )


@pytest.mark.parametrize("text", ["", "12:30", "😀 😀", "\ue000", "\ud800", "\u200b"])
def test_a_line_without_words_has_no_spans(text: str) -> None:
    [found] = languages_of_lines([text])
    assert ("und", (), ()) == (found.page, found.spans, found.shares)


def test_shares_count_letters() -> None:
    [found] = languages_of_lines([f"{EN}. {RU}"])
    assert {"en", "ru"} == {share.language for share in found.shares}
    assert 1 == pytest.approx(sum(share.share for share in found.shares), abs=1e-4)


def _is_whole(text: str, found: Languages) -> None:
    end = 0
    for span in found.spans:
        assert end <= span.span.start < span.span.end <= len(text)
        assert 0 < span.confidence <= 1
        end = span.span.end
    assert all(before.language != after.language for before, after in zip(found.spans, found.spans[1:], strict=False))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=()), max_size=60), max_size=5))
def test_any_line_is_cut_in_order_and_for_itself(texts: list[str]) -> None:
    together = languages_of_lines(texts)
    assert [languages_of_lines([text])[0] for text in texts] == together
    for text, found in zip(texts, together, strict=True):
        _is_whole(text, found)


_FEW = st.sampled_from(
    ["the ferry", "новый паром", "der Hafen", '"', "«", "»", "(", ".", "渡轮", "новий", "العبارة", "A"]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(_FEW, max_size=30).map(" ".join))
def test_lines_of_many_languages_are_cut_in_order(text: str) -> None:
    [found] = languages_of_lines([text])
    _is_whole(text, found)


@pytest.mark.parametrize(
    "text",
    [
        "a" * 1_000_000,
        "aя" * 25_000,
        "я a " * 20_000,
        "a\u200d" * 100_000,
        '"я" ' * 50_000,
        "the der la " * 20_000,
        "中a" * 20_000,
    ],
    ids=lambda text: ascii(text[:4]),
)
def test_hostile_lines_take_linear_time(text: str) -> None:
    with no_hang():
        _is_whole(text, languages_of_lines([text])[0])


def test_the_same_bytes_from_every_process() -> None:
    program = (
        "from mtcheck.engines.language_id.lines import languages_of_lines\n"
        f"print(languages_of_lines({[f'{EN} {DE}', f'{EN} {RU}', 'radio', f'{UK} {RU}']!r}))"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": seed, "OMP_NUM_THREADS": threads},
            capture_output=True,
            check=True,
        ).stdout
        for seed, threads in (("1", "1"), ("2", "4"))
    }
    assert 1 == len(outputs)


def test_words_know_what_stands_before_them() -> None:
    words = words_of("Er sagte: «the О'Нил ferry» l'île कि नाव")
    assert ["er", "sagte", "the", "о'нил", "ferry", "l'île", "कि", "नाव"] == [word.text for word in words]
    assert [False, False, True, False, False, True, False, False] == [word.at_mark for word in words]
    assert [True, False, False, True, False, False, False, False] == [word.capital for word in words]


@pytest.mark.parametrize(
    ("text", "name"),
    [("Bank of Varen", True), ("Newport on the Levee", True), ("the Bank", False), ("We have waited long", False)],
)
def test_capitals_around_small_words_make_a_name(text: str, name: bool) -> None:
    assert name == is_like_a_name(words_of(text))
