"""From what the user named to the files to read, in an order that depends on nothing but their names."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from pathspec import GitIgnoreSpec

from mtcheck.core.errors import InputError
from mtcheck.core.reading import Input, InputFormat

FORMATS = {
    ".txt": InputFormat.TEXT,
    ".text": InputFormat.TEXT,
    ".md": InputFormat.MARKDOWN,
    ".markdown": InputFormat.MARKDOWN,
    ".html": InputFormat.HTML,
    ".htm": InputFormat.HTML,
    ".xhtml": InputFormat.HTML,
    ".jsonl": InputFormat.JSONL,
    ".ndjson": InputFormat.JSONL,
    ".warc": InputFormat.WARC,
    ".parquet": InputFormat.PARQUET,
    ".xlf": InputFormat.XLIFF,
    ".xliff": InputFormat.XLIFF,
    ".sdlxliff": InputFormat.XLIFF,
    ".mxliff": InputFormat.XLIFF,
    ".tmx": InputFormat.TMX,
    ".po": InputFormat.PO,
    ".tsv": InputFormat.TSV,
}
"""What the end of a name says of a file."""
# A table in a folder can hold anything; one of pairs must be named.
READABLE_SUFFIXES = frozenset(FORMATS) - {".tsv"}
"""The kinds that are read inside a folder, each also compressed; a file that is named itself is read whatever it is called."""
COMPRESSIONS = (".gz", ".zst")
"""What compressed files are called; whether they are compressed, their first bytes say."""

STANDARD_INPUT = "-"


def discover(paths: Sequence[str], given: InputFormat | None = None) -> Iterator[Input | InputError]:
    """Yield every input that the user's arguments name, each file once, or the error that stands in its place.

    A file is taken as named, ``-`` is standard input. A folder is searched, in the order of the names in it, for files of
    the readable kinds; hidden ones, ``.git`` and what its ``.gitignore`` files (or those of the repository that it is part
    of) leave out are passed over. Links are followed, but no folder is entered twice. ``given`` is the format of standard
    input and of all files that are named, whatever they are called; those found in folders go by their names.
    """
    seen: set[str] = set()
    for path in paths:
        if path == STANDARD_INPUT:
            if STANDARD_INPUT not in seen:
                seen.add(STANDARD_INPUT)
                yield Input(STANDARD_INPUT, feed=given is not None and given.is_feed, format=given)
            continue
        try:
            mode = Path(path).stat().st_mode
        except (OSError, ValueError) as error:
            yield InputError(shown(path), reason_of(error))
            continue
        if stat.S_ISDIR(mode):
            yield from _in_folder(path, seen)
        elif stat.S_ISREG(mode) or stat.S_ISFIFO(mode):
            if _first_time(path, seen):
                chosen = given or format_of(path)
                yield Input(path, feed=chosen is not None and chosen.is_feed, format=given)
        else:
            yield InputError(shown(path), "is a device or a socket, not a file")


def kind_of(path: str) -> str:
    """Return the suffix that tells what a file is, in lower case, a ``.gz`` or ``.zst`` after it left out."""
    name = path.lower()
    packed = next((suffix for suffix in COMPRESSIONS if name.endswith(suffix)), "")
    return PurePath(name.removesuffix(packed)).suffix


def format_of(path: str) -> InputFormat | None:
    """Return what a file's name says that it is, or ``None`` where it says nothing."""
    return FORMATS.get(kind_of(path))


def shown(path: str) -> str:
    r"""Return a path as it can be printed anywhere: ``/`` between names, bytes that are no UTF-8 written out (``\xe9``).

    Documents are told apart by it: two names that differ in such a byte must not become one.
    """
    text = os.fsencode(path).decode("utf-8", "backslashreplace")
    return text.replace(os.sep, "/") if os.sep != "/" else text


def reason_of(error: OSError | ValueError) -> str:
    """Return what went wrong with a file, in words."""
    if isinstance(error, FileNotFoundError):
        return "no such file or folder"
    if isinstance(error, PermissionError):
        return "permission denied"
    if isinstance(error, IsADirectoryError):
        return "is a folder"
    if isinstance(error, NotADirectoryError):
        return "a part of the path is a file, not a folder"
    if isinstance(error, ValueError):
        return "is no possible file name"
    return (error.strerror or str(error)).lower() or "cannot be read"


