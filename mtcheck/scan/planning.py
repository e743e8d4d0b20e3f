"""What a scan has to compute: the facts that the selected checks need, in an order that respects their needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from mtcheck.core.across import Gathering
from mtcheck.core.checks import Check
from mtcheck.core.facts import Fact, FactProvider, Omission
from mtcheck.core.languages import LANGUAGES
from mtcheck.core.report import NotChecked
from mtcheck.core.suppressions import STALE_ENTRIES, UNUSED_SUPPRESSIONS
from mtcheck.text.sentences import SENTENCES

# The report shows the languages of every document, and a fingerprint holds the sentence around a finding.
ALWAYS_NEEDED: tuple[Fact[Any], ...] = (LANGUAGES, SENTENCES)

# What only the scan itself can say, after the checks have run; no provider computes it.
SAID_BY_THE_SCAN: frozenset[Fact[Any]] = frozenset({UNUSED_SUPPRESSIONS, STALE_ENTRIES})


@dataclass(frozen=True, slots=True)
class Unavailable:
    """A fact that this scan cannot have, and why.

    ``incomplete`` is true where the scan was asked for it all the same (no model is there), false where it was turned
    off by the caller.
    """

    fact: Fact[Any]
    reason: str
    incomplete: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """The checks that run with their options, the providers in the order they run, and what cannot run.

    ``known`` are all checks there are, selected or not. ``shown`` are facts that the report shows whether a check reads them or not.
    ``gatherings`` are the kinds of records that every page leaves to the checks across pages, each named once.
    """

    checks: tuple[Check[Any], ...]
    options: tuple[object, ...]
    providers: tuple[FactProvider[Any], ...]
    not_checked: tuple[NotChecked, ...]
    known: tuple[Check[Any], ...] = ()
    gatherings: tuple[Gathering[Any, Any], ...] = ()
    shown: tuple[Fact[Any], ...] = ()


def make_plan(
    checks: Sequence[Check[Any]],
    options: Mapping[str, object],
    providers: Sequence[FactProvider[Any]],
    unavailable: Sequence[Unavailable] = (),
    known: Sequence[Check[Any]] = (),
    shown: Sequence[Fact[Any]] = (),
) -> Plan:
    """Plan a scan. ``options`` holds the options of checks that differ from their defaults, by code.

    ``shown`` are facts that the report shall show, whether a check reads them or not. ``known`` are all checks there are, so that a suppression of one that does not run is not taken for a slip.

    Raises ``ValueError`` where a fact has no provider and is not declared unavailable, or where needs form a circle.
    """
    by_fact = {provider.provides: provider for provider in providers}
    missing = {entry.fact: entry for entry in unavailable}
    blocked: dict[Unavailable, list[str]] = {}
    runnable: list[Check[Any]] = []
    for check in checks:
        obstacle = _obstacle(check.needs, by_fact, missing)
        if obstacle is None:
            runnable.append(check)
        else:
            blocked.setdefault(obstacle, []).append(check.code)
    welcome = [fact for check in runnable for fact in check.welcomes if _can_be_had(fact, by_fact, missing)]
    to_show = tuple(fact for fact in shown if _can_be_had(fact, by_fact, missing))
    lost = {fact: missing[fact] for fact in shown if fact in missing and missing[fact] not in blocked}
    needed = [*ALWAYS_NEEDED, *(fact for check in runnable for fact in check.needs), *welcome, *to_show]
    return Plan(
        tuple(runnable),
        tuple(options.get(check.code, check.options()) for check in runnable),
        _ordered(needed, by_fact),
        (
            *(NotChecked(None, tuple(codes), entry.reason, entry.incomplete) for entry, codes in blocked.items()),
            *(NotChecked(None, (), _not_shown(fact, entry.reason), entry.incomplete) for fact, entry in lost.items()),
        ),
        tuple(known or checks),
        _gatherings(runnable),
        to_show,
    )


def not_shown(fact: Fact[Any], omission: Omission) -> Omission:
    """Return an omission that says that the report lacks a fact, for no check is concerned."""
    return replace(omission, reason=_not_shown(fact, omission.reason))


def _not_shown(fact: Fact[Any], reason: str) -> str:
    return f"{fact.name} cannot be shown: {reason}"


def _gatherings(checks: Iterable[Check[Any]]) -> tuple[Gathering[Any, Any], ...]:
    """Return the gatherings that the checks live on. Raises ``ValueError`` for two of one name."""
    by_name: dict[str, Gathering[Any, Any]] = {}
    for check in checks:
        if check.across is not None:
            gathering = check.across.gathering
            if by_name.setdefault(gathering.name, gathering) != gathering:
                raise ValueError(f"two gatherings have the name {gathering.name!r}")
    return tuple(by_name.values())


def _obstacle(
    needs: Iterable[Fact[Any]],
    by_fact: Mapping[Fact[Any], FactProvider[Any]],
    missing: Mapping[Fact[Any], Unavailable],
) -> Unavailable | None:
    """Return the first unavailable fact among the needs and the needs of their providers."""
    for fact in needs:
        if fact in SAID_BY_THE_SCAN:
            continue
        if fact in missing:
            return missing[fact]
        if fact not in by_fact:
            raise ValueError(f"nothing provides the fact {fact.name!r}")
        behind = _obstacle(by_fact[fact].needs, by_fact, missing)
        if behind is not None:
            return behind
    return None


def _can_be_had(
    fact: Fact[Any], by_fact: Mapping[Fact[Any], FactProvider[Any]], missing: Mapping[Fact[Any], Unavailable]
) -> bool:
    """Tell whether a fact and all behind it have a provider."""
    if fact in missing or fact not in by_fact:
        return False
    return all(_can_be_had(need, by_fact, missing) for need in by_fact[fact].needs)


def _ordered(
    needed: Sequence[Fact[Any]], by_fact: Mapping[Fact[Any], FactProvider[Any]]
) -> tuple[FactProvider[Any], ...]:
    """Return the providers of the needed facts and of all facts behind them, each after what it needs."""
    ordered: dict[Fact[Any], FactProvider[Any]] = {}
    under_way: list[Fact[Any]] = []

    def visit(fact: Fact[Any]) -> None:
        if fact in ordered or fact in SAID_BY_THE_SCAN:
            return
        if fact in under_way:
            raise ValueError(f"the fact {fact.name!r} needs itself: {[other.name for other in under_way]}")
        under_way.append(fact)
        for need in by_fact[fact].needs:
            visit(need)
        under_way.pop()
        ordered[fact] = by_fact[fact]

    for fact in needed:
        visit(fact)
    return tuple(ordered.values())
