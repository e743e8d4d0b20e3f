"""Any program that reads a line and writes a line, as a translator: Apertium, marian-decoder, bergamot, a script.

Measured (Apertium 3.8.3, English-Spanish): the pipeline starts in 0.13 s, does not flush before the end of its input, takes
neighboring lines for one text unless an empty line stands between them, and its ``-f line`` format eats the last point
of every line, while ``-f txt`` escapes whatever means something in its stream format. So the default mode is *batch*: start,
write everything, close, read everything; and Apertium gets an empty line between texts.
"""

from __future__ import annotations

import hashlib
import logging
import os
import re
import shlex
import shutil
import threading
import time
import weakref
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from mtcheck.core.errors import ConfigurationError, EngineError, ModelUnavailable
from mtcheck.core.translation import Translation
from mtcheck.core.unusable import Unusable
from mtcheck.engines.translation.process import LineProcess, ProgramFailure
from mtcheck.text.alignment import words_of

LOGGER = logging.getLogger(__name__)

# A program may take this long to load and to translate a short text; every 6,000 characters of text (about a thousand
# words) add as much again. Slow enough for a large model on one core.
DEFAULT_TIMEOUT_SECONDS = 60.0
CHARACTERS_PER_TIMEOUT = 6_000
# One start of a program gets at most this much text, so that one hanging text costs minutes and not hours.
BATCH_CHARACTERS = 60_000
# No honest translation has this many times the bytes of its text (Chinese to Georgian: about 4), plus room for markup.
MAX_OUTPUT_RATIO, MAX_OUTPUT_SLACK_BYTES = 20, 65_536
# In one call, a program may time out so often, and fail on so many single texts, before the rest is given up: one bad
# text among a thousand takes ten halvings to find.
MAX_TIMEOUTS, MAX_CULPRITS = 24, 16
# While the text to blame for a time-out is looked for, a try gets this many times what the program took when it worked,
# and at least so many seconds.
RETRY_PATIENCE, MIN_RETRY_SECONDS = 10.0, 5.0
# What a program that never answered is asked, to tell a program that cannot work from a text that breaks it.
PROBE = "1"
# A program that cannot be used as a stream so often is used in batches from then on.
MAX_STREAM_FAILURES = 2
# Above this share of words that the program says it does not know, a translation says more about its dictionary than
# about the text. Words that begin with a capital count as names, which are rightly left alone. Measured on American news
# with Apertium English-Spanish: 20 sentences of 3,246 have more than this.
MAX_UNKNOWN_SHARE = 0.2

# Where Apertium's own script looks for its pairs, unless APERTIUM_DATADIR says otherwise.
APERTIUM_DATA = "/usr/share/apertium"

INSTALL_HINTS = {
    "apertium": "install it with a language pair (Debian: apt install apertium apertium-eng-spa)",
    "marian-decoder": "build it from the Marian project (marian-nmt) and put it on the PATH",
    "bergamot": "build bergamot-translator and put its command-line program on the PATH",
}

# What breaks a line or ends a program's input: control characters, every kind of line break, unpaired surrogates.
_BREAKS = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_SURROGATES = re.compile(r"[\ud800-\udfff]")
# Apertium's marks before a word: unknown to the dictionary, to the bilingual one, to the generator.
_MARKED_WORD = re.compile(r"[*@#](?=\w)")
_LOOK_ALIKES = {"*": "\u2217", "@": "\uff20", "#": "\uff03"}
_OWN_SIGNS = {ord(look_alike): sign for sign, look_alike in _LOOK_ALIKES.items()}


class Mode(StrEnum):
    """How a program is fed: all at once with its input closed after it, or line by line while it stays."""

    BATCH = "batch"
    STREAM = "stream"


