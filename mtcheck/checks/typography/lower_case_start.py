"""A sentence begins with a small letter.

What it finds: a paragraph, or a sentence after a full stop, that begins with a small letter on a page whose other sentences begin with
capitals; where the names inside lost their capitals too, the whole sentence is meant.

Why it matters: systems trained on lower-case text, and the put-together halves of two translations, leave such beginnings; often the words
before them were lost.

When it is wrong: for brands that are written small ("iPhone", "eBay"), continued lines of verse or a list, and text after an abbreviation
that the sentence splitter did not know. Lists, captions, quotations, paragraphs that go on a line (after a comma, a
semicolon, or a quotation before its verb of speech), sentences after an ellipsis, a colon or a bracket, words with a capital inside,
and pages where more than one sentence in six begins small are left alone. Arabic and Chinese have no capitals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mtcheck.core.checks import Check, Example
from mtcheck.core.documents import BlockKind, BlockRole, Document
from mtcheck.core.facts import Facts
from mtcheck.core.findings import Hit, Note, Severity
from mtcheck.core.spans import Span
from mtcheck.text.sentences import SENTENCES, Sentence
from mtcheck.text.speech import SPEECH_VERBS

LANGUAGES_WITH_CAPITALS = frozenset({"en", "es", "fr", "de", "ru", "uk"})
_KINDS = frozenset({BlockKind.PARAGRAPH, BlockKind.LEAD})
_FIRST = re.compile(r"[^\W\d_]+(?:['’.\-/@][\w]+)*")
_MARKED_START = re.compile(r"\w")
_PARTICLES = frozenset("al el la le de da di du van von der den ter ten bin ibn dos d l".split())
# A full stop that ends a sentence, before a small letter. Short words before it are abbreviations, and so are those below.
_AFTER_STOP = re.compile(r"(?<![^\W\d_])(?P<word>[^\W\d_]{4,40})[.!?][ \xa0]{1,2}(?=[^\W\d_])")
_ABBREVIATED = frozenset(
    """prof corp dept univ capt govt assn gens sens reps supt cmdr comm intl natl assoc approx incl excl esp vols figs eqns cent temp
    máx núm págs apdo gral prov aprox etcétera depto admon avda dept éditions chap""".split()
)
_LONGEST_STOP = 45
# The paragraph before goes on in this one: it ends in a comma, a semicolon or a colon, or in a word before a break inside a line of text.
_CONTINUED = re.compile(r"(?: [,;:] \s{1,20} | \w [ ]{1,5} \n [ ]{0,5} ) \Z", re.VERBOSE)
_AFTER_QUOTATION = re.compile(r"[\"”“»«’']\s{1,20}\Z")
_STOPPING_LANGUAGES = frozenset({"en", "es", "fr"})
"""Languages where a word of four letters and a full stop is seldom an abbreviation."""


@dataclass(frozen=True, slots=True)
class Options:
    """``words``: shorter sentences are labels; ``others``: how many sentences must begin with a capital.

    ``share``: where more than this part of the sentences begins small, the page has a style of its own.
    """

    words: int = 5
    others: int = 3
    share: float = 0.17


def find(document: Document, facts: Facts, options: Options) -> Iterator[Hit]:
    """Yield one hit for each beginning in small letters."""
    text = document.text
    small: list[tuple[Sentence, Span]] = []
    capital = 0
    for sentence in facts[SENTENCES]:
        block = document.blocks[sentence.block]
        if (
            sentence.language not in LANGUAGES_WITH_CAPITALS
            or block.kind not in _KINDS
            or block.role is not BlockRole.MAIN
        ):
            continue
        first = _MARKED_START.search(text, sentence.span.start, sentence.span.end)
        if first is None:
            continue
        capital += first[0].isupper()
        places: list[int] = []
        if sentence.language in _STOPPING_LANGUAGES:
            # The splitter may or may not have ended a sentence at such a stop.
            near = max(block.span.start, sentence.span.start - _LONGEST_STOP)
            places = [
                match.end()
                for match in _AFTER_STOP.finditer(text, near, sentence.span.end)
                if match.end() >= sentence.span.start and _ends_sentence(match)
            ]
        if (
            first.start() == sentence.span.start == block.span.start
            and first[0].islower()
            and not _goes_on(text, block.span.start, sentence.language)
        ):
            places.insert(0, first.start())
        for place in places:
            word = _FIRST.match(text, place, min(sentence.span.end, place + 60))
            following = text[place : min(sentence.span.end, place + 300)].split()
            if word is not None and len(following) >= options.words and _is_plain(word[0]):
                small.append((sentence, Span(*word.span())))
    if capital < options.others or len(small) > max(1, options.share * (capital + len(small))):
        return
    for sentence, place_of_word in small:
        rest = text[place_of_word.start : min(sentence.span.end, place_of_word.start + 1000)]
        alone = not any(character.isupper() for character in rest)
        yield Hit(
            place_of_word,
            f"The sentence begins with a small letter: “{place_of_word.of(text)}”",
            0.85,
            (Note("capitals", "the sentence has none at all" if alone else "other words of the sentence have theirs"),),
        )


def _goes_on(text: str, offset: int, language: str) -> bool:
    """Tell whether the paragraph at an offset goes on a line above it, among them a quotation with who said it."""
    before = text[max(offset - _LONGEST_STOP, 0) : offset]
    if _CONTINUED.search(before) is not None:
        return True
    first = _FIRST.match(text, offset, offset + _LONGEST_STOP)
    speech = first is not None and first[0] in SPEECH_VERBS.get(language, frozenset())
    return speech and _AFTER_QUOTATION.search(before) is not None


def _ends_sentence(match: re.Match[str]) -> bool:
    """Tell whether the word before a full stop is written small and no abbreviation, and a small letter follows."""
    after = match.string[match.end() : match.end() + 1]
    return (
        match["word"].islower()
        and match["word"] not in _ABBREVIATED
        and after.islower()
        and match[0].rstrip()[-1] == "."
    )


def _is_plain(word: str) -> bool:
    """Tell whether a word is written small throughout and is no particle of a name, no address and no brand."""
    return (
        word.islower()
        and word not in _PARTICLES
        and not any(sign in word for sign in ".@/")
        and not word.startswith(("http", "www"))
    )


CHECK = Check(
    code="TYP007",
    name="lower-case-start",
    category="linguistic/spelling",
    severity=Severity.MINOR,
    needs=(SENTENCES,),
    options=Options,
    find=find,
    documentation=__doc__,
    languages=LANGUAGES_WITH_CAPITALS,
    examples=(
        Example(
            "The council of Varen met on Monday. It agreed on the ferry line.\n\n"
            "⟦the⟧ mayor of Varen said that the boat was too small.\n\nNobody voted against it."
        ),
        Example(
            "The council met on Monday. It agreed on the line. Nobody spoke.\n\n“The boat is too small for us all,”\n\n"
            "said the mayor of Varen to the guests.\n\nNobody voted against it."
        ),
        Example(
            "The council met on Monday. It agreed on the line. ⟦over⟧ the whole winter it had waited. Nobody spoke."
        ),
        Example(
            "Совет собрался в понедельник днём. Он решил дело быстро и тихо. Потом все ушли.\n\n⟦вчера⟧ мэр рассказал об этом в порту.\n\nНикто не спорил с ним там.",
            "ru",
        ),
        Example(
            "El consejo se reunió el lunes. Decidió el asunto con rapidez.\n\n⟦la⟧ alcaldesa lo anunció en el puerto.\n\nNadie se opuso al plan.".replace(
                "⟦la⟧ alcaldesa", "⟦ayer⟧ la alcaldesa"
            ),
            "es",
        ),
        Example(
            "Der Rat tagte am Montag lange. Er beschloss die neue Linie.\n\n⟦gestern⟧ sprach die Bürgermeisterin im Hafen.\n\nNiemand war gegen den Plan.",
            "de",
        ),
        Example(
            "The council met on Monday in Varen. It bought phones from the firm of Mr. van Brund at last.\n\niPhones were too dear for it, said the mayor. "
            "She spoke of “the end”... and then left for home. \n\nvan Brund said nothing to the council.\n\nNobody voted against it there."
        ),
        Example("Совет собрался в понедельник, т. е. вчера. Он решил дело. Мэр сказал об этом.", "ru"),
        Example("El consejo se reunió el lunes. Decidió el asunto. Nadie se opuso.", "es"),
        Example("Der Rat tagte am Montag, d. h. gestern. Er beschloss die Linie.", "de"),
    ),
)
