"""What the feeds have in common: names for records, and the fields that say something of them."""

from __future__ import annotations

from collections.abc import Sequence

from mtcheck.core.reading import ReadOptions

DEFAULT_FIELDS = ("text", "html")


class RecordNames:
    """Gives every record of a feed an identifier that no other has."""

    def __init__(self) -> None:
        """Start with none given."""
        self._given: dict[str, int] = {}

    def unique(self, identifier: str) -> str:
        """Return an identifier that no record before had: the second ``a`` is ``a~2``."""
        unique = identifier
        while unique in self._given:
            self._given[identifier] = self._given.get(identifier, 1) + 1
            unique = f"{identifier}~{self._given[identifier]}"
        self._given[unique] = 1
        return unique


def filled_fields(values: dict[str, object], options: ReadOptions) -> tuple[str, ...]:
    """Return the names of the fields that are to be read as text: all that were asked for and hold any, or the usual one."""
    found = tuple(name for name in options.text_fields or DEFAULT_FIELDS if is_filled(values.get(name)))
    return found if options.text_fields else found[:1]


def reason_for_none(present: Sequence[str], options: ReadOptions) -> str:
    """Say why a record has no text; ``present`` are its fields."""
    wanted = options.text_fields or DEFAULT_FIELDS
    named = [name for name in wanted if name in present]
    if named:
        return f'its "{named[0]}" is not a string or is empty'
    if len(wanted) == 1:
        return f'it has no "{wanted[0]}"'
    names = [f'"{name}"' for name in wanted]
    return f"it has neither {', '.join(names[:-1])} nor {names[-1]}"


def is_filled(value: object) -> bool:
    """Tell whether a value is a string that is not blank."""
    return isinstance(value, str) and bool(value.strip())


def plain_string(value: object) -> str | None:
    """Return a string that is not blank, halves of surrogate pairs replaced; ``None`` for anything else."""
    if not isinstance(value, str) or not value.strip():
        return None
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def identifier_of(value: object) -> str | None:
    """Return the ``id`` of a record, which may be a number too."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return plain_string(value)
