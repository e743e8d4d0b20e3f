"""Faults built into sentences of many languages, each by a rule that needs no knowledge of the language.

What a rule cannot do to a sentence (no quotation in it, no space between words) it leaves. All choices hang on a digest of the
sentence, so that a run gives the same pages every time.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

_PAIRS = (("“", "”"), ("„", "“"), ("«", "»"), ("「", "」"), ("『", "』"))
_QUOTED = re.compile(
    "|".join(f"{re.escape(a)}[^{a}{b}]{{4,120}}{re.escape(b)}" for a, b in _PAIRS) + r"|\"[^\"]{4,120}\""
)
_WORD = re.compile(r"[^\W\d_]{4,}")
_BRACKETS = re.compile(r"[(（][^()（）]{3,80}[)）]")
_FIGURE = re.compile(r"(?<![\d.,:/-])[1-9]\d{1,2}(?![\d.,:/-])")
_GROUPED = re.compile(r"(?<![\d.,])\d{1,3}([. \u00a0\u202f,])\d{3}(?![\d.,])")
_INNER_MARK = re.compile(r"(?<=\w)[,،，、](?=\s|[\u3040-\u9fff])")
_AFTER_COMMA = re.compile(r"(?<=, )[^\W\d_]{1,4}(?= )")
_TWINS = str.maketrans("aeopcxаеорсх", "аеорсхaeopcx")
_DENIALS = {
    "en": r" not(?= )",
    "de": r" nicht(?= )",
    "es": r" no(?= )",
    "ru": r" не(?= )",
    "uk": r" не(?= )",
    "ar": r" (?:لا|لم|لن)(?= )",
}
_SAID = {
    "en": "said|says|added",
    "de": "sagte|sagt|erklärte",
    "es": "dijo|afirmó|aseguró|explicó",
    "ru": "сказала?|заявила?|сообщила?|отметила?",
    "uk": "сказав|сказала|заявив|заявила|повідомив|додав|додала",
    "ar": "قال|قالت|أضاف",
}
_ENDS = tuple(".!?。！？؟…:")


@dataclass(frozen=True, slots=True)
class Fault:
    """One way to damage the sentence at an index of a page, and the checks whose business it is.

    ``build`` takes the page's sentences, the index and the language, and returns the sentences of the damaged page, nothing where
    the rule does not apply.
    """

    name: str
    codes: tuple[str, ...]
    build: Callable[[Sequence[str], int, str], list[str] | None]


def _chosen(sentence: str, matches: Sequence[re.Match[str]]) -> re.Match[str] | None:
    """Return one match, by a digest of the sentence."""
    digest = hashlib.sha256(sentence.encode()).digest()
    return matches[digest[0] % len(matches)] if matches else None


def _within(change: Callable[[str, str], str | None]) -> Callable[[Sequence[str], int, str], list[str] | None]:
    """Return a rule that changes the sentence itself."""

    def build(sentences: Sequence[str], index: int, language: str) -> list[str] | None:
        changed = change(sentences[index], language)
        return None if changed is None else [*sentences[:index], changed, *sentences[index + 1 :]]

    return build


def _restated(change: Callable[[str, str], str | None]) -> Callable[[Sequence[str], int, str], list[str] | None]:
    """Return a rule that says the sentence again at the end of the page, changed."""

    def build(sentences: Sequence[str], index: int, language: str) -> list[str] | None:
        changed = change(sentences[index], language)
        return None if changed is None else [*sentences, changed]

    return build


def _replaced(pattern: re.Pattern[str], how: Callable[[str], str]) -> Callable[[str, str], str | None]:
    """Return a change of one match of a pattern."""

    def change(sentence: str, language: str) -> str | None:
        del language
        match = _chosen(sentence, list(pattern.finditer(sentence)))
        if match is None or how(match[0]) == match[0]:
            return None
        return sentence[: match.start()] + how(match[0]) + sentence[match.end() :]

    return change


def _phrase_looped(sentence: str, language: str) -> str | None:
    del language
    words = sentence.split(" ")
    if len(words) < 9:
        return None
    return " ".join([*words[:3], *words[3:7] * 4, *words[7:]])


def _cut_off(sentence: str, language: str) -> str | None:
    del language
    words = sentence.split(" ")
    return (
        " ".join(words[: 2 * len(words) // 3]).rstrip(",;:.–-")
        if len(words) >= 12 and sentence.endswith(_ENDS)
        else None
    )


def _misread(word: str) -> str:
    """Return a word as it looks when its bytes are read as another encoding."""
    table = "cp1251" if re.search(r"[а-яё]", word) else "cp1252"
    return word.encode().decode(table, "ignore")


def _number_changed(sentence: str, language: str) -> str | None:
    return _replaced(_FIGURE, lambda figure: str(int(figure) + 17))(sentence, language) if len(sentence) > 60 else None


def _denial_lost(sentence: str, language: str) -> str | None:
    pattern = _DENIALS.get(language)
    return _replaced(re.compile(pattern), lambda _: "")(sentence, language) if pattern and len(sentence) > 60 else None


_NAME = re.compile(
    r"(?<=[^\W\d_,;]\s)[^\W\d_a-zà-ÿа-яёіїєґ]\w{2,} [^\W\d_a-zà-ÿа-яёіїєґ]\w*(?P<twice>[bdfglmnprstбвдлмнпрст])(?P=twice)\w+"
)


def _name_respelt(sentence: str, language: str) -> str | None:
    """Write a surname with a doubled letter ("Hoffman") with a single one."""
    return _replaced(_NAME, lambda name: re.sub(r"(\w)\1(?=\w*$)", r"\1", name))(sentence, language)


def _first_letter_small(sentence: str, language: str) -> str | None:
    del language
    small = sentence[:1].lower() + sentence[1:]
    return small if small != sentence and len(sentence.split()) > 5 else None


def _attribution_swallowed(sentence: str, language: str) -> str | None:
    """Move the closing mark behind the words that say who speaks."""
    if language not in _SAID:
        return None
    match = re.search(
        rf"([”“»\"])(,? (?:[-–—] )?(?:{_SAID[language]}) [^\W\d_][\w-]*(?: [A-ZÄÖÜА-ЯІЇЄ]\w+)?)\.$", sentence
    )
    return None if match is None else f"{sentence[: match.start()]}{match[2]}.{match[1]}"


_ACCENTED = re.compile(r"\b(?=\w*[à-öø-ÿœğışа-яёіїєґ])[^\W\d_]{4,}")

FAULTS: tuple[Fault, ...] = (
    Fault("a word twice", ("REP001", "REP002"), _within(_replaced(_WORD, lambda word: f"{word} {word}"))),
    Fault("a phrase four times", ("REP002",), _within(_phrase_looped)),
    Fault(
        "a paragraph twice",
        ("REP003",),
        lambda sentences, index, _: (
            [*sentences[: index + 1], *sentences[index:]] if len(sentences[index]) > 60 else None
        ),
    ),
    Fault("a sentence cut off", ("REP005",), _within(_cut_off)),
    Fault("an opening quotation mark lost", ("QUO001",), _within(_replaced(_QUOTED, lambda quoted: quoted[1:]))),
    Fault("a closing quotation mark lost", ("QUO001",), _within(_replaced(_QUOTED, lambda quoted: quoted[:-1]))),
    Fault(
        "a closing mark turned round",
        ("QUO002",),
        _within(_replaced(_QUOTED, lambda quoted: quoted[:-1] + (quoted[0] if quoted[0] in "“„«" else quoted[-1]))),
    ),
    Fault("the words that say who speaks inside the marks", ("QUO004",), _within(_attribution_swallowed)),
    Fault("a space before a comma", ("TYP001",), _within(_replaced(_INNER_MARK, lambda mark: f" {mark}"))),
    Fault("a bracket lost", ("TYP003",), _within(_replaced(_BRACKETS, lambda inside: inside[:-1]))),
    Fault("a small letter at the start", ("TYP007",), _within(_first_letter_small)),
    Fault("a capital after a comma", ("FLU006",), _within(_replaced(_AFTER_COMMA, str.capitalize))),
    Fault(
        "thousands as another language groups them",
        ("TYP006",),
        _within(
            _replaced(_GROUPED, lambda number: number.replace(".", ",") if "." in number else number.replace(",", "."))
        ),
    ),
    Fault("the same sentence, another number", ("CON002",), _restated(_number_changed)),
    Fault("the same sentence, without its denial", ("CON003",), _restated(_denial_lost)),
    Fault("a name spelt otherwise", ("CON004",), _restated(_name_respelt)),
    Fault(
        "letters of another script",
        ("LID004",),
        _within(_replaced(_WORD, lambda word: word[:2] + word[2:].translate(_TWINS))),
    ),
    Fault("a word in the wrong encoding", ("ENC001",), _within(_replaced(_ACCENTED, _misread))),
    Fault("a word as its escapes", ("ENC003",), _within(_replaced(_ACCENTED, lambda word: ascii(word)[1:-1]))),
    Fault("a visible entity", ("ENC002",), _within(_replaced(_WORD, lambda word: f"{word}&nbsp;"))),
    Fault("an unknown-word token", ("UNT003",), _within(_replaced(_WORD, lambda _: "<unk>"))),
)
