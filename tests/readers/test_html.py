"""HTML: what a reader of the page sees, with its places, kinds and roles."""

from __future__ import annotations

import pytest

from mtcheck.core.documents import BlockKind, BlockRole
from mtcheck.core.spans import Span
from mtcheck.readers.html import page_of
from mtcheck.readers.html_stream import stream_of
from mtcheck.readers.html_tokens import TokenKind, attributes, tokens, unescape


def texts_of(source: str) -> list[str]:
    stream = stream_of(source)
    return [block.span.of(stream.text) for block in stream.blocks]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>One</p><p>Two</p>", ["One", "Two"]),
        ("<p>One<p>Two", ["One", "Two"]),
        ("plain text", ["plain text"]),
        ("<b>Mos</b>cow", ["Moscow"]),
        ("<p>  a\n  b  </p>", ["a\n  b"]),
        ("a<br>b", ["a\nb"]),
        ("a<br> <br/>b", ["a", "b"]),
        ("<br>a<br>", ["a"]),
        ("<ul><li>a<li>b</ul>", ["a", "b"]),
        ("<table><tr><td>a<td>b<tr><th>c</table>", ["a", "b", "c"]),
        ("<dl><dt>a<dd>b</dl>", ["a", "b"]),
        ("<pre>a\n  b</pre>", ["a\n  b"]),
        ("a<!-- x -->b<!-->c<!--->d", ["abcd"]),
        ("a<!-- x --!>b", ["ab"]),
        ("a<!-- never closed <p>b</p>", ["a"]),
        ("a<![CDATA[ x > y ]]>b", ["ab"]),
        ("a<![CDATA[ x > b", ["a b"]),
        ("a<?php echo 1 ?>b", ["ab"]),
        ("<!DOCTYPE html>a", ["a"]),
        ("<script>if (a < b) '</p>'</script>a", ["a"]),
        ("<script>never closed", []),
        ("<script>'</scripty>'</script >a", ["a"]),
        ("<style>p > a {}</style>a<textarea>b</textarea>c", ["ac"]),
        ("<noscript><p>no</p></noscript>a", ["a"]),
        ("<svg><text>no</text><path/></svg>a", ["a"]),
        ("<select><option>no</select>a", ["a"]),
        ("<template><p>no</p></template>a", ["a"]),
        ("<head><title>no</title></head><body>a", ["a"]),
        ("<title>no</title>a", ["a"]),
        ("<head>a<p>b", ["a", "b"]),
        ("<div hidden><p>no</p></div>a", ["a"]),
        ('<div style="color: red; display : none">no</div>a', ["a"]),
        ('<span aria-hidden="true">no</span>a', ["a"]),
        ("<p hidden>no<p>a", ["a"]),
        ("1 < 2 and 3 <4 and <3", ["1 < 2 and 3 <4 and <3"]),
        ("a < b", ["a < b"]),
        ("a <b", ["a"]),
        ("a <p class='x", ["a"]),
        ("a</>b", ["ab"]),
        ("a</ p>b", ["ab"]),
        ("a<p title='>'>b", ["a", "b"]),
        ('a<p title=">" data-x=\'"\'>b', ["a", "b"]),
        ("a<p x=it's>b", ["a", "b"]),
        ("caf&eacute; &amp; &lt;b&gt;", ["café & <b>"]),
        ("&#8220;a&#x201D;", ["“a”"]),
        ("&copy 2026 &notit; &unknown; &;", ["© 2026 ¬it; &unknown; &;"]),
        ("a&NotEqualTilde;b", ["a≂̸b"]),
        ("a&#0;b&#xD800;c&#99999999999999999999;d", ["a\ufffdb\ufffdc\ufffdd"]),
        ("a&#" + "0" * 30 + "65;b", ["aAb"]),
        ("a&nbsp;b&nbsp;", ["a\xa0b"]),
        ("&nbsp;", []),
        ("<b>&nbsp;</b> <i>a</i>", ["a"]),
        ("a\x00b", ["a\x00b"]),
        ("<P>a</P><DIV>b</DIV>", ["a", "b"]),
        ("<p>مرحبا <b>بال</b>عالم</p>", ["مرحبا بالعالم"]),
        ("<p>e<b>\u0301</b>t\u00e9 😀</p>", ["e\u0301té 😀"]),
        ("<button>Share</button><button>Send</button>", ["Share", "Send"]),
        ('<a href="/a">Home</a><a href="/b">News</a>', ["Home", "News"]),
        ('x <a href="/a">Home</a><a href="/b">town</a>', ["x Hometown"]),
        ("<a href=/a>Va</a><a href=/a>ren</a>", ["Varen"]),
        ("<h1>a</h2>b", ["a", "b"]),
        ("<div><table><td>a</div>b</table>c", ["a", "b", "c"]),
        ("<?xml version='1.0'?><html><script src='x'/><p>a</p></html>", ["a"]),
    ],
)
def test_text_is_what_a_reader_sees(source: str, expected: list[str]) -> None:
    assert expected == texts_of(source)


