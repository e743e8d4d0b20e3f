"""The hook, the action and the template: what they run is run here, with mtcheck from the working tree."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from mtcheck.readers.discovery import READABLE_SUFFIXES
from tests.cli.commands import Mtcheck

yaml: Any = pytest.importorskip("yaml", reason="PyYAML comes with transformers")

ROOT = Path(__file__).parents[2]
FAULTY = """Harbor council meets in Varen

The council said the the draft would come later, noting that there is no hurry at all.”
"""


def loaded(name: str) -> Any:
    return yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))


@pytest.fixture
def job(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """A folder with a page, and an environment where ``mtcheck`` is the working tree's."""
    program = tmp_path / "runner" / "mtcheck" / "bin" / "mtcheck"
    program.parent.mkdir(parents=True)
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m mtcheck "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    work = tmp_path / "work"
    (work / "my pages").mkdir(parents=True)
    (work / "my pages" / "faulty.txt").write_text(FAULTY, encoding="utf-8")
    monkeypatch.chdir(work)
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("MTCHECK_", "GITHUB_", "GIT_", "CI_"))
    }
    return {
        **kept,
        "PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "RUNNER_TEMP": str(tmp_path / "runner"),
    }


def bash(script: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_hook_scans_what_can_be_read(mtcheck: Mtcheck) -> None:
    (hook,) = loaded(".pre-commit-hooks.yaml")
    assert hook["id"] == hook["name"] == "mtcheck"
    assert hook["require_serial"] is True
    pattern = re.compile(hook["files"])
    assert all(
        pattern.search(f"pages/a{suffix}{packed}") for suffix in READABLE_SUFFIXES for packed in ("", ".gz", ".zst")
    )
    assert not any(pattern.search(name) for name in ("a.py", "txt", "a.json", "a.html.bak"))
    program, *arguments = shlex.split(hook["entry"])
    assert program == "mtcheck"
    Path("faulty.txt").write_text(FAULTY, encoding="utf-8")
    done = mtcheck(*arguments, "faulty.txt")
    assert (done.code, "faulty.txt:3:" in done.out) == (1, True)


def scan_step(environment: dict[str, str], **inputs: str) -> subprocess.CompletedProcess[str]:
    """Run the action's second step with its inputs, the defaults for those that are not given."""
    action = loaded("action.yml")
    assert action["runs"]["using"] == "composite"
    step = action["runs"]["steps"][1]
    assert "${{" not in step["run"], "an input must not become part of the script"
    values = {name: str(given["default"]) for name, given in action["inputs"].items()} | inputs
    variables = {}
    for name, expression in step["env"].items():
        match = re.fullmatch(r"\$\{\{ inputs\.([a-z]+) \}\}", expression)
        assert match is not None
        variables[name] = values.pop(match[1])
    assert values == {}, "every input is used"
    return bash(step["run"], {**environment, **variables})


def test_the_action_annotates_and_fails(job: dict[str, str]) -> None:
    done = scan_step(job)
    assert done.returncode == 1, done.stderr
    assert "::error title=QUO001 unpaired-quotation,file=my pages/faulty.txt,line=3," in done.stdout


def test_the_action_takes_its_inputs_word_by_word(job: dict[str, str]) -> None:
    Path("known.baseline").write_text('{"mtcheck_baseline": 1}\n', encoding="utf-8")
    done = scan_step(
        job,
        paths="my pages\n",
        arguments="--no-translate\n--select\nREP\n--fail-on=critical",
        baseline="known.baseline",
        sarif="out/mtcheck.sarif",
    )
    assert done.returncode == 0, done.stderr
    run = json.loads(Path("out/mtcheck.sarif").read_text(encoding="utf-8"))["runs"][0]
    assert [result["ruleId"] for result in run["results"]] == ["REP001"]


def test_an_input_of_the_action_is_no_program(job: dict[str, str]) -> None:
    done = scan_step(job, paths="$(touch owned) `touch owned`; touch owned\n--output=json:owned")
    assert done.returncode == 2
    assert not Path("owned").exists()


def test_the_template_writes_both_reports(job: dict[str, str]) -> None:
    template = loaded("ci/mtcheck.gitlab-ci.yml")
    script = "\n".join(template["mtcheck"]["script"])
    Path("my pages").rename("pages")
    done = bash(script, {**job, **template["variables"], "SCAN_PATHS": "pages"})
    assert done.returncode == 1, done.stderr
    reports = template["mtcheck"]["artifacts"]["reports"]
    entries = json.loads(Path(reports["codequality"]).read_text(encoding="utf-8"))
    assert {entry["location"]["path"] for entry in entries} == {"pages/faulty.txt"}
    assert '<testsuite name="pages/faulty.txt"' in Path(reports["junit"]).read_text(encoding="utf-8")


def test_the_template_names_what_is_missing_and_uses_the_merge_request(job: dict[str, str]) -> None:
    template = loaded("ci/mtcheck.gitlab-ci.yml")
    done = bash(template["mtcheck"]["before_script"][0], {**job, **template["variables"]})
    assert (done.returncode, "SCAN_PACKAGE" in done.stdout) == (2, True)
    script = "\n".join(template["mtcheck"]["script"])
    outside = {"CI_MERGE_REQUEST_DIFF_BASE_SHA": "0" * 40, "GIT_CEILING_DIRECTORIES": str(Path.cwd().parent)}
    done = bash(script, {**job, **template["variables"], **outside})
    assert (done.returncode, "--diff needs a git repository" in done.stderr) == (2, True)
