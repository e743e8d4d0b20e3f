"""A program at the other end of two pipes: bounded in time and in output, killed with all its children."""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from typing import IO, Self

from mtcheck.core.errors import ModelUnavailable
from mtcheck.core.unusable import Unusable

# How much of what a program wrote to its standard error is kept for the message: the end says what went wrong.
STDERR_KEPT_BYTES = 4096
# A line longer than this is a program running wild; a sentence of news has some hundred bytes.
MAX_LINE_BYTES = 1 << 20
# How long a program may take to end after its last line before it is killed.
EXIT_SECONDS = 5.0
_POSIX = os.name == "posix"


class ProgramFailure(Exception):
    """A program did not give what was asked for; ``reason`` is how its texts are to be marked."""

    def __init__(self, reason: Unusable, message: str) -> None:
        """Say why, for the mark and for a person."""
        super().__init__(message)
        self.reason = reason


class LineProcess:
    """A running program that is written lines and gives back lines, in UTF-8.

    Both pipes and the standard error are served by threads of their own, so that no program can block on a full pipe.
    Use it as a context manager, or call ``kill``.
    """

    def __init__(self, arguments: Sequence[str]) -> None:
        """Start the program. Raises ``ModelUnavailable`` where it cannot be started."""
        try:
            # A session of its own, so that a pipeline of programs dies as a whole. Never through a shell.
            self._process = subprocess.Popen(  # noqa: S603
                list(arguments),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                start_new_session=_POSIX,
            )
        except (OSError, ValueError) as error:
            raise ModelUnavailable(f"the translation program {arguments[0]!r} cannot be started: {error}") from error
        self._lines: queue.Queue[bytes | None] = queue.Queue()
        self._stderr = b""
        self._ended = False
        self._writer: threading.Thread | None = None
        self._threads = [self._thread(self._read_lines), self._thread(self._read_errors)]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    @property
    def alive(self) -> bool:
        """Tell whether the program still runs and its output is still open."""
        return not self._ended and self._process.poll() is None

    @property
    def idle(self) -> bool:
        """Tell whether nothing it wrote waits to be read; a line that nobody asked for means that the count is off."""
        with self._lines.mutex:
            return not any(line is not None for line in self._lines.queue)

    def send(self, lines: Iterable[str], *, last: bool) -> None:
        """Write lines in the background and flush; after the ``last`` ones the program's input is closed."""
        data = b"".join(line.encode("utf-8", "replace") + b"\n" for line in lines)
        if self._writer is not None:
            self._writer.join()

        def write() -> None:
            # A program that died is noticed by the reader, which knows why.
            with contextlib.suppress(OSError, ValueError):
                stdin = _pipe(self._process.stdin)
                stdin.write(data)
                stdin.flush()
                if last:
                    stdin.close()

        self._writer = self._thread(write)

    def receive(self, count: int, deadline: float, max_bytes: int) -> list[str]:
        """Return the next ``count`` lines. Raises ``ProgramFailure`` if the program ends, stalls or runs wild first."""
        lines: list[str] = []
        size = 0
        while len(lines) < count:
            line = self._next(deadline)
            if line is None:
                raise ProgramFailure(Unusable.FAILED, f"ended after {len(lines)} of {count} lines{self.complaint()}")
            size = self._bounded(size + len(line), max_bytes)
            lines.append(_decoded(line))
        return lines

    def receive_all(self, deadline: float, max_bytes: int) -> list[str]:
        """Return all lines until the program ends.

        Raises ``ProgramFailure`` if it does not end in time, writes too much, or says by its exit code that it failed.
        """
        lines: list[str] = []
        size = 0
        while (line := self._next(deadline)) is not None:
            size = self._bounded(size + len(line), max_bytes)
            lines.append(_decoded(line))
        try:
            code = self._process.wait(timeout=EXIT_SECONDS)
        except subprocess.TimeoutExpired:
            raise ProgramFailure(Unusable.TIMEOUT, "closed its output but did not end") from None
        if code != 0:
            raise ProgramFailure(Unusable.FAILED, f"ended with exit code {code}{self.complaint()}")
        return lines

    def complaint(self) -> str:
        """Return the last lines of its standard error as the end of a sentence, or nothing."""
        if self._ended:
            # Its last words may still be on their way.
            self._threads[1].join(timeout=0.5)
        text = " / ".join(self._stderr.decode("utf-8", "replace").split("\n")[-6:]).strip(" /")
        return f": {' '.join(text.split())}" if text else ""

    def kill(self) -> None:
        """End the program and everything it started, and give back the pipes. May be called twice."""
        # Once its end was waited for, the system may give its number to another program.
        if self._process.returncode is None:
            if _POSIX:
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.killpg(self._process.pid, signal.SIGKILL)
            else:
                self._process.kill()
        self._process.wait()
        for thread in [*self._threads, *([self._writer] if self._writer else [])]:
            thread.join(timeout=EXIT_SECONDS)
        for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
            with contextlib.suppress(OSError, ValueError):
                _pipe(pipe).close()

    def _next(self, deadline: float) -> bytes | None:
        """Return the next line, or ``None`` after the last."""
        if self._ended:
            return None
        try:
            line = self._lines.get(timeout=max(0.0, deadline - time.monotonic()))
        except queue.Empty:
            raise ProgramFailure(Unusable.TIMEOUT, f"gave no answer in time{self.complaint()}") from None
        self._ended = line is None
        return line

    def _bounded(self, size: int, max_bytes: int) -> int:
        if size > max_bytes:
            raise ProgramFailure(Unusable.FAILED, f"wrote more than {max_bytes:,} bytes for this text")
        return size

    def _read_lines(self) -> None:
        with contextlib.suppress(OSError, ValueError):
            while line := _pipe(self._process.stdout).readline(MAX_LINE_BYTES):
                self._lines.put(line)
        self._lines.put(None)

    def _read_errors(self) -> None:
        with contextlib.suppress(OSError, ValueError):
            while data := os.read(_pipe(self._process.stderr).fileno(), 4096):
                self._stderr = (self._stderr + data)[-STDERR_KEPT_BYTES:]

    @staticmethod
    def _thread(target: Callable[[], None]) -> threading.Thread:
        thread = threading.Thread(target=target, daemon=True)
        thread.start()
        return thread


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    """Return a pipe that was asked for and is therefore there."""
    assert pipe is not None
    return pipe


def _decoded(line: bytes) -> str:
    return line.decode("utf-8", "replace").rstrip("\r\n")
