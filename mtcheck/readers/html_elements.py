"""The elements of HTML by how they shape text (HTML Standard 13.2 and 15)."""

from __future__ import annotations


def _names(listed: str) -> frozenset[str]:
    """Return the names of a list that spaces part."""
    return frozenset(listed.split())


VOID = _names("area base br col embed hr img input link meta param source track wbr")
FOREIGN = frozenset({"svg", "math"})
SKIPPED = _names("audio canvas head math object select svg template video datalist")
HEAD_CONTENT = _names("base basefont bgsound link meta noframes noscript script style template title")
BLOCK_LEVEL = _names(
    "address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main menu nav ol optgroup option p "
    "plaintext pre search section summary table tbody td tfoot th thead tr ul xmp"
)
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# An end tag does not reach through these (HTML Standard 13.2.4.2, "has an element in scope").
SCOPES = _names("table td th caption template object")
TABLE_PARTS = _names("table tbody thead tfoot tr td th caption")
# Elements whose start ends an open one of the second group, unless one of the third stands between.
IMPLIED_ENDS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "li": (frozenset({"li"}), frozenset({"ul", "ol", "menu"})),
    "dt": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "dd": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "td": (frozenset({"td", "th"}), frozenset({"table"})),
    "th": (frozenset({"td", "th"}), frozenset({"table"})),
    "tr": (frozenset({"tr", "caption"}), frozenset({"table"})),
    "tbody": (frozenset({"tbody", "thead", "tfoot", "caption"}), frozenset({"table"})),
    "thead": (frozenset({"tbody", "thead", "tfoot", "caption"}), frozenset({"table"})),
    "tfoot": (frozenset({"tbody", "thead", "tfoot", "caption"}), frozenset({"table"})),
}
