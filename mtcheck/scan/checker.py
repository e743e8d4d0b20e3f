"""Checks one window of documents: facts first, batched across the window, then every check on every document."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from mtcheck.core.across import Gathering, PageRecords
from mtcheck.core.checks import Check
from mtcheck.core.documents import Document
from mtcheck.core.errors import EngineError, InputError
from mtcheck.core.facts import Fact, FactProvider, FactRequest, Facts, Omission, Outcome
from mtcheck.core.findings import Finding
from mtcheck.core.languages import LANGUAGES, UNDETERMINED, Languages
from mtcheck.core.report import DocumentReport, NotChecked, Problem
from mtcheck.core.suppressions import UNUSED_SUPPRESSIONS
from mtcheck.core.surprisal import SURPRISAL, SentenceSurprisal, Surprisals
from mtcheck.core.translation import ROUND_TRIP
from mtcheck.scan.across import codes_on, described
from mtcheck.scan.faults import with_faults
from mtcheck.scan.findings import MOST_FINDINGS_OF_A_CHECK, TOO_MANY, FindingMaker
from mtcheck.scan.planning import Plan, not_shown
from mtcheck.scan.results import WindowResult
from mtcheck.scan.scores import score
from mtcheck.scan.suppression import suppress
from mtcheck.text.language_names import language_name
from mtcheck.text.placing import Placer
from mtcheck.text.sentences import SENTENCES, Sentence
from mtcheck.text.word_surprisal import sentence_surprisals

logger = logging.getLogger(__name__)


# A hostile page must not crowd the others out of the comparison.
MOST_RECORDS_OF_A_PAGE = 5000

_NO_LANGUAGES = Languages(UNDETERMINED, (), ())


@dataclass(slots=True)
class _Work:
    """What is known of one document while its window is checked."""

    document: Document
    values: dict[Fact[Any], object] = field(default_factory=dict)
    not_checked: list[NotChecked] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    records: list[PageRecords] = field(default_factory=list)


class WindowChecker:
    """Runs a plan over windows of documents. A provider or a check that fails never ends the scan."""

    def __init__(self, plan: Plan) -> None:
        """Take the plan; what it needs is loaded when the first window comes."""
        self._plan = plan
        self._welcome = frozenset(fact for check in plan.checks for fact in check.welcomes)

    def check(self, window: Sequence[Document | InputError], inputs: int = 0) -> WindowResult:
        """Return the results of the documents of a window, in order; an input error becomes a problem."""
        problems = [Problem("input", item.path, item.reason) for item in window if isinstance(item, InputError)]
        works = [_Work(item) for item in window if isinstance(item, Document)]
        for provider in self._plan.providers:
            self._provide(provider, works)
        for work in works:
            self._judge(work)
        return WindowResult(
            tuple(self._report(work) for work in works),
            tuple(finding for work in works for finding in work.findings),
            tuple(entry for work in works for entry in work.not_checked),
            (*problems, *(problem for work in works for problem in work.problems)),
            inputs,
            tuple(records for work in works for records in work.records),
        )

    def _provide(self, provider: FactProvider[Any], works: Sequence[_Work]) -> None:
        """Let one provider look at all documents that have what it needs."""
        ready = [work for work in works if all(need in work.values for need in provider.needs)]
        if not ready:
            return
        for work, outcome in zip(ready, self._outcomes(provider, ready), strict=True):
            if outcome.value is not None:
                work.values[provider.provides] = outcome.value
            codes = tuple(check.code for check in self._plan.checks if provider.provides in check.needs)
            shown = provider.provides in self._plan.shown
            if not codes and not shown and provider.provides in self._welcome:
                # Whoever welcomes a fact does without it.
                continue
            for omission in outcome.omissions:
                if codes or not shown:
                    work.not_checked.append(_not_checked(work.document, codes, omission))
                elif omission.incomplete:
                    # That something lies out of reach can be seen; that it went wrong cannot.
                    work.not_checked.append(_not_checked(work.document, (), not_shown(provider.provides, omission)))

    def _outcomes(self, provider: FactProvider[Any], works: Sequence[_Work]) -> list[Outcome[Any]]:
        """Ask the provider for all documents at once; where it crashes, for one at a time, to spare the others."""
        requests = [FactRequest(work.document, Facts(work.values).narrowed(provider.needs)) for work in works]
        try:
            return list(provider.provide(requests))
        except EngineError as error:
            # The engine as a whole is out of order: asking again for each document would only take time.
            for work in works:
                work.problems.append(Problem("engine", work.document.doc_id, str(error)))
            return [Outcome(None, (Omission(str(error), incomplete=True),))] * len(works)
        except Exception as error:
            if len(works) > 1:
                return [outcome for work in works for outcome in self._outcomes(provider, [work])]
            logger.debug("%s failed on %s", provider.signature, works[0].document.doc_id, exc_info=error)
            message = f"{provider.provides.name} failed: {described(error)}"
            works[0].problems.append(Problem("engine", works[0].document.doc_id, message))
            return [Outcome(None, (Omission(message, incomplete=True),))]

    def _judge(self, work: _Work) -> None:
        """Run every check whose facts are there, and keep what checks across pages will want of the page."""
        sentences: tuple[Sentence, ...] = work.values.get(SENTENCES, ())  # type: ignore[assignment]
        maker = FindingMaker(work.document, sentences)
        ran = self._run_ready(work, maker, self._pass_over(work))
        if work.document.suppressions:
            settled = suppress(work.document, work.findings, ran - _unsure(work), self._plan.known)
            work.findings = list(settled.findings)
            work.values[UNUSED_SUPPRESSIONS] = settled.unused
            self._run_ready(work, maker, ran)
        work.findings = with_faults(sorted(work.findings, key=lambda finding: (finding.span, finding.code)))
        for gathering in self._plan.gatherings:
            if all(need in work.values for need in gathering.needs):
                self._gather(gathering, work, sentences)

    def _pass_over(self, work: _Work) -> frozenset[str]:
        """Say which checks do not run in the language of a page, and return the codes of those that run in no block of it either.

        Where nothing is known, all run.
        """
        languages = _languages(work)
        if languages.page == UNDETERMINED:
            return frozenset()
        present = {block.language for block in languages.blocks}
        nowhere: list[str] = []
        in_parts: list[str] = []
        for check in self._plan.checks:
            if check.runs_in is not None and languages.page not in check.runs_in:
                (nowhere if present.isdisjoint(check.runs_in) else in_parts).append(check.code)
        reason = f"not measured on {language_name(languages.page)}, or not good enough there"
        for codes, what in ((nowhere, reason), (in_parts, f"{reason}; what stands in other languages was checked")):
            if codes:
                work.not_checked.append(NotChecked(work.document.doc_id, tuple(codes), what, incomplete=False))
        return frozenset(nowhere)

    def _gather(self, gathering: Gathering[Any, Any], work: _Work, sentences: tuple[Sentence, ...]) -> None:
        document = work.document
        try:
            facts = Facts(work.values).narrowed(gathering.needs)
            found = gathering.records(document, facts, Placer(document, sentences).placed)
            records = tuple(islice(found, MOST_RECORDS_OF_A_PAGE))
        except Exception as error:
            logger.debug("gathering %s crashed on %s", gathering.name, document.doc_id, exc_info=error)
            codes = codes_on(self._plan, gathering)
            message = f"gathering {gathering.name} for {', '.join(codes)} crashed: {described(error)}"
            work.problems.append(Problem("check", document.doc_id, message))
            work.not_checked.append(NotChecked(document.doc_id, codes, message, incomplete=True))
            return
        if records:
            work.records.append(PageRecords(gathering.name, document.doc_id, records))

    def _run_ready(self, work: _Work, maker: FindingMaker, done: frozenset[str]) -> frozenset[str]:
        """Run every check whose facts are there and that is not done; return the codes of those that are done now."""
        ran = set(done)
        for check, options in zip(self._plan.checks, self._plan.options, strict=True):
            if check.code not in ran and all(need in work.values for need in check.needs):
                self._run(check, options, work, maker)
                ran.add(check.code)
        return frozenset(ran)

    def _run(self, check: Check[Any], options: object, work: _Work, maker: FindingMaker) -> None:
        document = work.document
        try:
            hits_anywhere = check.find(document, Facts(work.values).narrowed((*check.needs, *check.welcomes)), options)
            languages = _languages(work)
            found = (hit for hit in hits_anywhere if _runs_at(check, languages, hit.span.start))
            hits = list(islice(found, MOST_FINDINGS_OF_A_CHECK))
            work.findings.extend(maker.findings(check, hits))
            if len(hits) == MOST_FINDINGS_OF_A_CHECK and next(found, None) is not None:
                work.not_checked.append(NotChecked(document.doc_id, (check.code,), TOO_MANY, incomplete=False))
        except Exception as error:
            logger.debug("%s crashed on %s", check.code, document.doc_id, exc_info=error)
            message = f"{check.code} {check.name} crashed: {described(error)}"
            work.problems.append(Problem("check", document.doc_id, message))
            work.not_checked.append(NotChecked(document.doc_id, (check.code,), message, incomplete=True))

    def _report(self, work: _Work) -> DocumentReport:
        document = work.document
        languages = _languages(work)
        return DocumentReport(
            id=document.doc_id,
            path=document.path,
            title=document.title,
            url=document.url,
            encoding=document.encoding,
            declared_language=document.declared_language,
            language=languages.page,
            languages=languages.shares,
            foreign=languages.foreign,
            scores=score(document, work.findings),
            text=document.text,
            blocks=document.blocks,
            block_languages=languages.blocks,
            round_trips=work.values.get(ROUND_TRIP),  # type: ignore[arg-type]
            surprisal=_surprisal(work),
        )


def _languages(work: _Work) -> Languages:
    """Return the languages of a document, nothing known where nobody could tell."""
    languages: Languages = work.values.get(LANGUAGES, _NO_LANGUAGES)  # type: ignore[assignment]
    return languages


def _runs_at(check: Check[Any], languages: Languages, offset: int) -> bool:
    """Tell whether a check runs in the language of a block; on a page in one of its languages it may judge all blocks.

    A menu entry in English on a German page does not make what holds for English hold for the German text.
    """
    runs_in = check.runs_in
    if runs_in is None or languages.page == UNDETERMINED or languages.page in runs_in:
        return True
    return languages.at(offset) in runs_in


def _surprisal(work: _Work) -> tuple[SentenceSurprisal, ...]:
    """Return the surprisal of the sentences where a language model ran."""
    found: Surprisals | None = work.values.get(SURPRISAL)  # type: ignore[assignment]
    sentences: tuple[Sentence, ...] = work.values.get(SENTENCES, ())  # type: ignore[assignment]
    return () if found is None else sentence_surprisals(found.passages, sentences, work.document.text)


def _unsure(work: _Work) -> frozenset[str]:
    """Return the codes of checks that did not get through the whole document."""
    return frozenset(code for entry in work.not_checked if entry.span is None for code in entry.checks)


def _not_checked(document: Document, codes: tuple[str, ...], omission: Omission) -> NotChecked:
    place = None if omission.span is None else document.place(omission.span)
    return NotChecked(document.doc_id, codes, omission.reason, omission.incomplete, omission.span, place)
