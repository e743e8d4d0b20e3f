"""The JSON Schema of the ``json`` format, generated from the dataclasses and shipped as ``report.schema.json``.

Run ``python -m mtcheck.reporters.schema`` after a change of the report's dataclasses; a test fails until that is done.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from mtcheck.core.report import SCHEMA_VERSION, ScanReport
from mtcheck.reporters.destination import write_file
from mtcheck.reporters.json import adapter
from mtcheck.reporters.jsonl import Line

SCHEMA_PATH = Path(__file__).with_name("report.schema.json")

# What the fields of the contract mean where their names leave it open; the dataclasses cannot say it to pydantic
# without importing it.
DESCRIPTIONS = {
    "ScanReport.schema_version": "Version of this contract. It changes when a reader of the old one would be misled.",
    "ScanReport.signature": "What made the report. Two reports can be compared where their signatures agree.",
    "ScanReport.documents": "The documents in the order they were given; inputs that could not be read are problems.",
    "ScanReport.findings": "All findings, sorted by document, span and code.",
    "ScanReport.not_checked": "What was not checked, and why; never empty where a check could not run.",
    "ScanReport.problems": "Unreadable inputs, crashed checks and engines, an interruption.",
    "Signature.configuration": "A digest of every setting that can change a finding.",
    "Signature.providers": "Signatures of the engines that ran: name, version, model, options.",
    "Signature.checks": "Codes of the checks that were selected.",
    "DocumentReport.id": "Unique within the report: the path, or path#record for a record of a feed.",
    "DocumentReport.path": "The input as the user named it; - for standard input.",
    "DocumentReport.encoding": "The codec that decodes the file to the text that places count in; a byte-order mark "
    "is not part of that text.",
    "DocumentReport.declared_language": "The language that the page or the feed declares.",
    "DocumentReport.language": "The language of the page as identified; und where that failed.",
    "DocumentReport.languages": "The shares of the languages in the letters of the page.",
    "DocumentReport.foreign": "Stretches that are not in the page's language, with the reason where they are no damage.",
    "DocumentReport.text": "The page's text as a reader sees it. Every span counts its code points.",
    "DocumentReport.blocks": "The blocks of the text in order; between them stand only separators.",
    "DocumentReport.block_languages": "The identified language of each block, one entry a block.",
    "DocumentReport.round_trips": "Every sentence sent to another language and back; null where no translator ran.",
    "DocumentReport.surprisal": "How unexpected each sentence is to a language model; empty where none ran.",
    "SentenceSurprisal.sentence": "Half-open range of code points of the document's text.",
    "SentenceSurprisal.bits_per_character": "Mean bits a character, white space left out.",
    "RoundTrips.translator_signature": "Names, versions and options of the translators.",
    "RoundTrips.metric_signature": "How chrf was computed: sacrebleu's signature.",
    "RoundTrip.sentence": "Half-open range of code points of the document's text.",
    "RoundTrip.language": "The language of the sentence.",
    "RoundTrip.pivot": "The language it was sent to.",
    "RoundTrip.forward": "The sentence in that language.",
    "RoundTrip.back": "What came back; empty where the way back was not tried.",
    "RoundTrip.chrf": "From 0 to 100, of what came back against the sentence; null where the round trip is unusable.",
    "RoundTrip.unusable": "Empty, or why the translator's output is no evidence: empty, copy, loop, truncated, too-long, "
    "input-too-long, leftover-markers, unknown-words, low-confidence, low-coverage, timeout, failed.",
    "LanguageShare.share": "Part of the letters, from 0 to 1.",
    "LanguageSpan.confidence": "The identifier's probability.",
    "LanguageSpan.reason": "Empty, or why this stretch in another language is no damage.",
    "Block.language": "The language that the page declares for this very block.",
    "Block.direction": "ltr or rtl where the page declares it for this very block.",
    "Scores.words": "Words of the document.",
    "Scores.faults": "Findings about the same damage counted once.",
    "Scores.penalty": "Sum of the severity weights of the faults, each that of its worst finding.",
    "Scores.penalty_per_1000_words": "The penalty for a thousand words, in the manner of MQM; null without words.",
    "Scores.length_controlled": "The same drawn towards the rate of clean pages, the more the shorter the page; null without words.",
    "Scores.parts": "What each dimension of MQM adds to the penalty, the heaviest first.",
    "ScorePart.dimension": "The first part of the category of a fault's worst finding.",
    "ScorePart.faults": "Faults that weigh anything.",
    "ScorePart.penalty": "Sum of their severity weights.",
    "Finding.category": "The path of the error type in MQM, such as accuracy/mistranslation.",
    "Finding.confidence": "How sure the check is, in (0, 1].",
    "Finding.status": "unconfirmed until somebody decides: accepted by the baseline, or suppressed by a comment in the file.",
    "Finding.document": "The id of the document.",
    "Finding.span": "Half-open range of code points of the document's text.",
    "Finding.place": "Where the span stands in the original file as decoded with the document's encoding.",
    "Finding.utf16": "The span in UTF-16 code units of the document's text: an index of JavaScript, Java or C#.",
    "Finding.text": "The characters of the span.",
    "Finding.message": "One sentence that says what is wrong there.",
    "Finding.evidence": "What the finding rests on, told apart by kind.",
    "Finding.related": "Other places that belong to the finding.",
    "Finding.fingerprint": "Names the finding across scans: it survives moved lines and changes with the sentence.",
    "Finding.fault": "The fingerprint of the worst finding about the same damage; its own where it stands alone. Scores count a fault once.",
    "Place.line": "From 1.",
    "Place.column": "From 1, in code points.",
    "Place.end_line": "The line of the position just after the last character.",
    "Place.end_column": "The column of the position just after the last character.",
    "Place.start": "Half-open code-point offset into the file as decoded.",
    "Place.end": "Half-open code-point offset into the file as decoded.",
    "Span.start": "The first unit of the range.",
    "Span.end": "The unit just after the range.",
    "Metric.signature": "How the value was computed; sacrebleu's signature where sacrebleu computed it.",
    "Passage.highlights": "Spans of this passage's text.",
    "Comparison.left_highlights": "Spans of left that differ.",
    "Comparison.right_highlights": "Spans of right that differ.",
    "NotChecked.document": "null where it holds for the whole scan.",
    "NotChecked.checks": "The codes concerned.",
    "NotChecked.incomplete": "Whether the scan was asked for it and could not do it, so that mtcheck ends with 3.",
    "NotChecked.span": "null where it holds for a whole document.",
    "Problem.kind": "input, engine, check or interrupted.",
    "Line.document": "null for an input that could not be read, and for what concerns the whole scan.",
}

# Limits of numbers that the types alone do not tell.
BOUNDS = {
    "Span.start": {"minimum": 0},
    "Span.end": {"minimum": 0},
    "Place.line": {"minimum": 1},
    "Place.column": {"minimum": 1},
    "Place.end_line": {"minimum": 1},
    "Place.end_column": {"minimum": 1},
    "Place.start": {"minimum": 0},
    "Place.end": {"minimum": 0},
    "Finding.confidence": {"minimum": 0, "maximum": 1},
    "LanguageShare.share": {"minimum": 0, "maximum": 1},
    "LanguageSpan.confidence": {"minimum": 0, "maximum": 1},
    "ScanReport.schema_version": {"const": SCHEMA_VERSION},
    "Line.schema_version": {"const": SCHEMA_VERSION},
}


def schema() -> dict[str, Any]:
    """Return the schema of a report; ``$defs/Line`` is that of one line of the ``jsonl`` format."""
    report = adapter(ScanReport).json_schema(mode="serialization")
    line = adapter(Line).json_schema(mode="serialization")
    definitions = {**report.pop("$defs"), **line.pop("$defs"), "Line": line}
    top = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "mtcheck report",
        **{key: value for key, value in report.items() if key != "title"},
    }
    _finish("ScanReport", top)
    for name, definition in definitions.items():
        _finish(name, definition)
    top["$defs"] = dict(sorted(definitions.items()))
    return top


def _finish(name: str, definition: dict[str, Any]) -> None:
    """Make one object's schema say what is written: every key always, described, texts of docstrings on one line."""
    if "description" in definition:
        definition["description"] = " ".join(definition["description"].replace("``", "").split())
    properties = definition.get("properties")
    if properties is None:
        return
    definition["required"] = list(properties)
    for field, property_schema in properties.items():
        property_schema.pop("title", None)
        property_schema.pop("default", None)
        # A document in a line is a part of one in a report.
        key = f"{name.replace('DocumentLine', 'DocumentReport')}.{field}"
        if key in DESCRIPTIONS:
            property_schema["description"] = DESCRIPTIONS[key]
        property_schema.update(BOUNDS.get(key, {}))
        if field == "evidence":
            property_schema["items"]["oneOf"] = property_schema["items"].pop("anyOf")


def schema_text() -> str:
    """Return the schema as it is shipped."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    write_file(SCHEMA_PATH, [schema_text()])
