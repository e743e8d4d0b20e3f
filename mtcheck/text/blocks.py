"""Blocks of plain text, recognised by shape."""

from __future__ import annotations

import re

from mtcheck.core.documents import Block, BlockKind
from mtcheck.core.spans import Span


def plain_blocks(text: str) -> tuple[Block, ...]:
    """Return the blocks of a plain text: one for each line that is not blank."""
    return tuple(
        Block(BlockKind.PARAGRAPH, Span(match.start(), match.end()))
        for match in re.finditer(r"\S(?:[^\r\n]*\S)?", text)
    )
