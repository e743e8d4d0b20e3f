"""What is in no language: addresses, handles, numbers, markup left over."""

from __future__ import annotations

import re

_NO_LANGUAGE = re.compile(
    r"""
    \b(?:https?|ftp)://[^\s<>"'“”«»]{1,2048}            # an address with its scheme
    | \bwww\.[^\s<>"'“”«»]{1,2048}                        # one without
    | (?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}     # an e-mail address
    | (?<!\w)[@\#][\w.]{1,64}                             # a handle or a tag
    | \b[\w-]{1,63}(?:\.[\w-]{1,63}){0,4}\.(?:com|org|net|gov|edu|info|int|io|co|eu|tv|ru|ua|de|fr|es|uk|us|cn|ir|il|br|pt|tr|рф)\b
                                                          # a host name
    | &\#?\w{1,32};                                       # an entity that was not decoded
    | (?<![A-Za-z0-9])[A-Za-z]{0,12}\d[0-9A-Za-z]{0,64}   # a number, or a Latin word with a digit in it
    """,
    re.VERBOSE | re.IGNORECASE,
)


def without_addresses(text: str) -> str:
    """Return a text of the same length in which everything that is in no language is spaces."""
    return _NO_LANGUAGE.sub(lambda match: " " * len(match[0]), text)
