"""Measure false alarms: findings per 1,000 words on text that people wrote.

    python -m tests.quality.false_alarms [--data ../shared/eval] [--translate [apertium]] [--sample N] [--list CODE ...]

Two sets: ``clean_pages`` (106 real HTML pages, ten languages) and PolNeAR (American news articles, plain text). The
default checks run; every finding counts as a false alarm, also those that are true faults of the writers, so that the
figure is an upper bound. ``--translate`` adds round trips by the embedded model (or through Apertium), which take a second a
page: ``--sample 100`` takes every n-th document, so that there are 100 or fewer of a set. ``--list`` prints the findings of checks (or ``ALL``) to look at.
"""

from __future__ import annotations

import argparse
import gzip
import json
import tarfile
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from mtcheck.app import find_inputs, scan
from mtcheck.config import load_settings
from mtcheck.core.documents import BlockRole
from mtcheck.core.report import DocumentReport, ScanReport
from mtcheck.scan.scores import count_words
from tests.shared import SHARED

Item = TypeVar("Item")
APERTIUM = {"en-es": "apertium eng-spa", "es-en": "apertium spa-eng"}


@contextmanager
def clean_sets(data: Path, sample: int | None = None) -> Iterator[dict[str, str]]:
    """Give the paths of the sets by name, unpacked into a temporary folder; of each, at most ``sample`` documents."""
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(data / "clean_pages.tar.gz") as archive:
            archive.extractall(folder, filter="data")
        pages = Path(folder) / "clean_pages"
        (pages / "index.tsv").unlink()
        files = sorted(file for file in pages.rglob("*") if file.is_file())
        kept = set(_some(files, sample))
        for file in files:
            if file not in kept:
                file.unlink()
        feed = Path(folder) / "polnear.jsonl"
        with gzip.open(data / "quotations" / "polnear.jsonl.gz", "rt", encoding="utf-8") as lines:
            records = [json.loads(line) for line in lines]
        feed.write_text(
            "".join(
                json.dumps({"id": record["id"], "text": record["text"]}) + "\n" for record in _some(records, sample)
            ),
            encoding="utf-8",
        )
        yield {"clean_pages": str(pages), "PolNeAR": str(feed)}


def _some(items: list[Item], sample: int | None) -> list[Item]:
    """Return every n-th item, so that there are at most ``sample``."""
    return items if sample is None else items[:: -(-len(items) // sample)]


def measure(path: str, *, translate: str | None = None) -> ScanReport:
    """Scan one set with the default checks; ``translate`` is ``embedded`` or ``apertium``, or ``None`` for no round trips."""
    translation = {"command": APERTIUM} if translate == "apertium" else {"enabled": translate is not None}
    settings = load_settings({"translation": translation}, Path(tempfile.gettempdir())).settings
    return scan(find_inputs([path]), settings)


def main_words(report: ScanReport) -> int:
    """Return the words of the main text, furniture left out."""
    return sum(
        count_words(block.span.of(document.text))
        for document in report.documents
        for block in document.blocks
        if block.role is BlockRole.MAIN
    )


def table(name: str, report: ScanReport) -> str:
    """Return a table of findings by check, with rates per 1,000 words of main text."""
    words = main_words(report)
    by_document: dict[str, DocumentReport] = {document.id: document for document in report.documents}
    in_main: Counter[str] = Counter()
    for finding in report.findings:
        blocks = by_document[finding.document].blocks
        if any(block.role is BlockRole.MAIN and block.span.overlaps(finding.span) for block in blocks):
            in_main[finding.code] += 1
    counts = Counter(finding.code for finding in report.findings)
    rows = [f"{name}: {len(report.documents)} documents, {words} words of main text, {len(report.problems)} problems"]
    rows.append(f"{'check':<10}{'findings':>9}{'in main text':>14}{'per 1,000 words':>17}")
    for code in sorted(counts):
        rows.append(f"{code:<10}{counts[code]:>9}{in_main[code]:>14}{1000 * counts[code] / words:>17.3f}")
    total = len(report.findings)
    rows.append(f"{'all':<10}{total:>9}{sum(in_main.values()):>14}{1000 * total / words:>17.3f}")
    return "\n".join(rows)


def listing(report: ScanReport, codes: set[str]) -> Iterator[str]:
    """Yield each finding of the codes with some text around it."""
    texts = {document.id: document.text for document in report.documents}
    for finding in report.findings:
        if "ALL" in codes or finding.code in codes:
            text, span = texts[finding.document], finding.span
            before = text[max(0, span.start - 60) : span.start].replace("\n", "⏎")
            after = text[span.end : span.end + 60].replace("\n", "⏎")
            marked = span.of(text).replace("\n", "⏎")
            yield f"{finding.code} {finding.severity} {finding.document} {before}⟦{marked}⟧{after}  | {finding.message}"


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=SHARED / "eval")
    parser.add_argument(
        "--translate", nargs="?", const="embedded", choices=("embedded", "apertium"), help="with round trips"
    )
    parser.add_argument("--sample", type=int, metavar="N", help="at most N documents of each set")
    parser.add_argument("--set", choices=("clean_pages", "PolNeAR"), help="this set only")
    parser.add_argument("--list", nargs="*", default=[], metavar="CODE")
    arguments = parser.parse_args()
    with clean_sets(arguments.data, arguments.sample) as sets:
        for name, path in sets.items():
            if arguments.set not in {None, name}:
                continue
            report = measure(path, translate=arguments.translate)
            print(table(name, report))
            for line in listing(report, set(arguments.list)):
                print(line)
            print()


if __name__ == "__main__":
    main()
