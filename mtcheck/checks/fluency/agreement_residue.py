"""An article, a pronoun or a verb form does not fit its neighbor.

What it finds: pairs of English words that no sentence has: "a" before a vowel that sounds ("a international"), "an" before a consonant ("an
treaty"), "this"/"these" with the wrong number ("these country", "this countries"), a pronoun with the wrong verb form or case ("they is",
"he have", "because her followed", "between he and"), a doubled comparative ("more better"), a past after "did" or a modal verb
("did not went"), and "one of the" with a singular.

Why it matters: languages without articles and with free case leave these behind; a decoder that changes its mind between two renderings
does as well.

When it is wrong: in dialect, in quoted speech, and where a letter is spelled ("an NBA player"; abbreviations are left alone). It is a preview.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mtcheck.core.checks import Check, Example, NoOptions, Tier
from mtcheck.core.documents import BlockKind, Document
from mtcheck.core.facts import Facts
from mtcheck.core.findings import Hit, Severity
from mtcheck.core.spans import Span
from mtcheck.text.english_verbs import IRREGULAR_PASTS
from mtcheck.text.sentences import SENTENCES

# Pasts that are also base forms or nouns say nothing after a modal verb.
_ONLY_PAST = sorted(
    IRREGULAR_PASTS
    - frozenset(
        """bet bit bound burst cast cost cut found ground hit hurt lay left let lit put quit read rid saw set shed shot shut split spread
        thrust wound beat felt fell hung bent spat lent built thought""".split()
    )
    - {"become", "come", "run"}
    | {"went", "came", "saw", "thought", "built"}
)
_SINGULAR = "country|year|day|month|week|company|city|person|people's|area|region|problem|issue|measure|place|member|state|man|woman|way|reason"
_PLURAL = "countries|years|days|months|weeks|companies|cities|persons|areas|regions|problems|issues|measures|places|members|men|women|ways|reasons|children"
_FAULT = re.compile(
    rf"""
    (?<![\w'’.-]) (?:
      (?P<an> [Aa] \s (?= [aio][a-z]{{3}} | e(?!u|w)[a-z]{{3}} | u(?:nd|np|nf|nl|nt|ns|pp|rg|lt|ns|mb|gl|nk|nc)[a-z] | hour | honest | honou?r | heir ) (?!one|once|oui|iu) [a-z]+ )
    | (?P<a> [Aa]n \s (?= [bcdfgjklmnpqrtvwz][aeiouyrl][a-z]{{2}} | s[aeioutpchklmnw][a-z]{{2}} | uni(?:t|v|q|f|on)[a-z]* | use | user | european | one\b | eu[a-z]{{3}} ) [a-z]+ )
    | (?P<these> (?:[Tt]hese|[Tt]hose|[Mm]any|[Ss]everal|[Vv]arious) \s (?:{_SINGULAR}) ) (?![\w'’-])
    | (?P<this> (?:[Tt]his|[Ee]very|[Ee]ach|[Aa]nother) \s (?:{_PLURAL}) ) (?![\w'’-])
    | (?P<one> (?<!last\s)(?<!only\s)(?<!first\s)[Oo]ne \s of \s (?:the|our|their|its|his|her) \s (?:most \s [a-z]+ \s | [a-z]+est \s)? (?:{_SINGULAR}) ) (?![\w'’-]) (?! \s (?:s|and|or)\b )
    | (?P<verb> (?:(?:[Tt]hey|[Ww]e) \s (?:is|was|has|does) | (?:[Hh]e|[Ss]he) \s (?:are|were \s (?:the|a|in|at|on|not)|have|do) ) ) (?![\w'’-])
    | (?P<case> (?:because|that|if|when|while|although) \s (?:him|her|them|us|me) \s (?:is|are|was|were|has|have|had|will|would|said|did|does|can|could) ) (?![\w'’-])
    | (?P<prep> (?:between|for|with|from|to|of|by|about|against|without) \s (?:he|she|they|we) ) (?= [.,;] )
    | (?P<more> (?:more|most) \s (?:better|best|worse|worst|bigger|larger|smaller|higher|lower|faster|easier|stronger|greater|older|younger|cheaper|safer|wider) ) (?![\w'’-]) (?! \s (?:and|or)\b )
    | (?P<past> (?:did \s not|did|didn't|didn’t|will|would|can|could|must|should|cannot|won't|won’t) \s (?:{"|".join(_ONLY_PAST)}) ) (?![\w'’-])
    )
    """,
    re.VERBOSE,
)
_MESSAGES = {
    "an": "“a” stands before a vowel",
    "a": "“an” stands before a consonant",
    "these": "a plural word with a singular",
    "this": "a singular word with a plural",
    "one": "“one of” with a singular",
    "verb": "the verb does not agree with its pronoun",
    "case": "the pronoun stands in the wrong case",
    "prep": "the pronoun stands in the wrong case",
    "more": "the comparative is formed twice",
    "past": "a past form stands after an auxiliary",
}
_KINDS = frozenset({BlockKind.PARAGRAPH, BlockKind.LEAD, BlockKind.SUMMARY, BlockKind.CAPTION, BlockKind.HEADLINE})
_BEFORE_CLAUSE = re.compile(
    r"(?:\b(?:if|as though|though|wish|that|than|and|or|nor|neither|of|with|to|did|does|do|will|may|can|not|help|let|make|see|had|have)\s)\Z",
    re.IGNORECASE,
)
_VITAMIN = re.compile(
    r"\b(?:vitamin|hepatitis|class|grade|category|type|group|plan|serie|option|team|section|level|point|from|letter|dalla|la)\s\Z",
    re.IGNORECASE,
)


def find(document: Document, facts: Facts, options: NoOptions) -> Iterator[Hit]:
    """Yield one hit for each pair of words that does not fit."""
    del options
    text = document.text
    for sentence in facts[SENTENCES]:
        if sentence.language != "en" or document.blocks[sentence.block].kind not in _KINDS:
            continue
        for match in _FAULT.finditer(text, sentence.span.start, sentence.span.end):
            group = match.lastgroup or ""
            before = text[max(sentence.span.start, match.start() - 14) : match.start()]
            if group == "verb" and _BEFORE_CLAUSE.search(before):
                continue
            if group in {"a", "an"} and (_VITAMIN.search(before) or not match[0][-1].isalpha()):
                continue
            yield Hit(Span(*match.span()), f"“{match[0]}”: {_MESSAGES[group]}", 0.7)


CHECK = Check(
    code="FLU005",
    name="agreement-residue",
    category="linguistic/grammar",
    severity=Severity.MINOR,
    needs=(SENTENCES,),
    find=find,
    documentation=__doc__,
    tier=Tier.PREVIEW,
    languages=frozenset({"en"}),
    examples=(
        Example(
            "It is ⟦a international⟧ port and ⟦an treaty⟧ port, said the mayor; ⟦these country⟧ and ⟦this countries⟧ agree."
        ),
        Example(
            "She left because ⟦they is⟧ late and ⟦did not went⟧ ⟦more faster⟧. It is ⟦one of the region⟧ they know.".replace(
                "⟦more faster⟧", "⟦more faster⟧ than we"
            )
        ),
        Example(
            "An honest hour, a European union, a one-way ticket, an NBA player and a UN envoy; these countries and this country agree."
        ),
        Example(
            "If he were here, they have done what they could. One of the most remote islands did not go.",
            comment="no fault",
        ),
    ),
)
