"""Words in the place of a name."""

from __future__ import annotations

import pytest

from mtcheck.core.spans import Span
from mtcheck.text.name_meanings import literal_names
from tests.hang import no_hang


def names(text: str) -> list[tuple[str, str]]:
    found = literal_names(text, Span(0, len(text)))
    return [(literal.span.of(text), literal.meanings[0].name) for literal in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("DAMASCUS, (Healthy) - The port is open.", ("Healthy", "Sana")),
        ("Damascus-Healthy - The port is open.", ("Healthy", "Sana")),
        ("The mayor told Healthy that the port is open.", ("Healthy", "Sana")),
        ("The port is open, Komsomol Truth reported that boats came.", ("Komsomol Truth", "Komsomolskaya Pravda")),
        ("A correspondent of New China saw it.", ("New China", "Xinhua")),
        ("The “Truth” newspaper wrote about it.", ("Truth", "Pravda")),
        ("The Enthusiasm movement denied it.", ("Enthusiasm", "Hamas")),
        ("The convoy left the city of Chickpeas.", ("Chickpeas", "Homs")),
        ("Fighting goes on in Crooked Horn oblast.", ("Crooked Horn", "Kryvyi Rih")),
        ("The suburbs of Crooked Horn were hit.", ("Crooked Horn", "Kryvyi Rih")),
        ("President Lion spoke first.", ("Lion", "Assad")),
        ("Love Varenskaya spoke first.", ("Love", "Lyubov")),
        ("Healthy food is dear in Milton.", None),
        ("The Island was told to him as a fairy tale.", None),
        ("He told Truth Nation so.", None),
        ("New China was founded in 1949.", None),
        ("Love Island is on again.", None),
        ("He reads the Sunday Truth newspaper.", None),
    ],
)
def test_a_word_counts_where_only_a_name_can_stand(text: str, expected: tuple[str, str] | None) -> None:
    assert ([expected] if expected else []) == names(text)


def test_one_long_line_is_linear() -> None:
    with no_hang():
        names("told The Healthy Lion city of " * 30_000)
