"""Which letters beyond ASCII the languages of the Latin code pages use: enough to tell those code pages apart."""

from __future__ import annotations

import re

# In the order in which a tie is settled: the most widely used first.
LATIN_CODECS = ("cp1252", "cp1250", "iso8859_2", "cp1254", "cp1257")

_PUNCTUATION = "«»‹›“”„‘’‚–—…¿¡°§€£·•©®™ªº²³½\xa0\xad"

LATIN_ALPHABETS = {
    language: frozenset(letters + _PUNCTUATION)
    for language, letters in {
        "ca": "àçéèíïóòúü",
        "cs": "áčďéěíňóřšťúůýž",
        "da, no": "æøåéèêóòôáüö",
        "de": "äöüßéàè",
        "es": "áéíñóúü",
        "et": "äõöüšž",
        "fi, sv": "äöåéàšž",
        "fr": "àâæçéèêëîïôœùûüÿ",
        "hr, sl, sr": "čćđšž",
        "hu": "áéíóöőúüű",
        "is": "áðéíóúýþæö",
        "it": "àèéìíîòóùú",
        "lt": "ąčęėįšųūž",
        "lv": "āčēģīķļņšūž",
        "nl": "áéëïóöüèç",
        "pl": "ąćęłńóśźż",
        "pt": "áàâãçéêíóôõúü",
        "ro": "ăâîşţ",
        "sk": "áäčďéíĺľňóôŕšťúýž",
        "sq": "çë",
        # Capital dotted I lower-cases to two characters, the second of which is a combining dot.
        "tr": "âçğıîöşüû\u0307",
    }.items()
}

JAPANESE_SYLLABLE = re.compile("[ぁ-ゖァ-ヺー]")

_COMMON_CHINESE = frozenset(
    "的一是不了在人有我他这這个個们們中来來上大为為和国國地到以说說时時要就出会會可也你对對生能而子那得于於着著下自之年过過发發后後作里裡"
    "用道行所然家种種事成方多经經么麼去法学學如都同现現当當没沒动動面起看定天分还還进進好小部其些主样樣理心她本前开開但因只从從想实實"
    "日军軍者意无無力它与與长長把机機十民第公此已工使情明性知全三又关關点點正业業外将將两兩高间間由问問很最重并並物手应應向"
)
"""The commonest characters of Chinese, in both scripts: a fifth and more of any text, and rare in a wrong decoding."""

_HANGUL = re.compile("[가-힣]")


def plausible_east_asian(text: str, codec: str) -> bool:
    """Tell whether a text decoded by an East Asian codec reads like the language of that codec."""
    foreign = [character for character in text if not character.isascii()]
    if not foreign:
        return False
    if codec in ("cp949", "euc_kr"):
        return len(_HANGUL.findall(text)) >= 0.6 * len(foreign)
    if codec in ("cp932", "euc_jp"):
        return len(JAPANESE_SYLLABLE.findall(text)) >= 0.25 * len(foreign)
    return sum(character in _COMMON_CHINESE for character in foreign) >= 0.1 * len(foreign)
