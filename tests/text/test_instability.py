from __future__ import annotations

import pytest

from mtcheck.text.instability import instability


def bits(sentence: str, *renderings: str) -> dict[str, float]:
    return {each.word.key: round(each.bits, 3) for each in instability(sentence, renderings)}


@pytest.mark.parametrize(
    ("renderings", "expected"),
    [
        (("the old port",) * 4, {"the": 0.0, "old": 0.0, "port": 0.0}),
        (("the ancient port",) * 4, {"the": 0.0, "old": 0.0, "port": 0.0}),
        (("the old port", "the ancient port"), {"the": 0.0, "old": 1.0, "port": 0.0}),
        (("the a port", "the b port", "the c port", "the port"), {"the": 0.0, "old": 2.0, "port": 0.0}),
        ((), {}),
    ],
)
def test_words_on_which_the_renderings_part(renderings: tuple[str, ...], expected: dict[str, float]) -> None:
    assert expected == bits("the old port", *renderings)


def test_the_share_that_keeps_a_word() -> None:
    found = instability("عادت العبارة", ["عادت السفينة", "عادت العبارة"])
    assert [1.0, 0.5] == [each.kept for each in found]
