"""What is known of each training corpus: what its sentences are like, and its license."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

# Translations by the open Firefox models stand under this name, whatever news they translate.
FIREFOX = "firefox-students"
# The human side of old news test sets: distributed for research.
RESEARCH_NEWS = "wmt-newstest-old"


class Group(StrEnum):
    """What sentences are like, in order of preference where two corpora have the same pair."""

    NEWS = "news"
    PROSE = "prose"
    EVERYDAY = "everyday"
    WEB = "web"
    TECH = "tech"
    UI = "ui"


@dataclass(frozen=True, slots=True)
class Corpus:
    """A corpus by name, with its license as its origin states it."""

    name: str
    group: Group
    license: str


@cache
def known_corpora() -> dict[str, Corpus]:
    """Return the table ``data/corpora.tsv`` by name."""
    table = files("mtcheck.training").joinpath("data/corpora.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if line and not line.startswith("#"))
    return {name: Corpus(name, Group(group), license_text) for name, group, license_text in rows}


def corpus_named(name: str, tier: str) -> Corpus:
    """Return a corpus; one that the table does not know goes by its tier."""
    known = known_corpora().get(name)
    if known is not None:
        return known
    return Corpus(name, Group(tier) if tier in set(Group) else Group.PROSE, "not stated")
