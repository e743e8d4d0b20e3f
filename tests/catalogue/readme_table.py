"""Write the table of checks into the README: python -m tests.catalogue.readme_table."""

from __future__ import annotations

import re
from pathlib import Path

from mtcheck.checks import all_checks

README = Path(__file__).parents[2] / "README.md"
_SECTION = re.compile(r"(<!-- checks: [^\n]*-->\n).*?(<!-- end of checks -->)", re.DOTALL)


def with_table(readme: str) -> str:
    """Return the README with the table of checks as the catalogue has it now."""
    rows = ["| code | name | severity | runs | languages | what it finds |", "|---|---|---|---|---|---|"]
    for check in all_checks():
        summary = check.parsed_documentation().summary.replace("|", "\\|")
        languages = ", ".join(sorted(check.runs_in)) if check.runs_in else "any"
        rows.append(f"| {check.code} | {check.name} | {check.severity} | {check.tier} | {languages} | {summary} |")
    table = "\n".join(rows)
    return _SECTION.sub(lambda match: f"{match[1]}{table}\n{match[2]}", readme)


if __name__ == "__main__":
    README.write_text(with_table(README.read_text(encoding="utf-8")), encoding="utf-8")
