"""Measure the checks on language: what they find of what is there, on pages made of real sentences.

    python -m tests.quality.language_checks [--data ../shared/eval]

For each language of NTREX-128 but English, 40 pages of four English sentences under a foreign headline of eight words
(UNT002, LID002); 40 pages of five sentences each beside its translation, and the same with the translations of other sentences
(UNT007); 40 pages of five sentences that declare English, and that declare their own language (LID005). Then the stretches of
another script that translation systems of WMT left in their output (LID002, LID003). Last, words of five letters or more of Russian and
Ukrainian sentences in Latin letters, each put for a word of the English sentence (UNT008), and what that check finds in news that people wrote.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from mtcheck.checks import all_checks
from mtcheck.core.documents import Document
from mtcheck.core.facts import FactRequest, Facts
from mtcheck.core.languages import LANGUAGES
from mtcheck.core.spans import Span
from mtcheck.engines.language_id.provider import LanguagesProvider
from mtcheck.testing import document_from_text, facts_of, run_check
from mtcheck.text.word_lists import WordList, word_list
from tests.shared import SHARED

CHECKS = {check.code: check for check in all_checks()}
PAGES = range(0, 200, 5)
ROMAN = {
    "ru": ("абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
           "a b v g d e yo zh z i y k l m n o p r s t u f kh ts ch sh shch - y - e yu ya"),
    "uk": ("абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
           "a b v h g d e ie zh z y i i i k l m n o p r s t u f kh ts ch sh shch - iu ia"),
}  # fmt: skip
"""The romanization of the press (BGN/PCGN without signs) and that of the Ukrainian state of 2010."""
WORD = re.compile(r"(?<![\w-])[^\W\d_]{5,}(?![\w-])")
FAR = 137
"""How far off the sentence lies that stands in for a translation."""


def sentences(data: Path) -> list[dict[str, str]]:
    """Return the sentences of NTREX by language, one mapping a line of the original."""
    by_line: dict[int, dict[str, str]] = {}
    with gzip.open(data / "langid" / "ntrex12.tsv.gz", "rt", encoding="utf-8") as lines:
        next(lines)
        for line in lines:
            language, number, sentence = line.rstrip("\n").split("\t")
            by_line.setdefault(int(number), {})[language] = sentence
    return [by_line[number] for number in sorted(by_line)]


def found(documents: Sequence[Document], *codes: str) -> list[list[Span]]:
    """Return the places that the checks name in each document."""
    outcomes = LanguagesProvider().provide([FactRequest(document, Facts({})) for document in documents])
    places = []
    for document, outcome in zip(documents, outcomes, strict=True):
        facts = facts_of(document, given={LANGUAGES: outcome.value})
        hits = [hit for code in codes for hit in run_check(CHECKS[code], document, facts)]
        places.append([span for hit in hits for span in (hit.span, *(related.span for related in hit.related))])
    return places


def pages(texts: Sequence[Sequence[str]], declared: str | None = None) -> list[Document]:
    """Return documents of so many paragraphs."""
    return [document_from_text("\n\n".join(text), declared) for text in texts]


def row(lines: Sequence[dict[str, str]], language: str) -> str:
    """Return the figures of one language."""
    headlines = [
        lines[i][language].rstrip(".")[:16]
        if language == "zh"
        else " ".join(lines[i][language].rstrip(".").split()[:8])
        for i in PAGES
    ]
    titled = pages(
        [[head, *(lines[i + j]["en"] for j in range(1, 5))] for i, head in zip(PAGES, headlines, strict=True)]
    )
    in_headline = [
        any(span.start < len(head) for span in spans)
        for head, spans in zip(headlines, found(titled, "UNT002", "LID002", "LID003"), strict=True)
    ]
    beside = [[text for j in range(i, i + 5) for text in (lines[j]["en"], lines[j][language])] for i in PAGES]
    strange = [
        [text for j in range(i, i + 5) for text in (lines[j]["en"], lines[(j + FAR) % len(lines)][language])]
        for i in PAGES
    ]
    # Each finding names two places, the paragraph and its translation.
    pairs, wrong_pairs = (sum(map(len, found(pages(texts), "UNT007"))) // 2 for texts in (beside, strange))
    alone = [[lines[j][language] for j in range(i, i + 5)] for i in PAGES]
    wrong, right = (sum(map(bool, found(pages(alone, label), "LID005"))) for label in ("en", language))
    return f"{language:<10}{sum(in_headline):>10}{pairs:>12}{wrong_pairs:>12}{wrong:>14}{right:>14}"


def residue(data: Path) -> str:
    """Return how many stretches of another script are found, and how many places are named besides."""
    with gzip.open(data / "langid" / "script_residue.docs.jsonl.gz", "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    known = hit = besides = 0
    for record, places in zip(
        records, found(pages([[r["text"]] for r in records]), "LID002", "LID003", "UNT002"), strict=True
    ):
        stretches = [Span(span["start"], span["end"]) for span in record["spans"]]
        known += len(stretches)
        hit += sum(any(place.overlaps(stretch) for place in places) for stretch in stretches)
        besides += sum(not any(place.overlaps(stretch) for stretch in stretches) for place in places)
    return f"residue of another script: {hit} of {known} stretches found, {besides} other places named"


def spelled_out(data: Path, lines: Sequence[dict[str, str]]) -> Iterator[str]:
    """Yield how many words in Latin letters are found, and what is found where nobody put any."""
    for language, (letters, latin) in ROMAN.items():
        table = {letter: form.strip("-") for letter, form in zip(letters, latin.split(), strict=True)}
        known = word_list(language)
        assert known is not None
        texts: list[str] = []
        places: list[Span] = []
        for number, line in enumerate(lines):
            # Words that English takes over as they are would be no residue.
            own = [word for word in WORD.findall(line[language]) if word.islower() and not _is_taken_over(known, word)]
            host = next(
                (match for match in WORD.finditer(line["en"], len(line["en"]) // 3) if match[0].islower()), None
            )
            if not own or host is None:
                continue
            word = "".join(table.get(letter, letter) for letter in own[number % len(own)])
            texts.append(line["en"][: host.start()] + word + line["en"][host.end() :])
            places.append(Span(host.start(), host.start() + len(word)))
        hits = found(pages([[text] for text in texts]), "UNT008")
        right = sum(place in spans for place, spans in zip(places, hits, strict=True))
        yield f"{language} words in Latin letters: {right} of {len(places)} found, {sum(map(len, hits)) - right} others named"
    with gzip.open(data / "quotations" / "polnear.jsonl.gz", "rt", encoding="utf-8") as records:
        articles = [json.loads(record)["text"] for record in records]
    named = sum(map(len, found([document_from_text(text) for text in articles], "UNT008")))
    yield f"news that people wrote: {named} words named in {sum(len(text.split()) for text in articles):,}"


def _is_taken_over(known: WordList, word: str) -> bool:
    entry = known.find(word)
    return entry is not None and (entry.is_kept or entry.is_name)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=SHARED / "eval")
    data = parser.parse_args().data
    lines = sentences(data)
    print(f"{'of':<10}{40:>10}{200:>12}{0:>12}{40:>14}{0:>14}")
    print(f"{'language':<10}{'headline':>10}{'duplicate':>12}{'no double':>12}{'wrong label':>14}{'right label':>14}")
    for language in sorted(set(lines[0]) - {"en"}):
        print(row(lines, language))
    print(residue(data))
    print(*spelled_out(data, lines), sep="\n")


if __name__ == "__main__":
    main()
