"""A grouping of very many records sees only those that can meet, and says the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from mtcheck.core.across import Gathering, Meeting, PlacedSpan
from mtcheck.core.offsets import Place
from mtcheck.core.spans import Span
from mtcheck.scan.meeting import records_to_group, that_meet
from mtcheck.text.names_across import NAMES_ON_PAGES, NameOnPage

WORDS = ("andrey", "andrei", "juri", "yuri", "marlow", "marlov", "vidal", "haddad", "haddar")


def name(number: int, words: tuple[str, str], language: str) -> NameOnPage:
    text = " ".join(words)
    span = Span(0, len(text))
    at = PlacedSpan(f"{number:03}.txt", span, Place(1, 1, 1, len(text) + 1, 0, len(text)), span, text, "")
    return NameOnPage(words, language, 1, at, frozenset(range(8)))


@given(
    st.lists(
        st.tuples(st.tuples(st.sampled_from(WORDS), st.sampled_from(WORDS)), st.sampled_from(["en", "de"])), max_size=40
    )
)
def test_names_that_meet_no_other_make_no_difference(chosen: list[tuple[tuple[str, str], str]]) -> None:
    records = [name(number, words, language) for number, (words, language) in enumerate(chosen)]
    few = records_to_group(NAMES_ON_PAGES, records, few=0)
    assert NAMES_ON_PAGES.group(records) == NAMES_ON_PAGES.group(few)


def test_only_records_with_a_key_of_another_identity_meet() -> None:
    records = [("a", (1, 2)), ("b", (2, 3)), ("c", (4,)), ("c", (4,)), ("d", ()), ("e", (5,)), ("a", (1, 2))]
    meeting: Meeting[Any] = Meeting(lambda record: record[0], lambda record: record[1])
    assert [True, True, False, False, False, False, True] == list(that_meet(meeting, records))
    assert [] == list(that_meet(meeting, []))


def test_few_records_and_those_without_a_meeting_are_all_seen() -> None:
    def group(records: Sequence[int]) -> Sequence[int]:
        return records

    def nothing(*_: object) -> Iterable[int]:
        return ()

    plain = Gathering("numbers", (), int, nothing, group)
    meeting = partial(Gathering, "numbers", (), int, nothing, group)
    apart = meeting(Meeting(lambda number: number, lambda number: (number,)))
    assert [1, 2] == records_to_group(plain, [1, 2], few=0)
    assert [1, 2] == records_to_group(apart, [1, 2], few=2)
    assert [] == records_to_group(apart, [1, 2], few=1)
