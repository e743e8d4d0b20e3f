"""Prepare: read the corpora, clean, deduplicate, take out what overlaps with evaluation, and count all of it.

A folder of corpora holds ``en-XX.tsv.xz`` (corpus, tier, English, other language) and may hold ``engine-output/XX-YY.tsv.xz``
(source, translation, engine, set). Of the engines only the open Firefox models are read, and only their news.
"""

from __future__ import annotations

import gzip
import io
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path

from mtcheck.core.errors import UsageError
from mtcheck.training.cleaning import Reason, fault, hole, letters_only, normalized, skeleton
from mtcheck.training.corpora import FIREFOX, RESEARCH_NEWS, Corpus, Group, corpus_named
from mtcheck.training.languages import ENGLISH, TrainingLanguage, training_language
from mtcheck.training.overlap import EvaluationTexts, read_lines

PAIRS_FILE, REPORT_FILE = "pairs.tsv.gz", "report.json"
# Names of the open models in the engine outputs. Whatever else stands there (commercial engines) is never read.
OPEN_ENGINES = frozenset({"bergamot-tiny", "bergamot-base", "bergamot-base-memory"})
# The talks among the engine outputs are under a license without commercial use; news test sets are called wmt08 and so on.
ENGINE_SETS_PREFIX = "wmt"
# So many different translations of one sentence are kept; a sixth way to say "I am tired" teaches little.
MAX_TRANSLATIONS = 2
_GROUPS = list(Group)


@dataclass(frozen=True, slots=True)
class Pair:
    """An aligned pair: English, and another language."""

    language: str
    corpus: Corpus
    english: str
    other: str


@dataclass(frozen=True, slots=True)
class PreparationSettings:
    """What to prepare.

    ``exclude`` are folders of evaluation sets. ``without`` names corpora to leave out. ``hold_out`` names news sets of the
    engine outputs (``wmt13``): their human pairs become test sets, and nothing of them is trained on.
    """

    corpora: Path
    languages: tuple[str, ...]
    output: Path
    exclude: tuple[Path, ...] = ()
    without: tuple[str, ...] = ()
    hold_out: tuple[str, ...] = ()
    limit: int | None = None


