"""Which lines of which files changed in git since a revision.

git is started as a program, without a shell, with nothing of the user's configuration that could run another program or
change what it prints. "Since" means since the working tree parted from the revision: what others did there in the
meantime is not a change here.
"""

from __future__ import annotations

import os
import re
import subprocess
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from mtcheck.core.errors import UsageError
from mtcheck.core.findings import Finding
from mtcheck.core.offsets import Place

STANDARD_INPUT = "-"
SECONDS = 120
_HUNK = re.compile(rb"^@@ -[0-9]+(?:,[0-9]+)? \+([0-9]+)(?:,([0-9]+))? @@", re.MULTILINE)
# git ends a line with LF alone; where a lone CR ends one for us, its line numbers are not ours.
_LONE_CR = re.compile(rb"\r(?!\n)")
_QUIET = ("-c", "core.fsmonitor=false", "-c", "core.quotePath=false", "-c", "diff.renames=false")
_PLAIN = ("--no-color", "--no-ext-diff", "--no-textconv", "--no-renames", "--no-relative", "--ignore-submodules")


@dataclass(frozen=True, slots=True)
class ChangedLines:
    """The changed lines of one file, as ascending ranges that do not touch; ``None`` stands for the whole file."""

    ranges: tuple[range, ...] | None

    def touch(self, place: Place) -> bool:
        """Tell whether a place has a character on a changed line."""
        if self.ranges is None:
            return True
        last = place.end_line - 1 if place.end_column == 1 and place.end_line > place.line else place.end_line
        index = bisect_left(self.ranges, place.line, key=lambda changed: changed.stop - 1)
        return index < len(self.ranges) and self.ranges[index].start <= last


WHOLE_FILE = ChangedLines(None)


@dataclass(frozen=True, slots=True)
class Change:
    """A file that changed, under the path that the user's arguments led to."""

    path: str
    lines: ChangedLines


class Changes:
    """The changes of the files of a scan."""

    def __init__(self, revision: str, changes: Iterable[Change]) -> None:
        """Take the revision they are counted from, and one change for each file that changed."""
        self.revision = revision
        self._lines = {change.path: change.lines for change in changes}

    def __contains__(self, path: str) -> bool:
        return path in self._lines

    def concern(self, finding: Finding, path: str) -> bool:
        """Tell whether a finding, or a place that it is related to, stands on a changed line of the file."""
        lines = self._lines.get(path)
        if lines is None:
            return False
        places = (finding.place, *(other.place for other in finding.related if other.document == finding.document))
        return any(lines.touch(place) for place in places)


def changes_since(revision: str, paths: Sequence[str]) -> Changes:
    """Return what changed in the files since the working tree parted from ``revision``.

    A file that git does not track counts as changed as a whole. Raises ``UsageError`` where there is no git, no repository,
    no such revision, or a file outside of the repository of the working directory.
    """
    if STANDARD_INPUT in paths:
        raise UsageError("--diff compares files with git; standard input is no file")
    root = os.path.realpath(_line("rev-parse", "--show-toplevel", error="--diff needs a git repository"))
    unknown = f"--diff {revision}: git knows no such revision"
    commit = _line("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}", error=unknown)
    apart = f"--diff {revision}: no common history with the working tree (a shallow clone? fetch more of it)"
    base = _line("merge-base", commit, "HEAD", error=apart)
    inside = {path: _inside(root, path) for path in paths}
    changed = _changed(root, base)
    untracked = _names(root, "ls-files", "-z", "--others", "--full-name")
    found = []
    for path, name in inside.items():
        if name in untracked:
            found.append(Change(path, WHOLE_FILE))
        elif name in changed:
            found.append(Change(path, WHOLE_FILE if changed[name] else _lines(root, base, path, name)))
    return Changes(revision, found)


def _inside(root: str, path: str) -> bytes:
    """Return a file's name within the repository. Raises ``UsageError`` for one outside."""
    real = os.path.realpath(path)
    if not real.startswith(root.rstrip(os.sep) + os.sep):
        raise UsageError(f"--diff: {path} is not in the git repository {root}")
    return os.fsencode(os.path.relpath(real, root).replace(os.sep, "/"))


def _changed(root: str, base: str) -> dict[bytes, bool]:
    """Return the names of the changed files, each with whether git takes it for binary and has no lines of it."""
    changed = {}
    for entry in _output(root, "diff", *_PLAIN, "--numstat", "-z", base, "--").split(b"\0"):
        added, _, rest = entry.partition(b"\t")
        deleted, _, name = rest.partition(b"\t")
        # Only the mode of a file with 0 and 0 changed.
        if name and (added, deleted) != (b"0", b"0"):
            changed[name] = added == b"-"
    return changed


def _lines(root: str, base: str, path: str, name: bytes) -> ChangedLines:
    try:
        if _LONE_CR.search(Path(path).read_bytes()):
            return WHOLE_FILE
    except OSError:
        # The reader will say why.
        return WHOLE_FILE
    patch = _output(root, "diff", *_PLAIN, "--unified=0", "--inter-hunk-context=0", base, "--", b":(literal)" + name)
    ranges = []
    for match in _HUNK.finditer(patch):
        start, count = int(match[1]), int(match[2] or 1)
        if count:
            ranges.append(range(start, start + count))
    return ChangedLines(tuple(ranges))


def _names(root: str, *arguments: str) -> frozenset[bytes]:
    return frozenset(_output(root, *arguments).split(b"\0")) - {b""}


def _line(*arguments: str, error: str) -> str:
    """Return the one line that git answers. Raises ``UsageError`` with ``error`` where it has none."""
    done = _git(None, *arguments)
    if done.returncode != 0:
        said = os.fsdecode(done.stderr).strip().split("\n")[0]
        raise UsageError(f"{error}{f' ({said})' if said else ''}")
    return os.fsdecode(done.stdout).rstrip("\n")


def _output(root: str, *arguments: str | bytes) -> bytes:
    done = _git(root, *arguments)
    if done.returncode != 0:
        raise UsageError(f"--diff: git failed: {os.fsdecode(done.stderr).strip()[:500]}")
    return done.stdout


def _git(folder: str | None, *arguments: str | bytes) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(  # noqa: S603  # a fixed program, its arguments never through a shell
            ["git", *_QUIET, *arguments],  # noqa: S607  # whichever git the user's PATH names
            cwd=folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except FileNotFoundError as error:
        raise UsageError("--diff needs git, and no program of that name is here") from error
    except subprocess.TimeoutExpired as error:
        raise UsageError(f"--diff: git gave no answer in {SECONDS} seconds") from error
