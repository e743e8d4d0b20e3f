"""Words that rightly stand twice in a row: grammar, emphasis, interjections and names, by language.

The words are in ``data/doublings.tsv``, with what each table means.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from importlib.resources import files


def _tables() -> Mapping[str, frozenset[str]]:
    """Read the tables by name; lines of one table add up."""
    words: dict[str, set[str]] = defaultdict(set)
    text = files("mtcheck.text").joinpath("data", "doublings.tsv").read_text("utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            table, _, listed = line.partition("\t")
            words[table].update(listed.split())
    return {table: frozenset(listed) for table, listed in words.items()}


_TABLES = _tables()

REDUPLICATING = _TABLES["reduplicating"]
ALLOWED: Mapping[str, frozenset[str]] = {
    table.removeprefix("allowed."): words for table, words in _TABLES.items() if table.startswith("allowed.")
}
EMPHATIC = _TABLES["emphatic"]
OPENING = _TABLES["opening"]
COORDINATING = _TABLES["coordinating"]
HOMOGRAPHS = _TABLES["homographs"]
SOUNDS = _TABLES["sounds"]
CALLS = _TABLES["calls"]
DOUBLED_NAMES = _TABLES["names"]
ARTICLES = _TABLES["articles"]
LINKING = _TABLES["linking"]
