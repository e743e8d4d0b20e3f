"""The quotation checks on the developers' sample pages: what must be found there, and nothing else."""

from __future__ import annotations

import pytest

from mtcheck.checks import all_checks
from mtcheck.testing import document_from_text, facts_of, run_check
from tests.shared import SHARED, needs_shared

CODES = ("QUO001", "QUO002", "QUO005")

EXPECTED = {
    "sana-lavrov.txt": [("QUO001", "ignored.”"), ("QUO005", 'to"'), ("QUO005", 'Europe." .')],
    "efe-russia-us.txt": [
        ("QUO001", "“Russia"),
        ("QUO001", "“we"),
        ("QUO002", "unacceptable. “"),
        ("QUO002", 'Michael"'),
    ],
    "iz-blinken.txt": [],
    "sputnik.txt": [],
    "vpk-ria.txt": [],
}


@needs_shared
@pytest.mark.parametrize("name", EXPECTED)
def test_sample_pages(name: str) -> None:
    document = document_from_text((SHARED / "pages" / name).read_text(encoding="utf-8"))
    facts = facts_of(document)
    found = [
        (check.code, hit.span.of(document.text))
        for check in all_checks()
        if check.code in CODES
        for hit in run_check(check, document, facts)
    ]
    assert EXPECTED[name] == found
