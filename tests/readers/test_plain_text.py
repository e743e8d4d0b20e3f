"""Plain text: blocks by shape, in any language, and nothing lost."""

from __future__ import annotations

import re

import pytest

from mtcheck.core.documents import BlockKind, BlockRole
from mtcheck.text.blocks import plain_blocks
from tests.shared import SHARED, needs_shared

KINDS = {
    "H": BlockKind.HEADLINE,
    "S": BlockKind.SUMMARY,
    "L": BlockKind.LEAD,
    "P": BlockKind.PARAGRAPH,
    "D": BlockKind.DATELINE,
    "B": BlockKind.BYLINE,
    "C": BlockKind.CAPTION,
    "I": BlockKind.LIST_ITEM,
    "M": BlockKind.COMMENT,
    "N": BlockKind.NAVIGATION,
    "F": BlockKind.FOOTER,
    "T": BlockKind.LABEL,
}

PAGES = {
    "en": """
N Varen Gazette
H Harbor talks in Varen reach a tense stage
D 2 March 2026, 09:15
B By Ilse Marten
C Photo: Port of Varen / archive
L Talks on the new harbor in Varen have reached a tense stage, the minister told reporters on Monday.

P "We will not leave the table," she said. "But we will not wait for ever, either."

T What comes next

P The delegations meet again on Thursday in the old customs house, according to the ministry.
F Source: Gazette
F Related articles
T Leave a Reply
F © 2026 Varen Gazette. All rights reserved.
""",
    "ru": """
N Войти
H Переговоры о порте Варен зашли в тупик
D 02.03.2026 09:15
L ВАРЕН, 2 марта. Переговоры о новом порте Варен зашли в тупик, заявила министр журналистам.

P «Мы не уйдём из-за стола, — сказала она. — Но и ждать вечно не станем».

P По данным министерства, делегации встретятся снова в четверг в здании старой таможни.
F Читайте также
T Комментарии
M Давно пора было построить этот порт
T 14
""",
    "de": """
H Hafengespräche in Varen stocken
S Ministerin spricht von angespannter Lage im alten Zollhaus
B Von Ilse Marten
L Die Gespräche über den neuen Hafen in Varen stocken, wie die Ministerin am Montag mitteilte.

P „Wir bleiben am Tisch“, sagte sie. „Aber wir warten nicht ewig.“

P Am Donnerstag treffen sich die Delegationen nach Angaben des Ministeriums erneut.
F Mehr zum Thema
T Startseite
""",
    "es": """
H Las conversaciones sobre el puerto de Varen se estancan
L Las conversaciones sobre el nuevo puerto de Varen se han estancado, dijo la ministra el lunes.

P «No nos levantaremos de la mesa», afirmó. «Pero tampoco esperaremos para siempre».

P Las delegaciones vuelven a reunirse el jueves en la antigua aduana, según el ministerio.
F Te puede interesar
T Deja un comentario
""",
    "ar": """
N الرئيسية
H محادثات ميناء فارين تصل إلى مرحلة متوترة
L قالت الوزيرة يوم الاثنين إن المحادثات بشأن الميناء الجديد في فارين وصلت إلى مرحلة متوترة.

P وأضافت: «لن نغادر الطاولة، لكننا لن ننتظر إلى الأبد».

P وتجتمع الوفود مجددا يوم الخميس في مبنى الجمارك القديم، بحسب الوزارة.
F اقرأ أيضا
T اترك تعليق
""",
    "zh": """
H 瓦伦港口谈判陷入僵局
L 部长周一对记者说，关于瓦伦新港口的谈判已经陷入紧张阶段，双方仍在旧海关大楼内协商。

P 她说：“我们不会离开谈判桌，但也不会永远等下去。”

P 据该部称，代表团将于星期四再次举行会议。
""",
}


def page_of(marked: str) -> tuple[str, list[tuple[BlockKind, str]]]:
    """Take apart lines that begin with the letter of their kind; return the page and what it should become."""
    lines = marked.strip().split("\n")
    expected = [(KINDS[line[0]], line[2:]) for line in lines if line]
    # One paragraph a line, with an empty line after each, as saved pages have it.
    return "\n".join(line[2:] + "\n" if line else "" for line in lines), expected


@pytest.mark.parametrize("language", sorted(PAGES))
def test_page_of_a_language(language: str) -> None:
    text, expected = page_of(PAGES[language])
    assert expected == [(block.kind, block.span.of(text)) for block in plain_blocks(text)]


FURNITURE = {BlockKind.DATELINE, BlockKind.BYLINE, BlockKind.COMMENT, BlockKind.NAVIGATION, BlockKind.FOOTER}


@pytest.mark.parametrize("language", sorted(PAGES))
def test_furniture_is_told_from_main_text(language: str) -> None:
    text, _ = page_of(PAGES[language])
    for block in plain_blocks(text):
        if block.kind in FURNITURE:
            assert block.role is BlockRole.FURNITURE
        elif block.kind is not BlockKind.LABEL:
            assert block.role is BlockRole.MAIN


@pytest.mark.parametrize(
    "text",
    [
        "The minister signed the agreement in the port of Varen.",
        "Hallo",
        "Ein kurzer Satz.\n\nUnd noch einer.",
        "He said nothing.\nShe said even less.",
        "قالت الوزيرة إنها لن تنتظر.",
        "«Мы согласны», — сказала она.",
    ],
)
def test_snippet_is_paragraphs_of_main_text(text: str) -> None:
    blocks = plain_blocks(text)
    assert {(BlockKind.PARAGRAPH, BlockRole.MAIN)} == {(block.kind, block.role) for block in blocks}