@dataclass(slots=True)
class PreparationReport:
    """What was read, kept and left out, by language; and the evaluation texts that were compared."""

    read: Counter[str] = field(default_factory=Counter)
    kept: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    by_corpus: Counter[str] = field(default_factory=Counter)
    english_words: Counter[str] = field(default_factory=Counter)
    held_out: Counter[str] = field(default_factory=Counter)
    evaluation_files: int = 0
    evaluation_texts: int = 0

    def write(self, path: Path) -> None:
        """Write the counts as JSON."""
        value = {
            "read": self.read,
            "kept": self.kept,
            "left out": self.left_out,
            "kept by corpus": self.by_corpus,
            "English words by corpus": self.english_words,
            "held out": self.held_out,
            "evaluation files compared": self.evaluation_files,
            "evaluation texts compared": self.evaluation_texts,
        }
        ordered = {
            name: dict(sorted(counts.items())) if isinstance(counts, Counter) else counts
            for name, counts in value.items()
        }
        path.write_text(json.dumps(ordered, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def prepare(settings: PreparationSettings) -> PreparationReport:
    """Write ``pairs.tsv.gz``, ``report.json`` and the held-out set into the output folder, and return the counts.

    Raises ``UsageError`` for a language that has no corpus.
    """
    settings.output.mkdir(parents=True, exist_ok=True)
    report = PreparationReport()
    evaluation = EvaluationTexts()
    for folder in settings.exclude:
        evaluation.add_folder(folder)
    report.evaluation_files, report.evaluation_texts = evaluation.files, len(evaluation)
    with (
        (settings.output / PAIRS_FILE).open("wb") as raw,
        # No time stamp, so that the same data make the same bytes.
        gzip.GzipFile(filename="", fileobj=raw, mode="wb", mtime=0, compresslevel=6) as packed,
        io.TextIOWrapper(packed, encoding="utf-8", newline="\n") as stream,
    ):
        for code in settings.languages:
            for pair in _language(training_language(code), settings, evaluation, report):
                stream.write(f"{code}\t{pair.corpus.group}\t{pair.corpus.name}\t{pair.english}\t{pair.other}\n")
    report.write(settings.output / REPORT_FILE)
    return report


def read_pairs(folder: Path) -> Iterator[Pair]:
    """Yield the prepared pairs of a folder. Raises ``UsageError`` where ``prepare`` has not run."""
    path = folder / PAIRS_FILE
    if not path.is_file():
        raise UsageError(f"{path} does not exist: run the command prepare first")
    for line in read_lines(path):
        language, group, corpus, english, other = line.split("\t")
        known = corpus_named(corpus, group)
        yield Pair(language, Corpus(corpus, Group(group), known.license), english, other)


def _language(
    language: TrainingLanguage, settings: PreparationSettings, evaluation: EvaluationTexts, report: PreparationReport
) -> Iterator[Pair]:
    path = settings.corpora / f"en-{language.code}.tsv.xz"
    if not path.is_file():
        raise UsageError(f"there is no corpus {path}")
    sets = {name: _set_keys(settings, language, name) for name in settings.hold_out}
    held_out = {key for english, others in sets.values() for key in (*english, *others)}
    pairs = [*_engine_pairs(settings, language), *_corpus_pairs(path, language)]
    # A pair is kept under the group that stands first; sorting is stable, so that the order within a corpus remains.
    pairs.sort(key=lambda pair: _GROUPS.index(pair.corpus.group))
    if settings.limit is not None:
        pairs = pairs[: settings.limit]
    for name, (english, _) in sets.items():
        _write_held_out(pairs, english, settings.output / f"{name}.en-{language.code}.tsv", report)
    filter_ = _Filter(language, settings.without, held_out, evaluation)
    for raw in pairs:
        report.read[language.code] += 1
        pair = Pair(
            raw.language,
            raw.corpus,
            normalized(raw.english, training_language(ENGLISH)),
            normalized(raw.other, language),
        )
        reason = filter_.fault(raw, pair)
        if reason is not None:
            report.left_out[f"{language.code}: {reason}"] += 1
            continue
        report.kept[language.code] += 1
        report.by_corpus[f"{language.code}: {pair.corpus.name}"] += 1
        report.english_words[f"{language.code}: {pair.corpus.name}"] += pair.english.count(" ") + 1
        yield pair


class _Filter:
    """Decides pair by pair, and remembers what it has let through."""

    def __init__(
        self, language: TrainingLanguage, without: Sequence[str], held_out: set[str], evaluation: EvaluationTexts
    ) -> None:
        self._language = language
        self._without = frozenset(without)
        self._held_out = held_out
        self._evaluation = evaluation
        self._pairs: set[bytes] = set()
        self._skeletons: set[bytes] = set()
        self._sides: Counter[bytes] = Counter()

    def fault(self, raw: Pair, pair: Pair) -> Reason | None:
        """Return why the pair is left out. ``raw`` still has its white space."""
        if pair.corpus.name in self._without:
            return Reason.LEFT_OUT_CORPUS
        keys = letters_only(pair.english), letters_only(pair.other)
        if keys[0] in self._held_out or keys[1] in self._held_out:
            return Reason.HELD_OUT
        if pair.english in self._evaluation or pair.other in self._evaluation:
            return Reason.OVERLAP
        if pair.corpus.group in {Group.TECH, Group.WEB, Group.UI} and hole(raw.english, raw.other):
            return Reason.HOLE
        reason = fault(pair.english, pair.other, self._language)
        return reason if reason is not None else self._repeated(pair, keys)

    def _repeated(self, pair: Pair, keys: tuple[str, str]) -> Reason | None:
        both = _hash("\t".join(keys))
        if both in self._pairs:
            return Reason.DUPLICATE
        bones = _hash(repr((skeleton(pair.english), skeleton(pair.other))))
        sides = _hash("en " + keys[0]), _hash("other " + keys[1])
        if bones in self._skeletons or any(self._sides[side] >= MAX_TRANSLATIONS for side in sides):
            return Reason.NEAR_DUPLICATE
        self._pairs.add(both)
        self._skeletons.add(bones)
        self._sides.update(sides)
        return None


def _hash(text: str) -> bytes:
    return blake2b(text.encode("utf-8", "replace"), digest_size=8).digest()


def _corpus_pairs(path: Path, language: TrainingLanguage) -> Iterator[Pair]:
    for line in read_lines(path):
        cells = line.split("\t")
        if len(cells) == 4:
            yield Pair(language.code, corpus_named(cells[0], cells[1]), cells[2], cells[3])


def _engine_rows(settings: PreparationSettings, direction: str) -> Iterator[tuple[str, str, str]]:
    """Yield source, translation and set of the open engines' news."""
    path = settings.corpora / "engine-output" / f"{direction}.tsv.xz"
    if path.is_file():
        for line in read_lines(path):
            source, translation, engine, set_name = line.split("\t")
            if engine in OPEN_ENGINES and set_name.startswith(ENGINE_SETS_PREFIX):
                yield source, translation, set_name


def _engine_pairs(settings: PreparationSettings, language: TrainingLanguage) -> Iterator[Pair]:
    """Yield the engines' translations in both directions as pairs."""
    corpus = corpus_named(FIREFOX, Group.NEWS)
    for source, translation, _ in _engine_rows(settings, f"en-{language.code}"):
        yield Pair(language.code, corpus, source, translation)
    for source, translation, _ in _engine_rows(settings, f"{language.code}-en"):
        yield Pair(language.code, corpus, translation, source)


def _set_keys(settings: PreparationSettings, language: TrainingLanguage, name: str) -> tuple[set[str], set[str]]:
    """Return the letters of every sentence of a news set: in English, and in the other language; sources and translations."""
    english: set[str] = set()
    others: set[str] = set()
    for direction, sides in ((f"en-{language.code}", (english, others)), (f"{language.code}-en", (others, english))):
        for source, translation, set_name in _engine_rows(settings, direction):
            if set_name == name:
                sides[0].add(letters_only(source))
                sides[1].add(letters_only(translation))
    return english - {""}, others - {""}


def _write_held_out(pairs: Sequence[Pair], english: set[str], path: Path, report: PreparationReport) -> None:
    """Write the human pairs of a held-out set: English, other language. A set without any leaves no file.

    The English side tells: of some sets the engines translated one direction only.
    """
    rows = [
        f"{pair.english}\t{pair.other}\n"
        for pair in pairs
        if pair.corpus.name == RESEARCH_NEWS and letters_only(pair.english) in english
    ]
    if rows:
        path.write_text("".join(rows), encoding="utf-8")
        report.held_out[path.stem] = len(rows)
