"""Where the strings of a JSON object stand in its source, character by character.

After RFC 8259. The standard library's decoder says what is valid and what the values are; the places come from a second
look at the escapes of the one string that is asked for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from json import JSONDecoder

from mtcheck.core.offsets import LineIndex, OffsetMap

_WHITE_SPACE = re.compile(r"[ \t\r\n]*")
# A pair of escapes for the two halves of a character beyond U+FFFF is one character, and so one unit.
_ESCAPE = re.compile(r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)")
_DECODER = JSONDecoder()


@dataclass(frozen=True, slots=True)
class Member:
    """One member of a JSON object: its value, and where the value stands in the source, quotation marks included."""

    value: object
    start: int
    end: int


def members_of(source: str) -> dict[str, Member]:
    """Return the members of the JSON object that ``source`` consists of; of a doubled name the last counts.

    Raises ``ValueError`` (with a reason for a person) for what is not one complete JSON object.
    """
    position = _skip(source, 0)
    if not source.startswith("{", position):
        raise ValueError("is not a JSON object")
    members: dict[str, Member] = {}
    position = _skip(source, position + 1)
    if source.startswith("}", position):
        position += 1
    else:
        while True:
            if not source.startswith('"', position):
                raise ValueError(f"is not valid JSON: a name is expected at column {position + 1}")
            name, position = _value(source, position)
            position = _skip(source, position)
            if not source.startswith(":", position):
                raise ValueError(f"is not valid JSON: a colon is expected at column {position + 1}")
            start = _skip(source, position + 1)
            value, position = _value(source, start)
            members[str(name)] = Member(value, start, position)
            position = _skip(source, position)
            if source.startswith(",", position):
                position = _skip(source, position + 1)
                continue
            if source.startswith("}", position):
                position += 1
                break
            raise ValueError(f"is not valid JSON: a comma or a brace is expected at column {position + 1}")
    position = _skip(source, position)
    if position != len(source):
        raise ValueError(f"is not valid JSON: something follows the object at column {position + 1}")
    return members


@dataclass(frozen=True, slots=True)
class MappedString:
    """The text of a JSON string and the way from it to the file. Half of a surrogate pair stands as U+FFFD."""

    text: str
    offsets: OffsetMap


def mapped_string(source: str, member: Member, offset: int, lines: LineIndex) -> MappedString:
    """Return the string value of a member with its places; ``offset`` is where ``source`` begins in the file.

    Raises ``TypeError`` for a value that is no string.
    """
    if not isinstance(member.value, str):
        raise TypeError("the value is no string")
    pieces: list[str] = []
    start = position = member.start + 1
    end = member.end - 1
    text_starts, source_starts = [0], [offset + start]
    length = 0
    for match in _ESCAPE.finditer(source, start, end):
        if match.start() > position:
            pieces.append(source[position : match.start()])
            length += match.start() - position
            text_starts.append(length)
            source_starts.append(offset + match.start())
        character = _DECODER.decode(f'"{match.group()}"')
        pieces.append("\ufffd" if "\ud800" <= character <= "\udfff" else character)
        length += 1
        position = match.end()
        text_starts.append(length)
        source_starts.append(offset + position)
    if position < end:
        pieces.append(source[position:end])
        length += end - position
        text_starts.append(length)
        source_starts.append(offset + end)
    return MappedString("".join(pieces), OffsetMap(text_starts, source_starts, lines))


def _skip(source: str, position: int) -> int:
    match = _WHITE_SPACE.match(source, position)
    return position if match is None else match.end()


def _value(source: str, position: int) -> tuple[object, int]:
    try:
        return _DECODER.raw_decode(source, position)
    except RecursionError as error:
        raise ValueError("is nested too deeply") from error
    except ValueError as error:
        raise ValueError(_reason(error)) from error


def _reason(error: ValueError) -> str:
    message = getattr(error, "msg", None)
    column = getattr(error, "pos", None)
    if message is None or column is None:
        return f"is not valid JSON: {error}"
    return f"is not valid JSON: {message[0].lower()}{message[1:]} at column {column + 1}"