def _first_time(path: str, seen: set[str]) -> bool:
    real = os.path.realpath(path)
    if real in seen:
        return False
    seen.add(real)
    return True


@dataclass(frozen=True, slots=True)
class _Rules:
    """The ``.gitignore`` of one folder; paths are matched relative to ``base``."""

    base: str
    spec: GitIgnoreSpec

    def verdict(self, path: str, *, folder: bool) -> bool | None:
        """Tell whether a path is ignored, or ``None`` where these rules do not speak of it."""
        relative = os.path.relpath(path, self.base).replace(os.sep, "/")
        return self.spec.check_file(relative + "/" if folder else relative).include


def _in_folder(root: str, seen: set[str]) -> Iterator[Input | InputError]:
    found = False
    start = str(Path(root).resolve())
    # A stack of what is still to visit, last first, so that depth is bounded by no recursion limit.
    waiting: list[tuple[str, str, tuple[_Rules, ...], bool]] = [(root, start, _outer_rules(start), True)]
    entered: set[str] = set()
    while waiting:
        path, absolute, rules, is_folder = waiting.pop()
        if not is_folder:
            found = True
            if _first_time(path, seen):
                yield Input(path, feed=FORMATS[kind_of(path)].is_feed)
            continue
        real = os.path.realpath(path)
        if real in entered:
            continue
        entered.add(real)
        try:
            names = sorted(child.name for child in Path(path).iterdir())
        except OSError as error:
            found = True
            yield InputError(shown(path), reason_of(error))
            continue
        if ".gitignore" in names:
            try:
                lines = Path(path, ".gitignore").read_text("utf-8", "replace").splitlines()
                rules = (*rules, _Rules(absolute, GitIgnoreSpec.from_lines(lines)))
            except (OSError, ValueError) as error:
                yield InputError(shown(_child(path, ".gitignore")), f"its rules are not used: {_short(error)}")
        for name in reversed(names):
            if name.startswith("."):
                continue
            child, absolute_child = _child(path, name), _child(absolute, name)
            try:
                mode = Path(child).stat().st_mode
            except OSError:
                # A link that leads nowhere, or a file that has just gone: nobody named it.
                continue
            folder = stat.S_ISDIR(mode)
            if not folder and not (stat.S_ISREG(mode) and kind_of(name) in READABLE_SUFFIXES):
                continue
            if not _ignored(absolute_child, rules, folder=folder):
                waiting.append((child, absolute_child, rules, folder))
    if not found:
        yield InputError(shown(root), "no file to read in it")


def _child(path: str, name: str) -> str:
    if path == ".":
        return name
    return f"{path}{name}" if path.endswith(("/", os.sep)) else f"{path}{os.sep}{name}"


def _short(error: OSError | ValueError) -> str:
    return reason_of(error) if isinstance(error, OSError) else "a pattern in it is malformed"


def _ignored(path: str, rules: Sequence[_Rules], *, folder: bool) -> bool:
    """Tell whether a path is ignored: the innermost rules that speak of it decide, as in git."""
    for rule in reversed(rules):
        verdict = rule.verdict(path, folder=folder)
        if verdict is not None:
            return verdict
    return False


def _outer_rules(folder: str) -> tuple[_Rules, ...]:
    """Return the rules of the folders above, up to the root of the repository; none outside one.

    A folder that they leave out is read all the same when it is named, and then they do not count inside it.
    """
    parents = [Path(folder), *Path(folder).parents]
    top = next((index for index, parent in enumerate(parents) if (parent / ".git").exists()), None)
    if top is None or top == 0:
        return ()
    rules: list[_Rules] = []
    for parent in reversed(parents[1 : top + 1]):
        try:
            lines = (parent / ".gitignore").read_text("utf-8", "replace").splitlines()
            rules.append(_Rules(str(parent), GitIgnoreSpec.from_lines(lines)))
        except (OSError, ValueError):
            continue
    steps = parents[:top]
    if any(_ignored(str(step), rules, folder=True) for step in steps):
        return ()
    return tuple(rules)