@dataclass(frozen=True, slots=True)
class Program:
    """The program for one direction.

    ``spaced`` puts an empty line between texts, for programs that would read neighboring lines as one text; such a program
    must give the empty lines back. ``marks_unknown`` says that it puts ``*``, ``@`` or ``#`` before words it does not know.
    """

    source_language: str
    target_language: str
    arguments: tuple[str, ...]
    mode: Mode = Mode.BATCH
    spaced: bool = False
    marks_unknown: bool = False

    @classmethod
    def parse(cls, direction: str, command: str, mode: Mode = Mode.BATCH) -> Program:
        """Read ``"en-es"`` (or ``"en>zh-hant"``) and a command line, split as a shell would but never given to one.

        Raises ``ConfigurationError`` for a direction or a command line that cannot be read.
        """
        source_language, separator, target_language = direction.partition(">" if ">" in direction else "-")
        source_language, target_language = source_language.strip().lower(), target_language.strip().lower()
        if not separator or not source_language or not target_language or source_language == target_language:
            raise ConfigurationError(f"a direction of translation is written like en-es, not {direction!r}")
        try:
            arguments = tuple(shlex.split(command))
        except ValueError as error:
            raise ConfigurationError(f"the command for {direction} cannot be read ({error}): {command}") from error
        if not arguments:
            raise ConfigurationError(f"the command for {direction} is empty")
        apertium = any(Path(argument).name == "apertium" for argument in arguments)
        # Apertium does not flush before the end of its input, so that a stream of lines would wait for ever.
        return cls(
            source_language,
            target_language,
            arguments,
            mode=Mode.BATCH if apertium else mode,
            spaced=apertium,
            marks_unknown=apertium and "-u" not in arguments,
        )

    @property
    def name(self) -> str:
        """The program's name without its folder."""
        return Path(self.arguments[0]).name

    def found(self) -> str:
        """Return the program's path. Raises ``ModelUnavailable`` with the way to get it."""
        path = shutil.which(self.arguments[0])
        if path is None:
            hint = INSTALL_HINTS.get(self.name, "install it, or name it with its folder")
            raise ModelUnavailable(
                f"the translation program {self.arguments[0]!r} for {self.source_language}-{self.target_language} "
                f"was not found: {hint}"
            )
        return path

    def fingerprint(self) -> str:
        """Return a short hash of the command line and of the files it names, so that a new model is a new translator."""
        digest = hashlib.sha256(repr((self.arguments, self.spaced, self.marks_unknown)).encode())
        for argument in (shutil.which(self.arguments[0]) or "", *self.arguments[1:], *_apertium_files(self)):
            path = Path(argument)
            if argument and path.is_file():
                with path.open("rb") as stream:
                    # The head and the size tell two versions of a program or a model apart without reading gigabytes.
                    digest.update(stream.read(1 << 20) + str(os.fstat(stream.fileno()).st_size).encode())
        return digest.hexdigest()[:12]


def _apertium_files(program: Program) -> Iterator[str]:
    """Yield the data files of an Apertium pair, which its command line names only by their mode."""
    if program.name == "apertium":
        mode = Path(os.environ.get("APERTIUM_DATADIR", APERTIUM_DATA)) / "modes" / f"{program.arguments[-1]}.mode"
        if mode.is_file():
            yield str(mode)
            yield from re.findall(r"'([^']*)'", mode.read_text(encoding="utf-8", errors="replace"))


@dataclass(slots=True)
class _Patience:
    """What is left of the tries of one call."""

    timeouts: int
    culprits: int

    @property
    def gone(self) -> bool:
        return self.timeouts <= 0 or self.culprits <= 0


