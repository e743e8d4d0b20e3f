"""The charts along a page, its score in parts, and the assets they come with."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from mtcheck.core.findings import ACCEPTED, Severity
from mtcheck.core.languages import LanguageSpan
from mtcheck.core.spans import Span
from mtcheck.core.surprisal import SentenceSurprisal
from mtcheck.reporters import Destination, reporter
from mtcheck.reporters.gathering import results
from mtcheck.reporters.html.assets import FOLDER, MODULES, STYLES, assets_of, data_island
from mtcheck.reporters.html.breakdown import breakdown_of
from mtcheck.reporters.html.cards import cards_of
from mtcheck.reporters.html.strip import HEIGHT, WIDTH, surprisal_of, ticks_of
from mtcheck.reporters.json import dumps, load
from tests.reporters.sample import HOSTILE, Page, english_page, mixed_page, sample_report, scan_report
from tests.reporters.test_html import page_of


def with_surprisal(base: Page, bits: list[float]) -> Page:
    length = len(base.document.text) // len(bits)
    series = tuple(
        SentenceSurprisal(Span(index * length, (index + 1) * length), value) for index, value in enumerate(bits)
    )
    return Page(replace(base.document, surprisal=series), base.findings)


def test_surprisal_is_drawn_along_the_page_against_its_own_level() -> None:
    strip = surprisal_of(with_surprisal(english_page(), [2.0, 2.1, 1.9, 2.0, 6.0]).document)
    assert strip is not None
    assert [bar.high for bar in strip.bars] == [False, False, False, False, True]
    assert (strip.bars[0].start, strip.bars[-1].height) == (0, HEIGHT)
    assert all(bar.start + bar.width <= WIDTH for bar in strip.bars)
    assert (strip.level, strip.highest) == ("2.00", "6.00")
    assert strip.bars[-1].title.startswith("6.00 bits a character: ")
    assert surprisal_of(english_page().document) is None
    even = surprisal_of(with_surprisal(english_page(), [2.0] * 5).document)
    assert even is not None
    assert not any(bar.high for bar in even.bars)


def test_a_long_page_has_no_more_bars_than_can_be_seen() -> None:
    base = english_page()
    document = replace(
        base.document,
        text="word " * 5000,
        surprisal=tuple(SentenceSurprisal(Span(5 * index, 5 * index + 5), float(index % 7)) for index in range(5000)),
    )
    strip = surprisal_of(document)
    assert strip is not None
    assert len(strip.bars) <= 600
    assert max(bar.height for bar in strip.bars) == HEIGHT


def test_a_page_with_surprisal_is_the_same_from_its_json(tmp_path: Path) -> None:
    report = scan_report([with_surprisal(english_page(), [2.00004, 1 / 3, 6.0])])
    content = page_of(report, tmp_path / "one", "harbor")
    assert [attributes["class"] for attributes in content.all("svg")][:1] == ["surprisal"]
    assert "bits a character (median 2.00, highest 6.00)" in content.text
    reporter("html").write(load(dumps(report)), Destination.to_path(tmp_path / "other"))
    reporter("html").write(report, Destination.to_path(tmp_path / "again"))
    for path in (tmp_path / "again").iterdir():
        assert path.read_bytes() == (tmp_path / "other" / path.name).read_bytes()


def test_ticks_stand_where_the_findings_are_and_the_worst_are_drawn_last() -> None:
    page = english_page()
    ticks = ticks_of(page.document, cards_of(page.findings, {}, {}))
    ranks = [tick.severity.rank for tick in ticks]
    assert ranks == sorted(ranks)
    assert len(ticks) == 11
    (critical,) = (tick for tick in ticks if tick.severity is Severity.CRITICAL)
    assert critical.start == round(page.document.text.index("<unk>") * WIDTH / len(page.document.text), 1)


def test_a_score_is_the_sum_of_its_parts() -> None:
    (result,) = results(scan_report([english_page()]))
    breakdown = breakdown_of(result)
    assert sum(row.points or 0 for row in breakdown.rows) == result.document.scores.penalty
    assert breakdown.rows[0].category == "accuracy/mistranslation"
    assert breakdown.rows[0].counts == ((Severity.CRITICAL, 1), (Severity.MAJOR, 3), (Severity.MINOR, 0))
    weighted = replace(result.document.scores, penalty=1)
    other = replace(result, document=replace(result.document, scores=weighted))
    assert {row.points for row in breakdown_of(other).rows} == {None}, "with other weights the sum alone is known"
    known = replace(result, findings=(replace(result.findings[0], status=ACCEPTED), *result.findings[1:]))
    assert breakdown_of(known).settled == 1


def test_the_ribbon_runs_along_the_text_without_a_gap() -> None:
    from mtcheck.reporters.html.ribbon import ribbon_of

    stripes = ribbon_of(mixed_page().document).stripes
    assert [stripe.color for stripe in stripes] == ["language-0", "language-1"] * 2
    assert stripes[0].start == 0
    for before, after in pairwise(stripes):
        assert round(before.start + before.width, 1) == after.start
    assert round(stripes[-1].start + stripes[-1].width, 1) == 1000


def test_the_ribbon_shows_a_sentence_in_another_language_inside_a_paragraph() -> None:
    from mtcheck.reporters.html.ribbon import ribbon_of

    document = mixed_page().document
    start = document.text.index("The minister said")
    sentence = LanguageSpan(Span(start, start + 17), "es", 0.99)
    stripes = ribbon_of(replace(document, foreign=(sentence,))).stripes
    assert [stripe.title for stripe in stripes] == ["English", "Spanish", "English", "Russian", "English", "Russian"]
    assert stripes[1].start == round(1000 * start / len(document.text), 1)
    assert stripes[1].width == pytest.approx(17_000 / len(document.text), abs=0.1)


def test_modules_can_stand_in_one_scope() -> None:
    declared = re.compile(r"^(?:export )?(?:const|let|function|class) (\w+)", re.MULTILINE)
    assert {path.name for path in FOLDER.iterdir()} == {
        *STYLES,
        *(name for names in MODULES.values() for name in names),
    }
    for kind, names in MODULES.items():
        sources = {name: (FOLDER / name).read_text(encoding="utf-8") for name in names}
        counts = Counter(found for source in sources.values() for found in declared.findall(source))
        assert [name for name, count in counts.items() if count > 1] == []
        for position, (name, source) in enumerate(sources.items()):
            for imported, module in re.findall(r'^import \{([^}]*)\} from "\./([^"]+)";$', source, re.MULTILINE):
                assert module in names[:position], f"{name} imports {module}, which stands behind it"
                exported = set(re.findall(r"^export (?:const|let|function|class) (\w+)", sources[module], re.MULTILINE))
                wanted = {each.strip() for each in imported.split(",")}
                assert wanted <= exported
                rest = source.replace(f"import {{{imported}}}", "")
                for each in wanted:
                    assert re.search(rf"\b{each}\b", rest), f"{name} imports {each} and does not use it"
        script = str(assets_of(kind, {})["script"])
        assert not re.search(r"^(import|export)\b", script, re.MULTILINE)
        assert "innerHTML" not in script, "text is set as text"


def test_only_served_pages_may_connect() -> None:
    assert "connect-src" not in assets_of("page", {})["policy"]
    assert "connect-src 'self'; " in assets_of("page", {}, served=True)["policy"]


def test_data_cannot_leave_its_element() -> None:
    island = str(data_island({HOSTILE: [HOSTILE]}))
    assert island.isascii()
    assert not set("<>&") & set(island)


def test_the_sample_has_no_surprisal() -> None:
    assert all(document.surprisal == () for document in sample_report().documents)
