"""What is spilled comes back as it was, from memory or from the disk; a full disk is said, an interruption loses nothing."""

from __future__ import annotations

import errno
import os
import tempfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from mtcheck.core import spill as spill_module
from mtcheck.core.document_store import DocumentStore, put
from mtcheck.core.errors import OutputError
from mtcheck.core.spill import Spill
from tests.reporters.sample import sample_report

VALUES = ["Ferries to sail again", ("Fähren", 3), None, "half a pair: \ud800", "x" * 5000, b""]


@pytest.mark.parametrize("in_memory", [0, 60, 1_000_000], ids=["on disk", "first in memory", "in memory"])
def test_values_come_back(in_memory: int) -> None:
    spill = Spill(in_memory)
    slots = [spill.put(value) for value in VALUES]
    assert VALUES == [spill.get(slot) for slot in slots]
    assert VALUES[::-1] == [spill.get(slot) for slot in slots[::-1]]
    assert "more" == spill.get(spill.put("more"))


def test_nothing_is_left_in_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    spill = Spill(0)
    slot = spill.put("text")
    if os.name == "posix":
        assert [] == list(tmp_path.iterdir()), "a killed process would leave it"
    assert "text" == spill.get(slot)


class FullDisk(BytesIO):
    """Takes 100 bytes in all."""

    def write(self, content: Any) -> int:
        room = 100 - self.tell()
        if room <= 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return super().write(content[:room])


def test_a_full_disk_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spill_module.tempfile, "TemporaryFile", lambda **_: FullDisk())  # type: ignore[attr-defined]
    spill = Spill(0)
    slot = spill.put("short")
    with pytest.raises(OutputError, match=r"No space left on device; TMPDIR names another folder"):
        spill.put(os.urandom(500))
    assert "short" == spill.get(slot)


def test_a_folder_that_is_missing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", "/nowhere/at/all")
    with pytest.raises(OutputError, match="TMPDIR"):
        Spill(0).put("text")


def test_what_an_interruption_left_is_written_over(monkeypatch: pytest.MonkeyPatch) -> None:
    spill = Spill(0)
    first = spill.put("first")

    def interrupted(file: Any, content: bytes) -> None:
        file.write(content[:7])
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(spill_module, "_write", interrupted)
        with pytest.raises(KeyboardInterrupt):
            spill.put("second")
    third = spill.put("third")
    assert ("first", "third") == (spill.get(first), spill.get(third))


def test_a_store_is_the_sequence_of_its_documents() -> None:
    documents = tuple(sample_report().documents)
    store = DocumentStore.of(documents)
    assert store == documents
    assert documents == store
    assert list(documents) == list(store)
    assert documents[-1] == store[-1]
    assert store[1:] == documents[1:]
    assert store != documents[1:]
    assert store != (*documents[1:], documents[0])
    assert [document.id for document in documents] == [head.id for head in store.heads]
    assert DocumentStore.of(store) is store


def test_other_scores_and_further_documents_leave_a_store_as_it_was() -> None:
    documents = tuple(sample_report().documents)
    spill = Spill(0)
    store = DocumentStore(spill, put(spill, documents))
    better = [replace(document.scores, penalty=0) for document in documents]
    assert store.rescored(better) == tuple(
        replace(document, scores=new) for document, new in zip(documents, better, strict=True)
    )
    assert store.followed_by(documents[:1]) == (*documents, documents[0])
    assert store == documents
