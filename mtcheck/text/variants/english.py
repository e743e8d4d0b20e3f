"""British and American spelling: words that one side of the Atlantic hardly ever writes as the other does.

Left out: what both write (-ize is Oxford's spelling too, "cancelled", "theatre", "dialogue", "meter" for a device), and nouns
that are part of names more often than not. Only words in lower case count, so that the Department of Defense may be in a British
text and a Labour politician in an American one.
"""

from __future__ import annotations

from mtcheck.text.variants import Variants, finder

_OUR = "arm behavi cand clam col demean endeav fav ferv flav harb hon hum lab neighb od parl ranc rig rum sav splend tum val vap vig".split()
_OUR_ENDINGS = "(?:s|ed|ing|able|ably|ful|less|er|ers|ite|ites|hood|hoods|y|al)?"
_DOUBLED = "labe fue signa marve quarre trave tunne pane counse".split()
_DOUBLED_ENDINGS = "(?:ed|ing|ers?|ors?)"

_BRITISH = "|".join(
    (
        f"(?:{'|'.join(_OUR)})our{_OUR_ENDINGS}",
        f"(?:{'|'.join(_DOUBLED)})ll{_DOUBLED_ENDINGS}",
        "(?:centre|fibre|calibre|litre|metre|kilometre|centimetre|millimetre|sombre|spectre|lustre)s?|centred",
        "defences?|offences?|pretences?",
        "(?:anal|paral|catal)ys(?:e|es|ed|ing)",
        "(?:organ|recogn|real|critic|emphas|apolog|minim|maxim|prior|util|mobil|stabil|final|privat|modern)is(?:e|es|ed|ing|ation)",
        (
            "programmes?|aluminium|greyish|grey|jewellery|pyjamas|moustaches?|ploughs?|ploughed|mould|mouldy|sceptics?|sceptical|"
            "scepticism|manoeuvres?|manoeuvred|manoeuvring|paediatric|anaemia|haemorrhage|diarrhoea|oestrogen|foetus|enrol|enrolment|"
            "fulfil|fulfils|fulfilment|skilful|skilfully|wilful|instalments?|ageing|cosy|cheques?|storeys?|whilst|tyres?|kerb"
        ),
    )
)

_AMERICAN = "|".join(
    (
        f"(?:{'|'.join(_OUR)})or{_OUR_ENDINGS}",
        f"(?:{'|'.join(_DOUBLED)})l{_DOUBLED_ENDINGS}",
        "(?:center|fiber|caliber|liter|kilometer|centimeter|millimeter|somber|specter|luster)s?|centered",
        "defenses?|offenses?|pretenses?",
        "(?:anal|paral|catal)yz(?:e|es|ed|ing)",
        (
            "aluminum|gray|grayish|jewelry|pajamas|mustaches?|plows?|plowed|mold|moldy|skeptics?|skeptical|skepticism|maneuvers?|"
            "maneuvered|maneuvering|pediatric|anemia|hemorrhage|diarrhea|estrogen|fetus|enroll|enrollment|fulfill|fulfills|"
            "fulfillment|skillful|skillfully|willful|installments?|aging|cozy"
        ),
    )
)

VARIANTS = Variants(
    ("British spelling", "American spelling"),
    (frozenset({"gb", "uk", "ie", "au", "nz", "za", "in"}), frozenset({"us"})),
    finder(_BRITISH, _AMERICAN, ignore_case=False),
    least=2,
)
