"""Settings: precedence, unknown keys, values that do not fit."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from mtcheck.config import load_settings, options_of, severity_of
from mtcheck.core.errors import ConfigurationError
from mtcheck.core.findings import Severity
from tests.scan.checks_for_tests import check


@pytest.fixture(autouse=True)
def _no_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    for name in [name for name in os.environ if name.startswith("MTCHECK_")]:
        monkeypatch.delenv(name)


def test_flags_beat_variables_beat_the_file_beats_defaults(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mtcheck.toml").write_text(
        'select = ["QUO"]\nfail_on = "minor"\nlanguage = "EN"\n[translation]\nbeams = 4\ntimeout = 5\n'
    )
    monkeypatch.setenv("MTCHECK_FAIL_ON", "critical")
    monkeypatch.setenv("MTCHECK_TRANSLATION__TIMEOUT", "7")
    loaded = load_settings({"translation": {"enabled": False}}, tmp_path)
    settings = loaded.settings
    assert tmp_path / "mtcheck.toml" == loaded.file
    assert (("QUO",), "critical", "en", 1) == (settings.select, settings.fail_on, settings.language, settings.jobs)
    translation = settings.translation
    assert (False, 4, 7.0) == (translation.enabled, translation.beams, translation.timeout)
    assert "major" == load_settings({"fail_on": "major"}, tmp_path).settings.fail_on


def test_lists_in_variables_are_cut_at_commas(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MTCHECK_SELECT", "QUO, LID001")
    assert ("QUO", "LID001") == load_settings({}, tmp_path).settings.select


def test_the_nearest_file_upwards_counts(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (tmp_path / "pyproject.toml").write_text('[tool.mtcheck]\nfail_on = "minor"\n')
    (tmp_path / "a" / "pyproject.toml").write_text("[tool.other]\nkey = 1\n")
    loaded = load_settings({}, inner)
    assert (tmp_path / "pyproject.toml", "minor") == (loaded.file, loaded.settings.fail_on)


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ("selct = []", "unknown key 'selct'; did you mean 'select'"),
        ("[translation]\nmodle = 'x'", r"\[translation\]: unknown key 'modle'; did you mean 'model'"),
        ("jobs = 'many'", "jobs: "),
        ("fail_on = 'sometimes'", "fail_on: "),
        ("language = 'English!'", "language: "),
        ("select = [", "mtcheck.toml: "),
    ],
)
def test_a_bad_file_is_refused_with_its_key(tmp_path: Path, toml: str, message: str) -> None:
    (tmp_path / "mtcheck.toml").write_text(toml)
    with pytest.raises(ConfigurationError, match=message):
        load_settings({}, tmp_path)


def test_a_file_that_is_no_utf8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mtcheck.toml").write_bytes(b"language = '\xff'")
    with pytest.raises(ConfigurationError, match=r"mtcheck\.toml"):
        load_settings({}, tmp_path)


@pytest.mark.parametrize("name", ["LANGUAGE_MODEL", "TRANSLATION"])
def test_a_variable_that_should_be_a_table_is_a_clear_error(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"MTCHECK_{name}", "models/mine")
    with pytest.raises(ConfigurationError, match=name.lower()):
        load_settings({}, tmp_path)


def test_an_unknown_variable_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="unknown variable MTCHECK_SELEKT; did you mean 'MTCHECK_SELECT'"):
        load_settings({}, tmp_path, {"MTCHECK_SELEKT": "x", "OTHER": "y"})


@dataclass(frozen=True, slots=True)
class Options:
    words: frozenset[str] = frozenset({"a"})
    most: int = 3


def test_options_of_checks() -> None:
    from dataclasses import replace

    checks = (replace(check("AAA001"), options=Options),)
    built = options_of(checks, {"AAA001": {"words": ["b", "c"]}})
    assert {"AAA001": Options(frozenset({"b", "c"}), 3)} == built
    for tables, message in (
        ({"AAA002": {}}, "checks.AAA002: no check has this code; did you mean 'AAA001'"),
        ({"AAA001": {"word": []}}, "checks.AAA001.word: unknown key; did you mean 'words'"),
        ({"AAA001": {"most": "x"}}, "checks.AAA001: "),
    ):
        with pytest.raises(ConfigurationError, match=message):
            options_of(checks, tables)


@pytest.mark.parametrize(("value", "expected"), [("never", None), ("minor", Severity.MINOR)])
def test_fail_on(value: str, expected: Severity | None) -> None:
    assert expected == severity_of(value)  # type: ignore[arg-type]
