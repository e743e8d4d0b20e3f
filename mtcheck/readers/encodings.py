"""From bytes to text: which codec, and why.

Valid UTF-8 wins over any declaration, since a text in another encoding is hardly ever valid UTF-8 by accident, while
declarations lie. Labels mean what browsers take them for (WHATWG Encoding Standard: ``iso-8859-1`` is windows-1252).
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from enum import StrEnum

from mtcheck.core.errors import InputError
from mtcheck.readers.alphabets import LATIN_ALPHABETS, LATIN_CODECS, plausible_east_asian

SAMPLE_BYTES = 32_768
"""How much of an undeclared text charset-normalizer judges: its time grows with the length, its accuracy hardly."""
DECLARATION_BYTES = 4_096
"""How far into a page a declared charset is looked for (browsers: 1,024; templates push it further down)."""


class EncodingSource(StrEnum):
    """What an encoding was taken from."""

    BYTE_ORDER_MARK = "byte-order mark"
    NUL_PATTERN = "every other byte is NUL"
    VALID_UTF8 = "valid UTF-8"
    DECLARED = "declared by the page"
    DAMAGED_UTF8 = "UTF-8 with damaged bytes"
    GUESSED = "guessed from the bytes"


@dataclass(frozen=True, slots=True)
class Decoded:
    """A decoded file.

    ``text`` is ``data.decode(encoding, errors="replace")``; ``replaced`` counts the places where bytes could not be
    decoded and U+FFFD stands. ``declared`` is the codec that the page declares, whether or not it was believed.
    """

    text: str
    encoding: str
    chosen_by: EncodingSource
    replaced: int = 0
    declared: str | None = None

    @property
    def declaration_lies(self) -> bool:
        """Tell whether the page declares another encoding than the one it is in; ASCII-only text never lies."""
        return (
            self.declared is not None
            and not self.text.isascii()
            and codecs.lookup(self.declared).name.replace("-sig", "") not in codecs.lookup(self.encoding).name
        )


# UTF-32 stands before UTF-16: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

# What a file of another kind starts with, and what a person calls it.
_MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"PK\x05\x06", "a ZIP archive"),
    (b"\x1f\x8b", "gzip data"),
    (b"BZh", "bzip2 data"),
    (b"\xfd7zXZ\x00", "xz data"),
    (b"\x28\xb5\x2f\xfd", "Zstandard data"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"PAR1", "a Parquet file"),
    (b"OggS", "an audio file"),
    (b"ID3", "an audio file"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
)

_DECLARED = re.compile(
    rb"""
    <\?xml \s [^>]{0,200}? encoding \s* = \s* ["'] \s* (?P<xml>[\w.:-]{2,40})
    | <meta \s [^>]{0,400}? charset \s* = \s* ["']? \s* (?P<meta>[\w.:-]{2,40})
    """,
    re.VERBOSE | re.IGNORECASE,
)
_COMMENT = re.compile(rb"<!--.*?(?:-->|\Z)", re.DOTALL)
_TAG = re.compile(rb"<[^<>]{0,2000}>")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_NON_ASCII_LINE = re.compile(rb"[\x80-\xff][^\r\n]{0,2000}")
_WORD = re.compile(rb"[A-Za-z\x80-\xff]{1,200}")
_ISO_2022_JP = re.compile(rb"\x1b(?:\$[@B]|\(J)")

# Labels that browsers read as another encoding than Python's codec of that name (WHATWG Encoding Standard, 4.2), and
# the supersets that pages in the older sets are really written in. A page that declares UTF-16 inside itself in bytes
# that are no UTF-16 cannot mean it; the standard reads UTF-8.
_WHATWG = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "big5": "big5hkscs",
    "utf-16": "utf-8",
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
    "utf-32": "utf-8",
    "utf-7": "utf-8",
}
_WHATWG_NAMES = {
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "x-gbk": "gb18030",
    "x-cp1251": "cp1251",
    "x-mac-cyrillic": "mac-cyrillic",
    "windows-874": "cp874",
    "dos-874": "cp874",
    "ks_c_5601-1987": "cp949",
    "windows-949": "cp949",
    "x-x-big5": "big5hkscs",
    "iso-8859-8-i": "iso8859-8",
    "unicode-1-1-utf-8": "utf-8",
}

# The encodings of the web, as charset-normalizer's candidates: without the code pages of old terminals and mainframes,
# which no page is written in.
_CANDIDATES = [
    "cp1250",
    "cp1251",
    "cp1252",
    "cp1253",
    "cp1254",
    "cp1255",
    "cp1256",
    "cp1257",
    "cp1258",
    "cp874",
    "koi8_r",
    "cp866",
    "iso8859_2",
    "iso8859_5",
    "iso8859_6",
    "iso8859_7",
    "iso8859_8",
    "mac_cyrillic",
    "cp932",
    "euc_jp",
    "gb18030",
    "big5",
    "cp949",
]


_EAST_ASIAN = frozenset({"cp932", "euc_jp", "gb18030", "big5", "cp949"})


def decode(data: bytes, path: str, *, markup: bool = False, charset: str | None = None) -> Decoded:
    """Decode a whole file. ``markup`` says that a charset declared in the text (HTML, XML) counts.

    ``charset`` is what the page was served as (HTTP); where it is a known one, it counts in place of the page's own word.

    Raises ``InputError`` for data that is no text (``path`` is named in it) and for data that holds nothing.
    """
    if not data:
        raise InputError(path, "is empty")
    found = _decode(data, path, markup=markup, charset=charset)
    if not found.text.strip():
        raise InputError(path, "is empty: it holds nothing but white space")
    return found


def declared_codec(data: bytes) -> str | None:
    """Return the Python codec that a page declares near its start, as browsers understand the label."""
    head = data[:DECLARATION_BYTES]
    match = _DECLARED.search(_COMMENT.sub(b"", head))
    if match is None:
        return None
    label = (match["xml"] or match["meta"]).decode("ascii", "replace")
    return codec_of_label(label)


def codec_of_label(label: str) -> str | None:
    """Return the Python codec for an encoding label of the web, or ``None`` for an unknown one."""
    label = label.strip().lower()
    if label in _WHATWG_NAMES:
        return _WHATWG_NAMES[label]
    try:
        information = codecs.lookup(label)
        # Python also knows codecs that are no text encodings ("hex", "zlib"), and some that no page may be read by.
        "".encode(information.name)
    except (LookupError, UnicodeError, TypeError, ValueError):
        return None
    if information.name in {"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "mbcs", "oem"}:
        return None
    return _WHATWG.get(information.name, information.name)


def refuse_binary(data: bytes, path: str) -> None:
    """Raise ``InputError`` for data that starts like a file of another kind."""
    for magic, name in _MAGIC:
        if data.startswith(magic):
            raise InputError(path, f"looks like {name}, not text")
    if data[:4] == b"RIFF" or data[4:8] == b"ftyp":
        raise InputError(path, "looks like an image, audio or video file, not text")


def _decode(data: bytes, path: str, *, markup: bool, charset: str | None) -> Decoded:
    declared = codec_of_label(charset) if charset else None
    if declared is None and markup:
        declared = declared_codec(data)
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return _replacing(data, codec, EncodingSource.BYTE_ORDER_MARK, declared)
    refuse_binary(data, path)
    if b"\x00" in data:
        wide = _wide_codec(data)
        if wide is not None:
            return Decoded(data.decode(wide), wide, EncodingSource.NUL_PATTERN, 0, declared)
    _refuse_control_characters(data, path)
    if declared == "iso2022_jp" or _ISO_2022_JP.search(data):
        try:
            return Decoded(data.decode("iso2022_jp"), "iso2022_jp", EncodingSource.GUESSED, 0, declared)
        except UnicodeDecodeError:
            pass
    try:
        return Decoded(data.decode("utf-8"), "utf-8", EncodingSource.VALID_UTF8, 0, declared)
    except UnicodeDecodeError:
        pass
    damaged = _replacing(data, "utf-8", EncodingSource.DAMAGED_UTF8, declared)
    if _mostly_utf8(damaged, data):
        return damaged
    if declared is not None and declared != "utf-8":
        try:
            return Decoded(data.decode(declared), declared, EncodingSource.DECLARED, 0, declared)
        except UnicodeDecodeError:
            pass
    guessed = _guess(data, markup=markup)
    if guessed is None:
        if declared is not None and declared != "utf-8":
            return _replacing(data, declared, EncodingSource.DECLARED, declared)
        raise InputError(path, "is in no known text encoding")
    return _replacing(data, guessed, EncodingSource.GUESSED, declared)


def _replacing(data: bytes, codec: str, chosen_by: EncodingSource, declared: str | None) -> Decoded:
    try:
        return Decoded(data.decode(codec), codec, chosen_by, 0, declared)
    except UnicodeDecodeError:
        text = data.decode(codec, "replace")
    genuine = data.count("\ufffd".encode()) if codec.startswith("utf-8") else 0
    return Decoded(text, codec, chosen_by, max(text.count("\ufffd") - genuine, 1), declared)


def _mostly_utf8(damaged: Decoded, data: bytes) -> bool:
    """Tell whether bytes that are not all valid are UTF-8 with some damage, rather than another encoding."""
    # Text cut off in the middle of its last character is UTF-8 whatever else it holds.
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data)
    except UnicodeDecodeError:
        # Every valid sequence of several bytes is strong evidence: in other encodings they are rare accidents.
        non_ascii = len(damaged.text) - len(damaged.text.encode("ascii", "ignore"))
        return non_ascii - damaged.replaced >= 4 * damaged.replaced
    return True


def _wide_codec(data: bytes) -> str | None:
    """Return the UTF-16 or UTF-32 codec that NUL bytes without a byte-order mark speak for."""
    sample = data[: SAMPLE_BYTES - SAMPLE_BYTES % 4]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    units = len(sample) / 2
    candidates = []
    if len(data) % 4 == 0 and (even + odd) / len(sample) > 0.6:
        candidates += ["utf-32-le", "utf-32-be"]
    if len(data) % 2 == 0:
        if even < odd and odd / units > 0.03:
            candidates.append("utf-16-le")
        if odd < even and even / units > 0.03:
            candidates.append("utf-16-be")
    for codec in candidates:
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        head = text[:4096]
        # Two characters of ASCII taken together look like one of Chinese.
        pairs = sum(
            1 for character in head if 0x20 <= ord(character) >> 8 <= 0x7E and 0x20 <= ord(character) & 0xFF <= 0x7E
        )
        if codec.startswith("utf-16") and pairs >= 0.35 * len(head):
            continue
        plausible = sum(1 for character in head if character.isprintable() or character in "\t\n\r\ufeff\u200b\xa0")
        if plausible >= 0.98 * len(head):
            return codec
    return None


def _refuse_control_characters(data: bytes, path: str) -> None:
    """Raise ``InputError`` for bytes that hold too many control characters to be text."""
    nul = data.count(0)
    controls = nul + sum(1 for _ in _CONTROL.finditer(data, 0, SAMPLE_BYTES)) if nul else 0
    if not nul:
        controls = sum(1 for _ in _CONTROL.finditer(data, 0, SAMPLE_BYTES))
    if nul * 1000 > len(data) or controls * 20 > min(len(data), SAMPLE_BYTES):
        raise InputError(path, "looks like binary data, not text")


def _guess(data: bytes, *, markup: bool) -> str | None:
    """Return the codec that charset-normalizer finds in the parts of the data that are not ASCII."""
    from charset_normalizer import from_bytes

    parts: list[bytes] = []
    size = 0
    first = _NON_ASCII_LINE.search(data)
    start = 0 if first is None else first.start()
    seen = data[start : start + 64 * SAMPLE_BYTES]
    for match in _NON_ASCII_LINE.finditer(_TAG.sub(b" ", seen) if markup else seen):
        parts.append(match.group())
        size += len(match.group())
        if size >= SAMPLE_BYTES:
            break
    sample = b"\n".join(parts)[:SAMPLE_BYTES] or seen
    for codec in ("cp932", "euc_jp"):
        # Japanese is hardly ever without its syllables, and no other text reads as a row of them.
        if plausible_east_asian(sample.decode(codec, "ignore"), codec) and _decodes(data, codec):
            return codec
    candidates = _CANDIDATES
    if _is_not_latin(sample):
        candidates = [codec for codec in candidates if codec not in LATIN_CODECS]
    best = from_bytes(sample, cp_isolation=candidates).best()
    if best is not None and best.encoding in _EAST_ASIAN and not plausible_east_asian(str(best), best.encoding):
        candidates = [codec for codec in candidates if codec not in _EAST_ASIAN]
        best = from_bytes(sample, cp_isolation=candidates).best()
    if best is None:
        return "cp1252" if _decodes(data, "cp1252") else None
    if best.encoding in LATIN_CODECS:
        return _latin_codec(sample, data) or best.encoding
    return str(best.encoding)


def _is_not_latin(sample: bytes) -> bool:
    """Tell whether the words of a text have no letter of ASCII: Latin letters with accents stand among plain ones."""
    pure = mixed = 0
    for match in _WORD.finditer(sample):
        word = match.group()
        foreign = sum(byte >= 0x80 for byte in word)
        if foreign == len(word) >= 2:
            pure += foreign
        else:
            mixed += foreign
    return pure > 2 * mixed


def _latin_codec(sample: bytes, data: bytes) -> str | None:
    """Return the Latin code page under which the letters best fit the alphabet of one language.

    charset-normalizer cannot tell these apart: its measure of disorder is the same for a tie of accents.
    """
    best: tuple[int, str] | None = None
    for codec in LATIN_CODECS:
        letters = [letter for letter in sample.decode(codec, "replace").lower() if not letter.isascii()]
        fitting = max(sum(letter in alphabet for letter in letters) for alphabet in LATIN_ALPHABETS.values())
        if (best is None or fitting > best[0]) and _decodes(data, codec):
            best = (fitting, codec)
    return None if best is None else best[1]


def _decodes(data: bytes, codec: str) -> bool:
    try:
        data.decode(codec)
    except UnicodeDecodeError:
        return False
    return True
