"""The page's markup shows that it was saved or served through a translation tool.

What it finds: in HTML, what translators of browsers and translation proxies leave behind: the class ``translated-ltr`` or
``translated-rtl`` on the root element, nested ``font`` elements with ``vertical-align: inherit`` around every piece of text, hash
attributes of Microsoft's translator, links through ``translate.goog`` and its like; and documents whose own address is one of a
proxy.

Why it matters: it is proof, and no guess, that the text was made by machine from another one, and it often says by which tool.
It also tells that the page was copied by hand out of a browser window and went through no editing system.

When it is wrong: it makes no claim about the quality of the text. A page that was translated with such a tool and then edited
keeps the traces. A button that offers to translate the page is no trace, nor is a link to one translated page.
"""

from __future__ import annotations

from collections.abc import Iterator

from mtcheck.core.checks import Check, Example, NoOptions
from mtcheck.core.documents import Document, MarkupSign
from mtcheck.core.facts import Facts
from mtcheck.core.findings import Hit, Note, Severity
from mtcheck.text.foreign import count_letters
from mtcheck.text.translation_proxies import PROXY_ADDRESS


def find(document: Document, facts: Facts, options: NoOptions) -> Iterator[Hit]:
    """Yield at most one hit for the page, at its first block of main text: what it is about stands in no text."""
    del facts, options
    notes = [
        Note(sign.name, f"{sign.example} (line {sign.line} of the page's source; {sign.count} in all)")
        for sign in document.signs
    ]
    if document.url and PROXY_ADDRESS.search(document.url):
        notes.append(Note("the address of a translation proxy as the page's own", document.url))
    blocks = document.main_blocks or document.blocks
    first = next((block for block in blocks if count_letters(block.span.of(document.text))), None)
    if notes and first is not None:
        yield Hit(
            first.span, f"The page came through a translation tool, which left {notes[0].label}", 1.0, tuple(notes)
        )


_CLASS = (MarkupSign("the class that Google's in-page translator sets on the root element", "translated-ltr", 1, 2),)
_FONTS = (
    MarkupSign(
        "nested font elements of Google's in-page translator", '<font style="vertical-align: inherit;">', 41, 18
    ),
)

CHECK = Check(
    code="UNT005",
    name="translation-widget-markup",
    category="provenance/translation-tool",
    severity=Severity.NEUTRAL,
    find=find,
    documentation=__doc__,
    examples=(
        Example(
            "⟦The harbor council of Varen approved the new ferry line.⟧\n\nTickets will cost less than the bus.",
            signs=_CLASS,
        ),
        Example("⟦Совет порта Варен одобрил новую паромную линию.⟧", language="ru", signs=_CLASS + _FONTS),
        Example("⟦El consejo del puerto aprobó la nueva línea.⟧", language="es", signs=_FONTS),
        Example("⟦Der Hafenrat hat die neue Fährlinie gebilligt.⟧", language="de", signs=_FONTS),
        Example("⟦وافق مجلس الميناء على خط العبارات الجديد.⟧", language="ar", signs=_CLASS),
        Example(
            "Pages saved from a browser hold the class translated-ltr, said the archivist of Varen.",
            comment="text about such markup is no markup",
        ),
    ),
)
