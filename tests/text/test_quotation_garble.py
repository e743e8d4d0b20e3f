"""The signs of a garbled quotation, by table; and what only looks like one."""

from __future__ import annotations

import pytest

from mtcheck.core.spans import Span
from mtcheck.testing import marked
from mtcheck.text.quotation_garble import UNFINISHED, Garble, garbled_places

GARBLED = [
    ("en", Garble.SEVERED_HEAD, "⟦Topics the republic needs only when our borders are ignored.⟧"),
    ("en", Garble.SEVERED_HEAD, "⟦Questions the two islands discuss because the old treaty has ended.⟧"),
    ("en", Garble.BROKEN_END, "We will send our ships to ⟦the⟧."),
    ("en", Garble.CLASH, "This is only ⟦the of⟧ our long talks."),
    ("de", Garble.BROKEN_END, "Wir schicken die Schiffe ⟦und⟧."),
    ("fr", Garble.BROKEN_END, "Nous enverrons les navires ⟦des⟧."),
    ("uk", Garble.BROKEN_END, "Ми будемо говорити з сусідами ⟦щоб⟧."),
]


@pytest.mark.parametrize(("language", "garble", "example"), GARBLED)
def test_garbled_sentences(language: str, garble: Garble, example: str) -> None:
    text, expected = marked(example)
    (place,) = garbled_places(text, iter([Span(0, len(text))]), language, cased=True)
    assert (garble, expected[0]) == (place.garble, place.span)


SOUND = [
    ("en", "Topics the republic needs are discussed only when our borders are ignored."),
    ("en", "Ships the island sends will wait when the sea is rough and cold."),
    ("en", "Pass the old port only when the sea is calm today."),
    ("en", "Discuss the treaty with them only when the envoys are back."),
    ("en", "Topics the republic needs, when our borders are ignored by all, are few."),
    ("en", "Sometimes the envoys wait here until the ships are back."),
    ("en", "We will send our ships to the ..."),
    ("en", "We will send our ships to the — well, you know."),
    ("en", "That is what we had asked you for."),
    ("en", "They know that it is their own."),
    ("en", "She gave the of-the-moment answer that people expected."),
    ("ru", "Это было в XX в."),
    ("es", "No sé muy bien para qué."),
    ("zz", "We will send our ships to the."),
]


@pytest.mark.parametrize(("language", "text"), SOUND)
def test_sound_sentences(language: str, text: str) -> None:
    assert [] == list(garbled_places(text, iter([Span(0, len(text))]), language, cased=True))


def test_every_language_of_speech_has_words_that_end_no_sentence() -> None:
    assert all(UNFINISHED[language] for language in ("en", "ru", "uk", "es", "fr", "de", "ar"))
