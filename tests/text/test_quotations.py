"""The automaton of quotations, by table: what is a quotation, what stands wrong, in many languages and styles."""

from __future__ import annotations

import pytest

from mtcheck.core.documents import Block, BlockKind, Document
from mtcheck.core.facts import Facts
from mtcheck.core.languages import LANGUAGES
from mtcheck.core.offsets import OffsetMap
from mtcheck.core.spans import Span
from mtcheck.testing import marked, one_language
from mtcheck.text.quotations import Diagnosis, Misplacement, QuotationForm, Quotations, quotations_of


def read(text: str, language: str = "en", kinds: tuple[BlockKind, ...] = ()) -> tuple[Document, Quotations]:
    """Read a text whose lines are blocks (paragraphs, unless other kinds are given)."""
    blocks: list[Block] = []
    offset = 0
    for line in text.split("\n"):
        if line:
            kind = kinds[len(blocks)] if kinds else BlockKind.PARAGRAPH
            blocks.append(Block(kind, Span(offset, offset + len(line))))
        offset += len(line) + 1
    document = Document("page.txt", "page.txt", text, tuple(blocks), OffsetMap.identity(text))
    return document, quotations_of(document, Facts({LANGUAGES: one_language(document, language)}))


# The marked spans are the quotations that must be read, and nothing may stand wrong.
WHOLE = [
    ("en", 'She said ⟦"the port is open"⟧ and ⟦“the sea is calm”⟧.'),
    ("en", "⟦“He told me ⟦‘no, never’⟧ and left,”⟧ Orlo said."),
    ("en", '⟦"He told me ⟦"no, never"⟧ and left,"⟧ Orlo said.'),
    ("en", "⟦‘The dogs’ bowl isn’t empty, ⟦“full”⟧ rather,’⟧ said Orlo."),
    ("en", "The '90s, the ’90s, rock ’n’ roll, O’Neill's dogs' bowl, ’tis ‘em and the Qur'an aren’t quotations."),
    ("en", 'It is 6\'2" tall, with a 27" screen, at 40°26\'46" north.'),
    ("en", 'The ⟦"large 27" screen"⟧ broke, and so did the ⟦"Window 95"⟧ he had.'),
    ("en", "⟦``A typewriter's quotation,''⟧ he said, and ⟦''another one''⟧ came."),
    ("en", "⟦''She said ⟦'we left early,'⟧''⟧ Orlo recalled."),
    ("en", "It said (⟦“yes”⟧), ⟦“no”⟧—⟦“perhaps”⟧—and ⟦“… and so on …”⟧."),
    ("en", 'He said ⟦"we left [...] early..."⟧; see <a href=⟦"page.html"⟧>the page</a>.'),
    ("en", "The zero\u200b-width ⟦“mark”⟧\u200b and the ⟦\u201cbyte-order mark\u201d⟧\ufeff do not count."),
    ("en", "The ⟦“rate fell to 0″⟧, it said of a 27″ screen."),
    ("fr", "Il dit\xa0: ⟦«\xa0L’État, c’est ⟦“moi”⟧\xa0»⟧, à l’⟦« Écho »⟧ du ⟦«\u202fport\u202f»⟧."),
    ("fr", "Il parle de ⟦« moralisation »⟧ de la vie, puis de ⟦« morale »⟧\xa0publique."),
    ("es", "Dijo ⟦«El ⟦“viejo”⟧ puerto»⟧ y ⟦“la costa”⟧."),
    ("es", "—Abriremos el puerto —dijo el alcalde—. Y será pronto."),
    ("ru", "⟦«Мы ⟦„здесь“⟧, — сказал он, — и будем»⟧. — Да, — ответила она."),
    ("ru", "Верфь АО «Союз ⟦«Заря»⟧ работает, м'ята растёт."),
    ("uk", "⟦«П’ять об'єктів»⟧ біля узбережжя."),
    ("de", "⟦„Der ⟦‚alte‘⟧ Hafen“⟧, sagte sie, und ⟦»die neue Küste«⟧."),
    ("de", '⟦„Ein Hafen"⟧ steht da, und ⟦"noch einer"⟧.'),
    ("sv", "⟦”Hamnen är öppen”⟧, sade hon, och ⟦»kusten»⟧ är lugn."),
    ("fi", "⟦”Satama on auki”⟧, hän sanoi ⟦”Aallossa”⟧."),
    ("pl", "⟦„Port jest otwarty”⟧, powiedziała."),
    ("ar", 'قال ⟦”الميناء مفتوح“⟧ وكتبت ⟦“الجريدة”⟧ و⟦"الساحل"⟧ ثم ⟦«البحر»⟧.'),
    ("he", 'דובר צה"ל ומנכ"ל החברה אמרו שהנמל ייפתח באביב.'),
    ("zh", "他说⟦“港口⟦‘春天’⟧开放”⟧，她说⟦「好的⟦『朋友』⟧」⟧。"),
    ("ja", "彼は⟦「港は春に開く」⟧と言った。"),
    ("en", "⟦«Quoted»⟧ in guillemets is rare."),
]


