"""Reliability, close pairs, romanized text and made pages: the parts of ``mtcheck bench languages``."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from mtcheck.engines.language_id.identifier import Identifier
from mtcheck.engines.language_id.provider import LanguagesProvider
from mtcheck.measuring.close_pairs import PAIRS, UNITS, close_pairs, romanized, romanized_figures
from mtcheck.measuring.language_pages import JudgedBlock, judged_blocks, made_pages
from mtcheck.measuring.reliability import FINE_BANDS, Judged, calibration_error, named_from, reliability

RUSSIAN = "Паром на остров уходит в девять часов утра, сообщил мэр города."
ARABIC = "تغادر العبارة إلى الجزيرة في التاسعة صباحا كما قال رئيس البلدية."


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("langid")
    tables = {
        "ntrex12": f"language\tline\tsentence\nru\t1\t{RUSSIAN}\nar\t1\t{ARABIC}\nru\t2\tЭту строку не читает никто.\n",
        "short_items": "origin\tkind\tlanguage\ttext\nntrex\tw1\tda\tmålt\n",
        "lingua_testdata": "lang\tunit\ttext\n"
        f"ru\tsentences\t{RUSSIAN}\nda\tsingle-words\tmålt\nar\tsentences\t{ARABIC}\nuk\tsentences\tПором вирушає вранці.\n",
    }
    for name, text in tables.items():
        (folder / f"{name}.tsv.gz").write_bytes(gzip.compress(text.encode("utf-8")))
    return folder


def test_bands_hold_every_answer_once_and_say_how_sure_they_are() -> None:
    answers = [
        Judged(0.2, False, "page"),
        Judged(0.96, True, "page"),
        Judged(0.97, False, "page"),
        Judged(1.0, True, "page"),
    ]
    found = reliability(answers, FINE_BANDS)
    assert [(0.0, 0.5), (0.95, 0.98), (0.999, 1.0)] == [(band.low, band.high) for band in found]
    assert [0.2, 0.965, 1.0] == pytest.approx([band.expected for band in found])
    assert [0.0, 0.5, 1.0] == [band.observed.value for band in found]
    assert (0.2 + 2 * 0.465 + 0) / 4 == pytest.approx(calibration_error(found))
    assert 0 == calibration_error([])


def test_what_is_named_from_a_confidence_on() -> None:
    answers = [
        Judged(0.4, False, "page"),
        Judged(0.96, True, "page"),
        Judged(0.99, False, "page"),
        Judged(1.0, True, "page"),
    ]
    named, right = named_from(answers, 0.95)
    assert (3, 4) == (named.hits, named.trials)
    assert (2, 3) == (right.hits, right.trials)


@pytest.mark.parametrize(
    ("text", "language", "latin"),
    [
        ("Жёлтый объезд, Щука — 5 км", "ru", "Zhyoltyy obezd, Shchuka — 5 km"),
        ("قال حمد: مرحبًا", "ar", "9al 7md: mr7ba"),
        ("", "ru", ""),
        ("Varen-Tor", "ru", "Varen-Tor"),
    ],
)
def test_text_is_romanized_letter_by_letter(text: str, language: str, latin: str) -> None:
    assert latin == romanized(text, language)


def test_close_pairs_leave_out_what_was_fitted_on(folder: Path) -> None:
    found = {(figure.code, figure.unit): figure for figure in close_pairs(folder, Identifier())}
    assert len(PAIRS) * len(UNITS) == len(found)
    # Whatever the small sets hold is fitted on, but for the text that is measured elsewhere.
    assert 0 == found["ru", "sentences"].right.trials
    assert 1 == found["da", "single-words"].right.trials


def test_romanized_sentences_are_taken_from_lines_that_are_not_fitted_on(folder: Path) -> None:
    figures = list(romanized_figures(folder, Identifier()))
    assert [1, 1, 1, 1] == [figure.texts for figure in figures]
    for figure in figures:
        assert figure.open.trials == figure.sure.trials == 1
        assert figure.open.value + sum(part for _, part in figure.named) == pytest.approx(1)


NEWS = {
    "en": [
        "The ferry to the island leaves at nine in the morning, the mayor said.",
        "Tickets will cost less than the bus, she told reporters in front of the town hall.",
        "Residents had asked for the line for a long time.",
    ],
    "ru": [
        RUSSIAN,
        "Билеты будут стоить дешевле автобуса, рассказала она журналистам перед ратушей.",
        "Жители давно просили об этой линии.",
    ],
}
LABELS = {"en": ["Change password", "Log out"], "ru": ["Сменить пароль", "Выйти"]}


def test_made_pages_are_the_same_every_time_and_every_other_one_is_mixed() -> None:
    pages = list(made_pages(NEWS, LABELS, 2, 7))
    again = list(made_pages(NEWS, LABELS, 2, 7))
    assert [(page.document.text, languages) for page, languages in pages] == [
        (page.document.text, languages) for page, languages in again
    ]
    mixed = [len(set(languages)) > 1 for _, languages in pages]
    assert [False, True, False, True] == mixed
    for page, languages in pages:
        assert len(page.document.blocks) == len(languages)
    judged = judged_blocks(pages, LanguagesProvider())
    assert not any(block.flagged for page in judged for block in page if not block.foreign)
    assert all(any(block.flagged for block in page) for page in judged[1::2])


@pytest.mark.parametrize(
    ("judged", "cause"),
    [
        (JudgedBlock("Löschen", "de", "en", "en", 0.4, False, ""), "one word, the evidence is too weak"),
        (JudgedBlock("Log out", "en", "de", "und", 0.4, False, "loanword"), "several words, passed over as loanword"),
        (
            JudgedBlock("iPhone", "ru", "en", "en", 0.9, False, ""),
            "one word in letters that are not the language's own",
        ),
        (JudgedBlock("Löschen", "de", "en", "de", 0.99, True, ""), ""),
        (JudgedBlock("Delete", "en", "en", "en", 0.99, False, ""), ""),
    ],
)
def test_a_missed_block_has_a_cause(judged: JudgedBlock, cause: str) -> None:
    assert cause == judged.cause
