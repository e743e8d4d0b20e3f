"""Encodings: what the bytes say counts for more than what the page says of itself."""

from __future__ import annotations

import codecs

import pytest

from mtcheck.core.errors import InputError
from mtcheck.readers.encodings import Decoded, EncodingSource, codec_of_label, declared_codec, decode

TEXTS = {
    "ru": "Министр заявил, что переговоры в порту Варен продолжатся на следующей неделе. «Мы согласовали повестку», — добавил он.",
    "ru, plain": "Министр заявил, что переговоры в порту Варен продолжатся на следующей неделе.",
    "ar": "قال الوزير إن المفاوضات في ميناء فارين ستستمر الأسبوع المقبل، وأضاف أن الجانبين اتفقا على جدول الأعمال.",
    "de": "Die Außenministerin sagte, die Gespräche würden fortgesetzt – „wir sind uns über die Tagesordnung einig“, fügte sie hinzu.",
    "es": "La ministra dijo que las negociaciones continuarán mañana en el muelle pequeño. «Estamos de acuerdo», añadió.",
    "fr": "La ministre a déclaré que les négociations se poursuivront à la fête du château, où l’été s’achève.",
    "pl": "Minister powiedział, że rozmowy w porcie będą kontynuowane w przyszłym tygodniu, a strony uzgodniły porządek.",
    "tr": "Dışişleri bakanı görüşmelerin gelecek hafta limanda süreceğini söyledi. Taraflar gündem üzerinde anlaştı.",
    "el": "Ο υπουργός δήλωσε ότι οι διαπραγματεύσεις στο λιμάνι θα συνεχιστούν την επόμενη εβδομάδα.",
    "he": "השר אמר כי המשא ומתן בנמל יימשך בשבוע הבא, וכי הצדדים הסכימו על סדר היום.",
    "ja": "大臣は、来週も港で協議が続くと述べた。双方は議題について合意したという。",
    "zh": "部长说，港口的谈判将于下周继续进行，双方已就议程达成一致。",
    "ko": "장관은 다음 주에도 항구에서 회담이 계속될 것이라고 말했다.",
}


@pytest.mark.parametrize(
    ("language", "codec"),
    [
        ("ru", "cp1251"),
        ("ru, plain", "koi8-r"),
        ("ar", "cp1256"),
        ("de", "cp1252"),
        ("es", "cp1252"),
        ("fr", "cp1252"),
        ("pl", "cp1250"),
        ("pl", "iso8859-2"),
        ("tr", "cp1254"),
        ("el", "cp1253"),
        ("he", "cp1255"),
        ("ja", "shift_jis"),
        ("ja", "euc_jp"),
        ("zh", "gb18030"),
        ("ko", "euc_kr"),
    ],
)
def test_undeclared_encoding_is_recognised(language: str, codec: str) -> None:
    data = TEXTS[language].encode(codec)
    decoded = decode(data, "page.txt")
    assert TEXTS[language] == decoded.text == data.decode(decoded.encoding)
    assert decoded.chosen_by is EncodingSource.GUESSED


@pytest.mark.parametrize("language", sorted(TEXTS))
@pytest.mark.parametrize(
    ("codec", "mark", "name", "chosen_by"),
    [
        ("utf-8", b"", "utf-8", EncodingSource.VALID_UTF8),
        ("utf-8", codecs.BOM_UTF8, "utf-8-sig", EncodingSource.BYTE_ORDER_MARK),
        ("utf-16-le", codecs.BOM_UTF16_LE, "utf-16", EncodingSource.BYTE_ORDER_MARK),
        ("utf-16-be", codecs.BOM_UTF16_BE, "utf-16", EncodingSource.BYTE_ORDER_MARK),
        ("utf-32-le", codecs.BOM_UTF32_LE, "utf-32", EncodingSource.BYTE_ORDER_MARK),
        ("utf-32-be", codecs.BOM_UTF32_BE, "utf-32", EncodingSource.BYTE_ORDER_MARK),
    ],
)
def test_unicode_encodings(language: str, codec: str, mark: bytes, name: str, chosen_by: EncodingSource) -> None:
    data = mark + TEXTS[language].encode(codec)
    assert Decoded(TEXTS[language], name, chosen_by) == decode(data, "page.txt")
    assert TEXTS[language] == data.decode(name)


@pytest.mark.parametrize("language", ["ru", "ar", "de", "he", "es"])
@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark_is_known_by_its_zeros(language: str, codec: str) -> None:
    decoded = decode(TEXTS[language].encode(codec), "page.txt")
    assert (TEXTS[language], codec, EncodingSource.NUL_PATTERN) == (decoded.text, decoded.encoding, decoded.chosen_by)


