"""A sentence has no finite verb.

What it finds: an English sentence of the body, seven words or more with a full stop, in which no word can be a verb that carries a sentence:
no auxiliary, no known verb form, nothing that ends in -ed or -s ("The quick opening of the new line between Varen and the islands
without any delay."). A sentence that begins with a pronoun as its subject ("They", "We") or has the form "The more ..., the less ..." is taken to be whole, also where its verb is not known.

Why it matters: Chinese, Russian and Arabic sentences do without a verb where English cannot, and a decoder that stops early or
splits a sentence leaves its noun alone.

When it is wrong: for fragments written on purpose ("A fine day for the whole of Varen and for its port."), of which good prose has some
(three in 215,000 words of American news). Quotations, headings, lists, captions, bylines, addresses and answers to questions are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mtcheck.core.checks import Check, Example
from mtcheck.core.documents import BlockKind, BlockRole, Document
from mtcheck.core.facts import Facts
from mtcheck.core.findings import Hit, Severity
from mtcheck.text.english_verbs import may_be_verb
from mtcheck.text.sentences import SENTENCES

_KINDS = frozenset({BlockKind.PARAGRAPH, BlockKind.LEAD})
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_QUOTED = re.compile("[\"“”„«»‘]|''|``")
_STYLE = re.compile(
    r"(?:Not|No|So|Such|And|But|Or|What|How|Why|Then|Now|Well|Yes|Maybe|Perhaps|Especially|Including|Like|Hence|Just|Only|Even|For\smore)\b"
)
# Such a subject has a verb, known or not; and two comparatives beside each other need none.
_WHOLE = re.compile(
    r"(?:They|We|I|You|He|She|It|Who)\s|The\s(?:more|less|\w{1,20}er)\b[^,]{1,200},\sthe\s(?:more|less|better|worse|\w{1,20}er)\b"
)
_END = re.compile(r"[^\W\d_]{2}[.]\Z")
# Where the splitter took a title before a name for the end of a sentence.
_TITLE = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Lt|Col|Capt|Sgt|Rev|St|Hon|Jr|Sr|No|Inc|Corp|Co|Ltd|vs|U\.S|U\.N|[A-Z])\.[\s\xa0]*\Z"
)


@dataclass(frozen=True, slots=True)
class Options:
    """``words``: shorter sentences are not judged."""

    words: int = 7


def find(document: Document, facts: Facts, options: Options) -> Iterator[Hit]:
    """Yield one hit for each sentence without a possible verb."""
    text = document.text
    asked = False
    for sentence in facts[SENTENCES]:
        after_question, asked = asked, text[sentence.span.end - 1] == "?"
        block = document.blocks[sentence.block]
        if sentence.language != "en" or block.kind not in _KINDS or block.role is not BlockRole.MAIN or after_question:
            continue
        if sentence.block == 0 and sentence.span == block.span:
            # The first line of a plain text is its headline.
            continue
        said = sentence.span.of(text)
        if (
            len(said) > 1000
            or not said[0].isupper()
            or _END.search(said) is None
            or _QUOTED.search(said)
            or _STYLE.match(said)
            or _WHOLE.match(said)
        ):
            continue
        before = text[max(block.span.start, sentence.span.start - 12) : sentence.span.start]
        if _TITLE.search(before) or _TITLE.search(said[-12:]):
            continue
        words = _WORD.findall(said)
        capitals = sum(word[0].isupper() for word in words[1:])
        if len(words) < options.words or 3 * capitals > len(words) or any(sign in said for sign in ":|•@"):
            continue
        if not any(may_be_verb(word.lower()) for word in words):
            yield Hit(sentence.span, "The sentence has no verb", 0.6)


CHECK = Check(
    code="FLU003",
    name="fragment",
    category="linguistic/grammar",
    severity=Severity.MINOR,
    needs=(SENTENCES,),
    options=Options,
    find=find,
    documentation=__doc__,
    languages=frozenset({"en"}),
    examples=(
        Example(
            "The mayor was glad. The louder the ferry between Varen and the island, the happier the children of the whole port."
        ),
        Example(
            "The mayor was glad. ⟦The quick opening of the new line between Varen and the main island without any delay.⟧"
        ),
        Example("The mayor was glad. A fine day. Not a good evening for the old ferry to the island. The line opened."),
        Example("What was it? The quick opening of the new line between Varen and the island.", comment="an answer"),
    ),
)
