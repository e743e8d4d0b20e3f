"""A sentence stands in the capitals of an English title.

What it finds: a sentence of the body, with its full stop, in which nearly every word begins with a capital ("The Minister Signed The Treaty
In Varen."), and, in languages that set no such capitals, a headline that does ("El Ministro Firmó El Tratado En Varén").

Why it matters: systems trained on headlines write body text as headlines, and the capitals of an English headline stay in its translation.

When it is wrong: for lines that name works, offices and companies one after another, and for houses that set such headlines in their own
language. A sentence counts only where little words and verbs carry capitals too, and a page where most headlines do is not blamed.
German is judged by words that are no nouns. It is a preview: too few cases were seen to measure its precision.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mtcheck.core.checks import Check, Example, Tier
from mtcheck.core.documents import BlockKind, BlockRole, Document
from mtcheck.core.facts import Facts
from mtcheck.core.findings import Hit, Metric, Severity
from mtcheck.core.languages import LANGUAGES
from mtcheck.text.sentences import SENTENCES


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


LITTLE_WORDS: dict[str, frozenset[str]] = {
    "en": _words("""the a an of in on at to for and or but with from by is are was were has have had be been that which who it its
        their his her will would can could not after before when while said says into over about"""),
    "es": _words(
        "el la los las un una de del en a y o con para por que se su sus es son fue ha han no como más tras sobre"
    ),
    "fr": _words(
        "le la les un une des de du en à au aux et ou avec pour par que qui se sa son ses est sont a ont pas plus sur dans"
    ),
    "de": _words("""und oder in im an am auf mit von vom zu zum zur für der die das den dem des ein eine einen ist sind war wird hat
        haben nicht nach über bei aus als auch sich"""),
    "ru": _words("и в на с о по из от до за для что как не при под над к у об но или это был была были будет"),
    "uk": _words("і й та в у на з із про по від до за для що як не при під над але або це був була були буде"),
}
"""Words that no title of the language capitalizes inside a line, or, in English, that no sentence does."""
_BODY = frozenset({BlockKind.PARAGRAPH, BlockKind.LEAD, BlockKind.SUMMARY})
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_LONGEST = 600


@dataclass(frozen=True, slots=True)
class Options:
    """``words``: what has fewer is not judged. ``share``: the part of all words that must carry a capital.

    ``little``: how many little words inside must carry one.
    """

    words: int = 6
    share: float = 0.85
    little: int = 2


def find(document: Document, facts: Facts, options: Options) -> Iterator[Hit]:
    """Yield one hit for each sentence or headline in the capitals of a title."""
    text = document.text
    found: list[tuple[bool, Hit]] = []
    headlines = 0
    for sentence in facts[SENTENCES]:
        block = document.blocks[sentence.block]
        headline = block.kind is BlockKind.HEADLINE
        if sentence.language not in LITTLE_WORDS or len(sentence.span) > _LONGEST or block.role is not BlockRole.MAIN:
            continue
        if not (headline and sentence.language != "en") and not (
            block.kind in _BODY and _is_closed(sentence.span.of(text))
        ):
            continue
        if not headline and sentence.span == block.span:
            # Alone in its block it is a title, whatever it ends in.
            continue
        headlines += headline
        share = _share(sentence.span.of(text), sentence.language, options)
        if share is not None:
            kind = "headline" if headline else "sentence"
            message = f"The {kind} is written in the capitals of an English title"
            found.append(
                (
                    headline,
                    Hit(sentence.span, message, 0.85, (Metric("share of words with a capital", round(share, 2)),)),
                )
            )
    habit = 2 * sum(headline for headline, _ in found) > max(headlines, 2)
    for headline, hit in found:
        if not (headline and habit):
            yield hit


def _is_closed(sentence: str) -> bool:
    return sentence.rstrip("\"”»’')")[-1:] in {".", "!", "?"}


def _share(sentence: str, language: str, options: Options) -> float | None:
    """Return the share of words with a capital where it is that of a title, else ``None``."""
    words = _WORD.findall(sentence)
    if len(words) < options.words or sum(word.isupper() and len(word) > 1 for word in words) * 3 > len(words):
        return None
    inside = words[1:]
    if language == "de":
        # Nouns have capitals anyway: only what is surely none is asked for.
        little = [word for word in inside if word.lower() in LITTLE_WORDS["de"]]
        capitals = [word for word in little if word[0].isupper()]
        share = len(capitals) / len(little) if little else 0.0
    else:
        little = [word for word in inside if word.lower() in LITTLE_WORDS[language]]
        capitals = [word for word in little if word[0].isupper()]
        share = sum(word[0].isupper() for word in inside) / len(inside)
    if len(capitals) < options.little or 2 * len(capitals) <= len(little):
        return None
    return share if share >= options.share else None


CHECK = Check(
    code="TYP005",
    name="title-case-residue",
    category="linguistic/spelling",
    severity=Severity.MINOR,
    needs=(LANGUAGES, SENTENCES),
    options=Options,
    find=find,
    documentation=__doc__,
    tier=Tier.PREVIEW,
    languages=frozenset(LITTLE_WORDS),
    examples=(
        Example(
            "Varen opens its port\n\nThe ferry came at nine. ⟦The Minister Signed The Treaty In The Port Of Varen.⟧ Nobody asked."
        ),
        Example("Порт открылся в девять. ⟦Министр Подписал Договор В Порту И На Острове.⟧ Никто не спросил.", "ru"),
        Example("El puerto abrió a las nueve. ⟦El Ministro Firmó El Tratado En El Puerto De Varén.⟧", "es"),
        Example(
            "Der Hafen öffnet um neun. ⟦Der Minister Hat Den Vertrag Im Hafen Und Auf Der Insel Nicht Unterschrieben.⟧",
            "de",
        ),
        Example("Le port ouvre à neuf heures. ⟦Le Ministre A Signé Le Traité Dans Le Port De Varen.⟧", "fr"),
        Example("Порт відкрився о дев'ятій. ⟦Міністр Підписав Договір У Порту І На Острові.⟧", "uk"),
        Example(
            "Minister Signs The Treaty In The Port Of Varen\n\nHe reads The Wind in the Willows. Edda Orlo of the Varen Ferry Company "
            "and Mila Brund of Ostrey Bank met in Varen."
        ),
        Example("Министр Анна Орло и мэр Варена подписали договор в порту.", "ru"),
        Example("El ministro Juan de la Torre firmó el tratado en La Laguna.", "es"),
        Example("Die Ministerin Edda Orlo hat den Vertrag im Hafen von Varen unterschrieben.", "de"),
    ),
)
