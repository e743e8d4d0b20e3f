"""Which languages write quotation marks in which way: data for the automaton of quotations."""

from __future__ import annotations

SAME_MARK_LANGUAGES = frozenset({"sv", "fi", "da", "no", "nb", "nn"})
"""Where ” both opens and closes (Swedish and Finnish orthography; common in Danish and Norwegian)."""

BIDIRECTIONAL_LANGUAGES = frozenset({"ar", "fa", "he", "ur", "ckb", "ps", "yi", "sd", "ug"})
"""Where editors show “ and ” either way round, so that writers use both for both."""

LOW_HIGH_LANGUAGES = frozenset(
    {"de", "cs", "sk", "sl", "sr", "hr", "bs", "bg", "mk", "lt", "lv", "et", "is", "ka", "ru", "uk", "be", "sq", "lb"}
)
"""Where “ closes what „ opened."""

JOINT_CLOSING_LANGUAGES = frozenset({"ru", "uk", "be", "kk", "bg", "mk", "sr"})
"""Where one closing mark stands for two when names end together («ООО «Заря»)."""

SPACED_LANGUAGES = frozenset({"fr", "br", "oc"})
"""Where a space stands inside the marks (« ainsi »)."""

REVERSIBLE_LANGUAGES = frozenset({"da", "de", "sl", "hr", "sr", "bs", "mk", "cs", "sk", "pl", "hu", "et", "lv", "lt"})
"""Where »so« is written, besides «so»."""

CONJUNCTIONS = frozenset({"и", "или", "а", "і", "й", "та", "або", "чи"})
"""Words that part two names, so that no closing mark serves both (завод «Заря» и верфь «Север»)."""

LETTERS_BEFORE_APOSTROPHES: dict[str, frozenset[str]] = {
    "en": frozenset("sxzn"),
    "de": frozenset("sxzßbgn"),
    "fr": frozenset("lqudncjmst"),
    **dict.fromkeys(("ru", "uk", "es", "ar"), frozenset()),
}
"""After which last letters of a word an apostrophe may stand before a space: "the workers’ rights", "goin’ home"."""
