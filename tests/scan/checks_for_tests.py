"""Small checks and providers to run scans with; module-level, so that worker processes can build them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from typing import Any

from mtcheck.core.checks import Check, Tier
from mtcheck.core.documents import Document
from mtcheck.core.errors import EngineError, InputError
from mtcheck.core.facts import Computed, Fact, FactRequest, Facts, Outcome
from mtcheck.core.findings import Hit, Related, Severity
from mtcheck.core.languages import LANGUAGES
from mtcheck.core.reading import Input
from mtcheck.core.spans import Span
from mtcheck.scan.checker import WindowChecker
from mtcheck.scan.planning import make_plan
from mtcheck.scan.scanner import ReadAndCheck
from mtcheck.testing import document_from_text, one_language
from mtcheck.text.sentences import PROVIDER as SENTENCES_PROVIDER

LENGTH: Fact[int] = Fact("length")
WORDS: Fact[int] = Fact("words")

LANGUAGES_PROVIDER = Computed(LANGUAGES, (), lambda document, _facts: one_language(document, "en"), version=1)
LENGTH_PROVIDER = Computed(LENGTH, (), lambda document, _facts: len(document.text), version=1)
WORDS_PROVIDER = Computed(WORDS, (LENGTH,), lambda document, _facts: len(document.text.split()), version=1)


def find_bad(document: Document, _facts: Facts, _options: object) -> Iterator[Hit]:
    for match in re.finditer("bad", document.text):
        yield Hit(Span(match.start(), match.end()), "bad stands here", related=(Related(Span(0, 1), "the start"),))


def find_crash(document: Document, _facts: Facts, _options: object) -> Iterator[Hit]:
    if "crash" in document.text:
        raise RuntimeError("on purpose")
    return iter(())


def find_outside(document: Document, _facts: Facts, _options: object) -> Iterator[Hit]:
    yield Hit(Span(0, len(document.text) + 1), "points after the end")


def check(code: str, find: Any = find_bad, needs: tuple[Fact[Any], ...] = (), tier: Tier = Tier.DEFAULT) -> Check[Any]:
    name = "made-up-" + "".join(chr(ord("a") + int(digit)) for digit in code[3:])
    return Check(code, name, "test", Severity.MAJOR, find, (), "docs", needs=needs, tier=tier)


class BrokenEngine:
    """A provider whose engine is out of order."""

    provides: Fact[Any] = LENGTH
    needs: tuple[Fact[Any], ...] = ()
    signature = "broken"

    def provide(self, requests: Sequence[FactRequest]) -> list[Outcome[int]]:
        raise EngineError("the engine is out of order")


class CrashingEngine:
    """A provider that crashes on one text only."""

    provides: Fact[Any] = LENGTH
    needs: tuple[Fact[Any], ...] = ()
    signature = "crashing"

    def provide(self, requests: Sequence[FactRequest]) -> list[Outcome[int]]:
        if any("crash" in request.document.text for request in requests):
            raise RuntimeError("on purpose")
        return [Outcome(len(request.document.text)) for request in requests]


PROVIDERS: tuple[Any, ...] = (WORDS_PROVIDER, SENTENCES_PROVIDER, LENGTH_PROVIDER, LANGUAGES_PROVIDER)


def read_words(source: Input) -> Iterator[Document | InputError]:
    """A reader for tests: the path is the text, ``missing`` cannot be read, ``die`` kills the process."""
    if source.path == "missing":
        yield InputError(source.path, "not there")
    elif source.path == "raise":
        raise RuntimeError("a reader's own fault")
    elif source.path == "die":
        os._exit(9)
    elif source.feed:
        for number in range(100):
            yield document_from_text(f"bad record {number}", path=f"{source.path}#{number}")
    else:
        yield document_from_text(source.path, path=source.path)


def make_work() -> ReadAndCheck:
    return ReadAndCheck(read_words, WindowChecker(make_plan([check("AAA001")], {}, PROVIDERS)))
