"""Words with their surprisal: places, what is left out, the page's own level, sentences."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mtcheck.core.spans import Span
from mtcheck.core.surprisal import PassageSurprisal, TokenSurprisal
from mtcheck.testing import FakeLanguageModel, document_from_text, facts_of
from mtcheck.text.sentences import SENTENCES
from mtcheck.text.word_frequency import bits_alone, frequencies, rarest
from mtcheck.text.word_surprisal import FEATURES, WordSurprisal, features_of, level_of, sentence_surprisals, words_of


def passage(text: str, start: int = 0, bits: dict[str, float] | None = None) -> PassageSurprisal:
    [tokens] = FakeLanguageModel(bits or {}).surprisals([text[start:]], "en")
    moved = tuple(TokenSurprisal(token.span.shift(start), token.bits) for token in tokens)
    return PassageSurprisal(Span(start, len(text)), "en", moved)


def by_name(words: list[WordSurprisal], index: int, name: str) -> float:
    return features_of([words])[0][index][FEATURES.index(name)]


def test_a_word_has_the_bits_of_its_tokens_at_its_place() -> None:
    text = "Page. The well-known “ferry” sank @port."
    words = words_of(text, passage(text, 6, {"well": 3.0, "-": 1.0, "known": 9.0, "“": 7.0}))
    assert ["The", "well-known", "ferry", "sank", "port"] == [word.span.of(text) for word in words]
    assert (9.0, 13.0) == (words[1].highest, words[1].bits)
    assert (7.0, True, False) == (words[2].before, words[2].quoted, words[2].sentence_start)
    assert [False, True, True, True, False] == [word.plain for word in words]
    assert words[0].sentence_start


def test_bits_beyond_the_frequency_tell_rare_from_unexpected() -> None:
    assert bits_alone("the") < bits_alone("harbor") < bits_alone("zzyzx") == rarest()
    assert min(frequencies().values()) > 0
    text = "the zzyzx"
    common, rare = words_of(text, passage(text, 0, {"the": 14.0, "zzyzx": 14.0}))
    assert common.beyond > 5 > 0 > rare.beyond


def test_the_level_of_a_page_is_not_moved_by_a_few_faults() -> None:
    sound = "one two three four five six seven eight nine ten"
    words = words_of(sound, passage(sound, 0, {"two": 4.0, "three": 6.0}))
    faulty = words_of(sound, passage(sound, 0, {"two": 4.0, "three": 6.0, "ten": 23.0}))
    assert level_of([words]) == level_of([faulty])
    assert by_name(faulty, 9, "against the page") == 6.0
    assert by_name(faulty, 0, "against the page") == 0.0
    assert by_name(faulty, 8, "the word after") == 6.0


def test_a_page_without_words_has_a_level_and_no_features() -> None:
    assert (0.0, 1.0) == (level_of([]).median, level_of([[]]).spread)
    assert [[]] == features_of([[]])


def test_sentences_have_the_bits_of_their_tokens_a_character() -> None:
    text = "Head\n\nOne two. Three four."
    document = document_from_text(text)
    sentences = facts_of(document)[SENTENCES]
    found = sentence_surprisals([passage(text, 6, {"Three": 16.0})], sentences, text)
    assert ["One two.", "Three four."] == [entry.sentence.of(text) for entry in found]
    # Three tokens of 5 bits on 7 characters; 16, 5 and 5 bits on 10.
    assert [2.143, 2.6] == [entry.bits_per_character for entry in found]


@given(st.text(max_size=80), st.lists(st.floats(0, 1e6), max_size=40))
def test_no_text_is_too_strange(text: str, bits: list[float]) -> None:
    places = list(range(0, len(text), 2))
    tokens = tuple(
        TokenSurprisal(Span(place, min(len(text), place + 2)), value)
        for place, value in zip(places, bits, strict=False)
    )
    whole = PassageSurprisal(Span(0, len(text)), "en", tokens)
    words = words_of(text, whole)
    assert [word.span.of(text) for word in words] == [word.word for word in words]
    [rows] = features_of([words])
    assert [len(FEATURES)] * len(words) == [len(row) for row in rows]
    sentences = facts_of(document_from_text(text))[SENTENCES]
    for entry in sentence_surprisals([whole], sentences, text):
        assert entry.bits_per_character >= 0
