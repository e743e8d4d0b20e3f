"""English names of the languages that mtcheck can meet, for messages."""

from __future__ import annotations

_TABLE = """
af:Afrikaans am:Amharic ar:Arabic az:Azerbaijani be:Belarusian bg:Bulgarian bn:Bengali bo:Tibetan bs:Bosnian ca:Catalan
cs:Czech cy:Welsh da:Danish de:German dv:Dhivehi el:Greek en:English es:Spanish et:Estonian eu:Basque fa:Persian
fi:Finnish fr:French ga:Irish gl:Galician gu:Gujarati he:Hebrew hi:Hindi hr:Croatian hu:Hungarian hy:Armenian
id:Indonesian is:Icelandic it:Italian ja:Japanese ka:Georgian kk:Kazakh km:Khmer kn:Kannada ko:Korean ky:Kyrgyz lo:Lao
lt:Lithuanian lv:Latvian mk:Macedonian ml:Malayalam mn:Mongolian mr:Marathi ms:Malay my:Burmese ne:Nepali nl:Dutch
no:Norwegian or:Odia pa:Punjabi pl:Polish ps:Pashto pt:Portuguese ro:Romanian ru:Russian si:Sinhala sk:Slovak
sl:Slovenian so:Somali sq:Albanian sr:Serbian sv:Swedish sw:Swahili ta:Tamil te:Telugu tg:Tajik th:Thai tl:Tagalog
tr:Turkish uk:Ukrainian ur:Urdu uz:Uzbek vi:Vietnamese zh:Chinese
"""
_NAMES = {code: name for code, _, name in (entry.partition(":") for entry in _TABLE.split())}
LANGUAGE_CODES = tuple(sorted(_NAMES))
"""The codes of these languages, sorted."""

KNOWN_NAMES = {name.casefold(): code for code, name in _NAMES.items()}
"""The code of each language by its English name in lower case."""


def language_name(code: str) -> str:
    """Return the English name of a language, the code itself where there is none, and words for ``und``."""
    return "an undetermined language" if code == "und" else _NAMES.get(code, code)
