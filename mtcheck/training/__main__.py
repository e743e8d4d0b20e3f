"""``python -m mtcheck.training``: the commands that make an embedded model, in their order.

prepare (or prepare-text for a language model), vocabulary, pack, train, average, export, evaluate, plot. The configuration says
which kind of model it is. ``--help`` after any command tells its options.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mtcheck.core.errors import MtcheckError, UsageError
from mtcheck.core.translation import USUAL_BEAMS

if TYPE_CHECKING:
    from mtcheck.training.configuration import Configuration
    from mtcheck.training.tasks import Task


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0, or 2 where it cannot be done."""
    options = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
    try:
        options.run(options)
    except MtcheckError as error:
        sys.stderr.write(f"error: {error}\n")
        return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m mtcheck.training", description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    prepare = commands.add_parser("prepare", help="clean and deduplicate corpora, take out evaluation sets, count")
    prepare.add_argument("corpora", type=Path, help="folder with en-XX.tsv.xz and engine-output/")
    prepare.add_argument("output", type=Path)
    prepare.add_argument("--languages", required=True, help="beside English, as es,ru,ar")
    prepare.add_argument("--exclude", type=Path, action="append", default=[], help="folder of evaluation sets")
    prepare.add_argument("--without", action="append", default=[], help="corpus to leave out")
    prepare.add_argument("--hold-out", action="append", default=[], help="news set that becomes a test set, as wmt12")
    prepare.set_defaults(run=_prepare)

    texts = commands.add_parser("prepare-text", help="the same for running text of one language, for a language model")
    texts.add_argument("corpora", type=Path, help="folder with mono-XX.tsv.xz and en-XX.tsv.xz")
    texts.add_argument("output", type=Path)
    texts.add_argument("--language", default="en")
    texts.add_argument("--exclude", type=Path, action="append", default=[], help="folder of evaluation sets")
    texts.add_argument("--without", action="append", default=[], help="corpus to leave out")
    texts.set_defaults(run=_prepare_texts)

    vocabulary = commands.add_parser("vocabulary", help="train the SentencePiece vocabulary")
    vocabulary.add_argument("prepared", type=Path)
    vocabulary.add_argument("output", type=Path)
    vocabulary.add_argument("--configuration", default="cpu", help="cpu, gpu, language-model-cpu, ..., or a TOML file")
    vocabulary.set_defaults(run=_vocabulary)

    pack = commands.add_parser("pack", help="tokenize the prepared pairs once")
    pack.add_argument("prepared", type=Path)
    pack.add_argument("vocabulary", type=Path, help="folder of the vocabulary; the packed file goes there too")
    pack.add_argument("--configuration", default="cpu")
    pack.set_defaults(run=_pack)

    lexicon = commands.add_parser("lexicon", help="fit the bilingual lexicons of mtcheck.text")
    lexicon.add_argument("corpora", type=Path, help="folder with en-XX.tsv.xz and engine-output/")
    lexicon.add_argument("output", type=Path)
    lexicon.add_argument("--languages", required=True, help="beside English, as es,ru,ar")
    lexicon.set_defaults(run=_lexicon)

    words = commands.add_parser("words", help="make the word lists of mtcheck.text")
    words.add_argument("corpora", type=Path, help="folder with en-XX.tsv.xz")
    words.add_argument("output", type=Path)
    words.add_argument("--languages", default="ar,de,es,fr,ru,uk", help="beside English, as es,ru,ar")
    words.set_defaults(run=_words)

    frequencies = commands.add_parser(
        "word-frequencies", help="count the commonest words for mtcheck.text.word_frequency"
    )
    frequencies.add_argument("prepared", type=Path, help="folder of prepare-text")
    frequencies.add_argument("output", type=Path, help="mtcheck/text/data/word_frequency.en.tsv.gz")
    frequencies.set_defaults(run=_word_frequencies)

    train = commands.add_parser("train", help="train, or go on from the last checkpoint")
    train.add_argument("data", type=Path, help="folder with vocabulary and packed pairs")
    train.add_argument("run_folder", type=Path, metavar="run")
    train.add_argument("--configuration", default="cpu")
    train.add_argument("--hours", type=float, help="training time in all")
    train.add_argument("--steps", type=int, help="or the number of steps")
    train.add_argument(
        "--begin-with", type=Path, help="folder of a translation model of this size, for another language"
    )
    train.add_argument("--development", action="append", default=[], metavar="XX:ENGLISH:OTHER",
                       help="aligned text files for the development loss; of a language model one file")  # fmt: skip
    train.set_defaults(run=_train)

    average = commands.add_parser("average", help="take the mean of the last checkpoints")
    average.add_argument("run_folder", type=Path, metavar="run")
    average.add_argument("output", type=Path)
    average.add_argument("--last", type=int, default=4)
    average.set_defaults(run=_average)

    export = commands.add_parser("export", help="write the folder of a model: weights, tokenizer, card")
    export.add_argument("data", type=Path, help="folder with the vocabulary")
    export.add_argument("weights", type=Path, help="folder of a checkpoint or a mean")
    export.add_argument("model", type=Path, help="folder to write, named like the model")
    export.add_argument("--configuration", default="cpu")
    export.add_argument("--language", default="en", help="of a language model")
    export.add_argument("--prepared", type=Path, help="folder of the prepared pairs, for the card")
    export.add_argument("--run", type=Path, dest="run_folder", help="folder of the run, for the card")
    export.add_argument("--scores", type=Path, help="what the command evaluate wrote, for the card")
    export.add_argument("--examples", type=Path, help="what the command examples wrote, for the card")
    export.set_defaults(run=_export)

    evaluate = commands.add_parser("evaluate", help="BLEU and chrF of a model's folder")
    evaluate.add_argument("model", type=Path)
    evaluate.add_argument("output", type=Path, help="JSON file")
    evaluate.add_argument("--set", action="append", default=[], metavar="NAME:XX:ENGLISH:OTHER", dest="sets",
                          help="aligned text files; OTHER - for a table with English and other in two columns")  # fmt: skip
    evaluate.add_argument("--limit", type=int, help="only so many sentences of each set")
    evaluate.add_argument("--beams", type=int, default=USUAL_BEAMS, help="1 is greedy decoding")
    evaluate.add_argument("--round-trip", action="append", default=[], metavar="NAME:XX:ENGLISH",
                          help="English text to send there and back")  # fmt: skip
    evaluate.add_argument("--engines", type=Path, help="folder of engine outputs; the open ones are scored beside it")
    evaluate.set_defaults(run=_evaluate)

    examples = commands.add_parser("examples", help="send the package's own sentences there and back")
    examples.add_argument("model", type=Path)
    examples.add_argument("output", type=Path, help="JSON file")
    examples.add_argument("--languages", required=True, help="to go through, as es,ru,ar")
    examples.set_defaults(run=_examples)

    plot = commands.add_parser("plot", help="draw the learning curve from a run's log")
    plot.add_argument("run_folder", type=Path, metavar="run")
    plot.add_argument("output", type=Path, help="SVG file")
    plot.set_defaults(run=_plot)
    return parser


