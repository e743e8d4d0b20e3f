"""A quotation mark is turned the wrong way, or does not match its partner.

What it finds: an opening mark where a closing one belongs (``unacceptable. “``) or a closing one where an opening one
belongs, in the language of the block; and a quotation that opens with a curly mark and closes with a straight one, or the
other way round.

Why it matters: a page that went through a translation system and an automatic typesetter shows it here first, and
programs that read quotations by their marks lose the quotation.

When it is wrong: where a writer takes such a pair as a style; a pair that makes up half of a page's quotations, and at
least three of them, is taken for that page's own style and passed over.
"""

from __future__ import annotations

from collections.abc import Iterator

from mtcheck.core.checks import Check, Example, NoOptions
from mtcheck.core.documents import Document
from mtcheck.core.facts import Facts
from mtcheck.core.findings import Hit, Related, Severity
from mtcheck.text.quotations import QUOTATIONS, Diagnosis


def find(document: Document, facts: Facts, options: NoOptions) -> Iterator[Hit]:
    """Yield one hit for each turned mark and for each pair of unlike marks."""
    del options
    text = document.text
    for stray in facts[QUOTATIONS].strays:
        if stray.partner is None or stray.diagnosis not in (Diagnosis.TURNED, Diagnosis.MIXED):
            continue
        mark, partner = stray.mark.of(text), stray.partner.of(text)
        opens = stray.mark.start < stray.partner.start
        role, other = ("opens", "closes") if opens else ("closes", "opened")
        if stray.diagnosis is Diagnosis.TURNED:
            message = f"The mark {mark} {role} a quotation here, but is turned the other way"
            confidence = 0.9
        else:
            message = f"The quotation that {partner} {other} is closed by a mark of another kind: {mark}"
            confidence = 0.8
        yield Hit(stray.anchor, message, confidence, related=(Related(stray.partner, f"the mark that {other} it"),))


CHECK = Check(
    code="QUO002",
    name="turned-quotation-mark",
    category="linguistic/punctuation",
    severity=Severity.MINOR,
    needs=(QUOTATIONS,),
    find=find,
    measured=frozenset({"de", "en", "es", "fa", "ru", "uk"}),
    documentation=__doc__,
    examples=(
        Example("The council said that “the new maneuvers off the coast are ⟦unacceptable. “⟧\n\nNobody answered."),
        Example("The paper called it “a quiet ⟦success“⟧ and moved on."),
        Example('“Orlo ⟦Brandt"⟧ is the editor of the harbor news.'),
        Example("He said: ⟦”We⟧ will open the port in spring.” Nobody answered."),
        Example('Газета назвала это “тихим ⟦успехом"⟧ и забыла.', language="ru"),
        Example("Министр сказал, что порт «готов принять все ⟦суда«⟧ уже весной.", language="ru"),
        Example('ووصف الوزير الخطة بأنها “نجاح كبير ⟦للميناء"⟧ في الربيع.', language="ar"),
        Example("El alcalde dijo que el puerto será “el mayor de la ⟦costa“⟧ en primavera.", language="es"),
        Example("La ministra respondió «no vamos a cerrar el ⟦puerto«⟧ y se fue.", language="es"),
        Example("Die Zeitung nannte es »einen stillen ⟦Erfolg»⟧ und schwieg.", language="de"),
        Example("Le maire a parlé d’un “grand ⟦succès“⟧ pour le port.", language="fr"),
        Example("Газета назвала це «тихим ⟦успіхом«⟧ і забула.", language="uk"),
        Example('“Good,” she said. "Fine," he said. “The ‘old’ port,” they said.'),
        Example('„Der Hafen“ und »die Küste« und „das "alte" Schiff“ sind Bilder.', language="de"),
        Example('„Порт“ и «берег» — названия картин; „так" печатает машинка.', language="ru"),
        Example("كتبت ”الجريدة“ عن “الميناء” وعن «الساحل».", language="ar"),
        Example('Leyó «El “viejo” puerto» y "La costa".', language="es"),
    ),
)
