"""Which selectors choose which checks."""

from __future__ import annotations

import pytest

from mtcheck.core.checks import Tier
from mtcheck.core.errors import UsageError
from mtcheck.scan.selection import select_checks
from tests.scan.checks_for_tests import check

CHECKS = [
    check("AAA001"),
    check("AAA002"),
    check("AAA003", tier=Tier.ON_REQUEST),
    check("AAA004", tier=Tier.PREVIEW),
    check("BBB001"),
]


@pytest.mark.parametrize(
    ("select", "ignore", "expected"),
    [
        ((), (), ["AAA001", "AAA002", "BBB001"]),
        ((), ("AAA",), ["BBB001"]),
        ((), ("AAA001",), ["AAA002", "BBB001"]),
        ((), ("ALL",), []),
        (("ALL",), (), ["AAA001", "AAA002", "AAA003", "BBB001"]),
        (("AAA",), (), ["AAA001", "AAA002", "AAA003"]),
        (("aaa",), (), ["AAA001", "AAA002", "AAA003"]),
        (("AAA004",), (), ["AAA004"]),
        (("AAA", "AAA004"), ("AAA00",), ["AAA004"]),
        (("AAA",), ("AAA002",), ["AAA001", "AAA003"]),
        (("AAA002",), ("AAA",), ["AAA002"]),
        (("AAA002",), ("AAA002",), []),
        (("ALL",), ("BBB",), ["AAA001", "AAA002", "AAA003"]),
        (("made-up-aae",), (), ["AAA004"]),
    ],
)
def test_selection(select: tuple[str, ...], ignore: tuple[str, ...], expected: list[str]) -> None:
    assert expected == [check.code for check in select_checks(CHECKS, select, ignore)]


@pytest.mark.parametrize(
    ("selector", "message"), [("AAB001", "did you mean"), ("nonsense", "mtcheck checks"), ("", "mtcheck checks")]
)
def test_unknown_selectors_are_refused(selector: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        select_checks(CHECKS, (selector,))
