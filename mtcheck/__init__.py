"""mtcheck: finds what machine translation broke in published text, with the evidence beside it."""

__version__ = "0.1.0"
