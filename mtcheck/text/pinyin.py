"""Chinese names in pinyin: two different spellings there are two names.

Pinyin writes every syllable in one way, so that "Hunan" and "Henan", "Wang Yong" and "Wang Hong" are never one name,
however near they are to a reader of other transliterations.
"""

from __future__ import annotations

import re

# What a Chinese name is joined with in English, beside other words in pinyin.
_PLACE_WORDS = frozenset(
    "province city county district prefecture university river lake mountain airport town village street road".split()
)
# The one province whose tone is spelt, to tell it from another.
_IRREGULAR = frozenset({"shaanxi"})
# The syllables of pinyin (GB/T 16159): initials, and the finals that follow them; "-" is no initial, at the start only.
_SYLLABLES = """
    b: a o ai ei ao an en ang eng i ie iao ian in ing u
    p: a o ai ei ao ou an en ang eng i ie iao ian in ing u
    m: a o e ai ei ao ou an en ang eng i ie iao iu ian in ing u
    f: a o ei ou an en ang eng u
    d: a e ai ei ao ou an en ang eng ong i ia ie iao iu ian ing u uo ui uan un
    t: a e ai ao ou an ang eng ong i ie iao ian ing u uo ui uan un
    n: a e ai ei ao ou an en ang eng ong i ie iao iu ian in iang ing u uo uan ue
    l: a e ai ei ao ou an ang eng ong i ia ie iao iu ian in iang ing u uo uan un ue
    g k h: a e ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang
    j q x: i ia ie iao iu ian in iang ing iong u ue uan un
    zh ch: a e ai ao ou an en ang eng ong i u ua uo uai ui uan un uang
    sh: a e ai ei ao ou an en ang eng i u ua uo uai ui uan un uang
    r: e ao ou an en ang eng ong i u uo ui uan un
    z c s: a e ai ei ao ou an en ang eng ong i u uo ui uan un
    y: a o e ao ou an ang ong i in ing u ue uan un
    w: a o ai ei an en ang eng u
    -: a ai an ang ao e ei en eng er o ou"""


def _pattern() -> re.Pattern[str]:
    """Return a pattern for up to three syllables; the count keeps the matching short."""
    kinds = []
    for row in _SYLLABLES.strip().splitlines():
        initials, finals = row.split(":")
        longest_first = sorted(finals.split(), key=lambda final: (-len(final), final))
        kinds.append(f"(?:{'|'.join(initials.split()).replace('-', '')})(?:{'|'.join(longest_first)})")
    *with_initial, without = kinds
    rest = "|".join(with_initial)
    return re.compile(rf"(?:{without}(?:{rest}){{0,2}}|(?:{rest}){{1,3}})")


_PINYIN = _pattern()


def is_pinyin(folded: str) -> bool:
    """Tell whether a folded word can be up to three syllables of pinyin."""
    return folded in _IRREGULAR or _PINYIN.fullmatch(folded) is not None


def two_chinese_names(left: str, right: str, shared: str) -> bool:
    """Tell whether two folded words that stand beside the same other word are different names in pinyin."""
    return left != right and (shared in _PLACE_WORDS or is_pinyin(shared)) and is_pinyin(left) and is_pinyin(right)
