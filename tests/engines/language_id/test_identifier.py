from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtcheck.core.languages import Guess, LanguageIdentifier
from mtcheck.engines.language_id.candidates import LANGUAGES_OF_SCRIPT
from mtcheck.engines.language_id.exclusions import without_addresses
from mtcheck.engines.language_id.identifier import Identifier, Weighed, best, pieces_of
from mtcheck.engines.language_id.profiles import ProfileModel
from mtcheck.text.language_names import language_name

SENTENCES = {
    "en": "The ferry to the island leaves at nine in the morning, the mayor said.",
    "ru": "Паром на остров уходит в девять часов утра, сообщил мэр города.",
    "uk": "Пором на острів вирушає о дев'ятій годині ранку, повідомив міський голова.",
    "ar": "تغادر العبارة إلى الجزيرة في التاسعة صباحا كما قال رئيس البلدية.",
    "fa": "کشتی ساعت نه صبح به سوی جزیره می‌رود، شهردار گفت.",
    "es": "El transbordador a la isla sale a las nueve de la mañana, dijo el alcalde.",
    "pt": "O barco para a ilha parte às nove da manhã, disse o presidente da câmara.",
    "fr": "Le bateau pour l'île part à neuf heures du matin, a déclaré le maire.",
    "de": "Die Fähre zur Insel fährt um neun Uhr morgens ab, sagte der Bürgermeister.",
    "it": "Il traghetto per l'isola parte alle nove del mattino, ha detto il sindaco.",
    "pl": "Prom na wyspę odpływa o dziewiątej rano, powiedział burmistrz.",
    "tr": "Adaya giden feribot sabah saat dokuzda kalkıyor, dedi belediye başkanı.",
    "he": "המעבורת לאי יוצאת בתשע בבוקר, אמר ראש העיר.",
    "zh": "市长说，开往该岛的渡轮早上九点出发。",
    "ja": "島へ行くフェリーは朝九時に出発すると市長は述べた。",
    "ko": "섬으로 가는 여객선은 아침 아홉 시에 떠난다고 시장이 말했다.",
    "el": "Το πλοίο για το νησί φεύγει στις εννέα το πρωί, είπε ο δήμαρχος.",
    "ka": "ბორანი კუნძულზე დილის ცხრა საათზე გადის.",
    "hy": "Նավը կղզի է մեկնում առավոտյան ժամը իննին։",
    "am": "ጀልባው ከጠዋቱ ሦስት ሰዓት ላይ ይነሳል።",
}


@pytest.fixture(scope="module")
def identifier() -> LanguageIdentifier:
    return Identifier()


@pytest.mark.parametrize("language", SENTENCES)
def test_names_the_language_of_a_sentence(language: str, identifier: LanguageIdentifier) -> None:
    [guess] = identifier.identify([SENTENCES[language]])
    assert language == guess.language
    assert guess.confidence > 0.9
    assert language in identifier.languages


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "12:30",
        "https://example.org/the/house",
        "news@example.org",
        "😀😀",
        "\ue000\ue001",
        "\ud800",
        "\u200b",
        "𐌰𐌱𐌲",
    ],
)
def test_what_is_in_no_language_is_undetermined(text: str, identifier: LanguageIdentifier) -> None:
    assert [Guess("und", 1.0)] == identifier.identify([text])


def test_abstains_from_a_word_of_many_languages() -> None:
    [guess] = Identifier().identify(["radio"])
    [forced] = Identifier(abstain_below=0.0).identify(["radio"])
    assert "und" == guess.language
    assert "und" != forced.language


def test_candidates_limit_the_answer(identifier: LanguageIdentifier) -> None:
    guesses = identifier.identify([SENTENCES["uk"], SENTENCES["en"], SENTENCES["ka"]], ["ru", "es"])
    assert ["ru", "es", "und"] == [guess.language for guess in guesses]


@pytest.mark.parametrize(
    "text", ["Ўлада абвясціла пра новы паром на востраў Варэн", "Ћерка Ђорђа путује бродом", "Қала әкімі өтті"]
)
def test_letters_of_an_unknown_language_are_not_forced_into_a_known_one(
    text: str, identifier: LanguageIdentifier
) -> None:
    assert [Guess("und", 1.0)] == identifier.identify([text])


def test_the_weightiest_script_decides(identifier: LanguageIdentifier) -> None:
    guesses = identifier.identify(
        ["© Photo: Пресс-служба министерства обороны", "他在Facebook上发表了这个消息", "スマホの iPhone"]
    )
    assert ["ru", "zh", "ja"] == [guess.language for guess in guesses]


def test_the_answer_does_not_depend_on_the_company(identifier: LanguageIdentifier) -> None:
    texts = list(SENTENCES.values())
    assert identifier.identify(texts) == [identifier.identify([text])[0] for text in texts]
    assert identifier.identify(texts) == identifier.identify(texts[::-1])[::-1]


def test_the_answer_does_not_depend_on_the_hash_seed() -> None:
    program = (
        "from mtcheck.engines.language_id.identifier import Identifier\n"
        f"print(Identifier().identify({[*SENTENCES.values(), 'radio', 'ferry']!r}))"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert 1 == len(outputs)


def test_a_prior_moves_what_is_open_and_not_what_is_clear() -> None:
    identifier = Identifier()
    word, sentence = identifier.weigh([pieces_of("piano")[0], pieces_of(SENTENCES["de"])[0]])
    assert "it" == best(word.posterior({"it": 30.0})).language
    assert "de" == best(sentence.posterior({"it": 30.0})).language
    assert 1.0 == pytest.approx(sum(word.posterior().values()), abs=1e-4)


def test_nothing_weighed_has_no_posterior() -> None:
    assert {} == Weighed().posterior({"en": 1.0})


def test_every_language_of_an_open_script_has_a_profile() -> None:
    known = set(ProfileModel.load().languages)
    for languages in LANGUAGES_OF_SCRIPT.values():
        assert len(languages) == 1 or set(languages) <= known


@given(st.text(st.characters(exclude_categories=())))
def test_blanking_addresses_keeps_every_place(text: str) -> None:
    blanked = without_addresses(text)
    assert len(text) == len(blanked)
    assert all(after in (before, " ") for before, after in zip(text, blanked, strict=True))


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("see https://example.org/a?b=c&d today", "see today"),
        ("www.example.org and mail@example.co.uk", "and"),
        ("@varen_news #ferry says", "says"),
        ("lenta.example.ru writes", "writes"),
        ("自2006年安理会", "自 年安理会"),
        ("МС-21 in T72 and 5th", "МС- in and"),
        ("It ends here.The next begins", "It ends here.The next begins"),
    ],
)
def test_addresses_and_numbers_are_blanked(text: str, left: str) -> None:
    assert left == " ".join(without_addresses(text).split())


@settings(max_examples=50)
@given(st.text(st.characters(exclude_categories=())))
def test_any_text_has_an_answer(text: str) -> None:
    [guess] = Identifier().identify([text])
    assert 0 < guess.confidence <= 1
    assert guess.language in Identifier().languages | {"und"}


def test_every_language_has_an_english_name() -> None:
    assert all(language_name(language) != language for language in Identifier().languages)
