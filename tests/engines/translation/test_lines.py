from __future__ import annotations

from collections.abc import Sequence

from mtcheck.core.translation import Translation
from mtcheck.engines.translation.lines import translate_lines
from mtcheck.testing import FakeTranslator


class Scored(FakeTranslator):
    """Turns words round, and has an opinion of each text by its length."""

    def translate(self, texts: Sequence[str], source_language: str, target_language: str) -> list[Translation]:
        answers = super().translate(texts, source_language, target_language)
        return [
            Translation(answer.text, -1.0 if len(text) > 10 else -0.5, "loop" if "loops" in text else "", 0.75)
            for text, answer in zip(texts, answers, strict=True)
        ]


def test_as_many_lines_come_out_as_go_in_and_in_order() -> None:
    lines = ["The port closed. Nobody knew.", "", "  ", "Why?", "The port closed. Nobody knew."]
    answers = translate_lines(FakeTranslator(), lines, "en", "es")
    assert lines == [answer.source for answer in answers]
    assert ["ehT trop .desolc ydoboN .wenk", "", "", "?yhW", "ehT trop .desolc ydoboN .wenk"] == [
        answer.translation for answer in answers
    ]


def test_scores_are_means_by_length_and_one_bad_part_marks_the_line() -> None:
    [good, bad, empty] = translate_lines(
        Scored(), ["The port closed. Why so?", "The port closed. It loops.", ""], "en", "es"
    )
    # 16 characters at -1.0, 7 at -0.5.
    assert round(-(16 * 1.0 + 7 * 0.5) / 23, 4) == good.score
    assert (0.75, "", "loop") == (good.coverage, good.unusable, bad.unusable)
    assert (None, None, None, "") == (empty.score, empty.coverage, empty.length_ratio, empty.unusable)
    assert good.length_ratio is not None
    assert 0.8 < good.length_ratio < 0.9


def test_languages_without_spaces_are_closed_up() -> None:
    translator = FakeTranslator(lambda _text, _source, _target: "港口。", [("en", "zh")])
    [line] = translate_lines(translator, ["The port closed. Nobody knew."], "en", "zh")
    assert "港口。港口。" == line.translation


def test_a_translation_is_one_line_whatever_the_translator_writes() -> None:
    translator = FakeTranslator(lambda text, _source, _target: f"a\n{text}\u2028\r b\x85")
    [line] = translate_lines(translator, ["The port."], "en", "es")
    assert "a The port. b" == line.translation
