"""`mtcheck checks`, `explain`, `config show`, `doctor`."""

from __future__ import annotations

import json

import pytest

from mtcheck.checks import all_checks
from mtcheck.reporters.visible import UNSAFE
from tests.cli.commands import Mtcheck


def test_checks_lists_the_catalogue(mtcheck: Mtcheck) -> None:
    done = mtcheck("checks", "--json")
    assert [check.code for check in all_checks()] == [entry["code"] for entry in json.loads(done.out)]
    assert "REP001" in mtcheck("checks").out
    assert ["REP001"] == [entry["code"] for entry in json.loads(mtcheck("checks", "--json", "--select", "REP001").out)]


@pytest.mark.parametrize("code", [check.code for check in all_checks()])
def test_explain_shows_the_whole_documentation(mtcheck: Mtcheck, code: str) -> None:
    done = mtcheck("explain", code)
    assert 0 == done.code
    for heading in ("What it finds", "Why it matters", "When it is wrong", "Examples: found", "Examples: not found"):
        assert heading in done.out
    assert not any(UNSAFE.search(line) for line in done.out.split("\n"))


def test_explain_takes_a_name_and_refuses_what_is_not_one_check(mtcheck: Mtcheck) -> None:
    assert mtcheck("explain", "repeated-word").out == mtcheck("explain", "REP001").out
    assert (2, True) == (lambda done: (done.code, "fits several" in done.err))(mtcheck("explain", "REP"))
    assert (2, True) == (lambda done: (done.code, "did you mean" in done.err))(mtcheck("explain", "REP01"))


def test_config_show_prints_the_settings_in_force(mtcheck: Mtcheck, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MTCHECK_FAIL_ON", "minor")
    done = mtcheck("config", "show")
    assert "minor" == json.loads(done.out)["fail_on"]
    assert "configuration file: none" in done.err


def test_doctor_says_what_cannot_run(mtcheck: Mtcheck) -> None:
    done = mtcheck("doctor")
    assert 0 == done.code
    assert "cannot run: ACC001" in done.out
