"""Which folder of references a scan compares with."""

from __future__ import annotations

from pathlib import Path

from mtcheck.config import Settings

REFERENCES_FOLDER = "references"
"""The folder of references that is used where it stands in the working directory and none is named."""


def references_folder(settings: Settings) -> Path | None:
    """Return the folder of references that the settings name, or the one of the working directory where there is one."""
    if settings.references is not None:
        return settings.references
    folder = Path(REFERENCES_FOLDER)
    return folder if folder.is_dir() else None
