"""Checkpoints: everything a run needs to go on as if it had not been stopped; and the mean of several."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from mtcheck.core.errors import UsageError
from mtcheck.training.batches import Position

_STATE, _WEIGHTS, _PROGRESS = "state.pt", "weights.safetensors", "progress.json"


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a run stands: steps, seconds of training, target tokens seen, the stream's position."""

    step: int = 0
    seconds: float = 0.0
    target_tokens: int = 0
    position: Position | None = None


def checkpoint_folders(run: Path) -> list[Path]:
    """Return the finished checkpoints of a run, oldest first."""
    return sorted(path.parent for path in run.glob(f"checkpoints/*/{_PROGRESS}") if path.parent.suffix != ".part")


def save_checkpoint(run: Path, model: Any, optimizers: Sequence[Any], progress: Progress, keep: int) -> Path:
    """Write a checkpoint, whole or not at all, drop the oldest beyond ``keep``, and return its folder."""
    import shutil

    import torch
    from safetensors.torch import save_file

    target = run / "checkpoints" / f"{progress.step:08d}"
    if target.is_dir():
        return target
    building = target.with_suffix(".part")
    shutil.rmtree(building, ignore_errors=True)
    building.mkdir(parents=True)
    save_file(_learned(model), building / _WEIGHTS)
    state = {
        "optimizers": [optimizer.state_dict() for optimizer in optimizers],
        "random": torch.get_rng_state(),
        "random_cuda": torch.cuda.get_rng_state_all() if torch.cuda.is_available() else [],
    }
    torch.save(state, building / _STATE)
    (building / _PROGRESS).write_text(json.dumps(asdict(progress)) + "\n", encoding="utf-8")
    building.replace(target)
    folders = checkpoint_folders(run)
    for old in folders[:-keep]:
        shutil.rmtree(old)
    # Only the newest is ever continued from; the others are for the mean, and need no optimizer.
    for old in folders[-keep:-1]:
        (old / _STATE).unlink(missing_ok=True)
    return target


def load_checkpoint(folder: Path, model: Any, optimizers: Sequence[Any]) -> Progress:
    """Put a checkpoint's state into a model and its optimizers, and return where the run stood."""
    import torch

    load_weights(folder, model)
    state = torch.load(folder / _STATE, map_location="cpu", weights_only=True)
    for optimizer, value in zip(optimizers, state["optimizers"], strict=True):
        optimizer.load_state_dict(value)
    torch.set_rng_state(state["random"])
    if state["random_cuda"] and torch.cuda.is_available():
        torch.cuda.set_rng_state_all(state["random_cuda"])
    value = json.loads((folder / _PROGRESS).read_text(encoding="utf-8"))
    position = value.pop("position")
    position["drawn"] = tuple(position["drawn"])
    return Progress(position=Position(**position), **value)


def load_weights(folder: Path, model: Any) -> None:
    """Put the weights of a checkpoint or of a mean into a model. Raises ``UsageError`` where they do not fit."""
    from safetensors.torch import load_file

    weights = load_file(folder / _WEIGHTS)
    learned = dict(model.named_parameters())
    if set(weights) != {name for name, _ in learned.items() if learned[name].requires_grad}:
        raise UsageError(f"the weights in {folder} are of another model")
    import torch

    with torch.no_grad():
        for name, value in weights.items():
            if learned[name].shape != value.shape:
                raise UsageError(f"the weights in {folder} are of a model of another size ({name})")
            learned[name].copy_(value)


def average(run: Path, last: int, output: Path) -> tuple[Path, ...]:
    """Write the mean of the last checkpoints' weights into ``output``, and return the folders it was made from.

    Raises ``UsageError`` where the run has no checkpoint.
    """
    from safetensors.torch import load_file, save_file

    folders = checkpoint_folders(run)[-last:]
    if not folders:
        raise UsageError(f"the run {run} has no checkpoint yet")
    total = {name: value.double() for name, value in load_file(folders[0] / _WEIGHTS).items()}
    for folder in folders[1:]:
        for name, value in load_file(folder / _WEIGHTS).items():
            total[name] += value.double()
    output.mkdir(parents=True, exist_ok=True)
    save_file({name: (value / len(folders)).float() for name, value in total.items()}, output / _WEIGHTS)
    return tuple(folders)


def _learned(model: Any) -> dict[str, Any]:
    return {name: value.detach().contiguous() for name, value in model.named_parameters() if value.requires_grad}
