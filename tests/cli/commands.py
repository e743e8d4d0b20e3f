"""Runs the command line, in this process or in one of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pytest

from mtcheck.cli.main import run


@dataclass(frozen=True, slots=True)
class Done:
    """What a run left behind."""

    code: int
    out: str
    err: str


Mtcheck = Callable[..., Done]


def in_process(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Mtcheck:
    """Return a function that runs mtcheck here: fast, and its coverage counts."""

    def call(*arguments: str) -> Done:
        monkeypatch.setattr(sys, "argv", ["mtcheck", *arguments])
        code: object = 0
        try:
            run()
        except SystemExit as end:
            code = end.code
        captured = capsys.readouterr()
        return Done(int(code or 0) if isinstance(code, (int, type(None))) else 1, captured.out, captured.err)

    return call


def own_process(*arguments: str, environment: Mapping[str, str] | None = None) -> subprocess.Popen[str]:
    """Start mtcheck in a process of its own, its outputs as pipes."""
    return subprocess.Popen(
        [sys.executable, "-m", "mtcheck", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **(environment or {})},
        preexec_fn=_hear_interruptions,
    )


def _hear_interruptions() -> None:
    """Let Ctrl-C through, which a shell makes its background jobs deaf to."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
