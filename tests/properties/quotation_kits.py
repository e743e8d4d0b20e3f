"""What the property tests of quotations are made of: styles of marks and sentences with quotations, in seven languages.

In a sentence ``{0}`` and ``{1}`` stand for the outer marks of a style, ``{2}`` and ``{3}`` for those of a quotation within, and
a line break for a new paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_PLACE = re.compile(r"\{([0-3])\}")


@dataclass(frozen=True)
class Style:
    """The marks of one style: opening and closing, and those of a quotation within."""

    language: str
    marks: tuple[str, str, str, str]

    @property
    def british(self) -> bool:
        """Single marks outside: around a single word or title they look like apostrophes, and are passed over."""
        return self.marks[0] == "‘"

    @property
    def same_within(self) -> bool:
        """The same marks at both levels: which level a lost mark belonged to cannot be told."""
        return self.marks[0] == self.marks[2]


@dataclass(frozen=True)
class Sentence:
    """A sentence, or some paragraphs, with quotations. ``speech``: what is quoted is said, and no word or title."""

    language: str
    template: str
    speech: bool = True

    def places(self) -> int:
        """Return how many marks it has."""
        return len(_PLACE.findall(self.template))

    def written(self, style: Style, lost: int | None = None) -> tuple[str, int | None]:
        """Return the text in a style, and where the partner of the ``lost`` mark stands in it (``None``: it has none)."""
        partner = self._partners().get(lost) if lost is not None else None
        text, offset, place = "", 0, None
        for number, match in enumerate(_PLACE.finditer(self.template)):
            text += self.template[offset : match.start()]
            if number == partner:
                place = len(text)
            if number != lost:
                text += style.marks[int(match[1])]
            offset = match.end()
        return text + self.template[offset:], place

    def _partners(self) -> dict[int, int]:
        waiting: dict[int, list[int]] = {}
        partners: dict[int, int] = {}
        for number, match in enumerate(_PLACE.finditer(self.template)):
            kind = int(match[1])
            if kind % 2 == 0:
                waiting.setdefault(kind, []).append(number)
            elif waiting.get(kind - 1):
                opening = waiting[kind - 1].pop()
                partners[opening], partners[number] = number, opening
        return partners


STYLES = (
    Style("en", ("“", "”", "‘", "’")),
    Style("en", ('"', '"', "'", "'")),
    Style("en", ("‘", "’", "“", "”")),
    Style("en", ("''", "''", "'", "'")),
    Style("ru", ("«", "»", "„", "“")),
    Style("ru", ("„", "“", "«", "»")),
    Style("ru", ("“", "”", "‘", "’")),
    Style("ru", ('"', '"', "'", "'")),
    Style("ru", ("«", "»", "«", "»")),
    Style("uk", ("«", "»", "„", "“")),
    Style("uk", ("„", "“", "«", "»")),
    Style("uk", ("“", "”", "‘", "’")),
    Style("uk", ('"', '"', "'", "'")),
    Style("uk", ("«", "»", "“", "”")),
    Style("es", ("«", "»", "“", "”")),
    Style("es", ("“", "”", "‘", "’")),
    Style("es", ('"', '"', "'", "'")),
    Style("ar", ("«", "»", "“", "”")),
    Style("ar", ("“", "”", "‘", "’")),
    Style("ar", ("”", "“", "«", "»")),
    Style("ar", ('"', '"', "'", "'")),
    Style("ar", ("„", "“", "«", "»")),
    Style("de", ("„", "“", "‚", "‘")),
    Style("de", ("»", "«", "›", "‹")),
    Style("de", ("«", "»", "‹", "›")),
    Style("de", ("“", "”", "‘", "’")),
    Style("de", ('"', '"', "'", "'")),
    Style("fr", ("«\xa0", "\xa0»", "“", "”")),
    Style("fr", ("« ", " »", "“", "”")),
    Style("fr", ("«", "»", "‹", "›")),
    Style("fr", ("“", "”", "‘", "’")),
    Style("fr", ('"', '"', "'", "'")),
    Style("fr", ("«\u202f", "\u202f»", "«\u202f", "\u202f»")),
)

PLAIN = {
    "en": "Nobody in the town was surprised by the news.",
    "ru": "Никто в городе не удивился этой новости.",
    "uk": "Ніхто в місті не здивувався цій новині.",
    "es": "Nadie en la ciudad se sorprendió por la noticia.",
    "de": "Niemand in der Stadt war von der Nachricht überrascht.",
    "fr": "Personne en ville ne s’étonne de l’annonce.",
    "ar": "لم يتفاجأ أحد في المدينة بهذا الخبر.",
}

SENTENCES = (
    Sentence("en", "{0}The port of Varen will open in spring,{1} said Orlo Brandt."),
    Sentence("en", "The envoy added that {0}nobody asked the owners of the ships{1} about it.", speech=False),
    Sentence("en", "{0}We came at dawn,{1} he said. {0}The gates of Ostrey were shut.{1}"),
    Sentence("en", "The paper wrote: {0}The {2}old{3} harbor is not safe.{1}"),
    Sentence("en", "{0}We asked the mayor and he told us: {2}Go home.{3} So we went home,{1} she said."),
    Sentence("en", "The envoy noted that {0}the port is open. The sea is calm today.{1}"),
    Sentence("en", "Her {0}little island{1} (pop. 300) has a {0}big port.{1}", speech=False),
    Sentence(
        "en",
        "{0}We came at dawn,{1} he said. {0}The gates were shut.\n{0}We waited until noon.\n{0}Then we went home,{1} he said.",
    ),
    Sentence(
        "en",
        "He said: {0}We came at dawn and the gates were shut.\nWe waited until noon at the gate.\nThen we went home.{1}",
    ),
    Sentence("en", "{0}Is the port open?{1} asked Brandt."),
    Sentence("en", "He never read {0}The Old Harbor{1} or any other book.", speech=False),
    Sentence("ru", "{0}Порт Варен откроют весной{1}, — сказал Орлов."),
    Sentence("ru", "Посланник добавил, что {0}никто не спрашивал хозяев{1} об этом."),
    Sentence("ru", "Газета пишет: {0}Гавань {2}Старая{3} давно небезопасна{1}."),
    Sentence("ru", "— Откроют, — сказал он. — {0}Весной{1} же обещали."),
    Sentence("ru", "Министр отметил, что {0}порт откроют весной. Город готов принять суда{1}."),
    Sentence("ru", "{0}Порт откроют, — сказал Орлов, — уже весной{1}."),
    Sentence("ru", "{0}Когда откроют порт?{1} — спросил Орлов."),
    Sentence(
        "ru",
        "Он сказал: {0}Мы пришли на рассвете, ворота были закрыты.\nМы ждали до полудня у ворот города.\nПотом мы пошли домой{1}.",
    ),
    Sentence("ru", "Завод {0}Заря{1} и верфь {0}Северная{1} начали работу в этом году.", speech=False),
    Sentence("uk", "{0}Порт Варен відкриють навесні{1}, — сказав Орленко."),
    Sentence("uk", "Посланець додав, що {0}ніхто не питав господарів{1} про це."),
    Sentence("uk", "Газета пише: {0}Гавань {2}Стара{3} давно небезпечна{1}."),
    Sentence("uk", "Міністр зазначив, що {0}порт відкриють навесні. Місто готове прийняти судна{1}."),
    Sentence("uk", "{0}Коли відкриють порт?{1} — запитав Орленко."),
    Sentence("uk", "Завод {0}Зоря{1} і верф {0}Північна{1} почали роботу цього року.", speech=False),
    Sentence(
        "uk",
        "Він сказав: {0}Ми прийшли на світанку, ворота були зачинені.\nМи чекали до полудня біля воріт міста.\nПотім ми пішли додому{1}.",
    ),
    Sentence("es", "{0}El puerto de Varén abrirá en primavera{1}, dijo Orlo Brandt."),
    Sentence("es", "La enviada añadió que {0}nadie preguntó a los dueños{1} por ello."),
    Sentence("es", "El diario escribe: {0}El {2}viejo{3} puerto no es seguro{1}."),
    Sentence("es", "—¿Abrirá? —preguntó él—. Dijeron que {0}en primavera{1}, creo."),
    Sentence(
        "es", "La alcaldesa señaló que {0}el puerto abrirá en primavera. Estamos listos para todos los barcos{1}."
    ),
    Sentence("es", "{0}¿Cuándo abrirá el puerto?{1}, preguntó Brandt."),
    Sentence("es", "{0}Llegamos al alba{1}, dijo. {0}Las puertas estaban cerradas{1}."),
    Sentence(
        "es",
        "Dijo: {0}Llegamos al alba y las puertas estaban cerradas.\nEsperamos hasta el mediodía en la puerta.\nLuego nos fuimos a casa{1}.",
    ),
    Sentence("ar", "{0}سيفتح ميناء فارين في الربيع{1}، قال أورلو براندت."),
    Sentence("ar", "وأضافت المبعوثة أن {0}أحدا لم يسأل أصحاب السفن{1} عن ذلك."),
    Sentence("ar", "وكتبت الصحيفة: {0}الميناء {2}القديم{3} ليس آمنا{1}."),
    Sentence("ar", "وأكد الوزير أن {0}الميناء سيفتح أبوابه في الربيع. نحن مستعدون لاستقبال السفن{1}."),
    Sentence("ar", "{0}متى يفتح الميناء؟{1} سأل براندت."),
    Sentence(
        "ar", "وقال: {0}وصلنا عند الفجر وكانت الأبواب مغلقة.\nانتظرنا حتى الظهر عند الباب.\nثم عدنا إلى البيت{1}."
    ),
    Sentence("de", "{0}Der Hafen von Waren öffnet im Frühjahr{1}, sagte Orlo Brandt."),
    Sentence("de", "Die Gesandte sagte, {0}niemand habe die Besitzer gefragt{1}, und ging."),
    Sentence("de", "Die Zeitung schreibt: {0}Der {2}alte{3} Hafen ist nicht sicher.{1}"),
    Sentence("de", "Die Ministerin sagte, dass {0}der Hafen bald öffnet. Wir sind für alle Schiffe bereit.{1}"),
    Sentence("de", "{0}Wann öffnet der Hafen?{1}, fragte Brandt."),
    Sentence("de", "{0}Wir kamen früh{1}, sagte er. {0}Die Tore waren zu.{1}"),
    Sentence(
        "de",
        "Er sagte: {0}Wir kamen früh und die Tore waren zu.\nWir warteten bis zum Mittag am Tor.\nDann gingen wir nach Hause.{1}",
    ),
    Sentence("fr", "{0}Le port de Varenne ouvrira au printemps{1}, a déclaré Orlo Brandt."),
    Sentence("fr", "L’envoyée ajoute que {0}personne n’a rien demandé{1} aux gens."),
    Sentence("fr", "Le journal écrit : {0}Le {2}vieux{3} port n’est pas sûr{1}."),
    Sentence("fr", "Le maire a précisé que {0}le port ouvrira au printemps. Nous sommes prêts à tout{1}."),
    Sentence("fr", "{0}Quand ouvrira le port ?{1}, a demandé Brandt."),
    Sentence("fr", "{0}Nous sommes venus à l’aube{1}, a-t-il dit. {0}Les portes étaient fermées.{1}"),
    Sentence(
        "fr",
        "Il a dit : {0}Nous sommes venus à l’aube et les portes étaient fermées.\nNous avons attendu jusqu’à midi.\nPuis nous sommes rentrés{1}.",
    ),
)


def losses() -> Iterator[tuple[Style, Sentence, int]]:
    """Yield every mark of every sentence in every style whose loss can be seen at all."""
    for style in STYLES:
        for sentence in SENTENCES:
            if sentence.language != style.language or (style.british and not sentence.speech):
                continue
            if style.same_within and "{2}" in sentence.template:
                continue
            for lost in range(sentence.places()):
                # Without its mark, the second sentence of the witness is the writer's own, and nothing is wrong.
                if not (lost == 2 and "\n{0}" in sentence.template):
                    yield style, sentence, lost
