"""``mtcheck references``: what pages are compared with - list it, add to it, check it, import it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mtcheck.cli import exit_codes
from mtcheck.core.errors import UsageError

Folder = Annotated[
    Path | None,
    typer.Option("--references", metavar="FOLDER", help="The folder of references. Default: references/."),
]
_EXCERPT = 60


def register(app: typer.Typer) -> None:
    """Add the commands."""
    references = typer.Typer(
        no_args_is_help=True, help="Keep quotations, glossaries and names known to be right.", rich_markup_mode=None
    )
    references.command("list")(list_)
    references.command("add")(add)
    references.command("check")(check)
    references.command("import")(import_)
    app.add_typer(references, name="references")


def list_(
    folder: Folder = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON lines, one entry each.")] = False,  # noqa: FBT002
) -> None:
    """List every quotation, glossary entry and name with its file and line."""
    from mtcheck.core.references import GlossaryEntry, ReferenceName, ReferenceQuotation
    from mtcheck.engines.references import open_library

    library = open_library(_folder(folder))
    quotations = (item for item in library.quotations() if isinstance(item, ReferenceQuotation))
    entries: tuple[GlossaryEntry | ReferenceName, ...] = (*library.glossary, *library.names)
    if json:
        from dataclasses import asdict
        from json import dumps

        for entry in (*quotations, *entries):
            typer.echo(dumps(asdict(entry), ensure_ascii=False))
        return
    for quotation in quotations:
        said = " ".join(part for part in (quotation.speaker, quotation.date) if part)
        typer.echo(
            f"{quotation.file}:{quotation.line}: {quotation.id}: {said} [{quotation.language}]: {_short(quotation.text)}"
        )
    for term in library.glossary:
        source = f" for {term.source} [{term.source_language}]" if term.source else ""
        avoid = f", not {' or '.join(term.avoid)}" if term.avoid else ""
        typer.echo(f"{term.file}:{term.line}: {term.use} [{term.language}]{source}{avoid}")
    for name in library.names:
        wrong = (*name.variants, *name.literal)
        variants = f", not {' or '.join(wrong)}" if wrong else ""
        typer.echo(f"{name.file}:{name.line}: {name.name} [{name.language}]{variants}")


def add(
    text: Annotated[str, typer.Argument(metavar="TEXT|-", help="What was said, without quotation marks; - reads it.")],
    speaker: Annotated[str, typer.Option(help="Who said it.")],
    language: Annotated[str, typer.Option(metavar="CODE", help="The language of the text.")],
    date: Annotated[str, typer.Option(metavar="DATE", help="When: 2022-01-21, 2022-01 or 2022.")] = "",
    origin: Annotated[str, typer.Option(help="Where the wording comes from: an address, a transcript.")] = "",
    identifier: Annotated[str, typer.Option("--id", help="A name for it; made from speaker and date by default.")] = "",
    file: Annotated[str, typer.Option(metavar="NAME", help="The file in the folder.")] = "quotations.jsonl",
    folder: Folder = None,
) -> None:
    """Add one quotation to a file of the folder; the folder and the file are made where they are missing."""
    import sys

    from mtcheck.engines.references.additions import add_quotation

    wording = sys.stdin.read() if text == "-" else text
    values = {
        "id": identifier,
        "speaker": speaker,
        "date": date,
        "language": language,
        "text": wording,
        "origin": origin,
    }
    quotation = add_quotation(_folder(folder), file, values)
    typer.echo(f"{quotation.file}:{quotation.line}: {quotation.id}")


def check(folder: Folder = None) -> None:
    """Read every file and name each line that cannot be used; end with 2 where there is one."""
    from mtcheck.core.references import ReferenceQuotation
    from mtcheck.engines.references import open_library

    library = open_library(_folder(folder))
    problems = list(library.table_problems)
    quotations = 0
    for item in library.quotations():
        if isinstance(item, ReferenceQuotation):
            quotations += 1
        else:
            problems.append(item)
    for problem in sorted(problems, key=lambda problem: (problem.file, problem.line)):
        typer.echo(str(problem))
    files = len(library.quotation_files) + len(library.table_files)
    counts = (
        f"{quotations:,} quotations, {len(library.glossary):,} glossary entries, {len(library.names):,} names "
        f"in {files:,} files"
    )
    typer.echo(f"{counts}; {len(problems):,} lines cannot be used" if problems else counts)
    if problems:
        raise typer.Exit(exit_codes.UNUSABLE)


def import_(
    source: Annotated[Path, typer.Argument(metavar="FILE", help="A .csv, .tsv or .jsonl file of quotations.")],
    column: Annotated[
        list[str] | None,
        typer.Option(metavar="OURS=THEIRS", help="Which of their columns is ours, as in text=Zitat. Repeatable."),
    ] = None,
    language: Annotated[str, typer.Option(metavar="CODE", help="The language, where no column gives it.")] = "",
    speaker: Annotated[str, typer.Option(help="The speaker, where no column gives one.")] = "",
    file: Annotated[
        str, typer.Option(metavar="NAME", help="The file in the folder; by default named after FILE.")
    ] = "",
    folder: Folder = None,
) -> None:
    """Import quotations; what is there already is passed over, and nothing is written where a line cannot be used."""
    from mtcheck.engines.references.additions import import_quotations

    columns = dict(_column(value) for value in column or ())
    defaults = {"language": language, "speaker": speaker}
    done = import_quotations(source, _folder(folder), file or f"{source.stem}.jsonl", columns, defaults)
    typer.echo(f"{done.added:,} quotations imported to {done.path}, {done.known:,} were there already")


def _column(value: str) -> tuple[str, str]:
    ours, equals, theirs = value.partition("=")
    if not (equals and ours.strip() and theirs.strip()):
        raise UsageError(f"--column {value}: give our column and theirs, as in text=Zitat")
    return ours.strip(), theirs.strip()


def _folder(given: Path | None) -> Path:
    """Return the folder named on the command line, else that of the settings, else ``references``."""
    from mtcheck.app import REFERENCES_FOLDER, references_folder
    from mtcheck.config import load_settings

    return given or references_folder(load_settings({}).settings) or Path(REFERENCES_FOLDER)


def _short(text: str) -> str:
    return text if len(text) <= _EXCERPT else text[: _EXCERPT - 1].rstrip() + "…"
