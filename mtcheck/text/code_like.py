"""Where a text talks about code: there, placeholders, entities and escapes are what it means to show."""

from __future__ import annotations

import re
from bisect import bisect_left

from mtcheck.core.documents import BlockKind, Document
from mtcheck.core.spans import Span

# How many different signs of code make a page a technical one.
SIGNS_OF_CODE = 3

_SIGN = re.compile(
    r"""
      `[^`\r\n]{1,80}`                                              # something in backticks
    | (?<![\w.])[A-Za-z_][A-Za-z0-9_]{1,40}\(\)                     # a call: name()
    | </?(?:a|b|body|br|code|div|em|form|h[1-6]|head|html|i|img|input|li|link|meta|p|pre|script|span|style|table|td|tr|ul)\b
    | (?<![\w/])[\w\-]{1,40}\.(?:py|js|ts|php|html?|css|json|xml|ya?ml|cpp|sh|bash|rb|rs|po|properties|csproj|sql)\b
    | (?:==|!=|&&|\|\||=>|->|::|\+\+|/\*|\*/|\#include|</|/>)       # operators and delimiters
    | [;{}][ \t]*(?:\n|\Z)                                          # lines that end in ; { }
    | (?<!\w)\$[a-z_]\w{1,40}                                       # a shell or PHP variable
    | (?<!\w)--?[a-z][a-z\-]{2,30}=                                 # an option of a command
    | \b(?:tokeni[sz]ers?|subwords?|BPE|SentencePiece|WordPiece|printf|sprintf|regexp?|regular\ expressions?|Unicode|UTF-8
        |HTML|XML|JSON|YAML|SQL|CSS|PHP|JavaScript|TypeScript|Python|Perl|Kotlin|Golang|C\+\+|Jinja2?|Mustache|Handlebars
        |Django|placeholders?|escape\ sequences?|escaped?\ characters?|source\ code|command\ line|string\ formatting
        |format\ strings?|i18n|gettext|HTML\ entit(?:y|ies)|charset|character\ encoding|markup|template\ engine
        |(?:Platzhalter|Quelltext|Quellcode|Zeichenkodierung)|(?:плейсхолдер\w*|кодировк\w+|исходн\w+\ код\w*|токенизатор\w*))\b
    """,
    re.VERBOSE,
)
_INLINE_CODE = re.compile(r"```.{0,5000}?```|`[^`\r\n]{1,200}`", re.DOTALL)
_ADDRESS = re.compile(
    r"""
    \b(?:https?|ftp|file|data|mailto)://?[^\s<>"“”«»]++     # an address with its scheme
    | \bwww\.[^\s<>"“”«»]++
    | (?<![\w.+\-])[\w.+\-]{1,64}@[\w\-]{1,63}\.[\w.\-]{2,63}     # an e-mail address
    | (?<![\w./])(?:[\w\-]{1,63}\.){1,5}[a-z]{2,10}/[^\s<>"“”«»]*+   # a host and a path without a scheme
    """,
    re.VERBOSE,
)


def is_technical(document: Document) -> bool:
    """Tell whether a page shows or discusses code: a block of code, or several different signs of it."""
    if any(block.kind is BlockKind.CODE for block in document.blocks):
        return True
    seen: set[str] = set()
    for match in _SIGN.finditer(document.text):
        seen.add(match[0].strip().lower())
        if len(seen) >= SIGNS_OF_CODE:
            return True
    return False


def code_spans(text: str) -> list[Span]:
    """Return the places of inline code (in backticks) and addresses (URLs, hosts with a path, e-mail), in order, apart."""
    spans = [Span(match.start(), match.end()) for match in _INLINE_CODE.finditer(text)]
    spans.extend(Span(match.start(), match.end()) for match in _ADDRESS.finditer(text))
    apart: list[Span] = []
    for span in sorted(spans):
        if apart and span.start < apart[-1].end:
            apart[-1] = Span(apart[-1].start, max(apart[-1].end, span.end))
        else:
            apart.append(span)
    return apart


class CodeContext:
    """Answers for the candidates of one document whether they stand in code; what it needs is computed on first use."""

    __slots__ = ("_document", "_inline", "_technical")

    def __init__(self, document: Document) -> None:
        self._document = document
        self._inline: list[Span] | None = None
        self._technical: bool | None = None

    @property
    def technical(self) -> bool:
        """Whether the page as a whole shows or discusses code."""
        if self._technical is None:
            self._technical = is_technical(self._document)
        return self._technical

    def shows_code(self, span: Span) -> bool:
        """Tell whether a span lies in a block of code, in backticks or in an address."""
        block = self._document.block_at(span.start)
        if block is not None and block.kind is BlockKind.CODE:
            return True
        if self._inline is None:
            self._inline = code_spans(self._document.text)
        # They lie apart and in order: only the last that starts before the span's end can overlap it.
        index = bisect_left(self._inline, span.end, key=lambda inline: inline.start) - 1
        return index >= 0 and self._inline[index].overlaps(span)
