"""One name is spelt in two ways within a page.

What it finds: two spellings of one person's or place's name ("Sergey Lavrov" and "Sergei Lavrov", "Kyiv" and "Kiev") where
ways of transliteration explain the whole difference and the page speaks for one bearer: the rest of the name is the same,
the place is known in both spellings, or, in English, a long name stands alone. Inflected forms count as one spelling. The
finding stands at the first place of the rarer spelling (of the later one where they are level).

Why it matters: a translator who knows the name writes it in one way; a translation engine spells it afresh in every
sentence, and a reader or a search engine takes the result for two people.

When it is wrong: where two people of one family have names that differ only as transliterations do (Jon and John Marr),
and where a page quotes another text that has its own spelling.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mtcheck.core.checks import Check, Example
from mtcheck.core.documents import Document
from mtcheck.core.facts import Facts
from mtcheck.core.findings import Hit, Note, Related, Severity
from mtcheck.text.names import LANGUAGES_OF_NAMES, NAMES, NameCluster, NameSpelling
from mtcheck.text.transliteration import fold

_CONFIDENCE = {"shared-part": 0.9, "known-place": 0.85, "alone": 0.7}
_REASONS = {
    "shared-part": "the rest of the name is the same",
    "known-place": "both are spellings of one place",
    "alone": "transliteration explains the difference, and nothing tells two bearers apart",
}


@dataclass(frozen=True, slots=True)
class Options:
    """What to report.

    ``places``: how many places of the usual spelling a finding points to; ``marks``: whether spellings that differ only
    by marks on letters ("José", "Jose") count, which many newsrooms mix without harm.
    """

    places: int = 5
    marks: bool = False


def find(document: Document, facts: Facts, options: Options) -> Iterator[Hit]:
    """Yield one hit for each spelling that differs from the most frequent one."""
    del document
    for cluster in facts[NAMES].clusters:
        usual, *others = cluster.spellings
        for other in others:
            if not options.marks and fold(other.text) == fold(usual.text):
                continue
            yield _hit(cluster, usual, other, options)


def _hit(cluster: NameCluster, usual: NameSpelling, other: NameSpelling, options: Options) -> Hit:
    """Return the hit at the first place of a spelling, with the places of the usual one."""
    return Hit(
        other.places[0],
        f"“{other.text}” is spelt “{usual.text}” elsewhere on this page",
        _CONFIDENCE[cluster.basis],
        (
            Note("spellings", f"{usual.text}: {len(usual.places)}, {other.text}: {len(other.places)}"),
            Note("why one name", _REASONS[cluster.basis]),
        ),
        tuple(Related(place, f"spelt “{usual.text}” here") for place in usual.places[: options.places]),
    )


CHECK = Check(
    code="CON004",
    name="name-spelling-varies",
    category="terminology/inconsistent",
    severity=Severity.MINOR,
    needs=(NAMES,),
    options=Options,
    find=find,
    languages=LANGUAGES_OF_NAMES,
    documentation=__doc__,
    examples=(
        Example("Minister Andrey Morozin arrived in Varen.\n\nThe talks with ⟦Andrei⟧ Morozin last until Friday."),
        Example(
            "The envoy of Yusuf Haddar met the press in Kyiv.\n\nOn Monday the guests left ⟦Kiev⟧ for the coast.\n\n"
            "Nobody in Kyiv had expected the visit."
        ),
        Example("Mohammed Haddar spoke first.\n\nMohamed Salif, who owns the mill, did not answer."),
        Example(
            "Peter Marlow lives in Varen.\n\nHis sister Petra Marlow left the Marlows’ house in Germany to Germans."
        ),
        Example("Министр Сергей Варенцов приехал утром.\n\nПеред прессой выступил ⟦Сергий⟧ Варенцов.", "ru"),
        Example("Переговоры ведёт Сергей Варенцов.\n\nС Сергеем Варенцовым говорил мэр.", "ru"),
        Example("El ministro Yusuf Haddar llegó tarde.\n\nA la prensa habló ⟦Yousef⟧ Haddar, muy serio.", "es"),
        Example("María Haddar llegó tarde.\n\nSu hermano Mario Haddar habló con la prensa.", "es"),
        Example("Außenminister Juri Walenko kam spät.\n\nDie Rede von ⟦Yuri⟧ Walenko dauerte lange.", "de"),
        Example("Juri Walenko kam spät.\n\nJuris Bruder war schon da, und Walenkos Rede begann.", "de"),
        Example("Alexandre Vérine est arrivé.\n\nLa presse attendait ⟦Aleksandre⟧ Vérine depuis midi.", "fr"),
        Example("Marie Vérine est arrivée.\n\nMaria Vérine, sa tante, l’attendait.", "fr"),
        Example("Посол Дмитро Варенко прибув до міста.\n\nПресу зустрів ⟦Дмітро⟧ Варенко.", "uk"),
        Example("Посол Дмитро Варенко прибув до міста.\n\nРозмову з Дмитром Варенком записали.", "uk"),
    ),
)
