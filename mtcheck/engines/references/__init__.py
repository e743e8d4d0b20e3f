"""References: quotations, glossaries and names in plain files, and the index that finds a quotation among a million."""

from __future__ import annotations

from mtcheck.engines.references.index import QuotationIndex
from mtcheck.engines.references.library import Library, open_library, open_references
from mtcheck.engines.references.providers import GlossaryProvider, NamesProvider, ReferenceMatchesProvider

__all__ = [
    "GlossaryProvider",
    "Library",
    "NamesProvider",
    "QuotationIndex",
    "ReferenceMatchesProvider",
    "open_library",
    "open_references",
]
