"""SARIF: its structure by the standard, and the rules that GitHub code scanning sets on top."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jsonschema
import pytest

from mtcheck.cli.catalog import explanations
from mtcheck.core.checks import Tier
from mtcheck.core.findings import ACCEPTED, SUPPRESSED, Severity
from mtcheck.core.report import ScanReport
from mtcheck.reporters import Destination, Explanations, reporter
from mtcheck.reporters.protocol import CheckExplanation
from mtcheck.reporters.sarif import MOST_RESULTS
from tests.reporters.sample import EXPLANATIONS, clean_page, hostile_report, sample_report, scan_report

TEXT = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string", "minLength": 1}}}
LEVEL = {"enum": ["none", "note", "warning", "error"]}
POSITIVE = {"type": "integer", "minimum": 1}
PHYSICAL = {
    "type": "object",
    "required": ["artifactLocation"],
    "additionalProperties": False,
    "properties": {
        "artifactLocation": {
            "type": "object",
            "required": ["uri"],
            "additionalProperties": False,
            # A URI reference: what is not allowed in one is percent-encoded.
            "properties": {
                "uri": {"type": "string", "pattern": "^[A-Za-z0-9/._~%:-]+$"},
                "uriBaseId": {"type": "string"},
            },
        },
        "region": {
            "type": "object",
            "required": ["startLine", "startColumn", "endLine", "endColumn"],
            "additionalProperties": False,
            "properties": dict.fromkeys(("startLine", "startColumn", "endLine", "endColumn"), POSITIVE),
        },
    },
}
NOTIFICATION = {
    "type": "object",
    "required": ["message", "level", "descriptor"],
    "additionalProperties": False,
    "properties": {
        "message": TEXT,
        "level": LEVEL,
        "descriptor": {"type": "object", "required": ["id"], "properties": {"id": {"type": "string", "minLength": 1}}},
        "locations": {"type": "array", "items": {"properties": {"physicalLocation": PHYSICAL}}},
    },
}
RULE = {
    "type": "object",
    # "Required" by GitHub's table of supported properties.
    "required": ["id", "shortDescription", "fullDescription", "help", "defaultConfiguration", "properties"],
    "additionalProperties": False,
    "properties": {
        "id": {"type": "string", "minLength": 1},
        "name": {"type": "string", "maxLength": 255},
        "shortDescription": {**TEXT, "properties": {"text": {"type": "string", "minLength": 1, "maxLength": 1024}}},
        "fullDescription": {**TEXT, "properties": {"text": {"type": "string", "minLength": 1, "maxLength": 1024}}},
        "help": {**TEXT, "properties": {**TEXT["properties"], "markdown": {"type": "string"}}},  # type: ignore[dict-item]
        "defaultConfiguration": {"type": "object", "required": ["level"], "properties": {"level": LEVEL}},
        "properties": {
            "type": "object",
            "required": ["tags", "precision", "problem.severity"],
            "properties": {
                "tags": {"type": "array", "maxItems": 10, "items": {"type": "string"}},
                "precision": {"enum": ["very-high", "high", "medium", "low"]},
                "problem.severity": {"enum": ["error", "warning", "recommendation"]},
            },
        },
    },
}
RESULT = {
    "type": "object",
    "required": ["ruleId", "ruleIndex", "level", "message", "locations", "partialFingerprints"],
    "additionalProperties": False,
    "properties": {
        "ruleId": {"type": "string"},
        "ruleIndex": {"type": "integer", "minimum": 0},
        "level": LEVEL,
        "message": TEXT,
        "locations": {
            "type": "array",
            "minItems": 1,
            "maxItems": 1,
            "items": {"required": ["physicalLocation"], "properties": {"physicalLocation": PHYSICAL}},
        },
        "relatedLocations": {
            "type": "array",
            "items": {
                "required": ["id", "physicalLocation", "message"],
                "properties": {"physicalLocation": PHYSICAL, "message": TEXT},
            },
        },
        "partialFingerprints": {"type": "object", "required": ["primaryLocationLineHash"]},
        "rank": {"type": "number", "minimum": 0, "maximum": 100},
        "properties": {"type": "object"},
        "suppressions": {
            "type": "array",
            "items": {"required": ["kind"], "properties": {"kind": {"enum": ["inSource", "external"]}}},
        },
    },
}
LOG = {
    "type": "object",
    "required": ["$schema", "version", "runs"],
    "additionalProperties": False,
    "properties": {
        "$schema": {"type": "string"},
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "minItems": 1,
            "maxItems": 1,
            "items": {
                "type": "object",
                "required": ["tool", "results", "columnKind", "invocations", "originalUriBaseIds"],
                "additionalProperties": False,
                "properties": {
                    "tool": {
                        "properties": {
                            "driver": {"required": ["name", "rules"], "properties": {"rules": {"items": RULE}}}
                        }
                    },
                    "columnKind": {"const": "unicodeCodePoints"},
                    "newlineSequences": {"type": "array"},
                    "originalUriBaseIds": {"type": "object", "required": ["%SRCROOT%"]},
                    "invocations": {
                        "type": "array",
                        "items": {
                            "required": ["executionSuccessful"],
                            "properties": {"toolExecutionNotifications": {"items": NOTIFICATION}},
                        },
                    },
                    "results": {"type": "array", "maxItems": MOST_RESULTS, "items": RESULT},
                },
            },
        },
    },
}


def log_of(report: ScanReport, said: Explanations) -> Any:
    stream = io.StringIO()
    reporter("sarif").write(report, Destination.to_stream(stream), said)
    return json.loads(stream.getvalue())


def run_of(report: ScanReport, said: Explanations = EXPLANATIONS) -> Any:
    """Return the run of a report's log, after its structure was checked."""
    log = log_of(report, said)
    jsonschema.Draft202012Validator(LOG).validate(log)
    (run,) = log["runs"]
    ids = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert ids == sorted(set(ids))
    assert all(ids[result["ruleIndex"]] == result["ruleId"] for result in run["results"])
    return run


