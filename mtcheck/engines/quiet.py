"""Libraries kept quiet: standard error belongs to mtcheck's own progress."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def quietly() -> Iterator[None]:
    """Keep transformers from writing bars and advice while something is loaded."""
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    with warnings.catch_warnings():
        # Marian's tokenizer recommends a package whose normalizer it then never calls.
        warnings.filterwarnings("ignore", message=".*sacremoses.*")
        yield
