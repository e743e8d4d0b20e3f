from __future__ import annotations

import pytest

from mtcheck.engines.language_model.windows import windows_of

BEGIN = -1


@pytest.mark.parametrize("longest", [2, 3, 4, 7, 8, 50])
@pytest.mark.parametrize("count", [0, 1, 2, 3, 7, 8, 9, 20, 51, 100])
def test_every_token_is_asked_once_after_what_stands_before_it(count: int, longest: int) -> None:
    numbers = list(range(count))
    windows = list(windows_of(numbers, BEGIN, longest))
    assert numbers == [number for window in windows for number in window.asked]
    for window in windows:
        assert BEGIN == window.read[0]
        assert len(window.asked) <= len(window.read) <= longest
        # What is read is running text that ends right before the last token asked for.
        assert list(window.read[1:]) == list(range(window.asked[-1] - len(window.read) + 1, window.asked[-1]))


def test_later_windows_have_half_a_window_of_context() -> None:
    windows = list(windows_of(list(range(100)), BEGIN, 20))
    for window in windows[1:]:
        assert len(window.read) - len(window.asked) >= 9


def test_a_window_of_one_token_is_refused() -> None:
    with pytest.raises(ValueError, match="no window"):
        list(windows_of([1], BEGIN, 1))
