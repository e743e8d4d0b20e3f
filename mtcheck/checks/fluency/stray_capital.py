"""A word inside a sentence has a capital letter that it should not have.

What it finds: a pronoun, a conjunction, an article or an auxiliary with a capital after a comma, in the middle
of a sentence ("…, They are absolutely unacceptable").

Why it matters: systems that translate a long sentence in pieces begin each piece as if it were a sentence.

When it is wrong: in titles, slogans and thoughts quoted without marks. Only words that are never names are looked at, with
small letters on both sides; headlines, verse, salutations and what follows a verb of speech are passed over, and pronouns
for God where a text speaks of God. German is limited to words that are neither nouns nor forms of address; Arabic has no
capitals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mtcheck.core.checks import Check, Example, NoOptions
from mtcheck.core.documents import BlockKind, Document
from mtcheck.core.facts import Facts
from mtcheck.core.findings import Hit, Severity
from mtcheck.core.languages import LANGUAGES
from mtcheck.core.spans import Span
from mtcheck.text.quotations import PROSE_KINDS
from mtcheck.text.speech import SPEECH_VERBS


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


CLOSED_CLASS_WORDS: dict[str, frozenset[str]] = {
    "en": _words("""They We She He It This That These Those There Their Its Our His Her The And But Or If When Because Although While
        Which Who Whose Is Are Was Were Has Have Had Will Would Can Could Should Also However"""),
    "es": _words("""Ellos Ellas Ella Nosotros Pero Porque Cuando Aunque También Esto Este Esta Estos Estas Eso Se Son Es Está Están Fue
        Fueron Ha Han Que Los Las Sus Y O Si Como"""),
    "fr": _words("""Ils Elles Il Elle Nous Mais Parce Quand Lorsque Que Qui Cela Ce Ces Cette Est Sont Était Étaient Et Ou Aussi Leur
        Leurs Les Des Si Comme"""),
    "de": _words("""Und Aber Oder Dass Daß Weil Wenn Wir Es Diese Dieser Dieses Sind Ist War Waren Hat Haben Hatte Wird Werden Wurde
        Auch Nicht Jedoch Sowie Damit Obwohl"""),
    "ru": _words("""Они Она Он Мы Это Этот Эта Эти Но И Или Что Чтобы Который Которая Которое Которые Потому Когда Если Также Однако Хотя
        Поэтому Был Была Были Является Их Его"""),
    "uk": _words("""Вони Вона Він Ми Це Цей Ця Ці Але І Та Або Що Щоб Який Яка Яке Які Тому Коли Якщо Також Однак Хоча Був Була Були Є
        Їх Його"""),
}
"""Words that are never names nor forms of address: with a capital they begin a sentence."""

DIVINE_PRONOUNS = _words("He His It Who Whose Il Él Он Его Він Його Который Который Який")
"""Words that believers write with a capital when they speak of God."""

_DIVINE = re.compile(
    r"\b(?:God|Lord|Jesus|Christ|Allah|Creator|Dios|Señor|Jesús|Cristo|Dieu|Seigneur|Christus|Бог\w{0,3}|Господ\w{1,3}|"
    r"Христ\w{1,3}|Аллах\w{0,2}|Christ)\b"
)
_AFTER_COMMA = re.compile(
    r"""
    (?P<before>[^\W\d_]+) , [ \xa0]{1,2}       # a word, a comma, a space on the same line
    (?P<word>[^\W\d_]+) [ \xa0]{1,2}           # the word in question
    (?P<after>[^\W\d_]+)                       # and the one that follows
    """,
    re.VERBOSE,
)
_THINKING = _words("""is was are be think thought wonder wondered wondering thinking question reads read goes went asking know knew believe
    es era pregunta piensa pensó est était pense pensa denkt dachte ist war lautet подумал подумала думает вопрос гласит
    подумав думає питання""")
_SENTENCE_END = re.compile(r"[.!?…:]")
_SHORTEST_BEGINNING = 5
_BEGINNING = 200


def find(document: Document, facts: Facts, options: NoOptions) -> Iterator[Hit]:
    """Yield one hit for each closed-class word with a capital inside a sentence."""
    del options
    text = document.text
    languages = facts[LANGUAGES]
    for block in document.blocks:
        language = languages.at(block.span.start)
        words = CLOSED_CLASS_WORDS.get(language)
        if words is None or block.kind not in PROSE_KINDS or block.kind is BlockKind.HEADLINE:
            continue
        divine: bool | None = None
        position = block.span.start
        while (match := _AFTER_COMMA.search(text, position, block.span.end)) is not None:
            position = match.start("word")
            word = match["word"]
            if word not in words or not match["before"].islower() or not match["after"].islower():
                continue
            if match["before"] in SPEECH_VERBS[language] or match["before"] in _THINKING:
                continue
            if not _deep_in_sentence(text, match.start("word"), block.span):
                continue
            if word in DIVINE_PRONOUNS:
                divine = (
                    _DIVINE.search(text, block.span.start, block.span.end) is not None if divine is None else divine
                )
                if divine:
                    continue
            yield Hit(
                Span(match.end("before"), match.end("word")),
                f"“{word}” has a capital letter inside a sentence",
                0.85,
            )


def _deep_in_sentence(text: str, offset: int, block: Span) -> bool:
    """Tell whether enough words of the same sentence stand before the word: a salutation or a slogan has few.

    A beginning in capitals throughout is a title.
    """
    beginning = text[max(offset - _BEGINNING, block.start) : offset]
    ends = [match.end() for match in _SENTENCE_END.finditer(beginning)]
    words = beginning[ends[-1] if ends else 0 :].split()
    letters = [word for word in words if word[:1].isalpha()]
    capitals = sum(word[0].isupper() for word in letters)
    return len(words) >= _SHORTEST_BEGINNING and 2 * capitals <= len(letters)


CHECK = Check(
    code="FLU006",
    name="stray-capital",
    category="linguistic/spelling",
    severity=Severity.MINOR,
    needs=(LANGUAGES,),
    find=find,
    documentation=__doc__,
    languages=frozenset(CLOSED_CLASS_WORDS),
    examples=(
        Example("The flights along the coast and the exercises in the bay⟦, They⟧ are absolutely unacceptable."),
        Example("The harbor was closed for the whole of the winter⟦, But⟧ nobody complained."),
        Example(
            "The harbor was closed for the whole of the winter; But nobody complained.",
            comment="a full stop in all but sign",
        ),
        Example("Полёты вдоль берега и учения в заливе этой весной⟦, Они⟧ совершенно недопустимы.", language="ru"),
        Example(
            "Los vuelos junto a la costa y los ejercicios en la bahía⟦, Son⟧ del todo inaceptables.", language="es"
        ),
        Example(
            "Die Flüge an der Küste und die Übungen in der bekannten⟦, Und⟧ tiefen Bucht gehen weiter.", language="de"
        ),
        Example("Les vols le long de la côte et les exercices dans la baie⟦, Ils⟧ sont inacceptables.", language="fr"),
        Example("Польоти вздовж берега та навчання в затоці цієї весни⟦, Вони⟧ зовсім неприпустимі.", language="uk"),
        Example(
            "He moved to the coast, The Hague being too cold, and I stayed.\n\nDear all, We are here now, said the note."
        ),
        Example("They trust in God and in his mercy every day, He who sees all. She asked herself again, Who knows?"),
        Example("Он читал в тот вечер у моря старый роман, «Они сражались», и письмо, где стояло «Вы».", language="ru"),
        Example("Vivía junto al mar con su familia, El Varén era su barco, y yo no.", language="es"),
        Example("Wir bitten um Ihre Antwort in den nächsten Tagen, Sie haben Zeit.", language="de"),
    ),
)
