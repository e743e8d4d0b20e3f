"""The quotation checks on the developers' sample pages: what must be found there, and nothing else."""

from __future__ import annotations

import pytest

from mtcheck.checks import all_checks
from mtcheck.testing import document_from_text, facts_of, run_check
from tests.shared import SHARED, needs_shared

CODES = ("QUO001", "QUO002", "QUO003", "QUO004", "QUO005")

EXPECTED = {
    "sana-lavrov.txt": [("QUO001", "ignored.”"), ("QUO005", 'to"'), ("QUO005", 'Europe." .')],
    "efe-russia-us.txt": [
        ("QUO001", "“Russia"),
        ("QUO001", "“we"),
        ("QUO002", "unacceptable. “"),
        ("QUO002", 'Michael"'),
        ("QUO004", "says Moscow"),
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


@needs_shared
def test_the_garbled_quotation_is_found_on_its_own_page() -> None:
    document = document_from_text((SHARED / "pages" / "sana-lavrov.txt").read_text(encoding="utf-8"))
    facts = facts_of(document)
    codes = ("QUO001", "QUO006")
    found = {check.code: run_check(check, document, facts) for check in all_checks() if check.code in codes}
    (garbled,) = found["QUO006"]
    (unpaired,) = found["QUO001"]
    assert garbled.span.of(document.text).startswith("Topics the United States")
    assert garbled.span.end <= unpaired.span.end
    assert "must have begun after “noting that”" in unpaired.message
    assert ["there", "Topics"] == [related.span.of(document.text) for related in unpaired.related]
    assert "must have begun after “noting that”" in garbled.message
