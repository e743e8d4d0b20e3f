"""How well the checks across pages and of terms do: the second table of ``mtcheck bench consistency``.

No data set has pages that quote the same words, so that pages are made of real texts and the difference is known:

- QUO008: the two texts of a pair stand as the same quotation on two pages. Pairs are DEMETR's (Karpinska et al. 2022: a
  translation and the same with one fault, or a human and a machine translation without one), and pairs of two renderings of one
  source (two human ones; translations that professionals marked in full or not at all, Freitag et al. 2021).
- QUO009: an article of PolNeAR (Newell et al. 2018) and the same with another name for one of its speakers; and all articles
  as they are, together, where nothing should be found.
- CON005: the two spellings of a pair of NETransliteration (Merhav and Ash 2018) are given names of one surname on two pages
  that have three other names in common.
- CON006: translations that professionals marked: an error is marked at one of the two terms, or in their segments. Both CON006
  and CON009 run over PolNeAR, written by people: all they find there is taken for wrong.

What is made with one half of the texts (split as in ``mtcheck.measuring.consistency``) is reported on the other.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from mtcheck.checks.consistency import (
    name_spelling_varies_across_pages,
    name_translated_literally,
    term_inconsistent,
)
from mtcheck.checks.quotation import quotation_differs_across_pages, speaker_differs
from mtcheck.core.checks import Check
from mtcheck.core.documents import Document
from mtcheck.core.facts import Facts
from mtcheck.measuring.consistency import Pair, Row, demetr_pairs, in_tuning_half
from mtcheck.measuring.intervals import Count, is_tuning, share_of
from mtcheck.measuring.marked_translations import MARKED_SETS, measure_precision
from mtcheck.measuring.polnear import articles
from mtcheck.measuring.records import lines_of, records_of
from mtcheck.testing import document_from_text, facts_of, run_across, run_check
from mtcheck.text.placing import Placer
from mtcheck.text.sentences import SENTENCES
from mtcheck.text.utterances import UTTERANCES, utterances_of

_QUOTED = re.compile('[“”"«»„]')
_KINDS = {
    "two_human_refs": "two human renderings: findings",
    "mt_no_error_0of3": "a human one and one without marks: findings",
    "mt_major_acc_3of3": "a human one and one with a major error: findings",
}
_OTHER_NAME = ("Ilmar", "Vondrak")
_SPEAKER_WORDS = 8


def measure_pages(data: Path, *, tuning: bool) -> Iterator[Row]:
    """Yield the table. Raises ``InputError`` where a file of the evaluation data is missing."""
    pairs = demetr_pairs(data / "challenge" / "demetr.x-en.jsonl.gz", tuning=tuning)
    yield from _demetr_rows(pairs)
    yield from _rendering_rows(data / "quote_pairs" / "pairs.jsonl.gz", tuning=tuning)
    yield from _spelling_rows(data / "entities" / "variant_pairs.tsv.gz", tuning=tuning)
    yield from _article_rows(data / "quotations" / "polnear.jsonl.gz", tuning=tuning)
    marked = [data / "mqm_spans" / f"{name}.jsonl.gz" for name in MARKED_SETS]
    for code, precision in measure_precision(marked, {"CON006"}, tuning=tuning).items():
        yield Row(f"{code} on marked translations: an error at one of the terms", share_of(precision.spot))
        yield Row(f"{code} on marked translations: an error in the segment", share_of(precision.segment))


def _demetr_rows(pairs: Sequence[Pair]) -> Iterator[Row]:
    """Yield how often QUO008 tells a translation from the same with a fault, and from a human one."""
    check = quotation_differs_across_pages.CHECK
    for phenomenon, name in ((8, "negation"), (10, "number")):
        mine = [pair for pair in pairs if pair.phenomenon == phenomenon]
        found = [Count(_differ(check, pair.machine, pair.faulty), 1) for pair in mine]
        yield Row(f"QUO008 on DEMETR {phenomenon}: {name} found", share_of(found))
    distinct = sorted({(pair.human, pair.machine) for pair in pairs})
    found = [Count(_differ(check, human, machine), 1) for human, machine in distinct]
    yield Row("QUO008 on DEMETR: human and machine without a fault", share_of(found))


def _rendering_rows(path: Path, *, tuning: bool) -> Iterator[Row]:
    """Yield how often QUO008 finds two renderings of one source to differ, by kind of pair; sources are the documents."""
    found: dict[str, dict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))
    for record in records_of(path, "kind", "lp", "source", "text_a", "text_b"):
        if record["kind"] in _KINDS and record["lp"].endswith("-en") and in_tuning_half(record["source"]) is tuning:
            differ = _differ(quotation_differs_across_pages.CHECK, record["text_a"], record["text_b"])
            found[record["kind"]][record["source"]].append(bool(differ))
    for kind, label in _KINDS.items():
        counts = [Count(sum(each), len(each)) for each in found[kind].values()]
        yield Row(f"QUO008 on {label}", share_of(counts))


def _differ(check: Check[Any], left: str, right: str) -> int:
    """Return 1 where a check finds two texts, quoted on two pages, to differ, else 0."""
    pages = [f"Minister Marlow told the press on Monday: “{_QUOTED.sub('', text).strip()}”" for text in (left, right)]
    return int(any(_across(check, pages)))


def _across(check: Check[Any], pages: Sequence[str]) -> list[int]:
    """Return how many hits a check across pages has on each page."""
    documents = [document_from_text(text, path=f"page-{number}.txt") for number, text in enumerate(pages, 1)]
    return [len(hits) for hits in run_across(check, documents, [facts_of(document) for document in documents])]


def _spelling_rows(path: Path, *, tuning: bool) -> Iterator[Row]:
    """Yield how often CON005 takes two spellings of a given name for one, by whether they are."""
    check = name_spelling_varies_across_pages.CHECK
    found: dict[str, list[Count]] = defaultdict(list)
    for line in list(lines_of(path))[1:]:
        _, left, right, same, *natives = line.rstrip("\n").split("\t")
        if in_tuning_half(min(natives)) is not tuning or not (left.isalpha() and right.isalpha()):
            continue
        pages = [
            f"In Varen the envoy Marta Vidal met {name.capitalize()} Haddarov. Ostia and Lindholm were silent, and Vidal left."
            for name in (left, right)
        ]
        found[same].append(Count(int(any(_across(check, pages))), 1))
    yield Row("CON005 on spellings of a given name: recall", share_of(found["1"]))
    yield Row("CON005 on spellings of a given name: wrong merges", share_of(found["0"]))


def _article_rows(path: Path, *, tuning: bool) -> Iterator[Row]:
    """Yield what QUO009 finds where a speaker was exchanged, and what all checks find in articles as they are."""
    check = speaker_differs.CHECK
    documents, facts, recall = [], [], []
    clean: Counter[str] = Counter()
    words = 0
    for article in articles(path):
        if is_tuning(article.name) is tuning:
            continue
        document = document_from_text(article.text, path=article.name)
        known = facts_of(document)
        documents.append(document)
        facts.append(known)
        words += len(article.text.split())
        for single in (term_inconsistent.CHECK, name_translated_literally.CHECK):
            clean[single.code] += len(run_check(single, document, known))
        exchanged = _exchanged(article.text, _speakers(document, known))
        if exchanged:
            recall.append(Count(int(any(_across(check, (article.text, exchanged)))), 1))
    yield Row("QUO009 on an article and its copy with another speaker: found", share_of(recall))
    for across in (check, quotation_differs_across_pages.CHECK, name_spelling_varies_across_pages.CHECK):
        clean[across.code] = sum(len(hits) for hits in run_across(across, documents, facts))
    for code, hits in sorted(clean.items()):
        yield Row(
            f"{code} on {len(documents)} articles, {words} words: findings, of articles",
            share_of([Count(hits, len(documents))]),
        )


def _speakers(document: Document, facts: Facts) -> list[str]:
    """Return the full names of people who are given as speakers of sentences that are long enough to be compared."""
    sentences = facts[SENTENCES]
    place = Placer(document, sentences).placed
    found = {
        utterance.speaker
        for utterance in utterances_of(document, facts.narrowed(UTTERANCES.needs), place)
        if utterance.speaker and len(utterance.words.split()) >= _SPEAKER_WORDS
    }
    return sorted(found)


def _exchanged(text: str, speakers: Sequence[str]) -> str:
    """Return an article with another name for its first speaker, or nothing where it has none."""
    if not speakers:
        return ""
    for word, other in zip(speakers[0].split(), _OTHER_NAME, strict=False):
        text = re.sub(rf"\b{re.escape(word)}\b", other, text, flags=re.IGNORECASE)
    return text
