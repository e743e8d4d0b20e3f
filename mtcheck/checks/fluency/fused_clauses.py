"""Two clauses are run together without a conjunction.

What it finds: two main clauses of English with nothing but a comma between them, where the second begins with a pronoun and its
verb ("The port is closed, it is under repair"), and a clause with "although" or "because" whose main clause begins with "but" or
"so" ("Although it rained, but they came").

Why it matters: Chinese and Arabic chain clauses by commas and mark both halves of a contrast; translated word by word, that is
no English sentence.

When it is wrong: in speech that is written down, and in short parallel clauses for effect ("I came, I saw"). Quotations, sentences with a
subordinate clause, attributions and questions are left alone.
All seven cases in marked translations were right; in 316,000 words that people wrote it named nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mtcheck.core.checks import Check, Example, NoOptions
from mtcheck.core.documents import BlockKind, BlockRole, Document
from mtcheck.core.facts import Facts
from mtcheck.core.findings import Hit, Severity
from mtcheck.core.spans import Span
from mtcheck.text.english_verbs import AUXILIARIES
from mtcheck.text.sentences import SENTENCES

_KINDS = frozenset({BlockKind.PARAGRAPH, BlockKind.LEAD, BlockKind.SUMMARY})
_SPLICE = re.compile(
    r",\s(?P<pronoun>it|they|he|she|this|there|we)\s(?P<verb>is|are|was|were|has|have|had|will|can|should|must|cannot)\b"
)
_DOUBLE = re.compile(
    r"\A(?:(?:Although|Though|Even though|Despite)\b[^,.;:?!\"“”]{8,120}(?P<but>, but\b)|(?:Because|Since)\b[^,.;:?!\"“”]{8,120}(?P<so>, so\b))"
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SUBORDINATE = frozenset(
    """when if as while because since although though unless until before after once where whereas wherever whenever whether that which who
    whom whose what how why so lest given considering provided assuming but and or nor than despite in by with for at on from of to without
    during under through according however whatever whoever like unlike among between should had were not only no more less the-more
    say says said think thinks thought believe believes know knows hope hopes admit suppose guess fear means tell told asked ask claim""".split()
)
_FRONTED = frozenset(
    "in on at by with for from of to without during under through according among between despite like unlike over after before since as".split()
)
_LONGEST = 800
_FEWEST = 4


def find(document: Document, facts: Facts, options: NoOptions) -> Iterator[Hit]:
    """Yield one hit for each place where two clauses are run together."""
    del options
    text = document.text
    for sentence in facts[SENTENCES]:
        block = document.blocks[sentence.block]
        if sentence.language != "en" or block.kind not in _KINDS or block.role is not BlockRole.MAIN:
            continue
        said = sentence.span.of(text)
        if len(said) > _LONGEST:
            continue
        double = _DOUBLE.match(said)
        if double is not None:
            group = double.lastgroup or ""
            first = said.split(None, 1)[0]
            message = f"“{first}” and “{double[group][2:]}” mark the same contrast or cause twice"
            yield Hit(Span(*double.span(group)).shift(sentence.span.start), message, 0.8)
            continue
        if any(mark in said for mark in '"“”?:;—–('):
            continue
        match = _SPLICE.search(said)
        if match is not None and _is_main_clause(said[: match.start()]) and not _goes_on(said, match):
            span = Span(match.start(), match.end()).shift(sentence.span.start)
            yield Hit(span, "Two sentences are joined by a comma alone", 0.6)


def _is_main_clause(text: str) -> bool:
    """Tell whether what stands before the comma is one main clause and no more."""
    words = [word.lower() for word in _WORD.findall(text)]
    if len(words) < _FEWEST or words[0] in _FRONTED or words[0].endswith(("ing", "ed", "ly")):
        return False
    after_last_comma = [word.lower() for word in _WORD.findall(text.rsplit(",", 1)[-1])]
    clause = after_last_comma if len(after_last_comma) >= _FEWEST else words
    inside = clause[1:]
    connected = any(word in _SUBORDINATE and word not in _FRONTED for word in clause)
    return not connected and "," not in text and any(word in AUXILIARIES for word in inside)


def _goes_on(said: str, match: re.Match[str]) -> bool:
    """Tell whether the second clause is an attribution or an aside, closed by another comma soon."""
    rest = said[match.end() :]
    return "," in rest[:25] or re.search(r",\s(?:and|but|or)\s", rest) is not None


CHECK = Check(
    code="FLU004",
    name="fused-clauses",
    category="linguistic/grammar",
    severity=Severity.MINOR,
    needs=(SENTENCES,),
    find=find,
    documentation=__doc__,
    languages=frozenset({"en"}),
    examples=(
        Example("The old port was closed all winter⟦, it was⟧ under repair. Nobody complained."),
        Example(
            "Although the rain had not stopped by noon⟦, but⟧ the guests came. Because the boat was late⟦, so⟧ they waited."
        ),
        Example(
            "When the port was closed, it was under repair. The port was closed, and it was under repair. In the port that was closed, they were happy."
        ),
        Example(
            "Although the rain had not stopped, the guests came. “The port is closed, it is under repair,” he said."
        ),
    ),
)