def page(charset: str, text: str) -> str:
    return f'<!DOCTYPE html><html><head><meta charset="{charset}"><title>Page</title></head><body><p>{text}</p></body></html>'


@pytest.mark.parametrize(
    ("language", "charset", "codec", "expected", "lies"),
    [
        ("ru", "windows-1251", "cp1251", "cp1251", False),
        ("ar", "windows-1256", "cp1256", "cp1256", False),
        ("de", "iso-8859-1", "cp1252", "cp1252", False),
        ("de", "ISO-8859-1", "utf-8", "utf-8", True),
        ("ru", "utf-8", "cp1251", "cp1251", True),
        ("ar", "utf-8", "cp1256", "cp1256", True),
        ("ru", "iso-8859-1", "utf-8", "utf-8", True),
        ("zh", "gb2312", "gb18030", "gb18030", False),
        ("ja", "Shift_JIS", "cp932", "cp932", False),
        ("ru", "utf-16", "utf-8", "utf-8", False),
        ("ru", "no-such-charset", "cp1251", "cp1251", False),
    ],
)
def test_declared_charset_is_checked(language: str, charset: str, codec: str, expected: str, lies: bool) -> None:
    text = page(charset, TEXTS[language])
    decoded = decode(text.encode(codec), "page.html", markup=True)
    assert (text, expected, lies) == (decoded.text, decoded.encoding, decoded.declaration_lies)


def test_declaration_counts_only_in_markup() -> None:
    text = page("windows-1251", "Müller sagte, der Hafen sei schön, größer und für alle da.")
    assert decode(text.encode("cp1252"), "page.txt").encoding == "cp1252"


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (b'<meta charset="utf-8">', "utf-8"),
        (b"<META CHARSET=KOI8-R>", "koi8-r"),
        (b'<meta http-equiv="Content-Type" content="text/html; charset=windows-1256">', "cp1256"),
        (b'<?xml version="1.0" encoding="ISO-8859-2"?>', "iso8859-2"),
        (b'<!-- <meta charset="koi8-r"> --><meta charset="utf-8">', "utf-8"),
        (b"<p>charset=koi8-r</p>", None),
        (b'<meta charset="hex">', None),
    ],
)
def test_declared_codec(head: bytes, expected: str | None) -> None:
    assert expected == declared_codec(head)


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("latin1", "cp1252"),
        ("us-ascii", "cp1252"),
        ("x-sjis", "cp932"),
        ("GBK", "gb18030"),
        ("rot13", None),
        ("", None),
    ],
)
def test_labels_mean_what_browsers_take_them_for(label: str, expected: str | None) -> None:
    assert expected == codec_of_label(label)


def test_damaged_utf8_is_read_with_replacement() -> None:
    data = TEXTS["ru"].encode().replace("порту".encode(), b"\xd0\xff\xfe")
    decoded = decode(data, "page.txt")
    assert ("utf-8", EncodingSource.DAMAGED_UTF8) == (decoded.encoding, decoded.chosen_by)
    assert decoded.replaced == decoded.text.count("\ufffd") > 0
    assert data.decode("utf-8", "replace") == decoded.text


def test_utf8_cut_off_inside_a_character() -> None:
    decoded = decode("The end came “".encode()[:-1], "page.txt")
    assert ("The end came \ufffd", "utf-8", 1) == (decoded.text, decoded.encoding, decoded.replaced)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"),
        (b" \r\n\t ", "is empty: it holds nothing but white space"),
        (codecs.BOM_UTF8, "is empty: it holds nothing but white space"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "looks like a PDF, not text"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "looks like a PNG image, not text"),
        (b"PK\x03\x04\x14\x00", "looks like a ZIP archive or an office document, not text"),
        (b"\x1f\x8b\x08\x00", "looks like gzip data, not text"),
        (b"RIFF\x24\x00\x00\x00WAVE", "looks like an image, audio or video file, not text"),
        (b"abc\x00def\x00\x01\x02" * 9, "looks like binary data, not text"),
        (bytes(range(1, 32)) * 20, "looks like binary data, not text"),
    ],
)
def test_what_is_no_text_is_refused_with_a_reason(data: bytes, reason: str) -> None:
    with pytest.raises(InputError) as caught:
        decode(data, "thing.txt")
    assert ("thing.txt", reason) == (caught.value.path, caught.value.reason)


def test_large_undeclared_text_is_judged_by_a_sample() -> None:
    data = b"plain words " * 200_000 + TEXTS["ru"].encode("cp1251") * 2
    decoded = decode(data, "page.txt")
    assert decoded.encoding == "cp1251"
