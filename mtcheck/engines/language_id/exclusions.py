"""What is in no language: addresses, handles, numbers, markup left over."""

from __future__ import annotations

import re

_EAST_ASIAN = "[\u2e80-\u2fff\u3041-\u9fff\uac00-\ud7af\uf900-\ufaff]"
"""Signs of scripts that part words without spaces; their punctuation is no part of an address."""

_IN_ADDRESS = "[^\\s<>\"'“”«»\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]"

_NO_LANGUAGE = re.compile(
    rf"""
    (?:\b(?:https?|ftp)://|\bwww\.)                      # an address with its scheme, or without
        (?: {_IN_ADDRESS}                                 # its letters, but for East Asian ones: those stand next to it
          | (?<=[/=_%\#-]){_EAST_ASIAN}{{1,64}}             # without a space, unless they begin a part of the path
        ){{1,2048}}
    | \[email\s?protected\]                                 # what protects addresses from programs leaves of them
    | \{{\{{[^{{}}]{{0,200}}\}}\}}                            # a place for a value that a program was to fill in
    | (?<![\w.+-])[\w.+-]{{1,64}}@[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{1,8}}     # an e-mail address
    | (?<!\w)[@\#][\w.]{{1,64}}                             # a handle or a tag
    | \b[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{0,4}}\.(?:com|org|net|gov|edu|info|int|io|co|eu|tv|ru|ua|de|fr|es|uk|us|cn|ir|il|br|pt|tr|рф)\b
                                                          # a host name
    | &\#?\w{{1,32}};                                       # an entity that was not decoded
    | (?<![A-Za-z0-9])[A-Za-z]{{0,12}}\d[0-9A-Za-z]{{0,64}}   # a number, or a Latin word with a digit in it
    """,
    re.VERBOSE | re.IGNORECASE,
)


def without_addresses(text: str) -> str:
    """Return a text of the same length in which everything that is in no language is spaces."""
    return _NO_LANGUAGE.sub(lambda match: " " * len(match[0]), text)
