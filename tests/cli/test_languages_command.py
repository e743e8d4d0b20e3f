"""``mtcheck languages`` from the outside."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.commands import Mtcheck, own_process

ENGLISH = "The harbor council of Varen approved the new ferry line on Tuesday after two years of talks."
RUSSIAN = "Первые рейсы начнутся в мае, сообщил глава порта на встрече с жителями острова."
PAGE = f"""<html lang="de"><body><article><h1>New ferry line for the island of Varen</h1>
<p>{ENGLISH} Tickets will cost less than the bus, the mayor said to the residents of the town.</p>
<p>{RUSSIAN}</p>
<p>Residents of the island had asked for the line for a long time, she told reporters in the town hall.</p>
</article></body></html>"""


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.html"
    path.write_text(PAGE, encoding="utf-8")
    return path


def objects(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


def test_people_get_shares_and_what_differs_with_its_place(mtcheck: Mtcheck, page: Path) -> None:
    done = mtcheck("languages", "page.html")
    assert 0 == done.code
    assert "" == done.err
    first, *others = done.out.splitlines()
    assert first.startswith("page.html: English ")
    assert "Russian" in first
    assert first.endswith("(declared: de)")
    [line] = others
    assert line.startswith("  3:4-3:")
    assert "Russian" in line
    assert "whole paragraph" in line
    assert "Первые рейсы" in line


def test_json_is_one_object_a_document(mtcheck: Mtcheck, page: Path) -> None:
    (page.parent / "ru.txt").write_text(RUSSIAN + "\n", encoding="utf-8")
    done = mtcheck("languages", "page.html", "ru.txt", "--json")
    assert 0 == done.code
    mixed, russian = objects(done.out)
    assert ["id", "languages", "spans"] == list(mixed)
    assert "page.html" == mixed["id"]
    assert ["en", "ru"] == [part["language"] for part in mixed["languages"]]
    assert 1.0 == pytest.approx(sum(part["share"] for part in mixed["languages"]), abs=1e-4)
    assert ["ru"] == [part["language"] for part in russian["languages"]]
    assert ["en", "ru", "en"] == [span["language"] for span in mixed["spans"] if span["end"] - span["start"] > 60]
    for entry in (mixed, russian):
        for span in entry["spans"]:
            assert ["start", "end", "language", "confidence", "reason"] == list(span)
            assert 0 <= span["start"] < span["end"]
            assert 0 < span["confidence"] <= 1


def test_every_line_is_a_text_of_its_own(mtcheck: Mtcheck, tmp_path: Path) -> None:
    lines = [ENGLISH, "", RUSSIAN, "12345", "El consejo del puerto aprobó la nueva línea.\u2028Sí."]
    (tmp_path / "lines.txt").write_bytes("\r\n".join(lines).encode())
    done = mtcheck("languages", "lines.txt", "--lines", "--json")
    found = objects(done.out)
    assert [1, 2, 3, 4, 5] == [entry["id"] for entry in found]
    assert ["en", "und", "ru", "und", "es"] == [entry["languages"][0]["language"] for entry in found]


def test_lines_of_several_inputs_are_told_apart(mtcheck: Mtcheck, tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(f"{ENGLISH}\n{RUSSIAN}\n", encoding="utf-8")
    done = mtcheck("languages", "a.txt", "b.txt", "--lines", "--json")
    assert ["a.txt:1", "a.txt:2", "b.txt:1", "b.txt:2"] == [entry["id"] for entry in objects(done.out)]
    done = mtcheck("languages", "a.txt", "--lines")
    assert ["a.txt:1: English 100%", "a.txt:2: Russian 100%"] == done.out.splitlines()


def test_a_feed_has_one_object_a_record_and_with_lines_one_a_line(mtcheck: Mtcheck, tmp_path: Path) -> None:
    records = [{"id": "x", "text": ENGLISH}, {"id": "y", "text": RUSSIAN}]
    data = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records).encode()
    (tmp_path / "feed.jsonl.gz").write_bytes(gzip.compress(data))
    done = mtcheck("languages", "feed.jsonl.gz", "--json")
    assert ["feed.jsonl.gz#x", "feed.jsonl.gz#y"] == [entry["id"] for entry in objects(done.out)]
    done = mtcheck("languages", "feed.jsonl.gz", "--json", "--lines")
    assert [1, 2] == [entry["id"] for entry in objects(done.out)]


@pytest.mark.parametrize("lines", [(), ("--lines",)])
def test_what_cannot_be_read_is_named_and_the_rest_is_done(
    mtcheck: Mtcheck, tmp_path: Path, lines: tuple[str, ...]
) -> None:
    (tmp_path / "good.txt").write_text(ENGLISH, encoding="utf-8")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "broken.txt.gz").write_bytes(gzip.compress(ENGLISH.encode() * 99)[:40])
    done = mtcheck("languages", "nowhere.txt", "empty.txt", "broken.txt.gz", "good.txt", "--json", *lines)
    assert 2 == done.code
    assert all(name in done.err for name in ("nowhere.txt", "empty.txt", "broken.txt.gz"))
    assert ["en"] == [entry["languages"][0]["language"] for entry in objects(done.out)][-1:]


def test_candidates_decide_what_a_word_leaves_open(mtcheck: Mtcheck, tmp_path: Path) -> None:
    (tmp_path / "lines.txt").write_text("El presidente visita la casa\n", encoding="utf-8")
    done = mtcheck("languages", "lines.txt", "--lines", "--json", "--candidates", "es, pt-BR")
    assert ["es"] == [entry["languages"][0]["language"] for entry in objects(done.out)]


@pytest.mark.parametrize("lines", [(), ("--lines",)])
def test_the_settings_name_the_models(
    mtcheck: Mtcheck, page: Path, monkeypatch: pytest.MonkeyPatch, lines: tuple[str, ...]
) -> None:
    monkeypatch.setenv("MTCHECK_FASTTEXT_MODEL", str(page.parent / "none.bin"))
    done = mtcheck("languages", "page.html", *lines)
    assert 2 == done.code
    assert "none.bin" in done.err
    assert "Traceback" not in done.err


def test_the_expected_language_is_a_nudge_for_lines_too(
    mtcheck: Mtcheck, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "lines.txt").write_text("piano\n", encoding="utf-8")
    [free] = objects(mtcheck("languages", "lines.txt", "--lines", "--json").out)
    monkeypatch.setenv("MTCHECK_LANGUAGE", "it")
    [told] = objects(mtcheck("languages", "lines.txt", "--lines", "--json").out)
    assert free["spans"][0]["confidence"] != told["spans"][0]["confidence"] or free["languages"] != told["languages"]
    assert "it" == told["languages"][0]["language"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("page.html", "--candidates", "xx"),
        ("page.html", "--lines", "--candidates", "en,Klingon"),
        (),
        ("page.html", "--lined"),
    ],
)
def test_wrong_use(mtcheck: Mtcheck, page: Path, arguments: tuple[str, ...]) -> None:
    done = mtcheck("languages", *arguments)
    assert 2 == done.code
    assert "" == done.out


@pytest.mark.parametrize("lines", [(), ("--lines",)])
def test_standard_input_and_the_same_bytes_on_any_hash_seed(lines: tuple[str, ...]) -> None:
    text = f"{ENGLISH}\n\n{RUSSIAN}\n\nKommentar: {ENGLISH}\n"
    outputs = []
    for seed in ("0", "1"):
        process = own_process("languages", "-", "--json", *lines, environment={"PYTHONHASHSEED": seed})
        out, err = process.communicate(text)
        assert (0, "") == (process.returncode, err)
        outputs.append(out)
    assert outputs[0] == outputs[1]
    assert (5 if lines else 1) == len(outputs[0].splitlines())


def test_nothing_in_a_text_steers_the_terminal(mtcheck: Mtcheck, tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(
        f"{ENGLISH} {ENGLISH}\n\nПервые рейсы \x1b[31mначнутся\u202e в мае, сообщил глава порта.\n", encoding="utf-8"
    )
    done = mtcheck("languages", "page.txt")
    assert "Russian" in done.out
    assert "\x1b" not in done.out
    assert "\u202e" not in done.out


def test_help_names_the_limits(mtcheck: Mtcheck) -> None:
    done = mtcheck("languages", "--help")
    assert 0 == done.code
    assert all(word in done.out for word in ("--candidates", "--lines", "Ukrainian", "Arabizi"))
