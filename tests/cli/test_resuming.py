"""A scan that was interrupted or killed is taken up where it stopped."""

from __future__ import annotations

import json
import signal
import time
from pathlib import Path

import pytest

from mtcheck.scan.windows import DOCUMENTS_A_WINDOW
from tests.cli.commands import own_process

ROOT = Path(__file__).parents[2]
RECORDS = [
    json.dumps(
        {"id": number, "text": f"The council of Varen met again. It spoke about the the harbor for {number} days."}
    )
    for number in range(5 * DOCUMENTS_A_WINDOW)
]
ARGUMENTS = ("scan", "-", "--input-format", "jsonl", "--no-translate", "--output", "json", "--fail-on", "never")


def results(cache: Path) -> dict[str, tuple[int, int]]:
    """Return the kept results, each with what would change if it were written again."""
    files = [file for file in cache.rglob("*") if file.is_file() and "results" in str(file) and file.suffix != ".tmp"]
    return {file.name: (file.stat().st_ino, file.stat().st_mtime_ns) for file in files}


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_finished_documents_are_not_done_again(tmp_path: Path, how: signal.Signals) -> None:
    cache = tmp_path / "cache"
    variables = {"MTCHECK_CACHE": str(cache), "PYTHONPATH": str(ROOT)}
    first = own_process(*ARGUMENTS, "--reuse", environment=variables)
    assert first.stdin is not None
    # It waits for more when it is stopped: three windows are done, the fourth has begun.
    first.stdin.write("\n".join(RECORDS[: 3 * DOCUMENTS_A_WINDOW + 5]) + "\n")
    first.stdin.flush()
    deadline = time.monotonic() + 120
    while len(results(cache)) < 3 and first.poll() is None and time.monotonic() < deadline:
        time.sleep(0.01)
    first.send_signal(how)
    first.communicate(timeout=120)
    assert first.returncode == (-signal.SIGKILL if how is signal.SIGKILL else 130)
    before = results(cache)
    assert len(before) == 3

    feed = "\n".join(RECORDS) + "\n"
    second = own_process(*ARGUMENTS, "--reuse", environment=variables)
    resumed, _ = second.communicate(feed, timeout=120)
    after = results(cache)
    assert (second.returncode, len(after)) == (0, 5)
    assert {name: after[name] for name in before} == before, "what was finished was done again"
    if how is signal.SIGKILL:
        whole, _ = own_process(*ARGUMENTS, environment=variables).communicate(feed, timeout=120)
        assert resumed == whole
        assert len(json.loads(whole)["findings"]) == len(RECORDS)
