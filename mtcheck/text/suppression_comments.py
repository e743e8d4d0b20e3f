"""Comments that ask to leave findings out, found in the source of a file.

``<!-- mtcheck: ignore QUO001 -->`` in HTML, Markdown and plain text, and ``[mtcheck: ignore QUO001]`` alone on a line, for
files without comments. Several codes are separated by commas or spaces; what stands in parentheses after them is a reason.
``ignore-file`` speaks of the whole file.
"""

from __future__ import annotations

import re

from mtcheck.core.documents import Suppression
from mtcheck.core.offsets import LineIndex

_COMMENT = re.compile(
    r"""
      <!--[ \t]{0,9}mtcheck:[ \t]{0,9}ignore(?P<file>-file)?(?![\w-])   # in a comment,
      (?P<words>[^<>\r\n]{0,500}?)-->                                   # on one line,
    | ^[ \t]{0,9}\[mtcheck:[ \t]{0,9}ignore(?P<file_alone>-file)?(?![\w-])  # or in brackets
      (?P<words_alone>[^\[\]\r\n]{0,500})\][ \t]{0,99}(?=[\r\n]|\Z)     # with nothing else on the line
    """,
    re.VERBOSE | re.MULTILINE,
)
_REASON = re.compile(r"\(.*\Z", re.DOTALL)
_BETWEEN = re.compile(r"[,\s]+")
# A lone CR ends a line in these files; Python's own anchors know LF only.
_LONE_CR = re.compile(r"\r(?!\n)")


def suppressions_in(source: str) -> tuple[Suppression, ...]:
    """Return the suppressions of a file as decoded, in order; offsets count its code points."""
    if "mtcheck:" not in source:
        return ()
    index = LineIndex.of(source)
    return tuple(
        Suppression(
            tuple(word for word in _BETWEEN.split(_REASON.sub("", _group(match, "words"))) if word),
            match.start(),
            match.end(),
            index.position(match.start())[0],
            whole_file=bool(_group(match, "file")),
        )
        for match in _COMMENT.finditer(_LONE_CR.sub("\n", source))
    )


def _group(match: re.Match[str], name: str) -> str:
    return match[name] or match[f"{name}_alone"] or ""