@pytest.mark.parametrize(("language", "example"), WHOLE)
def test_whole_quotations(language: str, example: str) -> None:
    text, expected = marked(example)
    _, quotations = read(text, language)
    found = [quotation.span for quotation in quotations.quotations if quotation.form is QuotationForm.MARKS]
    assert [span.of(text) for span in expected] == [span.of(text) for span in found]
    assert list(expected) == found
    assert quotations.strays == ()


# The marked span is the anchor of the one mark that stands wrong.
WRONG = [
    ("en", Diagnosis.LOST_OPENING, "He noted that the port is open and the sea is ⟦calm.”⟧"),
    ("en", Diagnosis.LOST_OPENING, "The quotation is “long,” she said and ⟦left.”⟧"),
    ("en", Diagnosis.LOST_CLOSING, 'He noted ⟦"the⟧ port is open and the sea is calm.'),
    ("en", Diagnosis.LOST_CLOSING, "⟦“The⟧ port is open, she said. “The sea is calm,” he said."),
    ("en", Diagnosis.LOST_CLOSING, "He said ⟦“that⟧ ‘all’ is well with the dogs’ bowl."),
    ("ru", Diagnosis.LOST_CLOSING, "Он сказал: «порт ⟦„открыт⟧ и море спокойно»."),
    ("ru", Diagnosis.LOST_OPENING, "Он сказал: порт открыт и море ⟦спокойно»⟧."),
    ("zh", Diagnosis.LOST_CLOSING, "他说⟦“港口⟧春天开放，海面平静。"),
    ("zh", Diagnosis.LOST_OPENING, "他说港口春天开放，海面⟦平静」⟧。"),
    ("en", Diagnosis.TURNED, "He called it “a great ⟦success“⟧ for all."),
    ("en", Diagnosis.TURNED, "He said the war is “over and ⟦done. “⟧"),
    ("en", Diagnosis.TURNED, "He ⟦says,”⟧ there are many people who are never listened to.”"),
    ("en", Diagnosis.TURNED, "He said: ⟦”There⟧ are many people here.”"),
    ("en", Diagnosis.MIXED, 'He called it “a great ⟦success"⟧ for all.'),
    ("es", Diagnosis.MIXED, "Dijo que «es un gran ⟦éxito”⟧ para todos."),
    ("en", Diagnosis.MIXED, 'He called it "a great ⟦success”⟧ for all.'),
]


@pytest.mark.parametrize(("language", "diagnosis", "example"), WRONG)
def test_marks_that_stand_wrong(language: str, diagnosis: Diagnosis, example: str) -> None:
    text, expected = marked(example)
    _, quotations = read(text, language)
    found = [(stray.diagnosis, stray.anchor.of(text)) for stray in quotations.strays]
    assert [(diagnosis, span.of(text)) for span in expected] == found
    assert list(expected) == [stray.anchor for stray in quotations.strays]


MISPLACED = [
    (Misplacement.WRONG_SIDE, 'We will go on, "he said, and left.', '"We'),
    (Misplacement.SECOND_STOP, 'It has its "sphere of interest in the north." .', ""),
    (Misplacement.APART, 'He said, "We will go on. " Nobody asked.', ""),
    (Misplacement.CUTS_SENTENCE, 'He added, "We expect an answer in writing to" Varenian proposal.', ""),
]


@pytest.mark.parametrize(("misplacement", "text", "start"), MISPLACED)
def test_misplaced_closing_marks(misplacement: Misplacement, text: str, start: str) -> None:
    _, quotations = read(text.replace("We", start, 1) if start else text)
    assert [(Diagnosis.MISPLACED, misplacement)] == [(s.diagnosis, s.misplacement) for s in quotations.strays]