def test_doubled_headline_gives_two() -> None:
    headline = "Harbor talks in Varen reach a tense stage"
    text = f"{headline}\n\n{headline}\n\nTalks on the new harbor have reached a tense stage, she said.\n\nThey go on."
    kinds = [block.kind for block in plain_blocks(text)]
    assert [BlockKind.HEADLINE, BlockKind.HEADLINE, BlockKind.LEAD, BlockKind.PARAGRAPH] == kinds


def test_standfirst_stands_before_place_and_agency() -> None:
    text = (
        "Harbor talks in Varen reach a tense stage\n\n2026-03-02T09:15:00Z\n\n"
        "Varen, VNA- Minister Ilse Marten affirmed that the talks about the harbor of the town have reached a point of hope today\n\n"
        "Varen-Vna\n\nThe talks about the harbor have reached a tense stage, the minister stressed.\n\nThey go on in May."
    )
    kinds = [block.kind for block in plain_blocks(text)]
    expected = [
        BlockKind.HEADLINE,
        BlockKind.DATELINE,
        BlockKind.SUMMARY,
        BlockKind.DATELINE,
        BlockKind.LEAD,
        BlockKind.PARAGRAPH,
    ]
    assert expected == kinds


@pytest.mark.parametrize(
    "text",
    [
        "The talks on the harbor have gone on since the\nspring, and no one in the town believes that they\nwill end before the ships of the north come in,\nas they do every year.",
        "Die Gespräche über den Hafen dauern seit dem\nFrühjahr an, und niemand in der Stadt glaubt noch\ndaran, dass sie enden, bevor die Schiffe aus dem\nNorden einlaufen wie in jedem Jahr.",
        "Переговоры о порте продолжаются с весны, и\nникто в городе не верит, что они кончатся\nраньше, чем придут северные суда, как это\nбывает каждый год.",
        "تستمر المحادثات بشأن الميناء منذ الربيع ولا\nيعتقد أحد في المدينة أنها ستنتهي قبل وصول\nسفن الشمال كما يحدث في كل عام من الأعوام\nالماضية.",
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_hard_wrapped_paragraph_is_one_block(text: str, line_end: str) -> None:
    text = text.replace("\n", line_end)
    twice = f"{text}{line_end}{line_end}{text}"
    assert [text, text] == [block.span.of(twice) for block in plain_blocks(twice)]


@pytest.mark.parametrize(
    "text",
    [
        "Milk prices rise again\nBakers in Varen protest\nA bridge closes for repairs\nNew ferry starts in May\nSchools open on Monday",
        "News 2026-04-18T09:29:37.790Z\nNews 2026-04-18T14:05:39.328Z\nNews 2026-04-18T11:17:37.535Z",
        "She signed the paper.\nHe put down the pen.\nThey left the room.\nNobody said a word.",
    ],
)
def test_lines_in_their_own_right_stay_apart(text: str) -> None:
    assert text.split("\n") == [block.span.of(text) for block in plain_blocks(text)]


@pytest.mark.parametrize("bullet", ["• ", "•\t", "- ", "* ", "  • ", "▪ "])
def test_bullet_is_no_part_of_the_item(bullet: str) -> None:
    text = f"{bullet}Milk and bread for the crew\n{bullet}Rope"
    assert [(BlockKind.LIST_ITEM, "Milk and bread for the crew"), (BlockKind.LIST_ITEM, "Rope")] == [
        (block.kind, block.span.of(text)) for block in plain_blocks(text)
    ]


def test_dialogue_dash_is_no_bullet() -> None:
    text = "— Мы согласны, — сказала она."
    assert [text] == [block.span.of(text) for block in plain_blocks(text)]


def test_author_box_after_the_body_is_furniture() -> None:
    text = (
        "Harbor talks reach a tense stage\n\nTalks on the harbor have reached a tense stage, the minister said on Monday in the port.\n\n"
        "The delegations meet again on Thursday in the old customs house, according to the ministry of the town.\n\n"
        "Ilse Marten\n\nIlse Marten has written about harbors for ten years."
    )
    roles = [block.role for block in plain_blocks(text)]
    assert [BlockRole.MAIN] * 3 + [BlockRole.FURNITURE] * 2 == roles


@pytest.mark.parametrize("text", ["", " \n\r\n\t", "\ufeff"[:0]])
def test_nothing_has_no_blocks(text: str) -> None:
    assert plain_blocks(text) == ()


def test_long_line_takes_linear_time() -> None:
    text = "word " * 2_000_000
    (block,) = plain_blocks(text)
    assert (0, len(text) - 1) == (block.span.start, block.span.end)


def test_many_lines_take_linear_time() -> None:
    text = "The harbor is open.\n" * 10_000 + "Leave a Reply\n" * 10_000
    assert len(plain_blocks(text)) == 20_000


@needs_shared
@pytest.mark.parametrize(
    ("page", "kind", "count"),
    [
        ("iz-blinken.txt", BlockKind.HEADLINE, 2),
        ("sana-lavrov.txt", BlockKind.HEADLINE, 1),
        ("sana-lavrov.txt", BlockKind.SUMMARY, 1),
        ("efe-russia-us.txt", BlockKind.HEADLINE, 1),
        ("sputnik.txt", BlockKind.HEADLINE, 1),
        ("vpk-ria.txt", BlockKind.HEADLINE, 1),
    ],
)
def test_shared_page(page: str, kind: BlockKind, count: int) -> None:
    text = (SHARED / "pages" / page).read_text("utf-8")
    blocks = plain_blocks(text)
    assert count == sum(block.kind is kind for block in blocks)
    assert sum(block.kind is BlockKind.LEAD for block in blocks) == 1
    # Every character but white space and bullets lies in a block.
    outside = list(text)
    for block in blocks:
        outside[block.span.start : block.span.end] = " " * len(block.span)
    assert re.fullmatch(r"[\s•-]*", "".join(outside))
