"""`mtcheck models`: list, pull, verify, path, against a stand-in for the hub."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.commands import Mtcheck
from tests.engines.translation.hub import COMMIT, Hub, serve

FILES = {"config.json": b'{"model_type": "marian"}', "model.safetensors": bytes(1000), "source.spm": b"pieces"}


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, mtcheck: Mtcheck) -> Iterator[Hub]:
    """Serve one model; asked for after `mtcheck`, which clears the variables."""
    for name in ("HF_HUB_OFFLINE", "HF_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("MTCHECK_CACHE", str(tmp_path / "cache"))
    with serve(Hub(files={COMMIT: dict(FILES)})) as served:
        monkeypatch.setenv("HF_ENDPOINT", served.address)
        yield served


def test_a_model_is_pulled_listed_found_and_verified(mtcheck: Mtcheck, hub: Hub) -> None:
    pulled = mtcheck("models", "pull", hub.name)
    assert 0 == pulled.code, pulled.err
    assert f"{hub.name}@{COMMIT}" in pulled.out
    assert "license: cc-by-4.0" in pulled.out
    entries = {entry["name"]: entry for entry in json.loads(mtcheck("models", "list", "--json").out)}
    assert ("pulled", COMMIT) == (entries[hub.name]["origin"], entries[hub.name]["revision"])
    assert "public" == entries["facebook/m2m100_418M"]["origin"]
    assert hub.name.split("/")[1] in mtcheck("models", "list").out.replace("\n", "")
    folder = Path(mtcheck("models", "path", hub.name).out.strip())
    assert FILES["model.safetensors"] == (folder / "model.safetensors").read_bytes()
    assert 0 == mtcheck("models", "verify", hub.name).code
    (folder / "model.safetensors").write_bytes(b"changed")
    broken = mtcheck("models", "verify", hub.name)
    assert (2, True) == (broken.code, "model.safetensors" in broken.out)


def test_what_is_not_here_is_said_with_the_command_that_fetches_it(mtcheck: Mtcheck, hub: Hub) -> None:
    for command in (("path", hub.name), ("verify", hub.name), ("pull", hub.name, "--offline")):
        done = mtcheck("models", *command)
        assert 2 == done.code
        assert f"mtcheck models pull {hub.name}" in done.err
    assert 2 == mtcheck("models", "path", "no such name").code
