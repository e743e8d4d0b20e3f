from __future__ import annotations

from pathlib import Path

import pytest

from mtcheck.config import load_settings
from mtcheck.core.errors import InputError
from mtcheck.measuring.guard import Judged, areas, fitted, judged, mean_chrf, table

# Twenty translations: the less sure, the worse; the guard leaves the two worst out.
TRANSLATIONS = [
    Judged(-0.1 * number, None, 1.0, "low-confidence" if number >= 18 else "", 60.0 - 2.0 * number)
    for number in range(20)
]


def test_each_sign_is_weighed_and_the_guard_as_a_whole() -> None:
    rows = {row.label: row for row in table(TRANSLATIONS)}
    assert not any("coverage" in label for label in rows)
    guard = rows["guard: all"]
    assert (2, 2) == (guard.left_out.hits, guard.left_out.trials)
    assert (2, 18) == (guard.rest.hits, guard.rest.trials)
    assert guard.left_out == rows["guard: low-confidence"].left_out
    worst = rows["log-probability under -1.70"]
    assert (2, 2) == (worst.left_out.hits, worst.left_out.trials)
    assert 41.0 == mean_chrf(TRANSLATIONS)


def test_signs_are_fitted_together() -> None:
    translations = [
        Judged(-0.1 * (number % 10) - 0.5 * (number % 2), 1.0, 1.0, "", 50.0 - 30.0 * (number % 2))
        for number in range(40)
    ]
    doubt = fitted(translations)
    assert doubt.score < 0
    assert doubt.probability(-1.4, 1.0, 1.0) > 0.5 > doubt.probability(-0.1, 1.0, 1.0)
    # Half of them are poor: more than a tenth is left out then.
    assert 0.5 == doubt.threshold
    few = fitted([Judged(-0.1 * number, 1.0, 1.0, "", 60.0 - 2.0 * number) for number in range(20)])
    assert few.threshold < 0.5
    found = dict(areas(translations, doubt))
    assert found["weighed together"] > 0.9
    assert "text given it" not in found
    rows = [row.label for row in table(translations, doubt)]
    assert any(label.startswith("weighed together") for label in rows)


def test_files_are_translated_and_compared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MTCHECK_CACHE", str(tmp_path))
    (tmp_path / "copy.py").write_text("import sys\nsys.stdout.write(sys.stdin.read().upper())\n", encoding="utf-8")
    (tmp_path / "source").write_text("old port\n\nnew town\n", encoding="utf-8")
    (tmp_path / "reference").write_text("OLD PORT\n\nsomething else\n", encoding="utf-8")
    settings = load_settings(
        {"translation": {"command": {"en-es": f"python3 {tmp_path / 'copy.py'}"}}}, tmp_path
    ).settings
    good, poor = judged(tmp_path / "source", tmp_path / "reference", settings, "en", "es")
    assert 100.0 == pytest.approx(good.chrf)
    assert poor.chrf < 30
    (tmp_path / "reference").write_text("one line\n", encoding="utf-8")
    with pytest.raises(InputError, match="1 lines for the 3"):
        judged(tmp_path / "source", tmp_path / "reference", settings, "en", "es")
