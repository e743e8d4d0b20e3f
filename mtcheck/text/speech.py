"""Words that tell who speaks: verbs of speech, pronouns and conjunctions, by language.

They are data for the reading of quotations: an attribution after an open quotation shows that its closing mark is lost, and
the words that introduce speech show where a quotation whose opening mark is lost must have begun.
Only finite forms in which news attributes speech are listed; a rarer verb costs a clue, a wrong one costs a false alarm.
"""

from __future__ import annotations

import re
from functools import cache

from mtcheck.core.spans import Span


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


SPEECH_VERBS: dict[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "en": """said says say saying added adds adding noted notes noting stressed stresses stressing stated states stating
            explained explains explaining told tells telling warned warns warning declared declares declaring announced
            announces announcing insisted insists insisting argued argues arguing claimed claims claiming asserted asserts
            asserting affirmed affirms affirming emphasized emphasised emphasizes emphasizing underlined recalled recalls
            recalling concluded concludes continued replied replies asked asks wrote writes observed remarked admitted
            acknowledged reiterated reiterates reiterating confirmed confirms confirming maintained maintains pointed points
            pointing commented tweeted""",
        "es": """dijo dice decía diciendo añadió añade añadiendo agregó agrega agregando señaló señala señalando afirmó afirma
            afirmando explicó explica explicando subrayó subraya subrayando declaró declara declarando aseguró asegura
            asegurando indicó indica indicando recordó recuerda recordando advirtió advierte advirtiendo destacó destaca
            destacando manifestó manifiesta sostuvo sostiene apuntó apunta precisó precisa insistió insiste insistiendo
            concluyó concluye respondió responde preguntó pregunta escribió escribe anunció anuncia dijeron afirmaron
            señalaron añadieron aseguraron reiteró reitera comentó comenta""",
        "fr": """dit déclaré déclare déclara ajouté ajoute ajouta affirmé affirme affirma expliqué explique expliqua précisé
            précise précisa souligné souligne souligna indiqué indique indiqua assuré assure assura estimé estime estima
            rappelé rappelle rappela averti avertit noté note nota conclu conclut poursuivi poursuit répondu répond demandé
            demande écrit lancé lance lança insisté insiste confié confie reconnu reconnaît annoncé annonce commenté commente
            soulignant ajoutant affirmant expliquant précisant""",
        "de": """sagte sagt sagten erklärte erklärt erklärten betonte betont fügte fügt ergänzte ergänzt meinte meint hieß heißt
            warnte warnt berichtete berichtet teilte teilt kündigte kündigt schrieb schreibt fragte fragt antwortete
            antwortet behauptete behauptet unterstrich unterstreicht bekräftigte bekräftigt erinnerte erinnert forderte
            fordert räumte räumt stellte so zitierte""",
        "ru": """сказал сказала сказали сообщил сообщила сообщили сообщает заявил заявила заявили заявляет отметил отметила
            отметили отмечает добавил добавила добавили добавляет подчеркнул подчеркнула подчеркнули подчеркивает пояснил
            пояснила пояснили поясняет объяснил объяснила рассказал рассказала рассказали говорит говорил говорила пишет
            написал написала уточнил уточнила уточнили указал указала напомнил напомнила предупредил предупредила считает
            уверен уверена цитирует утверждает подытожил заключил ответил ответила спросил спросила""",
        "uk": """сказав сказала сказали повідомив повідомила повідомили повідомляє заявив заявила заявили заявляє зазначив
            зазначила зазначили зазначає додав додала додали додає підкреслив підкреслила підкреслює наголосив наголосила
            наголошує пояснив пояснила пояснює розповів розповіла розповіли говорить каже казав казала пише написав написала
            уточнив уточнила вказав вказала нагадав нагадала попередив попередила вважає цитує стверджує відповів відповіла
            запитав запитала""",
        "ar": """قال قالت قالوا يقول تقول وقال وقالت أضاف أضافت وأضاف وأضافت يضيف مضيفا مضيفة ومضيفا أكد أكدت وأكد وأكدت يؤكد مؤكدا
            مؤكدة ومؤكدا أوضح أوضحت وأوضح وأوضحت موضحا موضحة أشار أشارت وأشار وأشارت مشيرا مشيرة صرح صرحت وصرح ذكر ذكرت وذكر
            وذكرت لفت ولفت شدد شددت وشدد مشددا أعلن أعلنت وأعلن تابع تابعت وتابع وتابعت كتب كتبت وكتب اعتبر واعتبر معتبرا""",
    }.items()
}
"""Finite forms and participles that attribute speech."""

