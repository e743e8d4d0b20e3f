"""The model store: what is listed, fetched, verified and found by name.

A fetched model lies in ``<cache>/models/OWNER--NAME/COMMIT/`` with a ``manifest.json`` that records its license and the hash of
every file; ``<cache>/models/OWNER--NAME/refs/`` remembers which commit a branch or tag stood for. A model appears under its
commit only when all of it has arrived and every hash was right.
"""

from __future__ import annotations

import json
import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from mtcheck.core.errors import EngineError, ModelUnavailable, UsageError
from mtcheck.engines.models.catalog import (
    PUBLIC_MODELS,
    TRANSLATION,
    FileHash,
    ModelCard,
    embedded_models,
    public_model,
)
from mtcheck.engines.models.download import RemoteFile, fetch, hashes_of
from mtcheck.engines.models.folders import cache_folder

MANIFEST_FILE = "manifest.json"
DEFAULT_REVISION = "main"
DEFAULT_ENDPOINT = "https://huggingface.co"
UNKNOWN_LICENSE = "not stated"
# Weights as safetensors only: the older formats are pickles, which run what they like when they are read.
WANTED = re.compile(r"(?:.*\.safetensors|.*\.safetensors\.index\.json|[^/]*\.json|[^/]*\.spm|[^/]*\.model|[^/]*\.txt)")
_UNWANTED_FOLDER = re.compile(r"(?:onnx|openvino|flax|coreml)/.*")

_HUB_NAME = re.compile(r"[A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*")
_REVISION = re.compile(r"[\w][\w./-]*")
_COMMIT = re.compile(r"[0-9a-f]{40}")


@dataclass(frozen=True, slots=True)
class ModelName:
    """A model on a hub: ``owner/name``, and the revision (commit, tag or branch) where one is pinned."""

    repository: str
    revision: str | None = None

    @classmethod
    def parse(cls, text: str) -> ModelName:
        """Read ``owner/name`` or ``owner/name@revision``. Raises ``UsageError`` for anything else."""
        repository, _, revision = text.partition("@")
        if not _HUB_NAME.fullmatch(repository) or ".." in text or (revision and not _REVISION.fullmatch(revision)):
            raise UsageError(f"a model on a hub is named like owner/name or owner/name@revision, not {text!r}")
        return cls(repository, revision or None)

    def __str__(self) -> str:
        return self.repository if self.revision is None else f"{self.repository}@{self.revision}"


@dataclass(frozen=True, slots=True)
class PulledModel:
    """A model that is here: where it lies, which commit it is, under what license, with the hash of every file."""

    name: str
    revision: str
    license: str
    path: Path
    files: tuple[FileHash, ...]


@dataclass(frozen=True, slots=True)
class ModelEntry:
    """One line of ``mtcheck models list``. ``origin`` is ``embedded``, ``pulled`` or ``public`` (not fetched yet)."""

    name: str
    kind: str
    directions: str
    license: str
    origin: str
    revision: str | None = None
    path: Path | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class VerifyProblem:
    """A file of a model that is not what it was."""

    file: str
    message: str


def list_models(folder: Path | None = None) -> tuple[ModelEntry, ...]:
    """Return the embedded models, the fetched ones, and the public ones that can be fetched; each group by name."""
    embedded = [
        ModelEntry(
            card.name,
            card.kind,
            ", ".join(card.directions or card.languages),
            card.license,
            "embedded",
            card.revision,
            card.folder,
            f"{card.kind.replace('-', ' ')}; `models explain` shows its card",
        )
        for card in embedded_models()
    ]
    pulled = []
    for found in _pulled(folder):
        try:
            model = _read_manifest(found)
        except ModelUnavailable as error:
            name = found.parent.name.replace("--", "/", 1)
            pulled.append(
                ModelEntry(name, TRANSLATION, "", UNKNOWN_LICENSE, "pulled", found.name, found, f"damaged: {error}")
            )
            continue
        known = public_model(model.name)
        directions, note = (known.directions, known.note) if known else ("", "")
        pulled.append(
            ModelEntry(model.name, TRANSLATION, directions, model.license, "pulled", model.revision, model.path, note)
        )
    here = {entry.name for entry in pulled}
    public = [
        ModelEntry(model.name, model.kind, model.directions, model.license, "public", note=model.note)
        for model in PUBLIC_MODELS
        if model.name not in here
    ]
    return (*embedded, *pulled, *public)


def checked_folder(card: ModelCard) -> Path:
    """Return the folder of an embedded model whose files are all as its card says. Raises ``ModelUnavailable`` otherwise."""
    problems = _differences(card.folder, card.files)
    if problems:
        raise ModelUnavailable(
            f"the embedded model {card.name} is damaged: {problems[0].file} {problems[0].message}; install mtcheck anew"
        )
    return card.folder