@dataclass(slots=True)
class _Channel:
    """One direction at work: the program, its running process if it is a stream, and what was learned of it."""

    program: Program
    process: LineProcess | None = None
    stream_failures: int = 0
    # Seconds that the slowest good run took for a short text; 0 before there was one.
    pace: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def stop(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process = None


class ProgramTranslator:
    """Translates through programs, one a direction. Close it, or let it go, and its programs end."""

    def __init__(self, programs: Iterable[Program], timeout: float = DEFAULT_TIMEOUT_SECONDS) -> None:
        """Take the programs and the seconds that a short text may take.

        Raises ``ConfigurationError`` for two programs of one direction.
        """
        self._channels: dict[tuple[str, str], _Channel] = {}
        for program in programs:
            direction = (program.source_language, program.target_language)
            if direction in self._channels:
                raise ConfigurationError(f"two commands are set for {'-'.join(direction)}")
            self._channels[direction] = _Channel(program)
        self._timeout = timeout
        self._signature = ""
        self._finalizer = weakref.finalize(self, _stop_all, tuple(self._channels.values()))

    @property
    def signature(self) -> str:
        """The programs with a hash of their command lines and of the files these name."""
        if not self._signature:
            parts = (
                f"{source}-{target} {channel.program.name} {channel.program.fingerprint()}"
                for (source, target), channel in sorted(self._channels.items())
            )
            self._signature = f"program 1 ({', '.join(parts)})"
        return self._signature

    @property
    def directions(self) -> tuple[tuple[str, str], ...]:
        """The directions for which a program is set, sorted."""
        return tuple(sorted(self._channels))

    def supports(self, source_language: str, target_language: str) -> bool:
        """Tell whether a program is set for the direction; whether it is installed shows when it is used."""
        return (source_language, target_language) in self._channels

    def translate(self, texts: Sequence[str], source_language: str, target_language: str) -> list[Translation]:
        """Translate each text; line breaks and control characters in it become spaces.

        Raises ``ModelUnavailable`` where no program is set or it is not installed, ``EngineError`` where it translates
        nothing at all. A text on which the program fails or stalls is marked and costs the others nothing.
        """
        channel = self._channels.get((source_language, target_language))
        if channel is None:
            raise ModelUnavailable(f"no translation program is set for {source_language}-{target_language}")
        channel.program.found()
        answers = [Translation("", unusable=Unusable.EMPTY)] * len(texts)
        lines = [(index, one_line(text)) for index, text in enumerate(texts)]
        lines = [(index, line) for index, line in lines if line]
        with channel.lock:
            patience = _Patience(MAX_TIMEOUTS, MAX_CULPRITS)
            for chunk in _chunks(lines):
                marks = channel.program.marks_unknown
                results = self._lines(channel, [_hidden(line) if marks else line for _, line in chunk], patience)
                for (index, _), result in zip(chunk, results, strict=True):
                    answers[index] = _unmarked(result) if marks else result
        return answers

    def close(self) -> None:
        """End every running program."""
        self._finalizer()

    def _lines(self, channel: _Channel, lines: list[str], patience: _Patience) -> list[Translation]:
        """Translate lines by the channel's mode; what a stream cannot do is tried as a batch."""
        if channel.program.mode is Mode.STREAM and channel.stream_failures < MAX_STREAM_FAILURES:
            try:
                return _answers(self._stream(channel, lines))
            except ProgramFailure as failure:
                channel.stop()
                channel.stream_failures += 1
                LOGGER.warning(
                    "%s %s; its lines are tried as one batch (a program that gathers lines before it answers "
                    "must be told not to, as with --mini-batch 1 --maxi-batch 1, or be used in batch mode)",
                    channel.program.name,
                    failure,
                )
        return self._batch(channel, lines, patience)

    def _batch(self, channel: _Channel, lines: list[str], patience: _Patience) -> list[Translation]:
        """Translate lines in one start of the program; where that fails, find the texts to blame by halving."""
        if patience.gone:
            return [Translation("", unusable=Unusable.FAILED)] * len(lines)
        try:
            return _answers(self._run(channel, lines, hurried=patience.timeouts < MAX_TIMEOUTS))
        except ProgramFailure as failure:
            self._check_that_it_works_at_all(channel, failure)
            patience.timeouts -= failure.reason is Unusable.TIMEOUT
            if len(lines) == 1:
                patience.culprits -= 1
                LOGGER.info("%s %s on one text of %d characters", channel.program.name, failure, len(lines[0]))
                return [Translation("", unusable=failure.reason)]
        half = len(lines) // 2
        return self._batch(channel, lines[:half], patience) + self._batch(channel, lines[half:], patience)

    def _check_that_it_works_at_all(self, channel: _Channel, failure: ProgramFailure) -> None:
        """Before texts are blamed: a program that never gave an answer is asked for the least. Raises ``EngineError``."""
        if channel.pace:
            return
        try:
            self._run(channel, [PROBE])
        except ProgramFailure:
            program = channel.program
            raise EngineError(
                f"the translation program for {program.source_language}-{program.target_language} "
                f"({shlex.join(program.arguments)}) {failure}"
            ) from failure

    def _run(self, channel: _Channel, lines: list[str], *, hurried: bool = False) -> list[str]:
        """Start the program for these lines alone and return one line for each. Raises ``ProgramFailure``."""
        begun = time.monotonic()
        patience = self._timeout
        if hurried and channel.pace:
            patience = min(patience, max(MIN_RETRY_SECONDS, RETRY_PATIENCE * channel.pace))
        sent = [part for line in lines for part in (line, "")] if channel.program.spaced else lines
        with LineProcess(channel.program.arguments) as process:
            process.send(sent, last=True)
            received = process.receive_all(begun + patience * _size(lines), _most_bytes(lines))
        if channel.program.spaced:
            gaps, received = received[1::2], received[::2]
            if any(gap.strip() for gap in gaps):
                raise ProgramFailure(Unusable.FAILED, "moved text into another line")
        while len(received) > len(lines) and not received[-1].strip():
            received.pop()
        if len(received) != len(lines):
            raise ProgramFailure(Unusable.FAILED, f"wrote {len(received)} lines for {len(lines)} texts")
        channel.pace = max(channel.pace, (time.monotonic() - begun) / _size(lines))
        return received

    def _stream(self, channel: _Channel, lines: list[str]) -> list[str]:
        """Send lines to the running program (started or started again as needed). Raises ``ProgramFailure``."""
        if channel.process is not None and not (channel.process.alive and channel.process.idle):
            channel.stop()
        if channel.process is None:
            channel.process = LineProcess(channel.program.arguments)
        channel.process.send(lines, last=False)
        deadline = time.monotonic() + self._timeout * _size(lines)
        received = channel.process.receive(len(lines), deadline, _most_bytes(lines))
        if not channel.process.idle:
            raise ProgramFailure(Unusable.FAILED, "wrote more lines than it was given")
        return received


def one_line(text: str) -> str:
    """Return a text as one line that any program can read: breaks and controls as single spaces, no half characters."""
    return _SURROGATES.sub("\ufffd", _BREAKS.sub(" ", text)).strip()


def _chunks(lines: list[tuple[int, str]]) -> Iterator[list[tuple[int, str]]]:
    """Cut the work into starts of a program."""
    chunk: list[tuple[int, str]] = []
    characters = 0
    for index, line in lines:
        if chunk and characters + len(line) > BATCH_CHARACTERS:
            yield chunk
            chunk, characters = [], 0
        chunk.append((index, line))
        characters += len(line)
    if chunk:
        yield chunk


def _size(lines: list[str]) -> float:
    """Return by how much more time these lines may take than a short text."""
    return 1 + sum(map(len, lines)) / CHARACTERS_PER_TIMEOUT


def _most_bytes(lines: list[str]) -> int:
    return MAX_OUTPUT_SLACK_BYTES + MAX_OUTPUT_RATIO * sum(len(line.encode("utf-8", "replace")) for line in lines)


def _answers(lines: list[str]) -> list[Translation]:
    texts = (" ".join(line.split()) for line in lines)
    return [Translation(text) if text else Translation("", unusable=Unusable.EMPTY) for text in texts]


def _hidden(line: str) -> str:
    """Put look-alikes for the text's own ``*``, ``@`` and ``#`` before words, so that every such mark is the program's."""
    return _MARKED_WORD.sub(lambda match: _LOOK_ALIKES[match.group()], line)


def _unmarked(answer: Translation) -> Translation:
    """Take the marks of unknown words out of an answer, judge their share, and give the text's own signs back."""
    marks = list(_MARKED_WORD.finditer(answer.text))
    unknown = sum(not answer.text[match.end()].isupper() for match in marks)
    text = _MARKED_WORD.sub("", answer.text).translate(_OWN_SIGNS)
    words = len(words_of(text))
    unusable = answer.unusable
    if not unusable and words and unknown / words > MAX_UNKNOWN_SHARE:
        unusable = Unusable.UNKNOWN_WORDS
    return Translation(text, answer.score, unusable)


def _stop_all(channels: Sequence[_Channel]) -> None:
    for channel in channels:
        channel.stop()
