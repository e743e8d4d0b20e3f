"""Prepare running text of one language for a language model: read, clean, deduplicate, take out evaluation texts, count.

A folder of corpora may hold ``mono-XX.tsv.xz`` (corpus, sentence; the sentences of an article follow each other) and holds pairs
with English, whose sides serve too. Outputs of translation engines are never read: what a model finds usual must be written
by people.
"""

from __future__ import annotations

import gzip
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path

from mtcheck.core.errors import UsageError
from mtcheck.text.plain_punctuation import plain_punctuation
from mtcheck.training.cleaning import Reason, hole, letters_only, normalized, skeleton, text_fault
from mtcheck.training.corpora import Corpus, Group, corpus_named
from mtcheck.training.languages import ENGLISH, TrainingLanguage, training_language
from mtcheck.training.overlap import EvaluationTexts, read_lines
from mtcheck.training.preparation import REPORT_FILE, PreparationReport, PreparationSettings

TEXTS_FILE = "texts.tsv.gz"
# Pair corpora whose lines stand in the order of their documents; in others one line says nothing of the next.
RUNNING = frozenset({"wmt-newstest-old", "opensource-guide", "privacyguides", "ruby-lang", "opendata-handbook"})
_GROUPS = list(Group)
# An entity that lost its ampersand: "Australia #39;s".
_LOST_ENTITY = re.compile(r" ?#(\d{2,3});")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence for a language model. ``run`` is the same for sentences that follow each other in one text."""

    corpus: Corpus
    run: int
    text: str


def prepare_texts(settings: PreparationSettings) -> PreparationReport:
    """Write ``texts.tsv.gz`` and ``report.json`` into the output folder, and return the counts.

    Raises ``UsageError`` for more than one language, or where no corpus has it.
    """
    if len(settings.languages) != 1:
        raise UsageError("a language model learns one language")
    language = training_language(settings.languages[0])
    settings.output.mkdir(parents=True, exist_ok=True)
    report = PreparationReport()
    evaluation = EvaluationTexts()
    for folder in settings.exclude:
        evaluation.add_folder(folder)
    report.evaluation_files, report.evaluation_texts = evaluation.files, len(evaluation)
    with (
        (settings.output / TEXTS_FILE).open("wb") as raw,
        gzip.GzipFile(filename="", fileobj=raw, mode="wb", mtime=0, compresslevel=6) as packed,
        io.TextIOWrapper(packed, encoding="utf-8", newline="\n") as stream,
    ):
        for sentence in _kept(language, settings, evaluation, report):
            stream.write(f"{sentence.corpus.group}\t{sentence.corpus.name}\t{sentence.run}\t{sentence.text}\n")
    report.write(settings.output / REPORT_FILE)
    return report


def read_texts(folder: Path) -> Iterator[Sentence]:
    """Yield the prepared sentences of a folder. Raises ``UsageError`` where ``prepare-text`` has not run."""
    path = folder / TEXTS_FILE
    if not path.is_file():
        raise UsageError(f"{path} does not exist: run the command prepare-text first")
    for line in read_lines(path):
        group, corpus, run, text = line.split("\t")
        known = corpus_named(corpus, group)
        yield Sentence(Corpus(corpus, Group(group), known.license), int(run), text)


def _kept(
    language: TrainingLanguage, settings: PreparationSettings, evaluation: EvaluationTexts, report: PreparationReport
) -> Iterator[Sentence]:
    """Yield what is learned from. A sentence that is left out ends its run: its neighbors do not follow each other."""
    seen: set[bytes] = set()
    run, before = 0, -1
    for raw in _sentences(language, settings):
        report.read[language.code] += 1
        text = plain_punctuation(normalized(_LOST_ENTITY.sub(_entity, raw.text), language)).text
        if raw.run != before or raw.run < 0:
            run += 1
        before = raw.run
        reason = _reason(raw, text, language, settings, evaluation, seen)
        if reason is not None:
            report.left_out[f"{language.code}: {reason}"] += 1
            run += 1
            continue
        key = f"{language.code}: {raw.corpus.name}"
        report.kept[language.code] += 1
        report.by_corpus[key] += 1
        report.english_words[key] += text.count(" ") + 1
        yield replace(raw, run=run, text=text)


def _reason(
    raw: Sentence,
    text: str,
    language: TrainingLanguage,
    settings: PreparationSettings,
    evaluation: EvaluationTexts,
    seen: set[bytes],
) -> Reason | None:
    if raw.corpus.name in settings.without:
        return Reason.LEFT_OUT_CORPUS
    if text in evaluation or (raw.text != text and raw.text in evaluation):
        return Reason.OVERLAP
    if raw.corpus.group in {Group.TECH, Group.WEB, Group.UI} and hole(raw.text):
        return Reason.HOLE
    reason = text_fault(text, language)
    if reason is not None:
        return reason
    keys = {_hash(letters_only(text)): Reason.DUPLICATE}
    words = skeleton(text)
    if len(words) > 2:
        keys[_hash(" ".join(words))] = Reason.NEAR_DUPLICATE
    for key, found in keys.items():
        if key in seen:
            return found
    seen.update(keys)
    return None


def _sentences(language: TrainingLanguage, settings: PreparationSettings) -> Iterator[Sentence]:
    """Yield every sentence, those of the better groups first; ``run`` is -1 where none follows another."""
    found = [*_running(language, settings), *_sides(language, settings)]
    if not found:
        raise UsageError(f"there is no corpus of {language.name} in {settings.corpora}")
    # Sorting is stable: what follows each other stays together.
    found.sort(key=lambda sentence: _GROUPS.index(sentence.corpus.group))
    yield from found[: settings.limit]


def _running(language: TrainingLanguage, settings: PreparationSettings) -> Iterator[Sentence]:
    path = settings.corpora / f"mono-{language.code}.tsv.xz"
    if path.is_file():
        names: dict[str, int] = {}
        for line in read_lines(path):
            name, _, text = line.partition("\t")
            yield Sentence(corpus_named(name, Group.PROSE), names.setdefault(name, len(names)), text)


def _sides(language: TrainingLanguage, settings: PreparationSettings) -> Iterator[Sentence]:
    wanted = "*" if language.code == ENGLISH else language.code
    column = 2 if language.code == ENGLISH else 3
    for number, path in enumerate(sorted(settings.corpora.glob(f"en-{wanted}.tsv.xz"))):
        for line in read_lines(path):
            cells = line.split("\t")
            if len(cells) == 4:
                corpus = corpus_named(cells[0], cells[1])
                run = 1000 * (number + 1) + sorted(RUNNING).index(corpus.name) if corpus.name in RUNNING else -1
                yield Sentence(corpus, run, cells[column])


def _entity(match: re.Match[str]) -> str:
    return chr(int(match.group(1)))


def _hash(key: str) -> bytes:
    return blake2b(key.encode("utf-8", "replace"), digest_size=8).digest()
