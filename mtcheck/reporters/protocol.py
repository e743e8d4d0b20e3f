"""What a reporter is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol

from mtcheck.core.checks import Documentation, Tier
from mtcheck.core.findings import Severity
from mtcheck.core.report import ScanReport
from mtcheck.reporters.destination import Destination


@dataclass(frozen=True, slots=True)
class CheckExplanation(Documentation):
    """A check's documentation with what else a format says of a check that found nothing."""

    name: str
    category: str
    severity: Severity
    tier: Tier


Explanations = Mapping[str, Documentation]
"""What a check finds, why it matters and when it is wrong, by the check's code."""

NO_EXPLANATIONS: Explanations = MappingProxyType({})


class Reporter(Protocol):
    """Writes a report in one format. Pure but for the writing: the same report gives the same bytes."""

    @property
    def name(self) -> str:
        """The format's name on the command line."""
        ...

    @property
    def summary(self) -> str:
        """What the format is good for, in one line."""
        ...

    @property
    def writes_folder(self) -> bool:
        """Whether the format is a folder of files, so that it needs a path and cannot go to a stream."""
        ...

    def write(self, report: ScanReport, destination: Destination, explanations: Explanations = NO_EXPLANATIONS) -> None:
        """Write the whole report.

        Raises ``OutputError`` where it cannot be written, ``UsageError`` where the destination does not fit the format,
        and lets ``BrokenPipeError`` through, since a reader that has seen enough is no failure.
        """
        ...