def path(name: str, folder: Path | None = None) -> Path:
    """Return the folder of a model that is here: an embedded one, or a fetched one by its hub name.

    Raises ``ModelUnavailable`` with the command that fetches it, ``UsageError`` for what is no model's name.
    """
    for card in embedded_models():
        if card.name == name:
            return card.folder
    return _manifest(ModelName.parse(name), folder).path


def pull(
    name: str,
    *,
    folder: Path | None = None,
    endpoint: str | None = None,
    offline: bool = False,
    progress: bool | None = None,
) -> PulledModel:
    """Fetch a model from the hub, or find that it is here already, and return it.

    ``endpoint`` is the hub's address (``None``: ``HF_ENDPOINT`` or Hugging Face). A broken download is continued by the next
    call. ``progress`` shows a bar on standard error (``None``: if that is a terminal). Raises ``ModelUnavailable``
    where it cannot be had (offline, no such model, no safetensors), ``EngineError`` where a hash is wrong.
    """
    wanted = ModelName.parse(name)
    if offline or _says_yes(os.environ.get("HF_HUB_OFFLINE")):
        return _manifest(wanted, folder, offline=True)
    if wanted.revision is not None and _COMMIT.fullmatch(wanted.revision):
        try:
            return _manifest(wanted, folder)
        except ModelUnavailable:
            pass
    address = endpoint or os.environ.get("HF_ENDPOINT") or DEFAULT_ENDPOINT
    if not address.startswith(("https://", "http://")):
        raise UsageError(f"the hub's address must be a web address, not {address!r}")
    remote = _ask(wanted, address.rstrip("/"))
    home = _home(wanted, folder)
    try:
        if not (home / remote.commit / MANIFEST_FILE).is_file():
            _download(remote, home, progress=_is_terminal() if progress is None else progress)
        _write(home / "refs" / quote(wanted.revision or DEFAULT_REVISION, safe=""), remote.commit)
    except OSError as error:
        raise EngineError(f"the model {name} cannot be stored in {home}: {error}") from error
    return _read_manifest(home / remote.commit)


def verify(name: str, folder: Path | None = None) -> tuple[VerifyProblem, ...]:
    """Hash every file of a model that is here and return those that are missing, changed, or not its own.

    Raises ``ModelUnavailable`` where the model is not here.
    """
    card = next((card for card in embedded_models() if card.name == name), None)
    if card is not None:
        return _differences(card.folder, card.files)
    model = _manifest(ModelName.parse(name), folder)
    strangers = [
        VerifyProblem(str(found.relative_to(model.path)), "is not part of the model")
        for found in sorted(model.path.rglob("*"))
        if found.is_file()
        and found.name != MANIFEST_FILE
        and found.relative_to(model.path).as_posix() not in {file.path for file in model.files}
    ]
    return (*_differences(model.path, model.files), *strangers)


@dataclass(frozen=True, slots=True)
class _Remote:
    """What the hub says of a model at one revision."""

    name: str
    commit: str
    license: str
    files: tuple[RemoteFile, ...]
    token: str | None


def _ask(name: ModelName, endpoint: str) -> _Remote:
    """Ask the hub what the model consists of. Raises ``ModelUnavailable`` where it does not say."""
    from huggingface_hub import HfApi, get_token

    token = get_token()
    try:
        information = HfApi(endpoint=endpoint, token=token).model_info(
            name.repository, revision=name.revision, files_metadata=True
        )
    except Exception as error:  # the client's errors come from several libraries, by version
        first_line = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise ModelUnavailable(f"the model {name} cannot be fetched from {endpoint}: {first_line}") from error
    commit = information.sha or ""
    if not _COMMIT.fullmatch(commit):
        raise ModelUnavailable(f"the hub {endpoint} does not say which commit {name} stands for")
    files = []
    for sibling in information.siblings or ():
        inside = sibling.rfilename
        # A path that leaves its folder would write anywhere.
        unsafe = PurePosixPath(inside).is_absolute() or ".." in PurePosixPath(inside).parts or "\\" in inside
        if unsafe or not WANTED.fullmatch(inside) or _UNWANTED_FOLDER.fullmatch(inside) or inside == MANIFEST_FILE:
            continue
        large = sibling.lfs
        url = f"{endpoint}/{name.repository}/resolve/{commit}/{quote(inside)}"
        files.append(RemoteFile(inside, url, sibling.size, large.sha256 if large else None, sibling.blob_id))
    if not any(file.path.endswith(".safetensors") for file in files):
        raise ModelUnavailable(
            f"the model {name} has no weights as safetensors at this revision, and pickled weights are never loaded; "
            "name a revision that has them (owner/name@revision), or convert the model and pass its folder"
        )
    return _Remote(
        name.repository,
        commit,
        _license(getattr(information.card_data, "license", None), information.tags or ()),
        tuple(files),
        token,
    )


