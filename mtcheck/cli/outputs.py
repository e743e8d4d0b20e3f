"""The ``--output FORMAT:PATH`` option: which reporters write where."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from mtcheck.core.errors import MtcheckError, UsageError
from mtcheck.core.report import ScanReport
from mtcheck.reporters import REPORTERS, reporter
from mtcheck.reporters.destination import Destination
from mtcheck.reporters.protocol import Explanations, Reporter

STANDARD_OUTPUT = "-"
DEFAULT_FORMAT = "terminal"
DEFAULT_FOLDER = "reports"


@dataclass(frozen=True, slots=True)
class Output:
    """One output asked for: a reporter and a path, ``-`` for standard output."""

    reporter: Reporter
    path: str

    @property
    def goes_to_stdout(self) -> bool:
        """Whether it goes to standard output."""
        return self.path == STANDARD_OUTPUT


def parse_outputs(values: Sequence[str]) -> tuple[Output, ...]:
    """Read ``FORMAT`` or ``FORMAT:PATH`` values; without any, the terminal report goes to standard output.

    A format without a path goes to standard output, the folder of ``html`` to ``reports``. Raises ``UsageError`` for an
    unknown format, an empty path or two outputs for one place.
    """
    outputs = tuple(_parse(value) for value in values or (DEFAULT_FORMAT,))
    paths = [output.path if output.goes_to_stdout else os.path.abspath(output.path) for output in outputs]  # noqa: PTH100
    for path in paths:
        if paths.count(path) > 1:
            place = "standard output" if path == STANDARD_OUTPUT else path
            raise UsageError(f"two outputs go to {place}; give each a path of its own: --output FORMAT:PATH")
    return outputs


def _parse(value: str) -> Output:
    name, colon, path = value.partition(":")
    if name not in REPORTERS:
        raise UsageError(f"--output {value}: no format is called {name!r}; there are {', '.join(sorted(REPORTERS))}")
    if colon and not path:
        raise UsageError(f"--output {value}: a path must follow the colon")
    chosen = reporter(name)
    return Output(chosen, path or (DEFAULT_FOLDER if chosen.writes_folder else STANDARD_OUTPUT))


def write_outputs(outputs: Sequence[Output], report: ScanReport, explanations: Explanations) -> list[MtcheckError]:
    """Write every output, those to standard output last; return the errors, one for each that could not be written.

    Raises ``BrokenPipeError`` where the reader of standard output has gone.
    """
    errors: list[MtcheckError] = []
    for output in sorted(outputs, key=lambda output: output.goes_to_stdout):
        destination = Destination(stream=sys.stdout) if output.goes_to_stdout else Destination.to_path(output.path)
        try:
            output.reporter.write(report, destination, explanations)
        except MtcheckError as error:
            errors.append(error)
        else:
            if not output.goes_to_stdout:
                sys.stderr.write(f"mtcheck: wrote {output.path}\n")
    return errors


def discard_standard_output() -> None:
    """Send what is still to be written nowhere, after the reader of standard output has gone."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
