"""The error tree: every failure mtcheck foresees, and nothing else.

Foreign exceptions are translated into these at the seam where they arise. All of them survive pickling, so that they
can cross a process border. Exit codes are chosen in ``mtcheck.cli``, not here.
"""

from __future__ import annotations


class MtcheckError(Exception):
    """Base of all foreseen failures; ``str()`` is one clear sentence for a person."""


class UsageError(MtcheckError):
    """The call or the configuration asks for something that does not exist or does not fit."""


class ConfigurationError(UsageError):
    """A configuration file or variable cannot be used; the message names the file and the key."""


class InputError(MtcheckError):
    """One input cannot be read; the scan lists it and goes on with the others."""

    def __init__(self, path: str, reason: str) -> None:
        """Say which input (as the user named it) and why."""
        super().__init__(path, reason)
        self.path = path
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}"


class OutputError(MtcheckError):
    """A result cannot be written (no space, no permission, not a folder)."""


class EngineError(MtcheckError):
    """A model, program or table failed while it was in use."""


class ModelUnavailable(EngineError):
    """A model or program that was asked for is not here; the message says how to get it."""
