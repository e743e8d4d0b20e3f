"""How fast pages are read. ``pytest tests/bench --benchmark-enable`` prints the figures; elsewhere each runs once.

Speed is compared with a bare run of the standard library's ``html.parser`` over the same page in the same process, so that
the ratio holds on any machine.
"""

from __future__ import annotations

from html.parser import HTMLParser
from time import process_time

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from mtcheck.readers.html import page_of
from mtcheck.readers.html_stream import stream_of
from mtcheck.text.blocks import plain_blocks

SENTENCE = "Talks on the new harbor in <b>Varen</b> &amp; its <a href='/port?a=1&amp;b=2'>port</a> have reached a tense stage, she said. "
MENU = "".join(
    f'<li class="menu-item menu-item-{index}"><a href="/section/{index}">Section {index}</a></li>'
    for index in range(40)
)
ARTICLE = "".join(
    f'<div class="article__row row-{index % 7}"><p class="text">{index} ships. {SENTENCE * 2}No {index}.</p></div>\n'
    for index in range(25)
)
SCRIPT = "<script>" + "window.data = {'a': 1 < 2};\n" * 120 + "</script>"
PAGE = f"<!DOCTYPE html><html lang='en'><head><title>Harbor talks</title>{SCRIPT}</head><body><nav><ul>{MENU}</ul></nav><main><h1>Harbor talks</h1>{ARTICLE}</main>{SCRIPT}</body></html>"
LARGE = PAGE * 40

SLOWEST_RATIO = 4.0
"""Times a bare parse that the stream may take: 5 MB/s where html.parser does 20."""


def bare_parse(source: str) -> None:
    parser = HTMLParser(convert_charrefs=False)
    parser.feed(source)
    parser.close()


def best_time(source: str, rounds: int = 3) -> float:
    times = []
    for _ in range(rounds):
        start = process_time()
        bare_parse(source)
        times.append(process_time() - start)
    return min(times)


def test_html_stream(benchmark: BenchmarkFixture) -> None:
    stream = benchmark(stream_of, LARGE)
    assert len(stream.blocks) > 1_000
    if benchmark.enabled and benchmark.stats is not None:
        bare, own = best_time(LARGE), benchmark.stats.stats.min
        benchmark.extra_info["megabytes_a_second"] = round(len(LARGE) / 1e6 / own, 1)
        benchmark.extra_info["times_bare_html_parser"] = round(own / bare, 2)
        assert own <= SLOWEST_RATIO * bare


def test_page_with_main_text(benchmark: BenchmarkFixture) -> None:
    page = benchmark(page_of, PAGE)
    assert page.alignment.unaligned == 0
    assert page.alignment.main_blocks >= 25


@pytest.mark.parametrize("lines", [40, 4_000])
def test_plain_blocks(benchmark: BenchmarkFixture, lines: int) -> None:
    text = (
        "Harbor talks reach a tense stage\n\n"
        + "The delegations meet again on Thursday in the old customs house.\n\n" * lines
    )
    assert len(benchmark(plain_blocks, text)) == lines + 1
