"""Fitting the costs of exchanges on a small set of its own."""

from __future__ import annotations

import gzip
from pathlib import Path

from mtcheck.text.transliteration import Exchange, Writing, hand_written
from mtcheck.training import spellings
from mtcheck.training.spellings import Pair, fit, is_tuning, made_pairs, scale_of, table


def test_exchanges_of_one_name_get_cheap_and_those_of_two_dear() -> None:
    start = {Exchange("any", "i", "y"): 0.5, Exchange("any", "l", "r"): 0.5}
    one_name = [Pair("x", f"{letter}imir", f"{letter}ymyr", same=True) for letter in "bdgkmnprst"]
    two_names = [Pair("x", f"{letter}olan", f"{letter}oran", same=False) for letter in "bdgkmnprst"]
    costs = fit(start, [*one_name, *two_names])
    assert costs[Exchange("any", "i", "y")] < 0.5 < costs[Exchange("any", "l", "r")]


def test_the_scale_puts_the_chosen_share_of_two_names_below_the_threshold() -> None:
    costs = {Exchange("any", "l", "r"): 0.5, Exchange("any", "m", "n"): 0.9}
    two_names = [Pair("x", "kolak", "korak", same=False), *[Pair("x", "komak", "konak", same=False)] * 49]
    factor = scale_of(costs, two_names)
    scaled = Writing({exchange: cost * factor for exchange, cost in costs.items()})
    near = [pair for pair in two_names if scaled.distance(pair.left, pair.right, 9) < spellings.NEAR * len(pair.left)]
    assert 1 == len(near)


def test_pairs_of_two_names_begin_alike_and_are_nowhere_one_name() -> None:
    names = [("x", "а", ("sergei", "sergey")), ("x", "б", ("sergio",)), ("y", "в", ("sergey", "sergei"))]
    pairs = made_pairs(names)
    assert {("sergei", "sergey")} == {(pair.left, pair.right) for pair in pairs if pair.same}
    assert {("sergei", "sergio"), ("sergey", "sergio")} >= {(p.left, p.right) for p in pairs if not p.same}


def test_the_table_is_made_from_the_tuning_half_and_holds_no_names(tmp_path: Path) -> None:
    natives = [native for native in "абвгдежзийклмнопрсту" if is_tuning(native)]
    groups = "".join(
        f"russian\t{native}\t{native_letter}erik {native_letter}eryk\t1 1\n"
        for native, native_letter in zip(natives, "bdgkmnprst", strict=False)
    )
    pairs = "".join(f"russian\t{letter}erik\t{letter}ergk\t0\t{natives[0]}\t{natives[0]}\n" for letter in "bdgkm")
    (tmp_path / "variant_groups.tsv.gz").write_bytes(gzip.compress(("header\n" + groups).encode()))
    (tmp_path / "variant_pairs.tsv.gz").write_bytes(gzip.compress(("header\n" + pairs).encode()))
    rows = [row.split("\t") for row in table(tmp_path).splitlines() if not row.startswith("#")]
    assert ["russian", "all"] == rows[0][:2]
    longest = max(len(group) for each in hand_written("Latin") for group in (each.one, each.other))
    assert all(len(group) <= longest for row in rows for group in row[3].split())
