"""Draw a run's learning curve as SVG, from its log, without a plotting library."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from mtcheck.core.errors import UsageError
from mtcheck.training.loop import LOG_FILE

_WIDTH, _HEIGHT = 720, 400
_LEFT, _RIGHT, _TOP, _BOTTOM = 60, 20, 40, 50


@dataclass(frozen=True, slots=True)
class _Curve:
    name: str
    color: str
    points: tuple[tuple[float, float], ...]


def plot(run: Path, output: Path) -> None:
    """Write the curve of training and development loss over the target tokens seen.

    Raises ``UsageError`` where the run has no log with at least two points.
    """
    path = run / LOG_FILE
    if not path.is_file():
        raise UsageError(f"the run {run} has no log")
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    tokens = {line["step"]: line["target_tokens"] / 1e6 for line in lines if line["event"] == "step"}
    training = tuple((tokens[line["step"]], line["loss"]) for line in lines if line["event"] == "step")
    development = tuple(
        (_tokens_at(tokens, line["step"]), line["loss"]) for line in lines if line["event"] == "development"
    )
    if len(training) < 2:
        raise UsageError(f"the log of {run} is too short for a curve")
    smoothed = any(line["configuration"]["label_smoothing"] for line in lines if line["event"] == "start")
    curves = (
        _Curve(f"training loss{' (label-smoothed)' if smoothed else ''}", "#1f6f8b", training),
        _Curve("development loss (FLORES dev)", "#b5482a", development),
    )
    speed = training[-1][0] * 1e6 / max(line["seconds"] for line in lines if line["event"] == "step")
    title = f"{training[-1][0]:.1f} million target tokens at {speed:,.0f} a second"
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text(_drawing(title, curves), encoding="utf-8")


def _tokens_at(tokens: dict[int, float], step: int) -> float:
    """Return the tokens seen at a step that has no line of its own, by the line of the step before."""
    below = [known for known in tokens if known <= step]
    return tokens[max(below)] * (step / max(below)) if below else 0.0


def _drawing(title: str, curves: Sequence[_Curve]) -> str:
    points = [point for curve in curves for point in curve.points]
    right = max(x for x, _ in points)
    low, high = math.floor(min(y for _, y in points)), math.ceil(max(y for _, y in points))

    def place(x: float, y: float) -> tuple[float, float]:
        across = _LEFT + x / right * (_WIDTH - _LEFT - _RIGHT)
        down = _TOP + (high - y) / (high - low) * (_HEIGHT - _TOP - _BOTTOM)
        return round(across, 1), round(down, 1)

    label = f'role="img" aria-label="Learning curve: {title}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" {label}>',
        "<style>text{font:12px sans-serif}</style>",
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"/>',
        f'<text x="{_LEFT}" y="22">{title}</text>',
    ]
    for value in range(low, high + 1):
        x, y = place(0, value)
        parts.append(f'<path d="M{x} {y}H{_WIDTH - _RIGHT}" stroke="#ddd"/>')
        parts.append(f'<text x="{x - 8}" y="{y + 4}" text-anchor="end">{value}</text>')
    for tick in _ticks(right):
        x, y = place(tick, low)
        parts.append(f'<text x="{x}" y="{y + 18}" text-anchor="middle">{tick:g}</text>')
    parts.append(f'<text x="{_WIDTH / 2}" y="{_HEIGHT - 12}" text-anchor="middle">million target tokens</text>')
    for number, curve in enumerate(curves):
        if not curve.points:
            continue
        line = " ".join(f"{x},{y}" for x, y in (place(*point) for point in curve.points))
        parts.append(f'<polyline points="{line}" fill="none" stroke="{curve.color}" stroke-width="1.8"/>')
        y = _TOP + 14 + 18 * number
        parts.append(
            f'<text x="{_WIDTH - _RIGHT - 8}" y="{y}" text-anchor="end" fill="{curve.color}">{curve.name}</text>'
        )
    return "\n".join([*parts, "</svg>", ""])


def _ticks(right: float) -> list[float]:
    """Return five to ten round values from 0 to ``right``."""
    rough = right / 5
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough)
    return [round(index * step, 6) for index in range(int(right / step) + 1)]
