"""Dates in words and digits, in seven languages."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtcheck.text.dates import LANGUAGES_OF_DATES, DateMention, dates_in
from tests.hang import no_hang

WHOLE = [
    ("en", "on Tuesday, May 14, 2024, they met", "Tuesday, May 14, 2024"),
    ("en", "the 14th of May 2024", "14th of May 2024"),
    ("en", "on 2024-05-14", "2024-05-14"),
    ("de", "am Dienstag, dem 14. Mai 2024", "Dienstag, dem 14. Mai 2024"),
    ("de", "am 14.05.2024", "14.05.2024"),
    ("es", "el martes 14 de mayo de 2024", "martes 14 de mayo de 2024"),
    ("fr", "le mardi 14 mai 2024", "mardi 14 mai 2024"),
    ("ru", "во вторник, 14 мая 2024 года", "вторник, 14 мая 2024"),
    ("uk", "у вівторок, 14 травня 2024 року", "вівторок, 14 травня 2024"),
    ("ar", "يوم الثلاثاء 14 أيار 2024", "الثلاثاء 14 أيار 2024"),
    ("ar", "١٤ مايو ٢٠٢٤", "١٤ مايو ٢٠٢٤"),
]


@pytest.mark.parametrize(("language", "text", "written"), WHOLE)
def test_whole_dates(language: str, text: str, written: str) -> None:
    (mention,) = dates_in(text, language)
    assert written == mention.span.of(text)
    assert (2024, 5, 14) == (mention.year, mention.month, mention.day)
    assert 1 == mention.weekday_of_date()
    assert mention.weekday in {None, 1}


def parts(mention: DateMention) -> tuple[int | None, int | None, int | None]:
    return mention.year, mention.month, mention.day


def test_parts_of_dates() -> None:
    assert [(None, 6, 5), (2023, 6, None)] == [parts(m) for m in dates_in("on 5 June, then in June 2023", "en")]
    assert (None, 1, 5) == parts(dates_in("5 كانون الثاني", "ar")[0])


def test_day_and_month_in_digits_are_left_open_where_they_are_ambiguous() -> None:
    assert [(2024, None, None)] == [parts(m) for m in dates_in("05/06/2024", "en")]
    assert [(2023, 12, 31)] == [parts(m) for m in dates_in("31/12/2023", "en")]


@pytest.mark.parametrize("text", ["it may 5 times", "in 2024", "on Monday", "1.2.3", "version 1.10.2"])
def test_no_dates(text: str) -> None:
    assert () == dates_in(text, "en")


def test_days_that_no_month_has() -> None:
    assert not dates_in("31 April", "en")[0].exists()
    assert dates_in("29 February", "en")[0].exists()
    assert not dates_in("29 February 2023", "en")[0].exists()


@given(
    st.text(alphabet="0123456789./- ,mayJunmondthfبريلмая\ud800", max_size=50),
    st.sampled_from(sorted(LANGUAGES_OF_DATES)),
)
@settings(max_examples=150, deadline=None)
def test_places_are_in_order_and_never_overlap(text: str, language: str) -> None:
    end = 0
    for mention in dates_in(text, language):
        assert end <= mention.span.start < mention.span.end <= len(text)
        end = mention.span.end


@pytest.mark.parametrize("piece", ["1.", "1/1/1", "5 May ", "May ", "12 "])
def test_hostile_text_takes_linear_time(piece: str) -> None:
    with no_hang():
        dates_in(piece * (50_000 // len(piece)), "en")
