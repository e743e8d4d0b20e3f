"""A chat model's own words stand around the translation.

What it finds: what a language model says to the person who asked for the translation: the announcement ("Sure! Here is the
translation:"), the label ("Translation:"), the refusal ("I'm sorry, but I can't translate"), the self-description ("As an AI language
model"), the translator's note on a cut-off source, the closing offer ("Let me know if you need changes") and code fences.

Why it matters: nobody read the text before it was published, and a refusal stands where a passage should.

When it is wrong: in texts about such models that quote them without quotation marks. Pages that name AI, chatbots or translation models
again and again are therefore left alone, as is anything in quotation marks; a bare label must stand before a real passage.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files

from mtcheck.core.checks import Check, Example
from mtcheck.core.documents import Block, BlockKind, Document
from mtcheck.core.facts import Facts
from mtcheck.core.findings import Hit, Note, Severity
from mtcheck.core.spans import Span
from mtcheck.text.code_like import CodeContext


class _Kind(StrEnum):
    """What a model says around its answer; the value is how the message names it."""

    ANNOUNCEMENT = "announces a translation"
    LABEL = "labels a translation"
    REFUSAL = "refuses the task"
    SELF = "describes itself as a model"
    NOTE = "comments on the source text"
    CLOSING = "offers more help"


_SENTENCE_START = r"(?:(?<=[.!?…。！？؟]\s)|(?<=[。！？]))"
# Words that show that a page is about such models, and speaks of them on purpose.
_ABOUT_MODELS = re.compile(
    r"""
    \b(?: ChatGPT | OpenAI | GPT-?\d? | Gemini | Claude | Anthropic | DeepL | DeepSeek | Copilot | LLMs? | A\.?I\.? | [Cc]hat-?bots?
        | [Aa]rtificial\ intelligence | [Mm]achine\ translation | language\ models? | prompts? | KI | ИИ | IA | чат-?бот\w*
        | нейросет\w+ | штучн\w+\ інтелект\w* | Sprachmodelle?n? | modelos?\ de\ lenguaje | inteligencia\ artificial )\b
    | الذكاء\ الاصطناعي | روبوت\ المحادثة | 人工智能 | 大模型 | 聊天机器人
    """,
    re.VERBOSE,
)
_FENCE = re.compile(r"\A\s*(```(?:[a-z]{0,12}))|(```)\s*\Z")


def _phrases() -> dict[_Kind, re.Pattern[str]]:
    """Return one pattern a kind for all languages together: a wrapper comes in the language of the request."""
    text = files("mtcheck.text").joinpath("data", "model_wrapper.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return {
        kind: re.compile("|".join(pattern for _, name, pattern in rows if name == kind.name.lower()), re.IGNORECASE)
        for kind in _Kind
    }


_PHRASES = _phrases()
_INNER = (_Kind.REFUSAL, _Kind.SELF, _Kind.NOTE)
_STARTS = re.compile(_SENTENCE_START)
_COLON = re.compile(r"[*_]{0,2}\s*[:：][*_]{0,2}")
_END = re.compile(r"[*_]{0,2}\s*[.:：!]?[*_]{0,2}\s*\Z")
_FIRST = re.compile(r"\A[\s*_#>(\[]*")


@dataclass(frozen=True, slots=True)
class Options:
    """When a text is taken for one about language models, and what a label must announce.

    ``mentions``: so many mentions of models make a page one about them, which may quote them. ``passage_words``: so many words
    must follow a bare label ("Translation:") in its block, or stand in the block after it.
    """

    mentions: int = 3
    passage_words: int = 12


def find(document: Document, facts: Facts, options: Options) -> Iterator[Hit]:
    """Yield one hit for each stretch of a model's own words."""
    del facts
    blocks = [block for block in document.blocks if block.kind not in (BlockKind.CODE, BlockKind.NAVIGATION)]
    texts = [block.span.of(document.text) for block in blocks]
    # The same label over and over is the layout of a language course.
    labels = sum(_PHRASES[_Kind.LABEL].match(text, _opening(text)) is not None for text in texts)
    context = CodeContext(document)
    hits: list[Hit] = []
    for number, (block, text) in enumerate(zip(blocks, texts, strict=True)):
        following = texts[number + 1] if number + 1 < len(texts) else ""
        hits.extend(_announcements(block, text, following, options, labels=labels))
        hits.extend(_sentences(block, text, last=number == len(blocks) - 1))
        hits.extend(_fences(block, text, context))
    if not hits:
        return
    found = sorted(hits, key=lambda hit: hit.span)
    mentions = 0
    position = 0
    for match in _ABOUT_MODELS.finditer(document.text):
        while position < len(found) and found[position].span.end <= match.start():
            position += 1
        # The mentions inside what was found are the model's own.
        mentions += position == len(found) or match.start() < found[position].span.start
    if mentions < options.mentions:
        yield from found


def _opening(text: str) -> int:
    """Return where the words of a block start, behind marks of lists, emphasis and headings."""
    match = _FIRST.match(text)
    return match.end() if match else 0


