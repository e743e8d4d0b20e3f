"""``mtcheck checks`` and ``mtcheck explain``: what can be found, and how."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from mtcheck.core.checks import Check
    from mtcheck.reporters.protocol import CheckExplanation


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("checks")(checks)
    app.command("explain")(explain)


class _Explanations(Mapping[str, "CheckExplanation"]):
    """The documentation of every check; the checks are loaded when somebody asks, which most formats never do."""

    @cached_property
    def _all(self) -> dict[str, CheckExplanation]:
        from mtcheck.checks import all_checks

        return {check.code: _explanation(check) for check in all_checks()}

    def __getitem__(self, code: str) -> CheckExplanation:
        return self._all[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)


def explanations() -> Mapping[str, CheckExplanation]:
    """Return the documentation of every check, by code."""
    return _Explanations()


def checks(
    select: Annotated[
        list[str] | None, typer.Option(metavar="CODES", help="Show these only: codes, starts of codes, names.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON, one list.")] = False,  # noqa: FBT002
) -> None:
    """List the checks."""
    from mtcheck.checks import all_checks
    from mtcheck.scan.selection import select_checks

    shown = all_checks()
    if select:
        shown = select_checks(shown, tuple(part for value in select for part in value.split(",")))
    if json:
        _print_json(shown)
        return
    from rich.console import Console
    from rich.table import Table

    table = Table("code", "name", "severity", "when", "what it finds", box=None, pad_edge=False, header_style="bold")
    for check in shown:
        summary = check.parsed_documentation().summary
        table.add_row(check.code, check.name, check.severity, check.tier, summary)
    Console(highlight=False, markup=False).print(table)


def explain(
    code: Annotated[
        str, typer.Argument(metavar="CODE|MODEL", help="A code (QUO001) or a name of a check, or a model.")
    ],
) -> None:
    """Explain one check: what it finds, why it matters, when it is wrong, with examples and options; or show a model's card."""
    from mtcheck.cli import models

    if models.is_model(code):
        models.explain(code)
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from mtcheck.checks import all_checks
    from mtcheck.core.checks import MARK_OPEN
    from mtcheck.core.errors import UsageError
    from mtcheck.reporters.visible import visible
    from mtcheck.scan.selection import select_checks

    chosen = select_checks(all_checks(), (code,))
    if len(chosen) != 1:
        raise UsageError(f"{code!r} fits several checks: {', '.join(check.code for check in chosen)}")
    check = chosen[0]
    documentation = check.parsed_documentation()
    console = Console(highlight=False, markup=False, soft_wrap=False)
    console.print(Text(f"{check.code} {check.name}", style="bold"))
    console.print(documentation.summary)
    console.print()
    languages = ", ".join(sorted(check.runs_in)) if check.runs_in else "any"
    needs = ", ".join(fact.name for fact in check.needs) or "the text only"
    for label, value in (
        ("Category", check.category),
        ("Severity", check.severity),
        ("Runs", {"default": "by default", "preview": "as a preview, when named whole"}.get(check.tier, check.tier)),
        ("Needs", needs),
        ("Languages", languages),
    ):
        console.print(Text.assemble((f"{label}: ", "bold"), value))
    for label, value in (
        ("What it finds", documentation.finds),
        ("Why it matters", documentation.matters),
        ("When it is wrong", documentation.wrong),
    ):
        console.print()
        console.print(Text(label, style="bold"))
        console.print(value)
    options = _options(check)
    if options:
        console.print()
        console.print(Text(f"Options, in [checks.{check.code}] of mtcheck.toml", style="bold"))
        for name, default in options:
            console.print(f"  {name} = {default}")
    for label, firing in (("Found", True), ("Not found", False)):
        shown = [example for example in check.examples if (MARK_OPEN in example.text) is firing]
        console.print()
        console.print(Text(f"Examples: {label.lower()}", style="bold"))
        grid = Table.grid(padding=(0, 2))
        for example in shown:
            # Several paragraphs stay several; what a terminal would not show or would obey is written out.
            text = "\n".join(visible(line) for line in example.text.split("\n"))
            grid.add_row("", example.language, Text(text))
        console.print(grid)


def _explanation(check: Check[Any]) -> CheckExplanation:
    from mtcheck.reporters.protocol import CheckExplanation

    documentation = check.parsed_documentation()
    return CheckExplanation(
        documentation.summary,
        documentation.finds,
        documentation.matters,
        documentation.wrong,
        check.name,
        check.category,
        check.severity,
        check.tier,
    )


def _options(check: Check[Any]) -> list[tuple[str, str]]:
    """Return the names and the defaults of a check's options."""
    from dataclasses import fields

    defaults = check.options()
    shown = []
    for field in fields(defaults):
        value = getattr(defaults, field.name)
        shown.append((field.name, str(sorted(value)) if isinstance(value, frozenset) else repr(value)))
    return shown


def _print_json(shown: tuple[Check[Any], ...]) -> None:
    from json import dumps

    entries = []
    for check in shown:
        documentation = check.parsed_documentation()
        entries.append(
            {
                "code": check.code,
                "name": check.name,
                "category": check.category,
                "severity": check.severity,
                "tier": check.tier,
                "needs": [fact.name for fact in check.needs],
                "languages": sorted(check.runs_in) if check.runs_in else None,
                "summary": documentation.summary,
                "finds": documentation.finds,
                "matters": documentation.matters,
                "wrong": documentation.wrong,
            }
        )
    typer.echo(dumps(entries, ensure_ascii=False, indent=2))
