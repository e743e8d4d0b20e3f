from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from mtcheck.core.errors import EngineError, ModelUnavailable, UsageError
from mtcheck.engines.models import catalog, download, store
from mtcheck.engines.models.catalog import embedded_models, public_model, read_card
from mtcheck.engines.models.store import ModelName, list_models, pull, verify
from tests.engines.translation.hub import COMMIT, OTHER_COMMIT, Hub, serve

WEIGHTS = bytes(range(256)) * 4_000
FILES = {
    "config.json": b'{"model_type": "marian"}',
    "model.safetensors": WEIGHTS,
    "pytorch_model.bin": b"pickled",
    "source.spm": b"pieces",
    "README.md": b"# A ferry",
    "onnx/model.safetensors": b"other",
    "../outside.json": b"{}",
}
KEPT = ["config.json", "model.safetensors", "source.spm"]


@pytest.fixture(autouse=True)
def no_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("HF_HUB_OFFLINE", "HF_ENDPOINT", "HF_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("MTCHECK_CACHE", str(tmp_path / "cache"))


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    with serve(Hub(files={COMMIT: dict(FILES), OTHER_COMMIT: {**FILES, "source.spm": b"other pieces"}})) as served:
        monkeypatch.setenv("HF_ENDPOINT", served.address)
        yield served


def downloads(hub: Hub, file: str) -> list[str | None]:
    return [asked for path, asked in hub.requests if path.endswith(f"/{file}")]


def test_a_model_is_fetched_once_with_its_license_and_hashes(hub: Hub, tmp_path: Path) -> None:
    model = pull(hub.name)
    assert (model.name, model.revision, model.license) == (hub.name, COMMIT, "cc-by-4.0")
    assert sorted(file.path for file in model.files) == KEPT
    assert {file.path: file.sha256 for file in model.files} == {
        name: hashlib.sha256(FILES[name]).hexdigest() for name in KEPT
    }
    assert sorted(found.name for found in model.path.iterdir()) == sorted([*KEPT, "manifest.json"])
    assert not list(tmp_path.rglob("outside.json"))
    assert not list(tmp_path.rglob("*.incomplete"))
    assert store.path(hub.name) == model.path
    assert pull(hub.name) == model
    assert len(downloads(hub, "model.safetensors")) == 1
    assert verify(hub.name) == ()


def test_a_cut_connection_is_continued_by_itself_and_by_the_next_call(
    hub: Hub, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(download, "TRIES", 2)
    hub.cut_after = 300_000
    with pytest.raises(ModelUnavailable, match=r"model.safetensors cannot be fetched .*what has arrived is kept"):
        pull(hub.name)
    with pytest.raises(ModelUnavailable, match="is not here: run “mtcheck models pull tarn/ferry-en-es”"):
        store.path(hub.name)
    hub.cut_after = None
    model = pull(hub.name)
    assert (model.path / "model.safetensors").read_bytes() == WEIGHTS
    assert [None, "bytes=300000-", "bytes=600000-"] == downloads(hub, "model.safetensors")
    assert [None] == downloads(hub, "config.json")


@pytest.mark.parametrize("file", ["model.safetensors", "config.json"])
def test_bytes_that_are_not_those_promised_are_refused(hub: Hub, file: str) -> None:
    hub.lie[file] = FILES[file][:-1] + b"!"
    with pytest.raises(EngineError, match=f"{file} .*does not have the hash that the hub states"):
        pull(hub.name)
    with pytest.raises(ModelUnavailable):
        store.path(hub.name)
    hub.lie.clear()
    assert (pull(hub.name).path / file).read_bytes() == FILES[file]


def test_revisions_are_pinned_and_live_side_by_side(hub: Hub) -> None:
    main, tagged = pull(hub.name), pull(f"{hub.name}@v1")
    assert (tagged.revision, (tagged.path / "source.spm").read_bytes()) == (OTHER_COMMIT, b"other pieces")
    assert store.path(f"{hub.name}@{OTHER_COMMIT}") == store.path(f"{hub.name}@v1") == tagged.path
    assert store.path(hub.name) == main.path
    before = len(hub.requests)
    assert pull(f"{hub.name}@{COMMIT}") == main
    assert len(hub.requests) == before, "a commit that is here needs no hub"
    hub.commits["main"] = OTHER_COMMIT
    assert store.path(hub.name) == main.path, "what is here changes only when it is pulled"
    assert pull(hub.name).revision == OTHER_COMMIT


@pytest.mark.parametrize("switch", ["argument", "variable"])
def test_offline_uses_what_is_here_and_asks_nobody(hub: Hub, switch: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def offline() -> store.PulledModel:
        if switch == "variable":
            monkeypatch.setenv("HF_HUB_OFFLINE", "1")
            return pull(hub.name)
        return pull(hub.name, offline=True)

    with pytest.raises(ModelUnavailable, match=r"fetching is switched off \(offline\): run “mtcheck models pull"):
        offline()
    assert hub.requests == []
    monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
    model = pull(hub.name)
    asked = len(hub.requests)
    assert offline() == model
    assert len(hub.requests) == asked


def test_pickled_weights_are_never_fetched(hub: Hub) -> None:
    hub.files[COMMIT] = {"config.json": b"{}", "pytorch_model.bin": b"pickled"}
    with pytest.raises(ModelUnavailable, match="no weights as safetensors at this revision"):
        pull(hub.name)
    assert downloads(hub, "pytorch_model.bin") == []


def test_an_unknown_model_and_a_hub_out_of_reach_are_said_plainly(hub: Hub) -> None:
    with pytest.raises(ModelUnavailable, match="the model tarn/nowhere cannot be fetched from http"):
        pull("tarn/nowhere")
    with pytest.raises(ModelUnavailable, match="tarn/ferry-en-es@v9 cannot be fetched"):
        pull(f"{hub.name}@v9")
    with pytest.raises(ModelUnavailable, match=r"cannot be fetched from http://127\.0\.0\.1:9"):
        pull(hub.name, endpoint="http://127.0.0.1:9")
    with pytest.raises(UsageError, match="web address"):
        pull(hub.name, endpoint="file:///etc")


def test_a_cache_that_cannot_be_written_is_said_plainly(hub: Hub, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(EngineError, match="cannot be stored in"):
        pull(hub.name, folder=tmp_path / "file")


def test_verify_names_what_changed(hub: Hub) -> None:
    model = pull(hub.name)
    (model.path / "source.spm").write_bytes(b"tampered")
    (model.path / "config.json").unlink()
    (model.path / "extra.py").write_text("import os")
    problems = verify(hub.name)
    assert ["config.json", "source.spm", "extra.py"] == [problem.file for problem in problems]
    assert problems[0].message == "is missing"
    assert problems[1].message.startswith("has changed: its SHA-256 is")


def test_a_damaged_manifest_is_said_plainly(hub: Hub) -> None:
    model = pull(hub.name)
    (model.path / "manifest.json").write_text("{")
    with pytest.raises(ModelUnavailable, match="its manifest is damaged"):
        store.path(hub.name)
    (entry,) = (entry for entry in list_models() if entry.origin == "pulled")
    assert entry.name == hub.name
    assert entry.note.startswith("damaged: ")


def test_a_model_without_a_stated_license_says_so(hub: Hub) -> None:
    hub.license = None
    assert pull(hub.name).license == store.UNKNOWN_LICENSE


def test_the_list_has_what_is_here_and_what_can_be_had(hub: Hub) -> None:
    before = list_models()
    assert all(entry.license for entry in before)
    assert {"facebook/m2m100_418M", "facebook/nllb-200-distilled-600M"} <= {entry.name for entry in before}
    nllb = next(entry for entry in before if "nllb" in entry.name)
    assert nllb.license == "CC-BY-NC-4.0"
    assert "forbids commercial use" in nllb.note
    model = pull(hub.name)
    (entry,) = (entry for entry in list_models() if entry.name == hub.name)
    assert (entry.origin, entry.revision, entry.path, entry.license) == ("pulled", COMMIT, model.path, "cc-by-4.0")


def test_a_bar_is_shown_only_where_it_is_asked_for(hub: Hub, capsys: pytest.CaptureFixture[str]) -> None:
    pull(hub.name)
    assert capsys.readouterr().err == ""
    pull(f"{hub.name}@v1", progress=True)
    captured = capsys.readouterr()
    assert "license: cc-by-4.0" in " ".join(captured.err.split())
    assert captured.out == ""


@pytest.mark.parametrize("name", ["nothing", "a/b/c", "../etc/passwd", "a/..", "a/b@../../x", "/abs/path", "", "a b/c"])
def test_what_is_no_name_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match="is named like owner/name"):
        ModelName.parse(name)


@pytest.mark.parametrize(
    ("name", "known"),
    [("Helsinki-NLP/opus-mt-en-es", True), ("facebook/m2m100_418M", True), ("Helsinki-NLP/opus-mt-tc-big-en-es", True), ("x/y", False)],
)  # fmt: skip
def test_public_models_are_known_by_name(name: str, known: bool) -> None:
    assert (public_model(name) is not None) is known


class TestEmbedded:
    @pytest.fixture
    def root(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        root = tmp_path / "models"
        folder = root / "toy-en-es"
        folder.mkdir(parents=True)
        (folder / "model.safetensors").write_bytes(b"weights")
        card = {
            "name": "toy-en-es",
            "kind": "translation",
            "directions": ["en-es"],
            "license": "Apache-2.0",
            "revision": "3",
            "sha256": {"model.safetensors": hashlib.sha256(b"weights").hexdigest()},
        }
        (folder / "card.json").write_text(json.dumps(card))
        cards = embedded_models(root)
        monkeypatch.setattr(store, "embedded_models", lambda: cards)
        return root

    def test_being_in_the_folder_is_being_listed(self, root: Path) -> None:
        entry = list_models()[0]
        assert (entry.name, entry.origin, entry.directions) == ("toy-en-es", "embedded", "en-es")
        assert entry.path == root / "toy-en-es" == store.path("toy-en-es")

    def test_verify_hashes_it(self, root: Path) -> None:
        assert verify("toy-en-es") == ()
        (root / "toy-en-es" / "model.safetensors").write_bytes(b"other")
        assert ["model.safetensors"] == [problem.file for problem in verify("toy-en-es")]

    @pytest.mark.parametrize("text", ["{", "[]", '{"name": "x"}', '{"name": "x", "sha256": 3}'])
    def test_a_broken_card_is_said_plainly(self, root: Path, text: str) -> None:
        (root / "toy-en-es" / "card.json").write_text(text)
        with pytest.raises(EngineError, match=r"card\.json cannot be used"):
            read_card(root / "toy-en-es")


def test_the_packages_own_cards_are_sound() -> None:
    for card in embedded_models():
        assert card.kind in {catalog.TRANSLATION, "language-model"}
        assert verify(card.name) == ()
