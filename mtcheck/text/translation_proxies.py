"""Addresses under which a translation service serves other people's pages."""

from __future__ import annotations

import re

PROXY_ADDRESS = re.compile(
    r"""
    ^(?:https?:)?//(?:
        [\w-]{1,253}(?:\.[\w-]{1,63}){0,3}\.translate\.goog(?=[:/?\#]|$)   # the proxy of Google since 2020
      | translate\.googleusercontent\.com/                          # and the one before
      | translate\.google\.[a-z.]{2,6}/(?:translate|website)\b
      | (?:www\.)?translatetheweb\.com/                             # Microsoft's
      | (?:www\.)?microsofttranslator\.com/bv\.aspx
      | translate\.yandex\.[a-z.]{2,6}/translate\b                  # Yandex's
      | translated\.turbopages\.org/
      | fanyi\.baidu\.com/transpage                                 # Baidu's
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""Matches an address at its beginning."""
