"""A closing quotation mark stands in the wrong place.

What it finds: a closing mark that stops a quoted sentence after a word which cannot end one while the sentence goes on
(``"We ask them to answer in writing to" the initiative``); a closing mark on the wrong side of a space (``for peace, "he
said``) or with a space on both sides (``for peace. "``); and a second stop that stands apart after a quotation which already has one (``in Europe." .``).

Why it matters: the reader takes words for quoted that were not, or the other way round.

When it is wrong: a writer may break off a quotation at any word; only quotations that begin as a whole sentence (after a
comma or colon, with a capital) are judged for the first case, and no attribution may follow.
"""

from __future__ import annotations

from collections.abc import Iterator

from mtcheck.core.checks import Check, Example, NoOptions
from mtcheck.core.documents import Document
from mtcheck.core.facts import Facts
from mtcheck.core.findings import Hit, Related, Severity
from mtcheck.text.quotations import QUOTATIONS, Diagnosis, Misplacement


def find(document: Document, facts: Facts, options: NoOptions) -> Iterator[Hit]:
    """Yield one hit for each closing mark that stands in the wrong place."""
    del options
    for stray in facts[QUOTATIONS].strays:
        if stray.diagnosis is not Diagnosis.MISPLACED or stray.partner is None:
            continue
        mark = stray.mark.of(document.text)
        if stray.misplacement is Misplacement.CUTS_SENTENCE:
            word = stray.anchor.of(document.text)[: -len(mark)]
            message = f"The quotation stops after “{word}”, in the middle of its sentence"
            confidence = 0.7
        elif stray.misplacement is Misplacement.SECOND_STOP:
            message = "A second stop stands apart after the closing mark of a quotation that has ended already"
            confidence = 0.95
        elif stray.misplacement is Misplacement.APART:
            message = f"A space parts the closing mark {mark} from its quotation"
            confidence = 0.85
        else:
            message = f"The closing mark {mark} stands on the wrong side of the space"
            confidence = 0.85
        yield Hit(stray.anchor, message, confidence, related=(Related(stray.partner, "the mark that opened it"),))


CHECK = Check(
    code="QUO005",
    name="misplaced-closing-mark",
    category="linguistic/punctuation",
    severity=Severity.MINOR,
    needs=(QUOTATIONS,),
    find=find,
    measured=frozenset({"de", "en", "ru"}),
    documentation=__doc__,
    examples=(
        Example('She added, "We expect both ports to give an answer in writing ⟦to"⟧ Varenian proposal.'),
        Example('The island wants its own "circle of friends in the ⟦north." .⟧'),
        Example('"We will open the port in ⟦spring, "⟧he said.'),
        Example("“We will open the port in ⟦spring, ”⟧he said."),
        Example('"We will open the port in ⟦spring. "⟧ Nobody asked.'),
        Example('It quotes the" Law of the Northern ⟦Ports "⟧in full.'),
        Example("Он добавил: «Мы ждём письменного ответа ⟦на»⟧ инициативу города.", language="ru"),
        Example("Порт готов принять «все суда ⟦севера.» .⟧", language="ru"),
        Example("أكد الوزير أن الميناء «جاهز لاستقبال ⟦السفن.» .⟧", language="ar"),
        Example("Añadió: «Esperamos una respuesta por escrito ⟦a»⟧ propuesta rusa.", language="es"),
        Example("El puerto es «el mayor de la ⟦costa.» .⟧", language="es"),
        Example("Sie sagte: „Wir erwarten eine schriftliche Antwort auf den Vorschlag ⟦der“⟧ Stadt.", language="de"),
        Example("Der Hafen sei „der größte der ⟦Küste.“ .⟧", language="de"),
        Example("Il a ajouté : « Nous attendons une réponse écrite ⟦à »⟧ initiative du port.", language="fr"),
        Example('He spoke of "a return to" the old rules, and said, "We are what we aspire to," and left.'),
        Example(
            '"What are they up to?" she asked. "Nothing," he said. He added, "We Are What We Look At" was his song.'
        ),
        Example("Он говорил о «возврате к» старым правилам.", language="ru"),
        Example("قال إن الميناء «جاهز» الآن.", language="ar"),
        Example("Habló de «volver a» las reglas. «¿Y ahora?», preguntó.", language="es"),
        Example("Sie sprach von „der“ Lösung. „Und jetzt?“, fragte er.", language="de"),
    ),
)