@pytest.mark.parametrize(
    ("source", "found", "written"),
    [
        ("<p>x <b>Mos</b>cow.</p>", "Moscow", "Mos</b>cow"),
        ("<p>a &amp; b</p>", "&", "&amp;"),
        ("<p>a&nbsp;b</p>", "\xa0", "&nbsp;"),
        ("<p>😀 <i>Ва</i>рен</p>", "Варен", "Ва</i>рен"),
        ("<p>one<br >two</p>", "e\nt", "e<br >t"),
        ("<p>&ldquo;Ya&rdquo;</p>", "“Ya”", "&ldquo;Ya&rdquo;"),
        ("<p>a</p>\r\n<p>b&lt;c</p>", "b<c", "b&lt;c"),
        ("<p>שלום <span dir=ltr>abc</span></p>", "abc", "abc"),
        ("<p>a<!-- no -->b</p>", "ab", "a<!-- no -->b"),
    ],
)
def test_place_is_exactly_the_source(source: str, found: str, written: str) -> None:
    stream = stream_of(source)
    start = stream.text.index(found)
    place = stream.offsets.place(Span(start, start + len(found)))
    assert written == source[place.start : place.end]
    before = source[: place.start].replace("\r\n", "\n")
    assert (before.count("\n") + 1, len(before) - before.rfind("\n")) == (place.line, place.column)


MANY = 20_000


@pytest.mark.parametrize(
    "source",
    [
        "<div>" * 100_000 + "x" + "</div>" * 100_000,
        "<p>" * MANY + "</p>" * MANY,
        "<span lang=x>" * MANY + "</b>" * MANY,
        "<div><span lang=x>" * MANY + "</i></em>" * MANY,
        "<!--x" * MANY,
        "<a " * MANY,
        '<a x="' * MANY,
        "<a " + "=a" * MANY,
        "<![CDATA[" * MANY,
        "<script>" * MANY,
        "<" * 10 * MANY,
        "&" * 10 * MANY,
        "&#" + "9" * 10 * MANY + ";",
        "<table><td>" * MANY,
        "<h1>" * MANY + "</h2>" * MANY,
        "x<br> " * MANY,
        "<svg>" * MANY + "<path/>" * MANY,
        "<ul><li>" * MANY + "</div>" * MANY,
    ],
    ids=lambda source: source[:12],
)
def test_hostile_page_is_read_in_linear_time(source: str) -> None:
    # Quadratic time on any of these would be minutes.
    stream = stream_of(source)
    assert stream.offsets.text_length == len(stream.text)
    page_of(source[:20_000])


def test_long_line_is_read() -> None:
    source = "<p>" + "слово &amp; " * 100_000
    (text,) = texts_of(source)
    assert text == ("слово & " * 100_000).rstrip()


def test_page_that_a_script_uncovers_is_read_all_the_same() -> None:
    assert texts_of('<div style="display:none"><p>All there is.</p></div>') == ["All there is."]


def test_unknown_markup_declaration_does_no_harm() -> None:
    # The standard library's parser raises AssertionError here.
    assert texts_of("a<![x y]>b") == ["ab"]


def test_tokens_tile_the_markup() -> None:
    source = "<p class=a>x</p><script>1<2</script><!-- c -->"
    found = [(token.kind, token.name, source[token.start : token.end]) for token in tokens(source)]
    assert [
        (TokenKind.START, "p", "<p class=a>"),
        (TokenKind.END, "p", "</p>"),
        (TokenKind.START, "script", "<script>"),
        (TokenKind.SKIPPED, "script", "1<2"),
        (TokenKind.END, "script", "</script>"),
        (TokenKind.SKIPPED, "", "<!-- c -->"),
    ] == found


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("<p>", {}),
        ("<p/>", {}),
        ("<p class='a b' id=c hidden>", {"class": "a b", "id": "c", "hidden": ""}),
        ('<P LANG="ru" lang="en">', {"lang": "ru"}),
        ("<a title=&quot;x&quot; href=a/b/>", {"title": '"x"', "href": "a/b/"}),
        ("<p dir = rtl>", {"dir": "rtl"}),
    ],
)
def test_attributes(tag: str, expected: dict[str, str]) -> None:
    assert expected == attributes(tag)


def test_unescape_survives_long_numbers() -> None:
    assert unescape("&#" + "1" * 5000 + ";") == "\ufffd"