def _prepare(options: argparse.Namespace) -> None:
    from mtcheck.training.preparation import PreparationSettings, prepare

    report = prepare(
        PreparationSettings(
            options.corpora,
            tuple(options.languages.split(",")),
            options.output,
            tuple(options.exclude),
            tuple(options.without),
            tuple(options.hold_out),
        )
    )
    _say(f"kept {sum(report.kept.values()):,} of {sum(report.read.values()):,} pairs; see report.json")


def _prepare_texts(options: argparse.Namespace) -> None:
    from mtcheck.training.preparation import PreparationSettings
    from mtcheck.training.text_preparation import prepare_texts

    settings = PreparationSettings(
        options.corpora, (options.language,), options.output, tuple(options.exclude), tuple(options.without)
    )
    report = prepare_texts(settings)
    _say(f"kept {sum(report.kept.values()):,} of {sum(report.read.values()):,} sentences; see report.json")


def _lexicon(options: argparse.Namespace) -> None:
    from mtcheck.training.lexicon import fit_lexicon

    for language in options.languages.split(","):
        entries = fit_lexicon(options.corpora, language.strip(), options.output)
        logging.getLogger(__name__).info("%s: %d English entries", language.strip(), entries)


def _words(options: argparse.Namespace) -> None:
    from mtcheck.training.words import make_word_lists

    languages = [language.strip() for language in options.languages.split(",")]
    for language, words in make_word_lists(options.corpora, languages, options.output).items():
        _say(f"{language}: {words:,} words")


def _vocabulary(options: argparse.Namespace) -> None:
    from mtcheck.training.configuration import load_configuration
    from mtcheck.training.text_vocabulary import make_text_vocabulary
    from mtcheck.training.vocabulary import VocabularySettings, make_vocabulary

    shape = load_configuration(options.configuration).shape
    make = make_text_vocabulary if shape.is_language_model else make_vocabulary
    _say(f"{len(make(options.prepared, options.output, VocabularySettings(shape.pieces))):,} tokens")


