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
