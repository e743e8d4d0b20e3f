"""``mtcheck bench languages``: how well languages are told, with the figures to reach beside those that are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from mtcheck.engines.language_id.identifier import Identifier
    from mtcheck.measuring.languages import Figure

DATA = Path("../shared/eval")
"""Where the developers' data lies beside the project."""


def languages(
    data: Annotated[Path, typer.Option(metavar="FOLDER", help="The folder with the data (langid/...).")] = DATA,
    backends: Annotated[
        str, typer.Option(metavar="NAMES", help="Models, by commas: langdetect, fasttext, lingua.")
    ] = "langdetect,fasttext",
    tuning: Annotated[  # noqa: FBT002
        bool, typer.Option("--tuning", help="Only the made pages, of the half that the rules were made with.")
    ] = False,
) -> None:
    """Measure how well languages and their changes are found, with 95 % intervals, speed and memory.

    Then how far probabilities can be believed, how close pairs of languages are told apart, and what text in another alphabet than
    its own is taken for. Where an aim is missed, the three most frequent causes follow. The data is not part of the project. Exit
    codes: 0 whether the aims are met or not, 2 where nothing could be measured.
    """
    from rich.console import Console

    from mtcheck.engines.language_id.identifier import Identifier
    from mtcheck.engines.language_id.models import models_of
    from mtcheck.measuring.languages import measure

    identifier = Identifier(models_of([name.strip() for name in backends.split(",") if name.strip()]))
    console = Console(highlight=False, markup=False, soft_wrap=True)
    figures = list(measure(data, identifier, tuning=tuning))
    console.print(identifier.signature)
    _print_figures(console, figures)
    _print_reliability(console, data / "langid", identifier, tuning=tuning)
    if not tuning:
        _print_close_pairs(console, data / "langid", identifier)


def _print_figures(console: Console, figures: list[Figure]) -> None:
    """Print the figures beside the aims, then the causes where an aim is missed."""
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("figure", overflow="fold")
    for heading in ("here", "95 %", "aim", "met", "best before", "texts"):
        table.add_column(heading, justify="right")
    for figure in figures:
        table.add_row(figure.name, *_cells(figure))
    console.print(table)
    for figure in figures:
        if figure.met is False and figure.causes:
            console.print(f"{figure.name}, the most frequent failures: {'; '.join(figure.causes)}")


def _print_reliability(console: Console, folder: Path, identifier: Identifier, *, tuning: bool) -> None:
    """Print how often answers of one confidence are right, for the blocks of made pages."""
    from mtcheck.measuring.languages import block_answers
    from mtcheck.measuring.reliability import FINE_BANDS, calibration_error, named_from, reliability

    answers = block_answers(folder, identifier, tuning=tuning)
    console.print("\nblocks of pages, by confidence: mean confidence, right [95 %] right/blocks")
    bands = reliability(answers, FINE_BANDS)
    for band in bands:
        console.print(f"  {band.low:<5} to {band.high:<5} {band.expected:.3f}  {band.observed}")
    console.print(f"  expected calibration error {calibration_error(bands):.4f}")
    for confidence in (0.0, 0.5, 0.95):
        named, right = named_from(answers, confidence)
        console.print(f"  named with {confidence} or more: {named}, of these right: {right}")


def _print_close_pairs(console: Console, folder: Path, identifier: Identifier) -> None:
    """Print how close pairs are told apart, and what romanized text is taken for."""
    from mtcheck.measuring.close_pairs import close_pairs, romanized_figures

    console.print("\nclose pairs, among all languages: right [95 %], taken for the neighbor")
    for pair in close_pairs(folder, identifier):
        named = pair.code if pair.code == pair.answer else f"{pair.code} as {pair.answer}"
        console.print(f"  {named:<9} {pair.unit:<13} {pair.right!s:<36} {pair.neighbor} {pair.mistaken.value:.3f}")
    console.print("\ntext in another alphabet than its own: left open, named with .95 or more, named most")
    for figure in romanized_figures(folder, identifier):
        most = ", ".join(f"{language} {part:.2f}" for language, part in figure.named)
        console.print(f"  {figure.name:<54} {figure.open.value:.3f}  {figure.sure.value:.3f}  {most}")


def _cells(figure: Figure) -> tuple[str, ...]:
    """Return the cells of one figure's line."""
    unit = f" {figure.unit}" if figure.unit else ""
    between = "" if figure.low is None or figure.high is None else f"{figure.low:.1f} to {figure.high:.1f}"
    aim = "" if figure.aim is None else f"{'at most ' if figure.at_most else ''}{figure.aim:g}"
    met = {True: "yes", False: "no", None: ""}[figure.met]
    before = "" if figure.before is None else f"{figure.before:g}"
    return f"{figure.value:.1f}{unit}", between, aim, met, before, str(figure.items)
