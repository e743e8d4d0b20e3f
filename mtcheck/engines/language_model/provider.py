"""The provider of the fact SURPRISAL: every block of the main text in a language that the model knows and somebody asks for."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from mtcheck.core.documents import BlockKind, BlockRole
from mtcheck.core.errors import EngineError
from mtcheck.core.facts import Fact, FactRequest, Omission, Outcome
from mtcheck.core.languages import LANGUAGES, UNDETERMINED
from mtcheck.core.spans import Span
from mtcheck.core.surprisal import SURPRISAL, LanguageModel, PassageSurprisal, ScoringModel, Surprisals, TokenSurprisal

# No paragraph of prose is longer; what is, is a table, a log or an attack, and would hold the scan up for minutes.
MAX_CHARACTERS = 50_000


@dataclass(frozen=True, slots=True)
class _Passage:
    """A passage that is to be scored: its span in the document, its language, its text."""

    span: Span
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is to be done for one document, and what is left out of it from the start."""

    passages: tuple[_Passage, ...]
    languages: tuple[str, ...]
    omissions: tuple[Omission, ...]


class SurprisalProvider:
    """Computes SURPRISAL with a language model.

    Where the model is not there or fails, the documents concerned get no value and an omission that counts as incomplete.
    Passages that are out of reach (a language that the model does not know, no letters, far too long) are left out with an omission
    that does not, and so are those in a language that nobody asks for. Nothing is kept between scans: a page takes a tenth of a second, which a cache of ten times the page's
    size would not beat.
    """

    def __init__(self, model: LanguageModel, languages: frozenset[str] | None = None) -> None:
        """Take the model, and the languages that are asked for (``None``: all that it knows)."""
        self._model = model
        self._languages = languages

    @property
    def provides(self) -> Fact[Surprisals]:
        """The fact SURPRISAL."""
        return SURPRISAL

    @property
    def needs(self) -> tuple[Fact[Any], ...]:
        """LANGUAGES."""
        return (LANGUAGES,)

    @property
    def signature(self) -> str:
        """Those of the models that may score something, and the version of how passages are chosen."""
        asked = [language for language in sorted(self._languages or ()) if self._model.supports(language)]
        signatures = dict.fromkeys(map(self._model.signature_of, asked)) or (self._model.signature,)
        return f"surprisal 2 {' or '.join(signatures)}"

    def provide(self, requests: Sequence[FactRequest]) -> list[Outcome[Surprisals]]:
        """Score the passages of all documents, each distinct one once."""
        plans = [self._plan(request) for request in requests]
        texts: dict[str, dict[str, None]] = defaultdict(dict)
        for plan in plans:
            for passage in plan.passages:
                texts[passage.language][passage.text] = None
        scored: dict[tuple[str, str], tuple[TokenSurprisal, ...]] = {}
        errors: dict[str, str] = {}
        for language in sorted(texts):
            distinct = list(texts[language])
            try:
                answers = self._model.surprisals(distinct, language)
            except EngineError as error:
                errors[language] = str(error)
            else:
                scored.update({(language, text): tokens for text, tokens in zip(distinct, answers, strict=True)})
        return [self._outcome(plan, scored, errors) for plan in plans]

    def _plan(self, request: FactRequest) -> _Plan:
        document, languages = request.document, request.facts[LANGUAGES]
        passages: list[_Passage] = []
        left_out: list[Omission] = []
        scored: dict[str, None] = {}
        unsupported: Counter[str] = Counter()
        for block in document.blocks:
            text = block.span.of(document.text)
            if block.role is not BlockRole.MAIN or block.kind is BlockKind.CODE or not any(map(str.isalpha, text)):
                continue
            language = languages.at(block.span.start)
            if not self._is_asked_for(language) or not self._model.supports(language):
                unsupported[language] += 1
                continue
            scored[language] = None
            if len(text) > MAX_CHARACTERS:
                reason = f"this passage of {len(text):,} characters is too long for the language model (at most {MAX_CHARACTERS:,})"
                left_out.append(Omission(reason, block.span))
            else:
                passages.append(_Passage(block.span, language, text))
        for language, count in sorted(unsupported.items()):
            where = "whose language is not known" if language == UNDETERMINED else f"in “{language}”"
            number = "1 passage" if count == 1 else f"{count} passages"
            if language == UNDETERMINED or self._is_asked_for(language):
                reason = "the language model does not know that language"
            else:
                reason = "no check of surprisal was measured in that language"
            left_out.append(Omission(f"{number} {where}: {reason}"))
        return _Plan(tuple(passages), tuple(scored), tuple(left_out))

    def _is_asked_for(self, language: str) -> bool:
        return self._languages is None or language in self._languages

    def _outcome(
        self, plan: _Plan, scored: dict[tuple[str, str], tuple[TokenSurprisal, ...]], errors: dict[str, str]
    ) -> Outcome[Surprisals]:
        done = tuple(
            PassageSurprisal(
                passage.span,
                passage.language,
                tuple(
                    TokenSurprisal(token.span.shift(passage.span.start), token.bits)
                    for token in scored[passage.language, passage.text]
                ),
            )
            for passage in plan.passages
            if passage.language not in errors
        )
        failed = dict.fromkeys(errors[passage.language] for passage in plan.passages if passage.language in errors)
        omissions = (*plan.omissions, *(Omission(message, incomplete=True) for message in failed))
        if failed and not done:
            return Outcome(None, omissions)
        models = tuple(ScoringModel(language, self._model.signature_of(language)) for language in plan.languages)
        return Outcome(Surprisals(done, models), omissions)
