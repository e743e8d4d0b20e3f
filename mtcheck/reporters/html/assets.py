"""The styles and scripts of the report, put into every page, and the policy that allows them and nothing else.

The scripts are ES modules, each with one concern. A page must open from a disk, where browsers load no modules, so its
modules are joined into one: their imports are left out, since everything then stands in one scope.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from markupsafe import Markup

FOLDER = Path(__file__).parent / "assets"

STYLES = ("base.css", "text.css", "cards.css", "trips.css", "index.css", "media.css")
MODULES = {
    "page": (
        "data.js", "address.js", "highlights.js", "decisions.js", "cards.js", "filters.js", "review.js", "keys.js", "page.js",
    ),
    "index": ("data.js", "address.js", "decisions.js", "rows.js", "index.js"),
}  # fmt: skip
"""The modules of each kind of page, each after those that it imports."""

_IMPORT = re.compile(r"^import [^;]*;\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=const |let |function |class )", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Asset:
    """A style sheet or a script with the digest by which the policy allows it."""

    text: str
    digest: str


def assets_of(kind: str, data: object, *, served: bool = False) -> dict[str, Any]:
    """Return the style sheet, the script and the data of a kind of page, and its content-security policy.

    ``served`` pages may also talk to the program that serves them.
    """
    from markupsafe import Markup

    style, script = _style(), _script(kind)
    connections = "connect-src 'self'; " if served else ""
    policy = (
        f"default-src 'none'; style-src 'sha256-{style.digest}'; script-src 'sha256-{script.digest}'; "
        f"{connections}base-uri 'none'; form-action 'none'"
    )
    # The project's own files, not scanned text: these strings alone are not escaped.
    return {"style": Markup(style.text), "script": Markup(script.text), "policy": policy, "data": data_island(data)}  # noqa: S704


def data_island(data: object) -> Markup:
    """Return data as JSON that no HTML parser can mistake for an end of its element; ASCII alone."""
    from markupsafe import Markup

    text = json.dumps(data, separators=(",", ":"))
    escaped = text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
    return Markup(escaped)  # noqa: S704


@cache
def _style() -> Asset:
    return _asset("".join((FOLDER / name).read_text(encoding="utf-8") for name in STYLES))


@cache
def _script(kind: str) -> Asset:
    joined = "".join((FOLDER / name).read_text(encoding="utf-8") for name in MODULES[kind])
    return _asset(_EXPORT.sub("", _IMPORT.sub("", joined)))


def _asset(text: str) -> Asset:
    return Asset(text, base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii"))
