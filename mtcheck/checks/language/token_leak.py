"""A token of the translation machinery stands in the text.

What it finds: vocabulary tokens of translation models (`<unk>`, `▁`, the `@@` of split words, `⁇`, `</s>`, `>>rus<<`, `__en__`, `[MASK]`,
`<extra_id_0>`), masks that were not turned back into what they stood for (`[NE1]`, `PROTECT_0`, `XNUMX`), placeholders of
interface strings (`{0}`, `%s`, `%(name)s`, `{{name}}`) and twice-escaped entities (`&amp;quot;`).

Why it matters: what the token stands for (a name, a number, a rare word) is missing from the text, and readers see the machine.

When it is wrong: where a text shows such tokens on purpose. Code blocks, backticks, addresses, tokens in quotation marks and pages that
discuss code (several different signs of it) are left alone, and placeholders in page furniture, which scripts fill in.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from mtcheck.core.checks import Check, Example
from mtcheck.core.documents import BlockRole, Document
from mtcheck.core.facts import Facts
from mtcheck.core.findings import Hit, Note, Severity
from mtcheck.core.spans import Span
from mtcheck.text.code_like import CodeContext


@dataclass(frozen=True, slots=True)
class _Leak:
    """One kind of token: what it is, in words, how it looks, and characters of which any such token has one."""

    name: str
    pattern: re.Pattern[str]
    signs: str


def _leak(name: str, signs: str, pattern: str) -> _Leak:
    return _Leak(name, re.compile(pattern, re.VERBOSE), signs)


_SCRIPTS = "Latn|Cyrl|Arab|Hans|Hant|Deva|Hebr|Grek|Jpan|Kore|Hang|Beng|Thai|Geor|Armn|Ethi"
_NAMES = "name|user|username|count|number|num|date|time|value|title|url|link|site|email|amount|total|city|country|item|product|price|n"

PLACEHOLDER = "a placeholder that was not filled in"
_LEAKS = (
    _leak(
        "a control token of a translation model",
        "<>[_",
        rf"""
          <(?:unk|pad|bos|eos|mask|sep|cls|/?s|UNK|PAD|BOS|EOS)>     # fairseq, sentencepiece, Marian
        | <\|[a-z][a-z_]{{1,30}}\|>                                  # chat models
        | <extra_id_[0-9]{{1,3}}>                                    # T5 and its kin
        | \[(?:UNK|MASK|PAD|CLS|SEP|BOS|EOS)\]                       # BERT and its kin
        | \[/?INST\]
        | <2[a-z]{{2,3}}(?:_[A-Z][a-z]{{3}})?>                       # target language, T5 style: <2es>
        | >>[a-z]{{2,3}}(?:_[A-Z][a-z]{{3}})?<<                      # target language, OPUS-MT
        | (?<!\w)__[a-z]{{2,3}}__(?!\w)                              # M2M100
        | (?<!\w)[a-z]{{3}}_(?:{_SCRIPTS})(?!\w)                     # NLLB
        | (?<!\w)en_XX(?!\w)                                         # mBART
        """,
    ),
    _leak(
        "the word-start mark of a sentencepiece vocabulary",
        "▁",
        # Not in a row of block elements, which is a drawing.
        r"(?<![\u2580-\u259f]) \u2581 (?![\u2580-\u259f]) (?= [^\W_] | \s[^\W_] )",
    ),
    _leak(
        "a word left in the pieces of a subword vocabulary",
        "@#\uffed",
        r"""
          [^\W\d_]{1,40} @@ \s [^\W\d_]{1,40}                        # subword-nmt: compet@@ ition
        | (?<=[^\W\d_]) \s? \#\# [a-z]{2,20} (?![\w\#])              # wordpiece: translat ##ing
        | [^\W\d_]{1,40} \s? \uffed \s? [^\W\d_]{0,40}               # OpenNMT joiner
        """,
    ),
    _leak("the mark of a piece that the vocabulary lacks", "⁇", r"(?: (?<=\s) | (?<=\A) ) \u2047 (?= \s | \w )"),
    _leak("a mask for a number that was not put back", "X", r"XNUMX"),
    _leak(
        "a mask that was not turned back into what it stood for",
        "[_0123456789\u27e8\uff5f<",
        r"""
          \[ (?:NE|TERM|ENT|ENTITY|PER|LOC|ORG|NUM|PH|TAG|URL|DNT|VAR) _? [0-9]{1,3} \]
        | (?<![\w$]) (?:TERM|PROTECT|PROTECTED|PLACEHOLDER|NOTRANSLATE|ENTITY|DNT|NUM|MASK|XMLTAG|PHRASE|GLOSSARY) _? [0-9]{1,3} (?!\w)
        | (?<!\w) __ [A-Z]{2,20} _? [0-9]{0,3} __ (?!\w)
        | \u27e8 (?: [A-Z][A-Z_]{1,20} [0-9]{0,3} | [A-Z][0-9]{1,3} | [0-9]{1,3} | [a-z]{1,3} [0-9]{1,3} ) \u27e9
        | \uff5f [^\uff60\r\n]{1,40} \uff60                          # OpenNMT placeholders
        | < (?:ph|x|g|bpt|ept) \s (?:id|x)=" [^"<>\r\n]{0,40} " \s? /? >    # tags of translation memories
        """,
    ),
    _leak(
        PLACEHOLDER,
        "{%",
        rf"""
          \{{\{{ \s? [A-Za-z_][\w.]{{0,40}} \s? \}}\}}               # {{{{name}}}}
        | (?<![\w{{$]) \$? \{{ (?: [0-9]{{1,2}} | {_NAMES} | [a-z]{{1,20}}_[a-z_]{{1,30}} | [a-z]{{2,20}}[A-Z][A-Za-z]{{1,30}} ) \}} (?!\}})
        | %\( [A-Za-z_]\w{{0,30}} \) [sdif] (?!\w)                    # %(name)s
        | % \{{ [a-z_]{{1,30}} \}}
        | (?<![\w%]) (?<![0-9]\s) % [1-9] \$ [sd@] (?!\w)             # %1$s
        | (?<![\w%\-]) (?<![0-9]\s) (?<![0-9]\u202f) %(?: s | d ) (?![\w'’%\-])
        | (?<![\w%]) (?<![0-9]\s) %@ (?![\w.])
        """,
    ),
    _leak(
        "an entity that was escaped twice",
        "&",
        r"&amp; (?: \#[0-9]{2,6} | \#x[0-9A-Fa-f]{2,6} | (?:amp;)? (?:quot|apos|nbsp|lt|gt|amp|[lr]dquo|[lr]squo|[mn]dash|hellip|laquo|raquo) ) ;",
    ),
    _leak("an escape of a spreadsheet's carriage return", "_", r"_x000[AaDd]_"),
)

_OPENING, _CLOSING = "\"'“”„‘’«»‹›「『`", "\"'“”‘’«»‹›」』`"


@dataclass(frozen=True, slots=True)
class Options:
    """``a_block``: at most so many hits of one kind in one block, the rest counted in the evidence of the last."""

    a_block: int = 3


def find(document: Document, facts: Facts, options: Options) -> Iterator[Hit]:
    """Yield one hit for each token that leaked."""
    del facts
    context = CodeContext(document)
    found: list[tuple[Span, str, int]] = []
    for leak in _LEAKS:
        if not any(sign in document.text for sign in leak.signs):
            continue
        for match in leak.pattern.finditer(document.text):
            span = Span(match.start(), match.end())
            index = document.block_index_at(span.start)
            # The furniture of a page holds placeholders that its scripts fill in.
            furniture = index is not None and document.blocks[index].role is BlockRole.FURNITURE
            if index is None or (furniture and leak.name == PLACEHOLDER) or context.technical:
                continue
            if _is_in_source(document, span):
                continue
            if not context.shows_code(span) and not _is_mentioned(document.text, span):
                found.append((_without_spaces(document.text, span), leak.name, index))
    totals = Counter((name, index) for _, name, index in found)
    seen: Counter[tuple[str, int]] = Counter()
    for span, name, index in sorted(found):
        seen[name, index] += 1
        if seen[name, index] > options.a_block:
            continue
        evidence = [Note("kind", name)]
        if seen[name, index] == options.a_block < totals[name, index]:
            evidence.append(Note("more in this block", str(totals[name, index] - options.a_block)))
        yield Hit(span, f"“{span.of(document.text)}” is {name}", 0.95, tuple(evidence))


def _is_in_source(document: Document, span: Span) -> bool:
    """Tell whether the unit of a file of pairs has the same token in its source: then it is meant to be there."""
    index = bisect_right(document.segments, span.start, key=lambda segment: segment.span.start) - 1
    if index < 0:
        return False
    segment = document.segments[index]
    return segment.span.contains(span) and span.of(document.text) in segment.source


def _is_mentioned(text: str, span: Span) -> bool:
    """Tell whether a token stands in quotation marks by itself: it is talked about."""
    before, after = text[max(0, span.start - 1) : span.start], text[span.end : span.end + 1]
    return bool(before and after) and before in _OPENING and after in _CLOSING


def _without_spaces(text: str, span: Span) -> Span:
    inner = span.of(text)
    return Span(span.start + len(inner) - len(inner.lstrip()), span.start + len(inner.rstrip()))


CHECK = Check(
    code="UNT003",
    name="token-leak",
    category="accuracy/mistranslation",
    severity=Severity.CRITICAL,
    options=Options,
    find=find,
    documentation=__doc__,
    examples=(
        Example("The mayor of ⟦<unk>⟧ met ⟦[NE1]⟧ in ⟦XNUMX⟧, at the ⟦compet@@ ition⟧ in Varen."),
        Example("Dear ⟦{{name}}⟧, ⟦{0}⟧ people read your note of ⟦%(date)s⟧ and said ⟦&amp;quot;⟧fine."),
        Example("⟦>>eng<<⟧ The ferry ⟦⁇⟧ left at noon.⟦</s>⟧"),
        Example("The tokenizer of a model writes <unk> for a subword that it lacks; in Python it is printed with %s."),
        Example("Rates rose 5 %, she wrote to a@@b, and the set {1, 2} has two members; “%s” is all it said."),
        Example("⟦▁⟧Министр прибыл в порт ⟦[UNK]⟧ во вторник, а ⟦PROTECT_0⟧ остался.", "ru"),
        Example("Рост составил 5 %, сообщил министр [на фото] в порту Варен.", "ru"),
        Example("وصل الوزير إلى ميناء ⟦<unk>⟧ يوم الثلاثاء.", "ar"),
        Example("ارتفعت الأسعار بنسبة 5 % في الميناء.", "ar"),
        Example("El ministro llegó al puerto de ⟦</s>⟧ Varén con ⟦%s⟧ personas.", "es"),
        Example("Los precios subieron un 5 %, según la alcaldesa.", "es"),
        Example("Der Minister kam mit ⟦{count}⟧ Begleitern nach ⟦__de__⟧ Varen.", "de"),
        Example("Die Preise stiegen um 5 %, sagte die Bürgermeisterin [Foto: Hafenamt].", "de"),
        Example("Une hausse de 20 %d'un coup, écrit-elle par erreur, sans espace.", "fr"),
    ),
)