def _license(stated: object, tags: Sequence[str]) -> str:
    """Return the license that the model card states, or else the hub's tags."""
    if isinstance(stated, list):
        stated = ", ".join(map(str, stated))
    return str(stated or next((tag.partition(":")[2] for tag in tags if tag.startswith("license:")), UNKNOWN_LICENSE))


def _download(remote: _Remote, home: Path, *, progress: bool) -> None:
    """Fetch all files beside their final place, then move them there as one."""
    building = home / f"{remote.commit}.incomplete"
    hashes = []
    with _bar(remote, shown=progress) as advance:
        for file in remote.files:
            hashes.append(FileHash(file.path, fetch(file, building / file.path, remote.token, advance)))
    manifest = {
        "name": remote.name,
        "revision": remote.commit,
        "license": remote.license,
        "files": [asdict(file) for file in sorted(hashes, key=lambda file: file.path)],
    }
    _write(building / MANIFEST_FILE, json.dumps(manifest, indent=2) + "\n")
    try:
        building.rename(home / remote.commit)
    except OSError as error:
        # Another process may have been quicker; then its copy is as good.
        if not (home / remote.commit / MANIFEST_FILE).is_file():
            raise EngineError(f"the model cannot be moved to {home / remote.commit}: {error}") from error


@contextmanager
def _bar(remote: _Remote, *, shown: bool) -> Iterator[Callable[[int], None]]:
    """Show how many bytes have arrived, and under which license they come; yield what is to hear of new ones."""
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
    with Progress(*columns, console=Console(stderr=True), disable=not shown) as progress:
        total = sum(file.size or 0 for file in remote.files)
        task = progress.add_task(f"{remote.name} (license: {remote.license})", total=total)
        yield lambda count: progress.advance(task, count)


def _home(name: ModelName, folder: Path | None) -> Path:
    return cache_folder(folder) / "models" / name.repository.replace("/", "--")


def _manifest(name: ModelName, folder: Path | None, *, offline: bool = False) -> PulledModel:
    """Return the fetched model of that name. Raises ``ModelUnavailable`` where it is not here."""
    home = _home(name, folder)
    commit = name.revision or DEFAULT_REVISION
    if not _COMMIT.fullmatch(commit):
        reference = home / "refs" / quote(commit, safe="")
        commit = reference.read_text(encoding="ascii").strip() if reference.is_file() else commit
    if not _COMMIT.fullmatch(commit) or not (home / commit / MANIFEST_FILE).is_file():
        state = "is not here, and fetching is switched off (offline)" if offline else "is not here"
        raise ModelUnavailable(f"the model {name} {state}: run “mtcheck models pull {name}” while online")
    return _read_manifest(home / commit)


def _read_manifest(folder: Path) -> PulledModel:
    try:
        manifest = json.loads((folder / MANIFEST_FILE).read_text(encoding="utf-8"))
        return PulledModel(
            manifest["name"],
            manifest["revision"],
            manifest["license"],
            folder,
            tuple(FileHash(file["path"], file["sha256"]) for file in manifest["files"]),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelUnavailable(
            f"the model in {folder} cannot be used, its manifest is damaged ({error}): delete the folder and pull again"
        ) from error


def _pulled(folder: Path | None) -> Iterator[Path]:
    """Yield the folder of every model that was fetched wholly."""
    for manifest in sorted((cache_folder(folder) / "models").glob(f"*/*/{MANIFEST_FILE}")):
        if _COMMIT.fullmatch(manifest.parent.name):
            yield manifest.parent


def _differences(folder: Path, files: tuple[FileHash, ...]) -> tuple[VerifyProblem, ...]:
    problems = []
    for file in files:
        here = folder / file.path
        if not here.is_file():
            problems.append(VerifyProblem(file.path, "is missing"))
        elif (found := hashes_of(here)[0]) != file.sha256:
            problems.append(VerifyProblem(file.path, f"has changed: its SHA-256 is {found}, not {file.sha256}"))
    return tuple(problems)


def _write(target: Path, text: str) -> None:
    """Write a small file so that it is there wholly or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=target.parent, delete=False) as stream:
        stream.write(text)
    Path(stream.name).replace(target)


def _says_yes(value: str | None) -> bool:
    return (value or "").strip().lower() in {"1", "true", "yes", "on"}


def _is_terminal() -> bool:
    return sys.stderr is not None and sys.stderr.isatty()
