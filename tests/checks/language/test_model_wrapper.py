"""What a model says for itself, in eight languages, and what people say that sounds like it."""

from __future__ import annotations

import pytest

from mtcheck.checks.language.model_wrapper import CHECK
from mtcheck.testing import document_from_text, facts_of, run_check

STORY = "The mayor of Varen signed the agreement on Monday, and the northern ferry left the old port at noon."


def found(text: str) -> list[str]:
    document = document_from_text(text)
    return [hit.span.of(text) for hit in run_check(CHECK, document, facts_of(document))]


@pytest.mark.parametrize(
    "said",
    [
        "Here is the translation:",
        "Here's the translated text:",
        "Sure! Here's a translation of your article into English:",
        "Certainly. Below is the English translation of the text:",
        "**Here is the translation:**",
        "Translation:",
        "Вот перевод:",
        "Конечно! Ниже представлен перевод текста на русский язык:",
        "Перевод:",
        "Ось переклад тексту:",
        "Aquí está la traducción:",
        "¡Claro! Aquí tienes el texto traducido al español:",
        "Hier ist die Übersetzung:",
        "Gerne! Hier ist der übersetzte Text:",
        "Voici la traduction :",
        "Bien sûr ! Voici le texte traduit en français :",
        "إليك الترجمة:",
        "بالتأكيد! فيما يلي ترجمة النص إلى العربية:",
        "以下是翻译：",
        "好的，以下是这篇文章的中文翻译：",
        "Aqui está a tradução:",
        "Ecco la traduzione:",
    ],
)
def test_announcements_open_a_block(said: str) -> None:
    assert [said.strip("*")] == [text.strip("*") for text in found(f"{said}\n\n{STORY}")]
    assert [said.strip("*")] == [text.strip("*") for text in found(f"{said} {STORY}")]


@pytest.mark.parametrize(
    "said",
    [
        "I'm sorry, but I can't translate this",
        "I’m sorry, but I cannot assist with that request",
        "As an AI language model, I have no opinion",
        "I am an AI assistant and cannot browse",
        "Please provide the text you would like me to translate",
        "Извините, но я не могу перевести этот текст",
        "Как языковая модель, я не имею мнения",
        "Lo siento, pero no puedo traducir este texto",
        "Como modelo de lenguaje, no tengo opinión",
        "Es tut mir leid, aber ich kann diesen Text nicht übersetzen",
        "Als KI-Sprachmodell habe ich keine Meinung",
        "Je suis désolé, mais je ne peux pas traduire ce texte",
        "En tant que modèle de langage, je n'ai pas d'avis",
        "عذرًا، لا يمكنني ترجمة هذا النص",
        "بصفتي نموذجًا لغويًا، ليس لدي رأي",
        "抱歉，我无法翻译这段文字",
        "作为一个人工智能语言模型，我没有意见",
        "Вибачте, але я не можу перекласти цей текст",
        "Note: The original text appears to be cut off here",
    ],
)
def test_refusals_open_a_block_or_a_sentence(said: str) -> None:
    stop = "。" if "\u4e00" <= said[0] <= "\u9fff" else "."
    assert [said] == found(f"{said}{stop}\n\n{STORY}")
    assert [said] == found(f"{STORY} {said}{stop}")


@pytest.mark.parametrize(
    "text",
    [
        f"“I'm sorry, but I can't translate that,” she said. {STORY}",
        f'He read aloud: "As an AI language model, I cannot say." {STORY}',
        "Translation: Mara Orlo",
        "Translation: Mara Orlo\n\nTranslation: Tamo Nera\n\nTranslation: a third one",
        f"The book is here. The translation of it: a labor of years. {STORY}",
        f"Here is what the mayor said about the translation of the paper. {STORY}",
        f"ChatGPT, an AI chatbot of OpenAI, answered.\n\nAs an AI language model, I cannot help.\n\n{STORY}",
        "Let me know if you see the ferry, she wrote.\n\nThe mayor left.",
        "Перевод с арабского: Мара Орлова",
    ],
)
def test_what_people_say(text: str) -> None:
    assert [] == found(text)


def test_a_fence_around_an_answer() -> None:
    assert ["```text", "```"] == found(f"```text\n\n{STORY}\n\nThe port is open.```")


def test_the_closing_offer_ends_the_text() -> None:
    assert ["Let me know if you need any changes"] == found(f"{STORY}\n\nLet me know if you need any changes!")
