"""The training loop: one process, one device; it may be killed at any moment and goes on from its last checkpoint."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from mtcheck.core.errors import EngineError
from mtcheck.training.checkpoints import Progress, checkpoint_folders, load_checkpoint, save_checkpoint
from mtcheck.training.configuration import Configuration
from mtcheck.training.model import count_parameters, matrices_and_rest
from mtcheck.training.schedule import Length, rate_factor
from mtcheck.training.tasks import Task

LOG_FILE = "log.jsonl"
# Lines of the log come this often, in steps.
LOG_STEPS = 20


@dataclass(frozen=True, slots=True)
class TrainingRun:
    """What a run is made of: where it is written, what it learns from, for how long."""

    folder: Path
    configuration: Configuration
    task: Task[Any]
    length: Length


def train(run: TrainingRun, stop: Callable[[Progress], bool] = lambda _: False) -> Progress:
    """Train from the last checkpoint, or from nothing, to the end of the run, and return where it stands.

    ``stop`` is asked after every step and ends the run early without a checkpoint, as a kill would. Raises ``EngineError``
    where the loss is no longer a number.
    """
    import torch

    configuration = run.configuration
    torch.set_num_threads(configuration.threads)
    device = _device(configuration.device)
    model = run.task.new_model().to(device).train()
    if device.type == "cpu":
        # Going back through the fused attention takes a third of a step on a CPU; the plain one is an eighth of that.
        model.set_attn_implementation("eager")
    optimizers = _optimizers(model, configuration)
    progress = Progress()
    folders = checkpoint_folders(run.folder)
    if folders:
        progress = load_checkpoint(folders[-1], model, optimizers)
    stream = run.task.stream(progress.position)
    log = _Log(run.folder / LOG_FILE, progress.step)
    log.write(event="start", step=progress.step, parameters=count_parameters(model), device=str(device),
              configuration=asdict(configuration))  # fmt: skip
    parameters = [parameter for parameter in model.parameters() if parameter.requires_grad]
    before = progress.seconds
    started = saved = time.monotonic()
    window = _Window()
    while (done := run.length.progress(progress.step, progress.seconds)) < 1.0:
        factor = rate_factor(configuration, progress.step + 1, done)
        for optimizer in optimizers:
            for group in optimizer.param_groups:
                group["lr"] = group["peak"] * factor
        batches = [stream.next(done) for _ in range(configuration.micro_batches)]
        tokens = sum(batch.target_tokens for batch in batches)
        loss_sum = 0.0
        for batch in batches:
            with _autocast(configuration, device):
                loss = run.task.loss(model, batch, device, configuration.label_smoothing)
            (loss / tokens).backward()
            loss_sum += float(loss.detach())
        if not math.isfinite(loss_sum):
            raise EngineError(f"the loss is no longer a number after {progress.step} steps: lower the learning rate")
        norm = float(torch.nn.utils.clip_grad_norm_(parameters, configuration.clip))
        for optimizer in optimizers:
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
        now = time.monotonic()
        progress = Progress(progress.step + 1, before + now - started, progress.target_tokens + tokens, stream.position)
        window.add(loss_sum, tokens, norm)
        if progress.step % LOG_STEPS == 0:
            log.write(event="step", step=progress.step, seconds=round(progress.seconds, 2), progress=round(done, 5),
                      target_tokens=progress.target_tokens, rate=factor, **window.taken(now))  # fmt: skip
        if stop(progress):
            return progress
        if now - saved > configuration.checkpoint_minutes * 60:
            saved = now
            _save(run, model, optimizers, progress, log, device)
    _save(run, model, optimizers, progress, log, device)
    return progress


class _Window:
    """Sums between two lines of the log."""

    def __init__(self) -> None:
        self._since = time.monotonic()
        self._loss, self._tokens, self._norm, self._steps = 0.0, 0, 0.0, 0

    def add(self, loss: float, tokens: int, norm: float) -> None:
        self._loss += loss
        self._tokens += tokens
        self._norm += norm
        self._steps += 1

    def taken(self, now: float) -> dict[str, float]:
        found = {
            "loss": round(self._loss / self._tokens, 4),
            "norm": round(self._norm / self._steps, 3),
            "tokens_per_second": round(self._tokens / (now - self._since), 1),
        }
        self.__init__()  # type: ignore[misc]
        return found


class _Log:
    """Lines of JSON. What a killed run wrote after its last checkpoint is dropped when the run goes on."""

    def __init__(self, path: Path, step: int) -> None:
        self._path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
        kept = [line for line in lines if json.loads(line)["step"] <= step and step]
        path.write_text("".join(f"{line}\n" for line in kept), encoding="utf-8")

    def write(self, **values: object) -> None:
        with self._path.open("a", encoding="utf-8") as stream:
            stream.write(json.dumps(values) + "\n")


def _save(run: TrainingRun, model: Any, optimizers: list[Any], progress: Progress, log: _Log, device: Any) -> None:
    save_checkpoint(run.folder, model, optimizers, progress, run.configuration.checkpoints_kept)
    loss = development_loss(model, run, device)
    if loss is not None:
        log.write(event="development", step=progress.step, seconds=round(progress.seconds, 2), loss=round(loss, 4))


def development_loss(model: Any, run: TrainingRun, device: Any) -> float | None:
    """Return the mean cross-entropy a token on the development set, without label smoothing or dropout; ``None`` without one."""
    import torch

    total, tokens = 0.0, 0
    model.eval()
    with torch.inference_mode():
        for batch in run.task.development():
            with _autocast(run.configuration, device):
                total += float(run.task.loss(model, batch, device, 0.0))
            tokens += batch.target_tokens
    model.train()
    return total / tokens if tokens else None


def _device(name: str) -> Any:
    import torch

    return torch.device(("cuda" if torch.cuda.is_available() else "cpu") if name == "auto" else name)


def _autocast(configuration: Configuration, device: Any) -> AbstractContextManager[Any]:
    import torch

    if configuration.precision == "bfloat16":
        return torch.autocast(device.type, dtype=torch.bfloat16)
    return nullcontext()


def _optimizers(model: Any, configuration: Configuration) -> list[Any]:
    """Return the optimizers; each group keeps its peak rate under ``peak``.

    Muon (Jordan et al. 2024) makes the update of a matrix orthogonal; embeddings, norms and biases stay with Adam.
    """
    import torch

    matrices, rest = matrices_and_rest(model)
    betas, epsilon = (0.9, 0.98), 1e-9
    adam_groups: list[dict[str, Any]] = [
        {"params": rest, "lr": configuration.embedding_rate, "weight_decay": 0.0, "peak": configuration.embedding_rate}
    ]
    found: list[Any] = []
    if configuration.optimizer == "muon":
        muon = torch.optim.Muon(
            matrices,
            lr=configuration.learning_rate,
            momentum=0.95,
            weight_decay=configuration.weight_decay,
            # Updates as large as Adam's, so that one rate suits both (Liu et al. 2025).
            adjust_lr_fn="match_rms_adamw",
        )
        muon.param_groups[0]["peak"] = configuration.learning_rate
        found.append(muon)
    else:
        rate, decay = configuration.learning_rate, configuration.weight_decay
        adam_groups.append({"params": matrices, "lr": rate, "weight_decay": decay, "peak": rate})
    found.append(torch.optim.AdamW(adam_groups, betas=betas, eps=epsilon, fused=True))
    return found