def _pack(options: argparse.Namespace) -> None:
    from mtcheck.training.configuration import load_configuration
    from mtcheck.training.packing import pack
    from mtcheck.training.text_packing import pack_texts
    from mtcheck.training.text_vocabulary import TextVocabulary
    from mtcheck.training.vocabulary import Vocabulary

    configuration = load_configuration(options.configuration)
    if configuration.shape.is_language_model:
        packed = pack_texts(options.prepared, TextVocabulary(options.vocabulary), options.vocabulary)
        _say(f"{len(packed):,} sentences, {len(packed.sentences.tokens):,} tokens")
        return
    samples = configuration.segmentations
    _say(f"{len(pack(options.prepared, Vocabulary(options.vocabulary), options.vocabulary, samples)):,} pairs")


def _train(options: argparse.Namespace) -> None:
    # Threads that wait must sleep: on cores shared with others, spinning ones made training three times slower. The
    # library reads this when torch is first imported.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    os.environ.setdefault("GOMP_SPINCOUNT", "0")
    from mtcheck.training.configuration import load_configuration
    from mtcheck.training.loop import TrainingRun, train
    from mtcheck.training.schedule import Length

    configuration = load_configuration(options.configuration)
    task = _task(options.data, configuration, options.development, options.begin_with)
    if options.begin_with is not None:
        from mtcheck.training.card import write_origin

        write_origin(options.begin_with, options.run_folder)
    progress = train(TrainingRun(options.run_folder, configuration, task, Length(options.hours, options.steps)))
    _say(f"{progress.step:,} steps, {progress.target_tokens:,} target tokens, {progress.seconds:,.0f} s")


def _task(data: Path, configuration: Configuration, development: Sequence[str], parent: Path | None) -> Task[Any]:
    """Return what a configuration is to learn, from the data of a folder."""
    if configuration.shape.is_language_model:
        if parent is not None:
            raise UsageError("--begin-with is for translation models: a language model begins at random")
        from mtcheck.training.language_model import LanguageModelTask, development_sentences
        from mtcheck.training.text_packing import load_packed_texts
        from mtcheck.training.text_vocabulary import TextVocabulary

        texts = TextVocabulary(data)
        sentences = development_sentences([Path(name) for name in development], texts)
        return LanguageModelTask(configuration, load_packed_texts(data), texts, sentences)
    from mtcheck.training.packing import load_packed
    from mtcheck.training.translation import TranslationTask, development_pairs
    from mtcheck.training.vocabulary import Vocabulary

    vocabulary = Vocabulary(data)
    pairs = development_pairs(development, vocabulary)
    return TranslationTask(configuration, load_packed(data), vocabulary, pairs, parent)


def _average(options: argparse.Namespace) -> None:
    from mtcheck.training.checkpoints import average

    _say("mean of " + ", ".join(folder.name for folder in average(options.run_folder, options.last, options.output)))


def _word_frequencies(options: argparse.Namespace) -> None:
    from mtcheck.training.word_frequencies import write_word_frequencies

    _say(f"{write_word_frequencies(options.prepared, options.output)} words")


def _export(options: argparse.Namespace) -> None:
    from mtcheck.training.configuration import load_configuration
    from mtcheck.training.export import ModelSources, export
    from mtcheck.training.language_model_export import LanguageModelSources, export_language_model
    from mtcheck.training.text_vocabulary import TextVocabulary
    from mtcheck.training.vocabulary import Vocabulary

    shape = load_configuration(options.configuration).shape
    if shape.is_language_model:
        texts = LanguageModelSources(
            TextVocabulary(options.data),
            options.weights,
            options.language,
            options.prepared,
            options.run_folder,
            options.scores,
        )
        _say(f"{export_language_model(texts, shape, options.model):,} bytes in all")
        return
    sources = ModelSources(
        Vocabulary(options.data),
        options.weights,
        options.prepared,
        options.run_folder,
        options.scores,
        options.examples,
    )
    _say(f"{export(sources, shape, options.model):,} bytes in all")


def _evaluate(options: argparse.Namespace) -> None:
    from mtcheck.training.evaluation import evaluate, write_scores

    scores = evaluate(options.model, options.sets, options.round_trip, options.limit, options.beams, options.engines)
    write_scores(scores, options.output)
    for score in scores:
        _say(
            f"{score.system} {score.set} {score.direction}: BLEU {score.bleu:.1f}, chrF {score.chrf:.1f} ({score.sentences} sentences)"
        )


def _examples(options: argparse.Namespace) -> None:
    from mtcheck.training.evaluation import write_examples

    _say(f"{write_examples(options.model, options.languages.split(','), options.output)} round trips")


def _plot(options: argparse.Namespace) -> None:
    from mtcheck.training.plot import plot

    plot(options.run_folder, options.output)
    _say(str(options.output))


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    sys.exit(main())
