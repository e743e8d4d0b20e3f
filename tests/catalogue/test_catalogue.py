"""The catalogue as a whole: a check without docs or examples breaks a test that nobody edited."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

import pytest

from mtcheck.checks import all_checks
from mtcheck.core.checks import Check, Example
from mtcheck.testing import run_example_pages
from tests.catalogue.readme_table import README, with_table

CHECKS = all_checks()
EXAMPLES = [
    pytest.param(check, example, id=f"{check.code}-{number}")
    for check in CHECKS
    for number, example in enumerate(check.examples, 1)
]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.code)
def test_check_is_documented(check: Check[Any]) -> None:
    documentation = check.parsed_documentation()
    assert all(getattr(documentation, field.name) for field in fields(documentation))
    assert documentation.summary.endswith(".")


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.code)
def test_check_has_firing_and_silent_examples(check: Check[Any]) -> None:
    firing = [example for example in check.examples if "⟦" in example.text]
    silent = [example for example in check.examples if "⟦" not in example.text]
    assert firing, "no example shows what the check finds"
    assert silent, "no example shows where the check stays silent"


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.code)
def test_check_shows_the_languages_it_claims(check: Check[Any]) -> None:
    shown = {example.language for example in check.examples}
    claimed = check.languages
    if claimed is None or len(claimed) > 1:
        assert len(shown) >= 2, "a check for several languages shows at least two"
    if claimed is not None:
        assert shown <= claimed, "an example stands in a language that the check does not claim"
    main = {"en", "ru", "ar", "es", "de"} if claimed is None else {"en", "ru", "ar", "es", "de"} & claimed
    assert main <= shown, "English, Russian, Arabic, Spanish and German are shown where they are claimed"


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.code)
def test_check_options_are_a_frozen_dataclass_with_defaults(check: Check[Any]) -> None:
    assert is_dataclass(check.options)
    options = check.options()
    assert options == check.options()
    hash(options)


@pytest.mark.parametrize(("check", "example"), EXAMPLES)
def test_example_finds_exactly_what_is_marked(check: Check[Any], example: Example) -> None:
    for page in run_example_pages(check, example):
        text = page.document.text
        assert [span.of(text) for span in page.expected] == [span.of(text) for span in page.spans]
        assert page.expected == page.spans


@pytest.mark.parametrize("check", [check for check in CHECKS if check.across], ids=lambda check: check.code)
def test_check_across_pages_shows_several_pages(check: Check[Any]) -> None:
    assert all(len(example.pages) >= 2 for example in check.examples if "⟦" in example.text)


@pytest.mark.parametrize("check", [check for check in CHECKS if not check.across], ids=lambda check: check.code)
def test_check_of_one_page_shows_one_page(check: Check[Any]) -> None:
    assert all(len(example.pages) == 1 for example in check.examples)


def test_codes_and_names_are_unique() -> None:
    assert len(CHECKS) == len({check.code for check in CHECKS}) == len({check.name for check in CHECKS})


def test_readme_lists_the_checks_as_they_are() -> None:
    readme = README.read_text(encoding="utf-8")
    assert with_table(readme) == readme, "run: python -m tests.catalogue.readme_table"
