"""Traces of translation tools in markup, and that what only talks about them is none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mtcheck.checks.language.translation_widget_markup import CHECK
from mtcheck.core.documents import Document, MarkupSign
from mtcheck.core.reading import Input, ReadOptions
from mtcheck.readers import read
from mtcheck.readers.html_signs import HASH_ATTRIBUTES, NESTED_FONTS, PROXY_LINKS, ROOT_CLASS, signs_of
from mtcheck.testing import facts_of, run_check
from tests.hang import no_hang

FONT = '<font style="vertical-align: inherit;">'
SENTENCE = "The harbor council of Varen approved the new ferry line on Tuesday."


def named(source: str) -> list[tuple[str, int]]:
    return [(sign.name, sign.count) for sign in signs_of(source)]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('<html lang="en" class="js translated-ltr"><p>a', [(ROOT_CLASS, 1)]),
        ("<html class=translated-rtl><p>a", [(ROOT_CLASS, 1)]),
        ('<body class="translated-ltr">a', [(ROOT_CLASS, 1)]),
        (f"{FONT}{FONT}a</font></font>" * 3, [(NESTED_FONTS, 3)]),
        ('<p _msttexthash="1234" _msthash="5">a', [(HASH_ATTRIBUTES, 1)]),
        ('<base href="https://www-varen-example.translate.goog/">a', [(PROXY_LINKS, 1)]),
        ('<link rel=canonical href="//varen-example.translate.goog?x=1">a', [(PROXY_LINKS, 1)]),
        ('<a href="https://varen-example.translate.goog/a">a</a>' * 3, [(PROXY_LINKS, 3)]),
        ('<a href="https://translate.google.com/translate?u=x">a</a>' * 3, [(PROXY_LINKS, 3)]),
        (
            f'<html class="translated-ltr">{FONT}{FONT}a</font></font>' + f"{FONT}{FONT}b</font></font>" * 2,
            [(ROOT_CLASS, 1), (NESTED_FONTS, 3)],
        ),
    ],
)
def test_signs(source: str, expected: list[tuple[str, int]]) -> None:
    assert expected == named(source)


@pytest.mark.parametrize(
    "source",
    [
        "<p>translated-ltr vertical-align: inherit translate.goog",
        '<p class="translated-ltr">a',
        '<html class="not-translated-ltr"><p>a',
        "<!-- <html class='translated-ltr'> -->a",
        "<script>document.documentElement.className = 'translated-ltr'</script>a",
        f"{FONT}a</font>" * 9,
        f"{FONT}{FONT}a</font></font>" * 2,
        '<span style="vertical-align: inherit"><span style="vertical-align: inherit">a</span></span>' * 9,
        '<a href="https://varen-example.translate.goog/a">a</a>',
        '<a href="https://example.org/?from=translate.goog">a</a>' * 9,
        '<div id="google_translate_element"></div>a',
        "",
    ],
)
def test_no_signs(source: str) -> None:
    assert [] == named(source)


def test_the_first_place_is_named() -> None:
    [sign] = signs_of(f"<html>\n<body>\n<p>a\n<p _msthash=1>b<p _msthash=2>{'c' * 500}")
    assert MarkupSign(HASH_ATTRIBUTES, "<p _msthash=1>", 2, 4) == sign
    [sign] = signs_of(f"<p _msthash=1 title='{'x' * 10_000}'>b")
    assert 200 == len(sign.example)


def test_unclosed_markup_takes_linear_time() -> None:
    with no_hang():
        assert [] == named("<font style='vertical-align: inherit' " * 50_000)
        assert [(NESTED_FONTS, 199_999)] == named(FONT * 200_000)


def documents(path: Path) -> list[Document]:
    return [item for item in read(Input(str(path)), ReadOptions()) if isinstance(item, Document)]


def test_from_file_to_finding(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    source = f'<html lang="en" class="translated-ltr"><body><h1>Ferry line</h1><p>{SENTENCE}</p></body></html>'
    page.write_text(source, encoding="utf-8")
    feed = tmp_path / "feed.jsonl"
    proxied = {"id": "b", "text": SENTENCE, "url": "https://varen-example.translate.goog/ferry"}
    records = [{"id": "a", "html": source}, proxied, {"id": "c", "text": "translated-ltr"}]
    feed.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    found = []
    for document in documents(page) + documents(feed):
        hits = run_check(CHECK, document, facts_of(document))
        found.append([hit.span.of(document.text) for hit in hits])
    assert [["Ferry line"], ["Ferry line"], [SENTENCE], []] == found


@pytest.mark.parametrize(
    ("head", "declared"),
    [
        ('<html lang="ru">', "ru"),
        ('<html lang="ru"><meta http-equiv="Content-Language" content="en">', "ru"),
        ('<html><meta http-equiv="Content-Language" content="en, ru">', "en"),
        ('<html><meta property="og:locale" content="es_ES">', "es-ES"),
        ('<html lang="de"><meta property="og:locale" content="es_ES">', "de"),
        ('<html><meta property="og:locale" content="es_ES"><body lang="fr">', "fr"),
        ('<html><link rel="canonical" href="/x"><link rel="alternate" hreflang="en" href="/x">', "en"),
        ('<html><link rel="alternate" hreflang="en" href="/x"><link rel="canonical" href="/x">', "en"),
        ('<html><link rel="canonical" href="/x"><link rel="alternate" hreflang="x-default" href="/x">', None),
        ('<html><link rel="alternate" hreflang="ru" href="/ru">', None),
        ("<html>", None),
        ('<html lang="a strange one">', None),
    ],
)
def test_declared_language(tmp_path: Path, head: str, declared: str | None) -> None:
    page = tmp_path / "page.html"
    page.write_text(f"{head}<body><p>{SENTENCE}</p>", encoding="utf-8")
    [document] = documents(page)
    assert declared == document.declared_language


def test_a_feeds_own_field_comes_before_that_of_its_html(tmp_path: Path) -> None:
    feed = tmp_path / "feed.jsonl"
    html = f'<html lang="en"><p>{SENTENCE}</p>'
    feed.write_text(json.dumps({"html": html, "language": "ru"}) + "\n" + json.dumps({"html": html}) + "\n")
    assert ["ru", "en"] == [document.declared_language for document in documents(feed)]
