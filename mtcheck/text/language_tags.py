"""Language tags as pages declare them (RFC 5646), and when two of them name what an identifier cannot or need not tell apart."""

from __future__ import annotations

import re

from mtcheck.text.language_names import KNOWN_NAMES

_TAG = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]{1,8}){0,8}")

# A code, then the deprecated codes, the three-letter codes and the members of its macro-language (ISO 639) that count as it.
_SAME = """
ar:ara,arb,arz,apc,acm,ary,afb cs:ces,cze de:deu,ger,gsw el:ell,gre en:eng es:spa fa:fas,per,pes,prs fi:fin fr:fra,fre
he:iw,heb hr:sh,bs,sr,cnr,hbs,hrv,srp,bos hu:hun id:in,ind,ms,msa,zsm,may it:ita ja:jpn ko:kor nl:nld,dut no:nb,nn,nob,nno,nor
pl:pol pt:por ro:mo,ron,rum ru:rus sq:sqi,alb,als sv:swe tl:fil,tgl tr:tur uk:ukr yi:ji zh:cmn,yue,wuu,hak,nan,zho,chi
"""
_CANONICAL = {
    member: code
    for code, _, members in (entry.partition(":") for entry in _SAME.split())
    for member in members.split(",")
}
"""What stands for one written language here: Croatian, Bosnian, Serbian and Montenegrin are one to a reader who checks a label,
and so are Indonesian and Malay, the two forms of Norwegian, and the written Chinese of all regions."""

COUNTRY_CODES = {"cz": "cs", "jp": "ja", "cn": "zh", "kr": "ko", "dk": "da", "ua": "uk", "gr": "el", "vn": "vi"}
"""Codes of countries that pages declare as languages, and the code that was meant; no language has any of them."""

IDENTIFIED = frozenset(
    (
        "ar bg bn ca cs da de el en es et fa fi fr gu he hi hr hu hy id it ja ka kn ko lt lv mk ml mr my nl no pa pl pt ro ru "
        "si sk sl sq sv sw ta te th tl tr uk ur vi zh"
    ).split()
)
"""Languages that the identifier knows and whose pages it tells from those of all others; of a page declared to be in any other
language (Galician, Belarusian, Kazakh, Irish) it may be the identifier that is wrong."""

CLOSE = tuple(
    frozenset(pair.split("-"))
    for pair in "bg-mk bg-ru da-no no-sv ja-zh da-sv ca-es es-pt cs-sk hr-sl hi-mr hi-ne ar-ur fa-ur ar-fa ru-uk es-gl gl-pt".split()
)
"""Pairs that share much of their vocabulary and spelling: between these a page must show more before its label is called wrong."""


NEVER_TOLD = frozenset({frozenset({"hr", "mk"}), frozenset({"bg", "hr"})})
"""Pairs of which nothing is said: Serbian in Cyrillic letters, which the identifier does not know, comes nearest to these."""


def primary(tag: str | None) -> str | None:
    """Return the language of a tag as identifiers name it; ``None`` for no tag, no language (``x-default``) or an unknown form.

    English names of languages, which feeds hold at times, are taken for their codes. ``und``, ``mul`` and ``zxx`` are none.
    """
    text = (tag or "").strip()
    match = _TAG.fullmatch(text)
    if match is None:
        return KNOWN_NAMES.get(text.casefold())
    code = match[1].lower()
    return None if code in {"und", "mul", "zxx", "mis"} else _CANONICAL.get(code, code)


def are_close(language: str, other: str) -> bool:
    """Tell whether two languages are of the pairs that are hard to tell apart."""
    return frozenset((language, other)) in CLOSE
