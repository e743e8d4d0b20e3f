"""Files of pairs: every character of a translation at its place, whatever stands around it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtcheck.core.documents import Document
from mtcheck.core.errors import InputError
from mtcheck.core.reading import Input, ReadOptions
from mtcheck.core.spans import Span
from mtcheck.readers import read
from mtcheck.readers.gettext_pairs import gettext_pairs
from mtcheck.readers.table_pairs import table_pairs
from mtcheck.readers.xml_pairs import xml_pairs
from mtcheck.readers.xml_tokens import xml_tokens
from tests.hang import no_hang

PO = r"""msgid ""
msgstr ""
"Language: es\n"

#: port.c:7
msgid "The port is \"closed\"."
msgstr ""
"El puerto está "
"\"cerrado\".\n"

#, fuzzy
msgid "Old"
msgstr "Viejo"

#~ msgid "Gone"
#~ msgstr "Ido"

msgid "One ship"
msgid_plural "Many ships"
msgstr[0] "Un barco"
msgstr[1] "Muchos barcos"

msgid "Not yet"
msgstr ""
"""

XLIFF = """<?xml version="1.0"?>
<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>
<xliff version="1.2"><file source-language="de-DE" target-language="en-GB"><body>
<trans-unit id="1"><source>Hafen &amp; Stadt</source><target>Port &amp; <g id="1">city</g> &#8211; <ph id="2">&lt;br&gt;</ph>&b;</target>
<alt-trans><source>x</source><target>never this</target></alt-trans></trans-unit>
<!-- <target>nor this</target> -->
<trans-unit id="2"><source>Leer</source></trans-unit>
</body></file></xliff>"""

XLIFF_2 = """<xliff version="2.0" srcLang="ru" trgLang="en"><file id="f"><unit id="u">
<originalData><data id="d">junk</data></originalData>
<segment><source>Порт</source><target>The <pc id="1">port</pc></target></segment>
<ignorable><source> </source></ignorable></unit></file></xliff>"""

TMX = """<tmx version="1.4"><header srclang="ru"/><body>
<tu><tuv xml:lang="ru"><seg>Порт закрыт.</seg></tuv><tuv xml:lang="en-US"><seg>The port <bpt i="1">{b}</bpt>is closed.</seg></tuv></tu>
</body></tmx>"""


def read_one(folder: Path, name: str, text: str, options: ReadOptions | None = None) -> Document:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    (found,) = read(Input(str(path)), options or ReadOptions())
    if isinstance(found, InputError):
        raise found
    return found


def pairs_of(document: Document) -> list[tuple[str, str]]:
    return [(segment.source, segment.span.of(document.text)) for segment in document.segments]


def test_po_reads_entries_in_use(tmp_path: Path) -> None:
    document = read_one(tmp_path, "a.po", PO)
    assert pairs_of(document) == [
        ('The port is "closed".', 'El puerto está "cerrado".\n'),
        ("One ship", "Un barco"),
        ("Many ships", "Muchos barcos"),
        ("Not yet", ""),
    ]
    assert document.declared_language == "es"


def test_po_places_escapes_in_the_file(tmp_path: Path) -> None:
    document = read_one(tmp_path, "a.po", PO)
    start = document.text.index('"cerrado"')
    place = document.place(Span(start, start + len('"cerrado"')))
    assert PO[place.start : place.end] == r"\"cerrado\""
    assert place.line == 9


def test_xliff_reads_text_and_leaves_markup(tmp_path: Path) -> None:
    document = read_one(tmp_path, "a.xlf", XLIFF)
    # The entity that the file declares is never expanded: it stays as it is written.
    assert pairs_of(document) == [("Hafen & Stadt", "Port & city – &b;"), ("Leer", "")]
    assert (document.source_language, document.declared_language) == ("de-DE", "en-GB")
    start = document.text.index("city")
    place = document.place(Span(start, start + 4))
    assert XLIFF[place.start : place.end] == "city"


def test_xliff_2(tmp_path: Path) -> None:
    document = read_one(tmp_path, "a.xliff", XLIFF_2)
    assert pairs_of(document) == [("Порт", "The port")]
    assert (document.source_language, document.declared_language) == ("ru", "en")


def test_tmx(tmp_path: Path) -> None:
    document = read_one(tmp_path, "a.tmx", TMX)
    assert pairs_of(document) == [("Порт закрыт.", "The port is closed.")]
    assert (document.source_language, document.declared_language) == ("ru", "en-US")


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("Der Hafen\tThe port\n", [("Der Hafen", "The port")]),
        ("source\ttranslation\nDer Hafen\tThe port\r\n", [("Der Hafen", "The port")]),
        ("id\tmt\tsource\n7\tThe port\tDer Hafen\n", [("Der Hafen", "The port")]),
        ("de\ten\nDer Hafen\tThe port\nLeer\t\n", [("Der Hafen", "The port"), ("Leer", "")]),
    ],
)
def test_table(tmp_path: Path, table: str, expected: list[tuple[str, str]]) -> None:
    document = read_one(tmp_path, "a.tsv", table)
    assert expected == pairs_of(document)
    place = document.place(Span(0, 8))
    assert table[place.start : place.end] == "The port"


@pytest.mark.parametrize(
    ("name", "text"), [("a.po", "no entries"), ("a.xlf", "<xliff/>"), ("a.tsv", "one column"), ("a.tsv", "Leer\t\n")]
)
def test_file_without_pairs_is_an_error(tmp_path: Path, name: str, text: str) -> None:
    with pytest.raises(InputError, match="holds no"):
        read_one(tmp_path, name, text)


@given(st.text(alphabet="<>/&;#x\"=\\'[]!-? \n\tabmsgidstrCDATA\ud800\u202e0", max_size=200))
def test_readers_survive_any_text(text: str) -> None:
    for reader in (xml_pairs, gettext_pairs, table_pairs):
        for pair in reader(text, ReadOptions()).pairs:
            for piece in pair.target:
                assert 0 <= piece.start <= piece.end <= len(text)


@given(st.text(alphabet="<>/&;amp#65 tag", max_size=80))
def test_tokens_ascend(text: str) -> None:
    end = 0
    for token in xml_tokens(text):
        assert end <= token.start < token.end <= len(text)
        end = token.end


def test_hostile_markup_takes_linear_time() -> None:
    for piece in ("<a b='", "<!x>", "<![CDATA[", "&#", "<!-- ", "<", "<!DOCTYPE x [", '"\\'):
        with no_hang():
            xml_pairs(piece * 10_000, ReadOptions())
            gettext_pairs("msgid " + piece * 10_000, ReadOptions())


def test_single_source_goes_to_the_page(tmp_path: Path) -> None:
    document = read_one(tmp_path, "a.txt", "The port.", ReadOptions(source="Der Hafen."))
    assert document.source == "Der Hafen."
