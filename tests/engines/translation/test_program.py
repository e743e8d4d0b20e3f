from __future__ import annotations

import os
import shlex
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtcheck.core.errors import ConfigurationError, EngineError, ModelUnavailable
from mtcheck.core.unusable import Unusable
from mtcheck.engines.translation import program as program_module
from mtcheck.engines.translation.program import Mode, Program, ProgramTranslator, one_line
from tests.engines.translation.apertium import needs_apertium

MakeProgram = Callable[..., Program]


@pytest.fixture
def make(tmp_path: Path) -> MakeProgram:
    """Return a maker of programs: Python code that has ``lines()`` and writes its answers with ``print``."""

    def program(body: str, mode: Mode = Mode.BATCH, spaced: bool = False) -> Program:
        script = tmp_path / f"program{len(list(tmp_path.iterdir()))}.py"
        starts = tmp_path / "starts"
        head = f"""
            import os, sys, time
            sys.stdin.reconfigure(encoding="utf-8"); sys.stdout.reconfigure(encoding="utf-8")
            with open({str(starts)!r}, "a") as stream:
                stream.write("start\\n")
            def lines():
                while line := sys.stdin.readline():
                    yield line.rstrip("\\n")
        """
        script.write_text(textwrap.dedent(head) + textwrap.dedent(body), encoding="utf-8")
        return Program("en", "es", (sys.executable, "-S", str(script)), mode=mode, spaced=spaced)

    return program


def starts(tmp_path: Path) -> int:
    return (tmp_path / "starts").read_text().count("start")


UPPER = "for line in lines(): print(line.upper(), flush=True)"


def translate(program: Program, texts: list[str], timeout: float = 20.0) -> list[tuple[str, str]]:
    translator = ProgramTranslator([program], timeout)
    try:
        return [(answer.text, answer.unusable) for answer in translator.translate(texts, "en", "es")]
    finally:
        translator.close()


@pytest.mark.parametrize(("mode", "spaced"), [(Mode.BATCH, False), (Mode.BATCH, True), (Mode.STREAM, False)])
def test_every_line_gets_its_answer(make: MakeProgram, mode: Mode, spaced: bool) -> None:
    texts = ["one two", "", "три\nчетыре\r\n", "  five\x00six\u2028seven ", "\ud800 broken", "é" * 3000]
    expected = [
        ("ONE TWO", ""),
        ("", Unusable.EMPTY),
        ("ТРИ ЧЕТЫРЕ", ""),
        ("FIVE SIX SEVEN", ""),
        ("\ufffd BROKEN", ""),
        ("É" * 3000, ""),
    ]
    assert expected == translate(make(UPPER, mode, spaced), texts)


def test_a_batch_is_one_start_and_a_stream_stays(make: MakeProgram, tmp_path: Path) -> None:
    stream = ProgramTranslator([make(UPPER, Mode.STREAM)])
    for _ in range(3):
        assert ["A", "B"] == [answer.text for answer in stream.translate(["a", "b"], "en", "es")]
    stream.close()
    assert starts(tmp_path) == 1
    translate(make(UPPER), [f"text {number}" for number in range(300)])
    assert starts(tmp_path) == 2


def test_more_lines_than_a_pipe_holds_do_not_block(make: MakeProgram) -> None:
    texts = [f"{number} " + "x" * 400 for number in range(1_000)]
    assert [text.upper() for text in texts] == [text for text, _ in translate(make(UPPER, Mode.STREAM), texts)]


def test_a_stream_that_died_is_started_again(make: MakeProgram, tmp_path: Path) -> None:
    translator = ProgramTranslator(
        [make("for line in lines():\n    print(line, flush=True)\n    os._exit(3)", Mode.STREAM)]
    )
    for text in ("a", "b", "c"):
        assert [text] == [answer.text for answer in translator.translate([text], "en", "es")]
        time.sleep(0.05)
    translator.close()
    assert starts(tmp_path) == 3


def test_a_stream_that_gathers_lines_is_used_in_batches(make: MakeProgram, caplog: pytest.LogCaptureFixture) -> None:
    gathering = make("for line in list(lines()): print(line.upper())", Mode.STREAM)
    assert [("A", ""), ("B", "")] == translate(gathering, ["a", "b"], timeout=1.0)
    assert "gave no answer in time" in caplog.text


def test_the_text_that_kills_the_program_is_found(make: MakeProgram) -> None:
    deadly = make("for line in lines():\n    if 'bomb' in line: sys.exit('no bombs, please')\n    print(line.upper())")
    texts = [f"text {number}" for number in range(20)]
    texts[13] = "a bomb"
    expected = [(text.upper(), "") for text in texts]
    expected[13] = ("", Unusable.FAILED)
    assert expected == translate(deadly, texts)


