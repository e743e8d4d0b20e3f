"""The folder of an HTML report: names of its files, and which of an earlier report's files may go.

A manifest lists what mtcheck wrote with a digest of each file. Only a file that is in the manifest and still has that
digest is ever removed, and an ``index.html`` that is not in a manifest is never replaced.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from mtcheck.core.errors import OutputError
from mtcheck.reporters.destination import foreseen, write_file

MANIFEST = "mtcheck-manifest.json"
INDEX = "index.html"
_OWN_NAME = re.compile(r"[a-z0-9][a-z0-9-]*\.html")


def page_names(ids: Iterable[str]) -> list[str]:
    """Return a safe file name for each document id: readable, the same in every scan, never two alike."""
    names: list[str] = []
    seen: dict[str, int] = {}
    for document_id in ids:
        name = document_id.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
        slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:40].strip("-") or "page"
        digest = hashlib.sha256(document_id.encode("utf-8", "surrogatepass")).hexdigest()[:8]
        base = f"{slug}-{digest}"
        seen[base] = seen.get(base, 0) + 1
        names.append(f"{base}.html" if seen[base] == 1 else f"{base}-{seen[base]}.html")
    return names


@dataclass(slots=True)
class ReportFolder:
    """A folder that a report is written into, file by file; ``finish`` removes what an earlier report left."""

    path: Path
    _before: dict[str, str] = field(default_factory=dict)
    _now: dict[str, str] = field(default_factory=dict)

    def open(self) -> None:
        """Make the folder and read the manifest.

        Raises ``OutputError`` where there is a file of that name, or an ``index.html`` that mtcheck did not write.
        """
        with foreseen(str(self.path)):
            if self.path.exists() and not self.path.is_dir():
                raise OutputError(f"cannot write {self.path}: there is a file of that name, and a folder is needed")
            self.path.mkdir(parents=True, exist_ok=True)
            self._before = _read_manifest(self.path / MANIFEST)
            if INDEX not in self._before and (self.path / INDEX).exists():
                raise OutputError(
                    f"cannot write {self.path}: its index.html was not made by mtcheck; name an empty or a new folder"
                )

    def announce(self, names: Iterable[str]) -> None:
        """Enter the names of files to come, so that the next report knows the files of an interrupted one."""
        self._write_manifest({**dict.fromkeys(names, ""), **self._before})

    def write(self, name: str, content: str) -> None:
        """Write one file. Raises ``OutputError`` where the system refuses."""
        write_file(self.path / name, [content])
        self._now[name] = hashlib.sha256(content.encode("utf-8", "backslashreplace")).hexdigest()

    def finish(self) -> None:
        """Remove what mtcheck wrote earlier, did not write now, and nobody changed since."""
        with foreseen(str(self.path)):
            for name in sorted(self._before.keys() - self._now.keys()):
                path = self.path / name
                if not _OWN_NAME.fullmatch(name) or path.is_symlink() or not path.is_file():
                    continue
                if hashlib.sha256(path.read_bytes()).hexdigest() == self._before[name]:
                    path.unlink()
        self._write_manifest(self._now)

    def _write_manifest(self, files: dict[str, str]) -> None:
        content = {"written_by": "mtcheck", "files": dict(sorted(files.items()))}
        write_file(self.path / MANIFEST, [json.dumps(content, indent=1) + "\n"])


def _read_manifest(path: Path) -> dict[str, str]:
    """Return the files of a manifest with their digests; nothing for none, or for one that is not mtcheck's."""
    try:
        content = json.loads(path.read_bytes())
    except (FileNotFoundError, ValueError):
        return {}
    files = content.get("files") if isinstance(content, dict) else None
    if not isinstance(files, dict) or content.get("written_by") != "mtcheck":
        return {}
    return {name: digest for name, digest in files.items() if isinstance(digest, str)}