SPEECH_CONJUNCTIONS: dict[str, frozenset[str]] = {
    "en": frozenset({"that"}),
    "es": frozenset({"que"}),
    "fr": frozenset({"que", "qu"}),
    "de": frozenset({"dass", "daß"}),
    "ru": frozenset({"что"}),
    "uk": frozenset({"що"}),
    "ar": frozenset({"أن", "إن", "ان", "أنه", "أنها", "إنه", "إنها", "بأن", "إلى"}),
}
"""Words by which reported speech begins."""

SPEAKER_PRONOUNS: dict[str, frozenset[str]] = {
    "en": frozenset({"he", "she", "they", "it", "the", "a", "an", "his", "her", "their", "its"}),
    "es": frozenset({"él", "ella", "el", "la", "los", "las", "su", "sus", "un", "una"}),
    "fr": frozenset({"il", "elle", "ils", "elles", "on", "le", "la", "les", "un", "une", "son", "sa"}),
    "de": frozenset({"er", "sie", "es", "der", "die", "das", "ein", "eine", "sein", "seine", "ihr", "ihre"}),
    "ru": frozenset({"он", "она", "они"}),
    "uk": frozenset({"він", "вона", "вони"}),
    "ar": frozenset[str](),
}
"""Words by which the name of a speaker may begin in lower case."""

_SUBJECT_PRONOUNS = {
    "en": frozenset({"he", "she", "they"}),
    "es": frozenset({"él", "ella"}),
    "de": frozenset({"er", "sie"}),
    "ru": frozenset({"он", "она", "они"}),
    "uk": frozenset({"він", "вона", "вони"}),
}
DANGLING_WORDS: dict[str, frozenset[str]] = {
    "en": _words("""the a an of to and or with from by for into between among against their our your his its my than because
        if as at on"""),
    "es": _words("el la los las un una de del a al y o con para por en sobre entre su sus nuestro nuestra que"),
    "fr": _words("le la les un une des du de à au aux et ou avec pour par dans sur entre son sa ses nos notre que"),
    "de": _words("der die das den dem des ein eine einen einem einer und oder für von zum zur bei dass weil"),
    "ru": _words("в на с со к ко от до из у о об за для при без под над и или что чтобы по между"),
    "uk": _words("в у на з зі із до від за для при без під над і й та або що щоб по між про"),
    "ar": _words("في من إلى على عن مع أن أو بين حتى الذي التي ثم"),
}
"""Words after which a sentence cannot stop: articles, prepositions that govern a noun, conjunctions."""

AUXILIARIES = frozenset({"a", "ont", "avait", "ha", "han", "había", "has", "have", "had"})
"""Words that may stand between the comma and a participle that attributes speech ("…, a déclaré Varen")."""

_WORD = re.compile(r"[^\W_]+(?:['’ʼ-][^\W_]+)*")
_CLAUSE = re.compile(r"[^.!?;:\r\n\u2028\u2029]*")
_LONGEST_SPEAKER = 5
_TAIL = 160


@cache
def _clue_words(language: str) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    return (
        SPEECH_VERBS.get(language, frozenset()),
        SPEECH_CONJUNCTIONS.get(language, frozenset()),
        SPEAKER_PRONOUNS.get(language, frozenset()),
    )


def closing_attribution(text: str, span: Span, language: str) -> Span | None:
    """Return the attribution with which a stretch of text ends ("says Moscow", ", he said"), or ``None``.

    The stretch must end in a full stop or nothing at all. A verb before its speaker counts in English without a comma
    ("… priorities says Moscow."), elsewhere only after one; a speaker before the verb always needs the comma.
    """
    verbs, _, pronouns = _clue_words(language)
    start = max(span.start, span.end - _TAIL)
    tail = text[start : span.end]
    stripped = tail.rstrip(" .\xa0\u202f\u06d4")
    words = list(_WORD.finditer(stripped))
    if not words or words[-1].end() != len(stripped):
        return None
    for index in range(len(words) - 1, max(len(words) - 2 - _LONGEST_SPEAKER, 0), -1):
        word = words[index]
        before = index - 1 if words[index - 1][0] in AUXILIARIES and index > 1 else index
        gap = stripped[words[before - 1].end() : words[before].start()]
        after_comma = bool(gap.strip()) and gap.strip()[0] in ",،"
        if index < len(words) - 1 and stripped[word.end() : words[index + 1].start()].strip():
            return None
        if word[0] in verbs:
            if index < len(words) - 1:
                follower = words[index + 1][0]
                named = any(other[0][0].isupper() for other in words[index + 1 :])
                names = follower in pronouns or named or language == "ar"
                if word[0] == "so" and not follower[0].isupper():
                    # German "so Brandt" attributes; "so ein Tag" does not.
                    return None
                named_bare = language == "en" and word[0] in {"says", "said"} and follower[0].isupper()
                if names and (after_comma or named_bare):
                    return Span(start + word.start(), start + len(stripped))
            else:
                subject = _subject_start(stripped, words, index, pronouns)
                if subject is not None:
                    return Span(start + subject, start + len(stripped))
        if after_comma:
            return None
    return None