@pytest.mark.parametrize("said", [EXPLANATIONS, explanations(), {}], ids=["sample", "catalog", "none"])
@pytest.mark.parametrize(
    "report", [sample_report(), hostile_report(), scan_report([])], ids=["sample", "hostile", "empty"]
)
def test_structure(report: ScanReport, said: Explanations) -> None:
    assert len(run_of(report, said)["results"]) == len(report.findings)


def test_regions_are_those_of_the_file_and_name_the_text() -> None:
    report = sample_report()
    texts = {document.id: document.text.split("\n") for document in report.documents}
    results = run_of(report)["results"]
    for finding, result in zip(report.findings, results, strict=True):
        region = result["locations"][0]["physicalLocation"]["region"]
        assert region["startLine"] == region["endLine"], "the sample's findings stand on one line"
        line = texts[finding.document][region["startLine"] - 1]
        assert line[region["startColumn"] - 1 : region["endColumn"] - 1] == finding.text


def test_paths_are_relative_to_the_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    page = clean_page()
    base = sample_report()

    def place(path: str) -> Any:
        documents = tuple(replace(document, path=path) for document in base.documents[:1])
        findings = tuple(finding for finding in base.findings if finding.document == documents[0].id)
        report = replace(scan_report([page]), documents=documents, findings=findings)
        return run_of(report)["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]

    assert place("pages/a.txt") == {"uri": "pages/a.txt", "uriBaseId": "%SRCROOT%"}
    assert place("./pages//a b#1.txt") == {"uri": "pages/a%20b%231.txt", "uriBaseId": "%SRCROOT%"}
    assert place(f"{tmp_path}/pages/a:ж.txt") == {"uri": "pages/a%3A%D0%B6.txt", "uriBaseId": "%SRCROOT%"}
    assert place("/elsewhere/a.txt") == {"uri": "file:///elsewhere/a.txt"}
    assert place("-") == {"uri": "stdin", "uriBaseId": "%SRCROOT%"}


def test_a_related_place_lies_in_its_own_file() -> None:
    report = sample_report()
    finding = next(finding for finding in report.findings if finding.related)
    elsewhere = next(head for head in report.heads if head.id != finding.document)
    related = (finding.related[0], replace(finding.related[0], document=elsewhere.id))
    (result,) = run_of(replace(report, findings=(replace(finding, related=related),)))["results"]
    places = [result["locations"][0], *result["relatedLocations"]]
    uris = [unquote(place["physicalLocation"]["artifactLocation"]["uri"]) for place in places]
    assert [report.paths[finding.document]] * 2 + [elsewhere.path] == uris


def test_fingerprints_are_the_findings_own() -> None:
    report = sample_report()
    hashes = [result["partialFingerprints"]["primaryLocationLineHash"] for result in run_of(report)["results"]]
    assert hashes == [f"{finding.fingerprint}:1" for finding in report.findings]


def test_rules_are_all_known_checks_with_help() -> None:
    known = explanations()
    rules = {rule["id"]: rule for rule in run_of(scan_report([clean_page()]), known)["tool"]["driver"]["rules"]}
    assert list(rules) == sorted(known)
    rule = rules["QUO001"]
    assert rule["name"] == "unpaired-quotation"
    assert rule["help"]["text"].startswith("What it finds: ")
    assert "**When it is wrong.** " in rule["help"]["markdown"]
    assert rule["defaultConfiguration"] == {"level": "error"}
    assert rule["properties"] == {
        "tags": ["linguistic", "punctuation"],
        "precision": "high",
        "problem.severity": "error",
    }
    assert rules["ACC001"]["properties"]["precision"] == "low"
    assert rules["ACC001"]["properties"]["problem.severity"] == "recommendation"


@pytest.mark.parametrize(
    ("severity", "tier", "expected"),
    [
        (Severity.MAJOR, Tier.DEFAULT, "high"),
        (Severity.MINOR, Tier.ON_REQUEST, "medium"),
        (Severity.CRITICAL, Tier.PREVIEW, "low"),
        (Severity.NEUTRAL, Tier.DEFAULT, "low"),
    ],
)
def test_precision_follows_tier_and_severity(severity: Severity, tier: Tier, expected: str) -> None:
    said = CheckExplanation("S <unk>.", "F.", "``<b>`` *is* <b>", "W.", "made-up", "a/b", severity, tier)
    (rule,) = run_of(scan_report([]), {"AAA001": said})["tool"]["driver"]["rules"]
    assert rule["properties"]["precision"] == expected
    assert r"``<b>`` \*is\* \<b\>" in rule["help"]["markdown"]


def test_messages_hold_no_placeholder_and_no_link_of_a_page() -> None:
    base = sample_report()
    finding = replace(base.findings[0], message=r"“{0}” and [a\b](javascript:x) stand here", evidence=())
    (result,) = run_of(replace(base, findings=(finding,)))["results"]
    assert result["message"]["text"] == r"“{{0}}” and \[a\\b\](javascript:x) stand here."


def test_evidence_follows_the_first_sentence() -> None:
    base = sample_report()
    finding = next(finding for finding in base.findings if finding.code == "ACC001")
    (result,) = run_of(replace(base, findings=(finding,)))["results"]
    first, *rest = result["message"]["text"].split("\n")
    assert first == f"{finding.message}."
    assert [line.partition(": ")[0] for line in rest] == ["page", "back through Spanish", "chrF", "page median chrF"]


def test_more_than_the_limit_keeps_the_worst_and_says_so() -> None:
    base = sample_report()
    minor = next(finding for finding in base.findings if finding.severity is Severity.MINOR)
    critical = next(finding for finding in base.findings if finding.severity is Severity.CRITICAL)
    many = (*(replace(minor, fingerprint=f"{number:020x}") for number in range(MOST_RESULTS)), critical)
    # Without the schema, which takes its time over so many.
    (run,) = log_of(replace(base, findings=many), {})["runs"]
    assert len(run["results"]) == MOST_RESULTS
    assert sum(result["ruleId"] == critical.code for result in run["results"]) == 1
    notices = [
        notice
        for notice in run["invocations"][0]["toolExecutionNotifications"]
        if notice["descriptor"]["id"] == "left-out"
    ]
    assert [notice["message"]["text"].split(" left out")[0] for notice in notices] == [
        "1 finding of the least severity"
    ]


def test_settled_findings_are_suppressed_in_the_words_of_the_standard() -> None:
    base = sample_report()
    accepted, suppressed, *others = base.findings
    changed = (replace(accepted, status=ACCEPTED), replace(suppressed, status=SUPPRESSED), *others)
    results = run_of(replace(base, findings=changed))["results"]
    assert [result.get("suppressions", [{}])[0].get("kind") for result in results[:3]] == ["external", "inSource", None]


def test_problems_and_gaps_are_notifications() -> None:
    invocation = run_of(sample_report())["invocations"][0]
    assert invocation["executionSuccessful"] is False
    levels = {(notice["level"], notice["descriptor"]["id"]) for notice in invocation["toolExecutionNotifications"]}
    assert {
        ("error", "problem/input"),
        ("error", "problem/check"),
        ("warning", "incomplete"),
        ("note", "not-checked"),
    } == levels
    assert run_of(scan_report([clean_page()]))["invocations"][0]["executionSuccessful"] is True


def test_nothing_of_a_page_steers_a_terminal() -> None:
    stream = io.StringIO()
    reporter("sarif").write(hostile_report(), Destination.to_stream(stream), {})
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]", stream.getvalue())
    assert not re.search(r"\\u(00[01]|202|d8)", stream.getvalue())


def test_uris_decode_to_the_paths() -> None:
    report = sample_report()
    uris = [
        unquote(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"])
        for result in run_of(report)["results"]
    ]
    assert uris == [finding.document for finding in report.findings]


@pytest.mark.parametrize(
    "report", [sample_report(), hostile_report(), scan_report([])], ids=["sample", "hostile", "empty"]
)
def test_another_program_s_model_of_the_standard_accepts_it(report: ScanReport) -> None:
    sarif = pytest.importorskip(
        "sarif_pydantic", reason="no independent model of SARIF here (pip install sarif-pydantic)"
    )
    log = log_of(report, explanations())
    read = sarif.Sarif.model_validate(log)
    assert len(read.runs[0].results) == len(log["runs"][0]["results"])
    for key, damage in (("version", 2.1), ("runs", {})):
        with pytest.raises(ValueError, match=key):
            sarif.Sarif.model_validate({**log, key: damage})