def _announcements(block: Block, text: str, following: str, options: Options, *, labels: int) -> Iterator[Hit]:
    """Yield the announcement or the label that opens a block.

    ``following`` is the text of the next block, ``labels`` counts the blocks of the page that open with a label.
    """
    opening = _opening(text)
    announcement = _PHRASES[_Kind.ANNOUNCEMENT].match(text, opening)
    if announcement is not None:
        colon = _COLON.match(text, announcement.end())
        if colon is not None or _END.match(text, announcement.end()):
            end = colon.end() if colon is not None else announcement.end()
            yield _hit(block, opening, end, text, _Kind.ANNOUNCEMENT, 0.95)
        return
    label = _PHRASES[_Kind.LABEL].match(text, opening)
    colon = None if label is None else _COLON.match(text, label.end())
    if colon is not None and labels == 1:
        after = text[colon.end() :]
        if _is_passage(after if after.strip() else following, options):
            yield _hit(block, opening, colon.end(), text, _Kind.LABEL, 0.7)


def _sentences(block: Block, text: str, *, last: bool) -> Iterator[Hit]:
    """Yield refusals, self-descriptions and notes that open a sentence of a block, and the closing of the last one."""
    opening = _opening(text)
    starts = [opening, *(match.start() for match in _STARTS.finditer(text) if match.start() > opening)]
    for kind in _INNER:
        for place in starts:
            match = _PHRASES[kind].match(text, place)
            if match is not None and not _is_quoted(text, match.start()):
                yield _hit(block, match.start(), match.end(), text, kind, 0.9 if place == opening else 0.7)
                break
    for place in starts[-2:] if last else ():
        match = _PHRASES[_Kind.CLOSING].match(text, place)
        if match is not None and _END.match(text, match.end()):
            yield _hit(block, match.start(), match.end(), text, _Kind.CLOSING, 0.6)
            break


def _fences(block: Block, text: str, context: CodeContext) -> Iterator[Hit]:
    """Yield the code fence that opens or ends a block of a page that is not about code."""
    fence = _FENCE.search(text)
    if fence is not None and not context.technical:
        group = 1 if fence[1] else 2
        span = Span(fence.start(group), fence.end(group)).shift(block.span.start)
        yield Hit(span, "a code fence of a chat answer stands in the text", 0.8, (Note("kind", "code fence"),))


def _hit(block: Block, start: int, end: int, text: str, kind: _Kind, confidence: float) -> Hit:
    said = text[start:end].rstrip()
    return Hit(
        Span(start, start + len(said)).shift(block.span.start),
        f"a language model {kind}: “{said if len(said) <= 80 else said[:77] + '...'}”",
        confidence,
        (Note("kind", f"a language model {kind}"),),
    )


def _is_passage(text: str, options: Options) -> bool:
    """Tell whether a text is long enough to be what a label announces; scripts without spaces count letters."""
    return len(text.split()) >= options.passage_words or sum("\u3400" <= letter <= "\u9fff" for letter in text) >= 20


def _is_quoted(text: str, place: int) -> bool:
    """Tell whether a place stands inside quotation marks that opened before it in the same block."""
    before = text[:place]
    curly = before.count("“") + before.count("«") + before.count("„") + before.count("「")
    closed = before.count("”") + before.count("»") + before.count("」") + (before.count("“") if "„" in before else 0)
    return curly > closed or before.count('"') % 2 == 1


CHECK = Check(
    code="UNT004",
    name="model-wrapper",
    category="accuracy/addition",
    severity=Severity.CRITICAL,
    options=Options,
    find=find,
    documentation=__doc__,
    examples=(
        Example(
            "⟦Sure! Here is the translation of the article:⟧\n\nThe mayor of Varen signed the agreement on Monday."
        ),
        Example("The mayor left. ⟦I'm sorry, but I can't translate the rest of this text⟧."),
        Example("⟦As an AI language model, I do not take sides⟧. The ferry left at noon."),
        Example("The ferry left at noon.\n\n⟦Let me know if you would like another version⟧."),
        Example("“I'm sorry, but I cannot translate that for you,” the clerk said. Here is the harbor, she added."),
        Example("Translation: Mara Orlo\n\nThe novel came out in May. Here is what readers in Varen said:"),
        Example("⟦Конечно! Вот перевод статьи:⟧ Мэр Варена подписал соглашение.", "ru"),
        Example("⟦К сожалению, я не могу перевести этот текст⟧. Паром ушёл в полдень.", "ru"),
        Example("Вот что сказал мэр: перевод книги выйдет в мае. Перевод: Мария Орлова.", "ru"),
        Example("⟦إليك ترجمة النص:⟧\n\nوقّع عمدة فارين الاتفاق يوم الاثنين.", "ar"),
        Example("قال العمدة إن ترجمة الكتاب ستصدر في مايو.", "ar"),
        Example("⟦Aquí tienes la traducción del artículo:⟧\n\nLa alcaldesa firmó el acuerdo.", "es"),
        Example("La traducción del libro sale en mayo, dijo la alcaldesa: aquí está el puerto.", "es"),
        Example("⟦Hier ist die Übersetzung des Artikels:⟧\n\nDie Bürgermeisterin unterschrieb.", "de"),
        Example("Hier ist der Hafen, sagte sie. Die Übersetzung des Buches erscheint im Mai.", "de"),
        Example("⟦Voici la traduction de l’article :⟧\n\nLa maire a signé lundi.", "fr"),
        Example("⟦Вибачте, але я не можу перекласти цей текст⟧. Пором відійшов опівдні.", "uk"),
        Example("⟦以下是译文：⟧市长周一签署了协议。", "zh"),
    ),
)