def _subject_start(text: str, words: list[re.Match[str]], verb: int, pronouns: frozenset[str]) -> int | None:
    """Return where the subject before a final verb starts, when a comma stands right before that subject."""
    for index in range(verb - 1, max(verb - 1 - _LONGEST_SPEAKER, 0), -1):
        gap = text[words[index - 1].end() : words[index].start()].strip()
        if text[words[index].end() : words[index + 1].start()].strip():
            return None
        if gap[:1] in {",", "،"}:
            first = words[index][0]
            return words[index].start() if first in pronouns or first[0].isupper() else None
    return None


def starts_with_attribution(text: str, offset: int, language: str) -> bool:
    """Tell whether the words at ``offset`` attribute what went before ("he said", "said Varen", "according to")."""
    verbs, _, pronouns = _clue_words(language)
    clause = _CLAUSE.match(text, offset, min(offset + 80, len(text)))
    words = [match[0] for match in _WORD.finditer(clause[0] if clause else "")][: _LONGEST_SPEAKER + 1]
    if not words:
        return False
    if words[0].lower() in verbs or words[0].lower() in {"according", "según", "selon", "laut"}:
        return True
    return any(word in verbs for word in words[1:]) and (words[0].lower() in pronouns or words[0][0].isupper())


def introduction_before(text: str, span: Span, language: str) -> Span | None:
    """Return the last words inside ``span`` that introduce speech ("noting that", "said:"), or ``None``.

    Read from the end: a verb of speech, and after it a conjunction, a comma or a colon.
    """
    verbs, conjunctions, _ = _clue_words(language)
    words = list(_WORD.finditer(text, span.start, span.end))
    for index in range(len(words) - 2, -1, -1):
        word = words[index]
        if word[0].lower() not in verbs:
            continue
        gap = text[word.end() : words[index + 1].start()].strip()
        if gap[:1] in {":", ",", "،"}:
            if gap[0] != ":" and index + 2 < len(words) and words[index + 1][0].lower() in conjunctions:
                return Span(word.start(), words[index + 1].end())
            return Span(word.start(), word.end() + text[word.end() : words[index + 1].start()].index(gap[0]) + 1)
        for last in range(index + 1, min(index + 4, len(words) - 1)):
            if words[last][0].lower() in conjunctions:
                return Span(word.start(), words[last].end())
    return None


def introduced(text: str, span: Span, language: str) -> bool:
    """Tell whether the last words of a stretch introduce speech ("added that", "said:")."""
    verbs, conjunctions, _ = _clue_words(language)
    words = list(_WORD.finditer(text, span.start, span.end))[-2:]
    if not words:
        return False
    if text[words[-1].end() : span.end].strip()[:1] in {":", ",", "،"}:
        return words[-1][0].lower() in verbs
    return len(words) == 2 and words[1][0].lower() in conjunctions and words[0][0].lower() in verbs


def inserted_attribution(text: str, span: Span, language: str) -> Span | None:
    """Return an attribution between two commas inside a stretch of text (", he said,", ", said Varen,"), or ``None``.

    Commas alone: where dashes part the words of the author from the speech, they may stand inside the marks.
    """
    verbs, _, _ = _clue_words(language)
    subjects = _SUBJECT_PRONOUNS.get(language, frozenset())
    words = list(_WORD.finditer(text, span.start, span.end))
    for index in range(1, len(words) - 1):
        verb = words[index]
        if verb[0] not in verbs:
            continue
        before, after = words[index - 1], words[index + 1]
        if index > 1 and _is_comma(text, words[index - 2].end(), before.start()):
            speaks = before[0].lower() in subjects or before[0][0].isupper()
            if speaks and _is_comma(text, verb.end(), after.start()) and not text[before.end() : verb.start()].strip():
                return Span(before.start(), verb.end())
        if _is_comma(text, before.end(), verb.start()) and not text[verb.end() : after.start()].strip():
            last = index + 1
            while last + 1 < len(words) and last - index < 3 and words[last + 1][0][0].isupper():
                last += 1
            speaks = after[0].lower() in subjects or after[0][0].isupper()
            if speaks and last + 1 < len(words) and _is_comma(text, words[last].end(), words[last + 1].start()):
                return Span(verb.start(), words[last].end())
    return None


def _is_comma(text: str, start: int, end: int) -> bool:
    return text[start : min(end, start + 4)].strip() in {",", "،"}
