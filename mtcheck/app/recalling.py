"""A whole scan taken up again: where no file and no setting has changed, nothing that checks is even loaded.

What a scan computes is known only when its checks are loaded, which takes longer than reading its results. So a scan whose
findings follow from files, settings and code alone leaves a note under a digest of just these: the keys of its results, and what
checks across pages made of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from mtcheck.config import Settings
from mtcheck.core.errors import InputError
from mtcheck.core.reading import Input
from mtcheck.core.report import NotChecked, ScanReport, Signature
from mtcheck.core.surprisal import SURPRISAL
from mtcheck.scan.results import AcrossResult, KeptResults, assemble
from mtcheck.scan.reuse import ResultFolder, ResultStore, content_digest, salt_of_everything

if TYPE_CHECKING:
    from mtcheck.scan.planning import Plan

# What changes no finding, or comes after the report. Where results lie is known already.
_WITHOUT_EFFECT = frozenset(
    {"allow_incomplete", "baseline", "cache", "diff", "fail_on", "jobs", "max_findings", "max_rate", "output", "reuse"}
)


@dataclass(frozen=True, slots=True)
class WholeScan:
    """What is kept of a whole scan: ``keys`` are those of its inputs' results, in order."""

    signature: Signature
    not_checked: tuple[NotChecked, ...]
    across: AcrossResult
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recall:
    """The note of one scan: where it lies, under which key, and of which files."""

    folder: ResultFolder
    key: str
    settings: Settings
    paths: tuple[str, ...]

    @classmethod
    def of(cls, settings: Settings, items: Sequence[Input | InputError]) -> Recall | None:
        """Return the note for a scan of these inputs, or ``None`` where more than files, settings and code has a say."""
        if not _is_sealed(settings) or not items:
            return None
        if not all(isinstance(item, Input) and not item.feed for item in items):
            return None
        paths = tuple(item.path for item in items)
        key = _key(settings, paths)
        return None if key is None else cls(ResultFolder(cache_folder_of(settings)), key, settings, paths)

    def report(self) -> ScanReport | None:
        """Return the report, or ``None`` where a part of it is not kept."""
        whole = self.folder.load(self.key, WholeScan)
        if whole is None:
            return None
        results = KeptResults()
        for key in whole.keys:
            result = self.folder.load_result(key)
            if result is None:
                return None
            # Checks across pages have seen the records.
            results.add(replace(result, records=()))
        return assemble(whole.signature, results, whole.not_checked, (), whole.across)

    def keep(self, report: ScanReport, plan: Plan, across: AcrossResult, store: ResultStore) -> None:
        """Leave the note, unless something went wrong, is not kept, or has changed since the scan began."""
        needs_a_model = any(provider.provides == SURPRISAL for provider in plan.providers)
        foreign = any(not check.find.__module__.startswith("mtcheck.") for check in plan.checks)
        if report.problems or needs_a_model or foreign:
            return
        keys = [key for path in self.paths if (key := store.key(path)) and key in self.folder]
        if len(keys) == len(self.paths) and _key(self.settings, self.paths) == self.key:
            self.folder.save(self.key, WholeScan(report.signature, plan.not_checked, across, tuple(keys)))


def cache_folder_of(settings: Settings) -> Path:
    """Return the folder that results are kept in."""
    from mtcheck.engines.models.folders import cache_folder

    return cache_folder(settings.cache)


def _is_sealed(settings: Settings) -> bool:
    """Tell whether findings follow from files, settings and code: no model, program or reference outside of them is asked."""
    from mtcheck.app.references import references_folder

    return (
        not settings.translation.enabled
        and settings.source is None
        and settings.fasttext_model is None
        and references_folder(settings) is None
    )


def _key(settings: Settings, paths: Sequence[str]) -> str | None:
    parts = [salt_of_everything(), settings.model_dump_json(exclude=set(_WITHOUT_EFFECT))]
    for path in paths:
        content = content_digest(path)
        if content is None:
            return None
        parts.append(content)
    return ResultFolder.key_of(parts)