@pytest.mark.parametrize("body", ["print(line + chr(10) + 'more')", "pass"])
def test_the_text_with_a_wrong_number_of_lines_is_found(make: MakeProgram, body: str) -> None:
    odd = make(f"for line in lines():\n    if 'odd' in line:\n        {body}\n    else:\n        print(line.upper())")
    expected = [("ONE", ""), ("", Unusable.FAILED), ("TWO", ""), ("THREE", "")]
    assert expected == translate(odd, ["one", "odd", "two", "three"])


def test_a_stream_with_a_line_too_many_is_noticed(make: MakeProgram) -> None:
    odd = make(
        "for line in lines():\n    print(line.upper(), flush=True)\n    if 'odd' in line: print('more', flush=True)",
        Mode.STREAM,
    )
    translator = ProgramTranslator([odd])
    translator.translate(["odd"], "en", "es")
    time.sleep(0.2)
    assert ["TWO"] == [answer.text for answer in translator.translate(["two"], "en", "es")]
    translator.close()


def test_text_that_slides_into_another_line_is_noticed(make: MakeProgram) -> None:
    sliding = make(
        "out = list(lines())\nif any('slide' in line for line in out): out.insert(0, 'x')\nprint('\\n'.join(out))",
        spaced=True,
    )
    assert [("one", ""), ("", Unusable.FAILED), ("two", "")] == translate(sliding, ["one", "slide", "two"])


def test_the_text_that_hangs_is_found_and_the_program_is_killed(make: MakeProgram) -> None:
    hanging = make("for line in lines():\n    if 'hang' in line: time.sleep(60)\n    print(line.upper())")
    assert [("ONE", ""), ("", Unusable.TIMEOUT)] == translate(hanging, ["one", "hang"], timeout=1.0)


def test_a_program_that_always_hangs_costs_two_starts(make: MakeProgram, tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="gave no answer in time"):
        translate(make("time.sleep(60)"), [f"text {number}" for number in range(50)], timeout=0.3)
    assert starts(tmp_path) == 2


def test_what_a_broken_program_says_is_in_the_error(make: MakeProgram) -> None:
    with pytest.raises(EngineError, match=r"exit code 7: .*noise / Error: mode xyz does not exist"):
        translate(
            make(
                "sys.stderr.write('noise\\n' * 5000 + 'Error: mode xyz does not exist'); sys.stderr.flush(); os._exit(7)"
            ),
            ["a", "b"],
        )


def test_patience_ends(make: MakeProgram, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program_module, "MAX_CULPRITS", 2)
    moody = make("for line in lines():\n    if 'bad' in line: sys.exit(1)\n    print(line.upper())")
    answers = translate(moody, ["good", *["bad"] * 40])
    assert answers[0] == ("GOOD", "")
    assert all(unusable == Unusable.FAILED for _, unusable in answers[1:])
    assert starts(tmp_path) < 25


def test_a_program_that_runs_wild_is_stopped(make: MakeProgram, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program_module, "MAX_OUTPUT_SLACK_BYTES", 10_000)
    wild = make("for line in lines():\n    print(line)\n    while 'wild' in line: print('wild ' * 1000)")
    assert [("tame", ""), ("", Unusable.FAILED)] == translate(wild, ["tame", "wild"])


@pytest.mark.skipif(os.name != "posix", reason="process groups are a POSIX matter")
def test_the_children_of_a_killed_program_die_too(make: MakeProgram, tmp_path: Path) -> None:
    note = tmp_path / "child"
    forking = make(
        f"child = os.fork()\nif child:\n    open({str(note)!r}, 'w').write(str(child))\ntime.sleep(60)", Mode.BATCH
    )
    with pytest.raises(EngineError):
        translate(forking, ["a"], timeout=1.0)
    child = int(note.read_text())
    for _ in range(100):
        state = Path(f"/proc/{child}/stat")
        if not state.exists() or state.read_text().split(") ")[1][0] == "Z":
            break
        time.sleep(0.05)
    else:
        pytest.fail("the child lives on")


def test_a_missing_program_says_how_to_get_it() -> None:
    with pytest.raises(ModelUnavailable, match="'no-such-program-here' for en-es was not found: install it"):
        translate(Program.parse("en-es", "no-such-program-here --fast"), ["a"])
    apertium = Program("en", "es", ("/nowhere/apertium", "eng-spa"))
    with pytest.raises(ModelUnavailable, match="apt install apertium apertium-eng-spa"):
        apertium.found()


def test_a_direction_without_a_program_is_unavailable() -> None:
    translator = ProgramTranslator([Program.parse("en-es", "cat")])
    assert translator.supports("en", "es")
    assert not translator.supports("es", "en")
    with pytest.raises(ModelUnavailable, match="es-en"):
        translator.translate(["a"], "es", "en")


