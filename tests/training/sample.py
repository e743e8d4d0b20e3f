"""A tiny invented corpus: people, verbs and things in English and Spanish, enough to train a toy on."""

from __future__ import annotations

import itertools
import lzma
from collections.abc import Sequence
from pathlib import Path

from mtcheck.training.configuration import Configuration, Phase, Shape
from mtcheck.training.corpora import Group

PEOPLE = (
    ("Marta", "Marta"),
    ("The baker", "El panadero"),
    ("My neighbor", "Mi vecino"),
    ("Old Tomas", "El viejo Tomás"),
)
VERBS = (("sees", "ve"), ("buys", "compra"), ("paints", "pinta"), ("sells", "vende"), ("forgets", "olvida"))
THINGS = (
    ("a red house", "una casa roja"),
    ("the small boat", "el barco pequeño"),
    ("two green chairs", "dos sillas verdes"),
    ("the old clock", "el reloj viejo"),
)

PAIRS = tuple(
    (f"{person[0]} {verb[0]} {thing[0]}.", f"{person[1]} {verb[1]} {thing[1]}.")
    for person, verb, thing in itertools.product(PEOPLE, VERBS, THINGS)
)

TOY = Configuration(
    name="toy",
    shape=Shape(
        width=32,
        encoder_layers=1,
        decoder_layers=1,
        heads=2,
        feed_forward=64,
        pieces=340,
        dropout=0.1,
        max_positions=192,
    ),
    phases=(
        Phase(0.0, {Group.EVERYDAY: 1.0, Group.NEWS: 2.0}, joined=0.5),
        Phase(0.5, {Group.EVERYDAY: 1.0}, joined=0.2),
    ),
    optimizer="muon",
    learning_rate=5e-3,
    embedding_rate=5e-3,
    warm_up=4,
    cool_down=0.5,
    batch_tokens=256,
    micro_batches=2,
    chunk_tokens=1_500,
    precision="float32",
    segmentations=2,
    threads=1,
    device="cpu",
    checkpoint_minutes=0.0,
    checkpoints_kept=3,
)


def write_corpora(folder: Path) -> Path:
    """Write a folder of corpora with one fault of each kind among good pairs, and return it."""
    rows = [("tatoeba-test", "general", *pair) for pair in PAIRS]
    rows += [
        ("tatoeba-test", "general", *PAIRS[0]),  # the same again
        ("tatoeba-test", "general", "Marta  sees a red house!", "¡Marta ve una casa roja!"),  # the same but for marks
        ("tatoeba-test", "general", "The fish swims.", "The fish swims."),
        ("tatoeba-test", "general", "The fish swims.", "Рыба плывёт."),
        ("tatoeba-test", "general", "The 17 fish swim.", "Los 23 peces nadan."),
        ("tatoeba-test", "general", "Yes, the fish.", "Sí, " + "el pez nada y nada " * 6),
        ("tatoeba-test", "general", "The lamp is on the table.", "The lamp is on the big table and it is of glass."),
        ("tatoeba-test", "general", "See <b>the lamp</b> here.", "Mira la lámpara aquí."),
        ("tatoeba-test", "general", "!!!", "..."),
        ("php-docs", "tech", "The function  returns nothing.", "La función  no devuelve nada."),
        ("tatoeba-test", "general", "The lighthouse keeper counts the ships.", "El farero cuenta los barcos."),
        ("wmt-newstest-old", "general", "The harbor of Velm stays shut.", "El puerto de Velm sigue cerrado."),
        ("wmt-newstest-old", "general", "The council of Orsa met again.", "El consejo de Orsa se reunió otra vez."),
    ]
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / "en-es.tsv.xz", rows)
    engines = folder / "engine-output"
    engines.mkdir(exist_ok=True)
    student = "bergamot-base"
    _write(
        engines / "en-es.tsv.xz",
        [
            ("The harbor of Velm stays shut.", "El puerto de Velm permanece cerrado.", student, "wmt12"),
            ("The council of Orsa met again.", "El consejo de Orsa volvió a reunirse.", student, "wmt11"),
            ("The lake is a mirror tonight.", "El lago es un espejo esta noche.", "google", "wmt11"),
            ("I will talk of my childhood.", "Hablaré de mi infancia.", student, "mtedx_test"),
        ],
    )
    _write(
        engines / "es-en.tsv.xz",
        [("El puerto de Velm sigue cerrado.", "The port of Velm is still closed.", student, "wmt12")],
    )
    return folder


def write_evaluation(folder: Path) -> Path:
    """Write an evaluation set that shares one sentence with the corpora, differently spaced and marked."""
    folder.mkdir(parents=True, exist_ok=True)
    text = '{"id": 1, "parts": [{"text": "It rains. The lighthouse-keeper counts the ships!"}]}\n'
    (folder / "set.jsonl").write_text(text, encoding="utf-8")
    return folder


def _write(path: Path, rows: Sequence[tuple[str, ...]]) -> None:
    with lzma.open(path, "wt", encoding="utf-8") as stream:
        stream.writelines("\t".join(row) + "\n" for row in rows)