def test_a_long_quotation_opens_each_paragraph_and_closes_once() -> None:
    text = "“The gates were shut at noon.\n“We waited for a day.\n“Then we went home,” he said."
    _, quotations = read(text)
    assert quotations.strays == ()
    assert [True, True, False] == [quotation.continued for quotation in quotations.quotations]


@pytest.mark.parametrize("mark", ["»", "”"])
def test_a_long_quotation_may_repeat_its_closing_mark(mark: str) -> None:
    opening = {"»": "«", "”": "“"}[mark]
    _, quotations = read(f"{opening}Las puertas estaban cerradas.\n{mark}Esperamos un día entero{mark}, dijo.", "es")
    assert quotations.strays == ()


def test_a_long_quotation_may_open_once_and_close_once() -> None:
    text = "He said: “The gates were shut at noon.\nWe waited for a day.\nThen we went home.”"
    _, quotations = read(text)
    assert quotations.strays == ()
    assert [text[9:]] == [quotation.span.of(text) for quotation in quotations.quotations]


def test_a_partial_quotation_ends_with_its_paragraph() -> None:
    _, quotations = read("She warned that “we will answer in kind.\n“Nobody wants that,” he said.")
    assert [(Diagnosis.LOST_CLOSING, 0)] == [(stray.diagnosis, stray.block) for stray in quotations.strays]


@pytest.mark.parametrize(
    ("language", "paragraph", "clue"),
    [
        ("en", "“We used to send ships but got only contempt says Varen.", "says Varen"),
        ("en", "“We used to send ships, the minister said.", "the minister said"),
        ("ru", "«Мы посылали корабли, сказал министр Орлов.", "сказал министр Орлов"),
        ("ru", "«Мы посылали корабли, потому что так сказал Орлов.", None),
        ("ru", "«Мы посылали корабли, сказал Орлов.", "сказал Орлов"),
        ("es", "«Mandábamos barcos cada mes, dijo la ministra.", "dijo la ministra"),
        ("fr", "« Nous envoyions des navires, a déclaré Orlo.", "déclaré Orlo"),
        ("de", "„Wir schickten jeden Monat Schiffe, sagte Orlo.", "sagte Orlo"),
        ("uk", "«Ми посилали кораблі, сказав Орленко.", "сказав Орленко"),
        ("ar", "«كنا نرسل السفن كل شهر، قال الوزير.", "قال الوزير"),
    ],
)
def test_an_attribution_ends_an_open_quotation(language: str, paragraph: str, clue: str | None) -> None:
    opening = paragraph[0]
    closing = {"“": "”", "«": "»", "„": "“"}[opening]
    text = f"{paragraph}\n{opening}Und/and/и{closing} ist etwas anderes."
    _, quotations = read(text, language)
    assert ([] if clue is None else [clue]) == [stray.clue.of(text) for stray in quotations.strays if stray.clue]


def test_the_place_of_a_lost_opening_is_told_by_what_introduces_it() -> None:
    text = "The envoy left, noting that the port is open and the sea is calm.”"
    _, quotations = read(text)
    stray = quotations.strays[0]
    assert stray.clue is not None
    assert stray.expected is not None
    assert ("noting that", "the") == (stray.clue.of(text), stray.expected.of(text))
    assert text[28:] == quotations.quotations[0].span.of(text)


def test_a_pages_own_style_is_no_fault() -> None:
    _, quotations = read("\n".join(f'The word number {number} is “quoted like this" here.' for number in range(4)))
    assert quotations.strays == ()


@pytest.mark.parametrize(
    "text",
    [
        "“Too short",
        "Home » News » World » Varen and the islands",
        "The teaser ends “in the middle of a sentence ...",
        "| Fall | “ | He said “I heard you | were here |",
    ],
)
def test_what_is_no_prose_is_not_judged(text: str) -> None:
    assert read(text)[1].strays == ()


def test_blocks_of_other_kinds_neither_carry_nor_lose_marks() -> None:
    text = "“The gates were shut at noon.\nThe gate of “Varen at noon in the rain\n“Then we went home,” he said."
    kinds = (BlockKind.PARAGRAPH, BlockKind.COMMENT, BlockKind.PARAGRAPH)
    assert read(text, kinds=kinds)[1].strays == ()