def test_a_file_that_is_no_program_is_unavailable(tmp_path: Path) -> None:
    path = tmp_path / "broken"
    path.write_bytes(b"\x00\x01")
    path.chmod(0o755)
    with pytest.raises(ModelUnavailable, match="cannot be started"):
        translate(Program("en", "es", (str(path),)), ["a"])


@pytest.mark.parametrize(
    ("direction", "command", "message"),
    [
        ("enes", "cat", "written like en-es"),
        ("-es", "cat", "written like en-es"),
        ("en-en", "cat", "written like en-es"),
        ("en-es", "cat 'open", "cannot be read"),
        ("en-es", "  ", "is empty"),
    ],
)
def test_settings_that_cannot_be_read_are_refused(direction: str, command: str, message: str) -> None:
    with pytest.raises(ConfigurationError, match=message):
        Program.parse(direction, command)


def test_two_commands_of_one_direction_are_refused() -> None:
    with pytest.raises(ConfigurationError, match="two commands are set for en-es"):
        ProgramTranslator([Program.parse("en-es", "cat"), Program.parse("EN>es", "tac")])


def test_commands_are_split_but_never_given_to_a_shell(tmp_path: Path) -> None:
    note = tmp_path / "shell was here"
    program = Program.parse("en>zh-hant", f"cat - '$(touch {note})' ; touch {shlex.quote(str(note))}")
    assert program.target_language == "zh-hant"
    assert f"$(touch {note})" in program.arguments
    with pytest.raises(EngineError):
        ProgramTranslator([program]).translate(["a"], "en", "zh-hant")
    assert not note.exists()


def test_apertium_is_recognized() -> None:
    marked = Program.parse("en-es", "nice apertium eng-spa", Mode.STREAM)
    assert (marked.mode, marked.spaced, marked.marks_unknown) == (Mode.BATCH, True, True)
    assert not Program.parse("en-es", "apertium -u eng-spa").marks_unknown
    other = Program.parse("en-es", "marian-decoder -c model.yml", Mode.STREAM)
    assert (other.mode, other.spaced, other.marks_unknown) == (Mode.STREAM, False, False)


def test_the_signature_changes_with_the_program(make: MakeProgram) -> None:
    first = make(UPPER)
    before = ProgramTranslator([first]).signature
    assert ProgramTranslator([first]).signature == before
    with Path(first.arguments[-1]).open("a") as stream:
        stream.write("# another version")
    assert ProgramTranslator([first]).signature != before


@given(st.text())
def test_one_line_has_one_line(text: str) -> None:
    line = one_line(text)
    assert len(line.splitlines()) <= 1
    line.encode("utf-8")
    assert line == line.strip()


@needs_apertium
class TestApertium:
    def test_it_translates_there_and_back(self) -> None:
        translator = ProgramTranslator(
            [Program.parse("en-es", "apertium eng-spa"), Program.parse("es-en", "apertium spa-eng")]
        )
        (there,) = translator.translate(["The president signed the treaty in the house."], "en", "es")
        assert "tratado" in there.text
        (back,) = translator.translate([there.text], "es", "en")
        assert "treaty" in back.text

    def test_neighbors_do_not_touch(self) -> None:
        translator = ProgramTranslator([Program.parse("en-es", "apertium eng-spa")])
        texts = ["The house", "of the president is red.", "He left", "It is [not] ^over$.", "a {b} <c> \\ @d #e *f 50%"]
        together = translator.translate(texts, "en", "es")
        assert [translator.translate([text], "en", "es")[0] for text in texts] == together
        assert together[1].text.endswith("rojo.")
        assert "[no] ^" in together[3].text
        assert "<" in together[4].text
        assert "#" in together[4].text
        assert "*" in together[4].text

    def test_marks_of_unknown_words_are_taken_out_and_counted(self) -> None:
        translator = ProgramTranslator([Program.parse("en-es", "apertium eng-spa")])
        name, noise, quoted = translator.translate(
            [
                "Ilse Zzyrtka saw the house.",
                "The blorpy frumiously gimbles wabely.",
                "He wrote *house* and me@house.org",
            ],
            "en",
            "es",
        )
        assert "Zzyrtka" in name.text
        assert "*" not in name.text + noise.text
        assert name.unusable == ""
        assert noise.unusable == Unusable.UNKNOWN_WORDS
        assert "*" in quoted.text
        assert "@" in quoted.text

    def test_an_unknown_pair_says_so(self) -> None:
        with pytest.raises(EngineError, match="Mode eng-xyz does not exist"):
            ProgramTranslator([Program.parse("en-es", "apertium eng-xyz")]).translate(["a"], "en", "es")