BODY = "".join(
    f"<p>{sentence}</p>"
    for sentence in (
        "Talks on the new harbor in Varen have reached a tense stage, the minister told reporters on Monday morning.",
        "“We will not leave the table,” she said. “But we will not wait for ever, either, and the town knows it.”",
        "The delegations meet again on Thursday in the old customs house, according to the ministry of the town.",
        "No one in the town believes that the talks will end before the ships of the north come in for the winter.",
    )
)
PAGE = f"""<!DOCTYPE html>
<html lang="en-GB" dir="ltr"><head><meta charset="utf-8"><title>Harbor talks reach a tense stage | Gazette</title>
<meta property="og:title" content="Harbor talks reach a tense stage">
<meta property="og:url" content="https://gazette.example/harbor">
<meta property="article:published_time" content="2026-03-02T09:15:00Z"></head>
<body><header><nav><ul><li><a href="/">Home</a></li><li><a href="/w">World</a></li></ul></nav></header>
<main><article>
<h1>Harbor talks reach a tense stage</h1>
<p class="standfirst">The minister speaks of a last chance for both towns</p>
<p class="byline">By Ilse Marten</p><time datetime="2026-03-02">2 March 2026</time>
<figure><img src="x.jpg"><figcaption>The port of Varen in winter</figcaption></figure>
{BODY}
<h2>What comes next</h2>
<p lang="ru">Делегации встретятся снова в четверг в здании старой таможни, сообщило министерство города Варен.</p>
<blockquote>We will be there, whatever the weather and whatever the others may say about it.</blockquote>
<p>The ferry runs every day until the end of October, and the harbor office is open in the morning only.</p>
</article></main>
<section id="comments"><h3>Comments</h3><p>Наконец-то построят порт</p></section>
<aside class="related"><a href="/b">Bakers protest</a></aside>
<footer><p>© 2026 Gazette</p></footer></body></html>"""


def test_kinds_and_roles_of_a_page() -> None:
    page = page_of(PAGE)
    found = {block.span.of(page.text): (block.kind, block.role) for block in page.blocks}
    main, furniture = BlockRole.MAIN, BlockRole.FURNITURE
    expected = {
        "Home": (BlockKind.NAVIGATION, furniture),
        "Harbor talks reach a tense stage": (BlockKind.HEADLINE, main),
        "The minister speaks of a last chance for both towns": (BlockKind.SUMMARY, main),
        "By Ilse Marten": (BlockKind.BYLINE, furniture),
        "2 March 2026": (BlockKind.DATELINE, furniture),
        "The port of Varen in winter": (BlockKind.CAPTION, main),
        "What comes next": (BlockKind.LABEL, main),
        "We will be there, whatever the weather and whatever the others may say about it.": (BlockKind.QUOTATION, main),
        "Comments": (BlockKind.COMMENT, furniture),
        "Наконец-то построят порт": (BlockKind.COMMENT, furniture),
        "Bakers protest": (BlockKind.NAVIGATION, furniture),
        "© 2026 Gazette": (BlockKind.FOOTER, furniture),
    }
    assert expected == {text: found[text] for text in expected}
    leads = [block.span.of(page.text) for block in page.blocks if block.kind is BlockKind.LEAD]
    assert [text[:18] for text in leads] == ["Talks on the new h"]


def test_page_says_what_it_is() -> None:
    page = page_of(PAGE)
    assert ("Harbor talks reach a tense stage", "https://gazette.example/harbor", "2026-03-02T09:15:00Z", "en-GB") == (
        page.title,
        page.url,
        page.published,
        page.language,
    )


def test_language_and_direction_are_inherited() -> None:
    page = page_of(
        '<html lang="en"><p>a b</p><div lang="ar" dir="rtl"><p>مرحبا</p></div><p>c <i lang="fr">d</i></p><p><i lang="fr">e</i></p>'
    )
    found = [(block.span.of(page.text), block.language, block.direction) for block in page.blocks]
    assert [("a b", "en", None), ("مرحبا", "ar", "rtl"), ("c d", "en", None), ("e", "fr", None)] == found


@pytest.mark.parametrize(
    ("title", "headings", "expected"),
    [
        ("Harbor opens | Gazette", "<h1>Gazette</h1><h2>Harbor opens</h2>", "Harbor opens"),
        ("Harbor opens", "<h1>Harbor opens</h1><h1>Menu</h1>", "Harbor opens"),
        ("", "<h1>Harbor opens</h1>", "Harbor opens"),
        ("Gazette – Der Hafen öffnet", "<h3>Der Hafen öffnet</h3>", "Der Hafen öffnet"),
        ("Порт открыт — Газета", "<h2>Порт открыт</h2>", "Порт открыт"),
    ],
)
def test_headline_is_the_heading_that_the_title_agrees_with(title: str, headings: str, expected: str) -> None:
    page = page_of(f"<html><head><title>{title}</title></head><body>{headings}{BODY}</body></html>")
    assert [expected] == [block.span.of(page.text) for block in page.blocks if block.kind is BlockKind.HEADLINE]
