"""Facts: what a provider says about a document, under a typed key.

A check names the facts it needs and can read only those. Providers compute; checks judge.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar, cast

from mtcheck.core.documents import Document
from mtcheck.core.spans import Span

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Fact(Generic[T]):
    """A typed key: ``facts[LANGUAGES]`` has the type that the key was made with."""

    name: str


class Facts:
    """The facts known of one document, narrowed to what the reader of them declared."""

    __slots__ = ("_readable", "_values")

    def __init__(self, values: Mapping[Fact[Any], object], readable: frozenset[Fact[Any]] | None = None) -> None:
        """Take values by key; ``readable`` limits which keys may be asked for (``None``: all of them)."""
        self._values = values
        self._readable = readable

    def __getitem__(self, fact: Fact[T]) -> T:
        """Return the value of a fact. Raises ``KeyError`` for one that was not declared or is not there."""
        if self._readable is not None and fact not in self._readable:
            raise KeyError(f"the fact {fact.name!r} was read without being declared as needed")
        return cast("T", self._values[fact])

    def get(self, fact: Fact[T]) -> T | None:
        """Return the value of a fact that was welcome, ``None`` where it is not there. Raises as reading it would."""
        if fact not in self:
            return None
        return self[fact]

    def __contains__(self, fact: Fact[Any]) -> bool:
        return fact in self._values

    def narrowed(self, readable: Sequence[Fact[Any]]) -> Facts:
        """Return the same facts, of which only ``readable`` may be read."""
        return Facts(self._values, frozenset(readable))


@dataclass(frozen=True, slots=True)
class Omission:
    """Something that a provider or a check left unexamined, and why.

    ``incomplete`` is true where the scan was asked for it and could not do it (no model, a crash): the scan then ends
    as incomplete. It is false for what lies outside what is claimed at all (too short, an unsupported language).
    ``span`` is ``None`` for the whole document.
    """

    reason: str
    span: Span | None = None
    incomplete: bool = False


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """What a provider made of one document: a value, or ``None`` and at least one omission that says why."""

    value: T | None
    omissions: tuple[Omission, ...] = ()

    def __post_init__(self) -> None:
        if self.value is None and not self.omissions:
            raise ValueError("an outcome without a value must say why")


@dataclass(frozen=True, slots=True)
class FactRequest:
    """One document whose fact is asked for, with the facts that the provider declared as needed."""

    document: Document
    facts: Facts


class FactProvider(Protocol[T]):
    """Computes one fact for many documents at once, so that it can batch across them.

    ``signature`` changes whenever the same document could get another value (version, model, options); it is part of the
    report's signature and of cache keys.
    """

    @property
    def provides(self) -> Fact[Any]: ...
    @property
    def needs(self) -> tuple[Fact[Any], ...]: ...
    @property
    def signature(self) -> str: ...

    def provide(self, requests: Sequence[FactRequest]) -> Sequence[Outcome[T]]:
        """Return one outcome for each request, in order. Raises ``EngineError`` where the engine failed as a whole."""
        ...


@dataclass(frozen=True, slots=True)
class Computed(Generic[T]):
    """A provider for a fact that a pure function computes from one document.

    A module of ``mtcheck.text`` that has such a fact calls its provider ``PROVIDER``; being there is being registered.
    Raise ``version`` whenever the function could give another value for the same document.
    """

    provides: Fact[T]
    needs: tuple[Fact[Any], ...]
    compute: Callable[[Document, Facts], T]
    version: int

    @property
    def signature(self) -> str:
        """The fact's name and the version of its function."""
        return f"{self.provides.name} {self.version}"

    def provide(self, requests: Sequence[FactRequest]) -> list[Outcome[T]]:
        """Compute the fact for each document."""
        return [Outcome(self.compute(request.document, request.facts)) for request in requests]
