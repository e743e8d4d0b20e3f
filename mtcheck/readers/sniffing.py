"""What a text without a telling name is."""

from __future__ import annotations

import re

# An HTML file begins with a declaration, a comment, or an element that only pages have; or closes several in its first
# part.
_START = re.compile(
    r"\s*+(?:<\?xml[^>]*+>\s*+)?+(?:<!--(?:[^-]|-(?!->))*+-->\s*+)*+<(?:!doctype\s+html|html|head|body|meta|title|link|script|style|"
    r"article|main|section|header|nav|div|p|h[1-6]|ul|ol|table|span|a|b|i|em|strong|blockquote|figure|br|img)\b[^<>]*>",
    re.IGNORECASE,
)
_ELEMENT = re.compile(r"</(?:p|div|h[1-6]|li|ul|ol|table|td|tr|a|span|body|html|article|section)\s*>", re.IGNORECASE)


def looks_like_html(head: str) -> bool:
    """Tell whether a text that begins with ``head`` is an HTML page or a part of one."""
    head = head.lstrip("\ufeff\xef\xbb\xbf")
    if _START.match(head):
        return True
    return sum(1 for _ in _ELEMENT.finditer(head, 0, 16_384)) >= 3
