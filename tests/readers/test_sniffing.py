"""Sniffing: what a text without a telling name is."""

from __future__ import annotations

import pytest

from mtcheck.readers.sniffing import looks_like_html


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("<!DOCTYPE html><html>", True),
        ("\ufeff <HTML lang=ru>", True),
        ("<?xml version='1.0'?>\n<!-- a -- b -->\n<html>", True),
        ("<p class='a'>Порт", True),
        ("Text, then <b>a</b></p></div></body>", True),
        ("<3 is a heart", False),
        ("<harbor> is no element of pages", False),
        ("Plain text about </p> tags", False),
        ("a < b and c > d", False),
        ("", False),
        ("<!---->" * 5_000 + "x", False),
        ("<!--" * 5_000, False),
        ("<!-- -" * 5_000 + "-->", False),
    ],
)
def test_looks_like_html(head: str, *, expected: bool) -> None:
    assert expected is looks_like_html(head)
