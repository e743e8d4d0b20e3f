"""A quotation has lost one of its marks.

What it finds: a closing quotation mark that nothing opened, and an opening one that nothing closes, read across sentences and
paragraphs. The conventions of long quotations (a mark before each paragraph, one at the end), quotations within quotations,
apostrophes, inches, guillemets in either direction, „low“ marks and 「corner brackets」 are understood. Of single marks, which
are apostrophes far more often, those count that can be nothing else (after a stop; before speech; around a term inside a
quotation). Where the words of the page tell, it says where the lost mark must have stood, else the earliest or the latest
place. In the furniture of a page the finding weighs less.

Why it matters: a reader cannot tell any more who says what. Translation systems move and drop the marks of reported speech,
and whole clauses with them.

When it is wrong: in quotations that a page cuts short on purpose without saying so, and in code or verse set as prose. A
paragraph whose lost closing mark is followed by a paragraph that opens with a mark looks like a long quotation, and is
passed over unless an attribution ("says the ministry") or a quotation of less than a sentence tells the two apart. A lost
single mark at the end of a word that may have an apostrophe (‘the workers’ hall’) is not seen.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from mtcheck.core.checks import Check, Example, NoOptions
from mtcheck.core.documents import BlockRole, Document
from mtcheck.core.facts import Facts
from mtcheck.core.findings import Hit, Note, Passage, Related, Severity
from mtcheck.core.spans import Span
from mtcheck.text.quotation_blocks import WORD
from mtcheck.text.quotations import QUOTATIONS, Diagnosis, StrayMark
from mtcheck.text.sentences import SENTENCES, Sentence


def find(document: Document, facts: Facts, options: NoOptions) -> Iterator[Hit]:
    """Yield one hit for each mark whose partner is lost."""
    del options
    sentences = facts[SENTENCES]
    for stray in facts[QUOTATIONS].strays:
        if stray.diagnosis in (Diagnosis.LOST_OPENING, Diagnosis.LOST_CLOSING):
            furniture = document.blocks[stray.block].role is BlockRole.FURNITURE
            yield _hit(document.text, stray, sentences, Severity.MINOR if furniture else None)


def _hit(text: str, stray: StrayMark, sentences: tuple[Sentence, ...], severity: Severity | None) -> Hit:
    mark = stray.mark.of(text)
    clue = " ".join(stray.clue.of(text).split()) if stray.clue else ""
    if stray.diagnosis is Diagnosis.LOST_OPENING:
        message = f"The closing mark {mark} has no opening mark before it"
        place = f"the quotation must have begun after “{clue}”"
        related = "the quotation probably began here" if clue else "the quotation began here at the earliest"
        lost = "opening"
    else:
        message = f"The quotation that {mark} opens here is never closed"
        place = f"it must have ended before “{clue}”"
        related = "the quotation probably ended here" if clue else "the quotation ended here at the latest"
        lost = "closing"
    if clue:
        message = f"{message}; {place}"
    shown: list[Note | Passage] = [Note("lost mark", lost)]
    index = bisect_right(sentences, stray.anchor.start, key=lambda sentence: sentence.span.start) - 1
    if index >= 0 and sentences[index].span.contains(stray.anchor):
        around = sentences[index].span
        highlight = Span(stray.anchor.start - around.start, stray.anchor.end - around.start)
        shown.append(Passage("sentence", around.of(text), stray.language, (highlight,)))
    spot = stray.expected or stray.border
    places: tuple[Related, ...] = (Related(spot, related),) if spot and not spot.overlaps(stray.anchor) else ()
    if stray.diagnosis is Diagnosis.LOST_OPENING and places:
        places += _last_sentence(text, stray, places[0].span, sentences)
    return Hit(stray.anchor, message, 0.9 if clue else 0.8, tuple(shown), places, severity)


def _last_sentence(text: str, stray: StrayMark, begin: Span, sentences: tuple[Sentence, ...]) -> tuple[Related, ...]:
    """Return the first word of the sentence that the mark ends, where the quotation may have begun in an earlier one."""
    index = bisect_right(sentences, stray.mark.start, key=lambda sentence: sentence.span.start) - 1
    if index < 0 or sentences[index].span.start <= begin.start or sentences[index].block != stray.block:
        return ()
    first = WORD.search(text, sentences[index].span.start, stray.mark.start)
    if first is None or Span(*first.span()).overlaps(stray.anchor):
        return ()
    return (Related(Span(*first.span()), "or with this sentence"),)


CHECK = Check(
    code="QUO001",
    name="unpaired-quotation",
    category="linguistic/punctuation",
    severity=Severity.MAJOR,
    needs=(SENTENCES, QUOTATIONS),
    find=find,
    measured=frozenset("ar de en es fa fr pt ru tr uk".split()),
    documentation=__doc__,
    examples=(
        Example(
            "The envoy noted that the two countries have no quarrel. Topics only when our borders are ⟦ignored.”⟧",
            comment="the opening mark is lost, somewhere after “noted that”",
        ),
        Example(
            "⟦“Our⟧ island used to send ships every month, but they were always taken for granted says Varenia.\n\n"
            "“Now we must start again,” says the ministry.",
            comment="the attribution shows that the quotation ended, although the next paragraph opens another one",
        ),
        Example("She warned that, if the tariff stays, ⟦“we⟧ will answer in kind.\n\nThe talks go on in Ostrey."),
        Example("“The ⟦‘old⟧ harbor is not safe any more,” the paper wrote.", comment="a quotation within a quotation"),
        Example('The harbor master called it ⟦"a⟧ strange and very expensive idea, and left the room.'),
        Example(
            "«Мы готовы к переговорам, сказал министр. ⟦«Порт⟧ откроют весной.".replace("«Мы", "⟦«Мы⟧"), language="ru"
        ),
        Example("Министр отметил, что порт откроют весной и что город к этому ⟦готов»⟧.", language="ru"),
        Example("وأكد الوزير أن الميناء سيفتح أبوابه في الربيع المقبل أمام ⟦السفن”⟧.", language="ar"),
        Example("قال الوزير: ⟦«سنفتح⟧ الميناء في الربيع المقبل أمام جميع السفن.", language="ar"),
        Example(
            "El alcalde explicó que el puerto abrirá en primavera y que será el mayor de la ⟦costa”⟧.", language="es"
        ),
        Example("La ministra respondió: ⟦«No⟧ vamos a cerrar el puerto de Varén este año.", language="es"),
        Example("Die Ministerin erklärte: ⟦„Wir⟧ werden den Hafen von Waren im Frühjahr öffnen.", language="de"),
        Example("Der Hafen sei im Frühjahr wieder offen und für alle Schiffe ⟦bereit“⟧, sagte sie.", language="de"),
        Example("Le maire a déclaré : ⟦« Nous⟧ ouvrirons le port de Varenne au printemps.", language="fr"),
        Example("Міністр зазначив, що порт відкриють навесні і що місто до цього ⟦готове»⟧.", language="uk"),
        Example(
            "“We came at dawn,” he said. “The gates were shut.\n\n“We waited until noon.\n\n“Then we went home,” he said.",
            comment="a long quotation: each paragraph opens with a mark, only the last one closes",
        ),
        Example(
            "“She told me ‘not today’ and left,” Orlo said. \"It's the '90s again,\" he added of the workers' march."
        ),
        Example(
            "“We came at dawn, and the gates were shut.\n\nThe man at the “Old Mill” told us to wait until noon.” He left.",
            comment="a quotation over two paragraphs, with a name in the same marks in it",
        ),
        Example('A 27" screen and a board of 6\'2" stood by the door of the "Old Mill" at 40°26\'46" north.'),
        Example(
            "— Порт откроют весной, — сказал министр. АО «Верфь «Заря» начнёт работу; город, мол, «готов».",
            language="ru",
        ),
        Example("وقال: «الميناء “الجديد” سيفتح أبوابه». وأضافت ”الجريدة“ أن العمل بدأ.", language="ar"),
        Example("—Abriremos el puerto —dijo el alcalde—. «La “nueva” ley es clara», añadió.", language="es"),
        Example("„Der ‚alte‘ Hafen“, sagte sie, „bleibt offen.“ Die Zeitung »Küste« berichtet.", language="de"),
        Example("« L’État, c’est “nous” », dit-il à l’« Écho du Port ».", language="fr"),
        Example("«П’ять кораблів», — сказав він про об'єднання «Хвиля».", language="uk"),
    ),
)
