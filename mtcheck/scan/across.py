"""Checks across pages: a reduce over the records that the windows brought, the same wherever the windows were checked."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from mtcheck.core.across import Gathering, PageHit
from mtcheck.core.checks import Check
from mtcheck.core.findings import Finding
from mtcheck.core.report import NotChecked, Problem
from mtcheck.scan.findings import MOST_FINDINGS_OF_A_CHECK, TOO_MANY, PageFindingMaker
from mtcheck.scan.meeting import records_to_group
from mtcheck.scan.planning import Plan
from mtcheck.scan.results import AcrossResult

logger = logging.getLogger(__name__)


RecordsOf = Callable[[str], Iterable[Any]]
"""Gives the records of all pages for the gathering with this name, sorted by the identifiers of their documents; they can be gone through more than once."""


def judge_across(plan: Plan, records_of: RecordsOf) -> AcrossResult:
    """Let every check across pages judge what all pages left; one that crashes becomes a problem of the report."""
    findings: list[Finding] = []
    not_checked: list[NotChecked] = []
    problems: list[Problem] = []
    for gathering in plan.gatherings:
        codes = codes_on(plan, gathering)
        try:
            groups = gathering.group(records_to_group(gathering, records_of(gathering.name)))
        except Exception as error:
            logger.debug("grouping %s crashed", gathering.name, exc_info=error)
            message = f"grouping {gathering.name} for {', '.join(codes)} crashed: {described(error)}"
            problems.append(Problem("check", None, message))
            not_checked.append(NotChecked(None, codes, message, incomplete=True))
            continue
        for check, options in zip(plan.checks, plan.options, strict=True):
            if check.across is None or check.code not in codes:
                continue
            try:
                found = _capped(check, list(check.across.judge(groups, options)), not_checked)
                findings.extend(PageFindingMaker().findings(check, found))
            except Exception as error:
                logger.debug("%s crashed across pages", check.code, exc_info=error)
                message = f"{check.code} {check.name} crashed across pages: {described(error)}"
                problems.append(Problem("check", None, message))
                not_checked.append(NotChecked(None, (check.code,), message, incomplete=True))
    return AcrossResult(tuple(findings), tuple(not_checked), tuple(problems))


def codes_on(plan: Plan, gathering: Gathering[Any, Any]) -> tuple[str, ...]:
    """Return the codes of the checks that live on a gathering."""
    return tuple(
        check.code for check in plan.checks if check.across is not None and check.across.gathering == gathering
    )


def described(error: Exception) -> str:
    """Return the kind of a foreign error and what it says."""
    return f"{type(error).__name__}: {error}"


def _capped(check: Check[Any], hits: list[PageHit], not_checked: list[NotChecked]) -> list[PageHit]:
    """Return the hits, of each document as many as one check may list."""
    hits.sort(key=lambda hit: (hit.at.document, hit.at.span, hit.message))
    kept: list[PageHit] = []
    counts: Counter[str] = Counter()
    for hit in hits:
        counts[hit.at.document] += 1
        if counts[hit.at.document] <= MOST_FINDINGS_OF_A_CHECK:
            kept.append(hit)
        elif counts[hit.at.document] == MOST_FINDINGS_OF_A_CHECK + 1:
            not_checked.append(NotChecked(hit.at.document, (check.code,), TOO_MANY, incomplete=False))
    return kept
