"""What documents are called: one name for one file, whoever scans it from wherever."""

from __future__ import annotations

from pathlib import Path

import pytest

from mtcheck.core.facts import Facts
from mtcheck.scan.findings import FindingMaker
from mtcheck.scan.identity import path_from_here, stable_id, stable_path
from mtcheck.testing import document_from_text
from tests.scan.checks_for_tests import check, find_bad


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    (folder / "articles" / "2026").mkdir(parents=True)
    return folder


def fingerprint(path: str) -> str:
    document = document_from_text("A bad day.", path=path)
    (finding,) = FindingMaker(document, ()).findings(check("AAA001"), find_bad(document, Facts({}), None))
    return finding.fingerprint


@pytest.mark.parametrize(
    "named", ["articles/a.txt", "./articles/a.txt", "articles//2026/../a.txt", "{site}/articles/a.txt"]
)
def test_a_file_has_one_name(site: Path, monkeypatch: pytest.MonkeyPatch, named: str) -> None:
    monkeypatch.chdir(site)
    path = named.format(site=site)
    assert stable_path(path) == "articles/a.txt"
    assert stable_id(f"{path}#record 7", path) == "articles/a.txt#record 7"
    assert fingerprint(path) == fingerprint("articles/a.txt")


def test_two_machines_agree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fingerprints = set()
    for machine in ("builds/7", "home/anna"):
        folder = tmp_path / machine / "site"
        (folder / ".git").mkdir(parents=True)
        (folder / "articles").mkdir()
        for here, named in (
            (folder, "articles/a.txt"),
            (folder, f"{folder}/articles/a.txt"),
            (folder / "articles", "a.txt"),
        ):
            monkeypatch.chdir(here)
            fingerprints.add(fingerprint(named))
    assert len(fingerprints) == 1
    assert fingerprint("b.txt") not in fingerprints


def test_names_count_from_the_root_of_the_repository(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (site / ".git").write_text("gitdir: elsewhere", encoding="utf-8")
    monkeypatch.chdir(site / "articles" / "2026")
    assert [stable_path(path) for path in ("a.txt", "../b.txt", "../../c.txt", "-")] == [
        "articles/2026/a.txt",
        "articles/b.txt",
        "c.txt",
        "-",
    ]
    assert [path_from_here(path) for path in ("articles/2026/a.txt", "c.txt", "-")] == ["a.txt", "../../c.txt", "-"]
    outside = str(site.parent / "elsewhere" / "a.txt")
    assert stable_path(outside) == outside


def test_a_link_on_the_way_makes_no_difference(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "link").symlink_to(site, target_is_directory=True)
    monkeypatch.chdir(tmp_path / "link")
    assert stable_path(f"{tmp_path}/link/articles/a.txt") == "articles/a.txt"
    assert stable_path(f"{site}/articles/a.txt") == "articles/a.txt"
    monkeypatch.chdir(site)
    assert stable_path(f"{tmp_path}/link/articles/a.txt") == "articles/a.txt"


def test_a_path_that_only_begins_alike_is_outside(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(site)
    assert stable_path(f"{site}-old/a.txt") == f"{site}-old/a.txt"
