"""What the style of a passage shows, apart from what it speaks of: named rates that need no model.

Content words are replaced by the shape of their ending, names and numbers by a sign, so that neither topic nor newsroom shows
(delexicalized n-grams, as in the study of translationese: Baroni and Bernardini 2006; Volansky, Ordan and Wintner 2015).
Quotation marks and dashes are normalized first: their style tells who typeset a text, not who wrote it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
from statistics import fmean, pstdev

from mtcheck.text.style_words import CONNECTIVES, FUNCTION_WORDS

SMALLEST_PASSAGE = 10
"""Sentences a passage needs before anything is said of it."""
LONGEST_PASSAGE = 20
_TYPE_TOKEN_WINDOW = 100
_NORMAL = str.maketrans(
    {**dict.fromkeys("“”„«»‟″", '"'), **dict.fromkeys("‘’‚‛ʼ`´", "'"), **dict.fromkeys("–—―‒‐‑", "-")}
)
_TOKEN = re.compile(
    r"""
    \d (?: [\d.,]* \d )?                     # a number
  | [^\W\d_]+ (?: ['-] [^\W\d_]+ )*+         # a word with the apostrophes and hyphens inside it
  | [,;:()"?!%$-] | \.                       # marks that are set for reasons of style
    """,
    re.VERBOSE,
)
_CLITIC = re.compile(r"(n't|'(?:s|re|ve|ll|d|m))\Z")
_ENDINGS = ("tion", "ment", "ness", "ity", "ing", "ed", "ly", "ive", "al", "ous", "ers", "er", "es", "s")


@dataclass(frozen=True, slots=True)
class Token:
    """One token of the skeleton: its shape, the word in lower case, and whether it is a word."""

    shape: str
    word: str
    is_word: bool


def skeleton(sentence: str) -> list[Token]:
    """Return the tokens of a sentence: function words and marks as they are, everything else by its shape."""
    tokens: list[Token] = []
    for match in _TOKEN.finditer(sentence.translate(_NORMAL)):
        token = match[0]
        if token[0].isdigit():
            tokens.append(Token("#", token, is_word=False))
            continue
        if not token[0].isalpha():
            tokens.append(Token(token, token, is_word=False))
            continue
        low = token.lower()
        clitic = _CLITIC.search(low)
        if clitic is not None and low not in FUNCTION_WORDS:
            stem = token[: clitic.start()]
            if stem:
                tokens.append(Token(_shape(stem, first=not tokens), stem.lower(), is_word=True))
            tokens.append(Token(clitic[0], clitic[0], is_word=False))
            continue
        tokens.append(Token(_shape(token, first=not tokens), low, is_word=True))
    return tokens


def _shape(word: str, *, first: bool) -> str:
    low = word.lower()
    if low in FUNCTION_WORDS:
        return low
    if word[0].isupper() and not first:
        return "Name"
    if "-" in low:
        return "x-x"
    for ending in _ENDINGS:
        if low.endswith(ending) and len(low) > len(ending) + 2:
            return f"-{ending}"
    return "x"


def features(sentences: Sequence[str], grams: Sequence[str] = ()) -> dict[str, float]:
    """Return the named features of a passage; ``grams`` are the n-grams of shapes (joined by spaces) that are counted.

    A rate of n-grams is the square root of their number a thousand tokens, which evens its variance. Returns nothing for a
    passage without words.
    """
    skeletons = [skeleton(sentence) for sentence in sentences]
    words = [token.word for tokens in skeletons for token in tokens if token.is_word]
    if not words:
        return {}
    found = general(skeletons, words)
    size = sum(map(len, skeletons))
    counts = Counter(gram for tokens in skeletons for gram in shape_grams(tokens))
    for gram in grams:
        found[f"rate of “{gram}”"] = sqrt(1000 * counts[gram] / size)
    return found


def shape_grams(tokens: Sequence[Token], longest: int = 3) -> Iterator[str]:
    """Yield the n-grams of the shapes of one sentence, its borders included."""
    shapes = ["^", *(token.shape for token in tokens), "$"]
    for length in range(1, longest + 1):
        for start in range(len(shapes) - length + 1):
            if length > 1 or shapes[start] not in "^$":
                yield " ".join(shapes[start : start + length])


def general(skeletons: Sequence[Sequence[Token]], words: Sequence[str]) -> dict[str, float]:
    """Return the features that are no n-grams: lengths, variety, the share of classes of words."""
    lengths = [float(sum(token.is_word for token in tokens)) for tokens in skeletons if tokens]
    shapes = Counter(token.shape for tokens in skeletons for token in tokens)
    total = len(words)
    content = [word for word in words if word not in FUNCTION_WORDS]
    pairs = Counter(pairwise(words))
    starts = Counter(tokens[0].word for tokens in skeletons if tokens)
    sentences = len(lengths)
    return {
        "mean sentence length": sqrt(fmean(lengths)),
        "variation of sentence length": pstdev(lengths) / (fmean(lengths) or 1.0),
        "mean word length": fmean(map(len, words)),
        "mean length of content words": fmean(map(len, content)) if content else 0.0,
        "share of function words": 1 - len(content) / total,
        "types per 100 words": _type_token(words),
        "content types per 100 content words": _type_token(content),
        "repeated word pairs": sum(count - 1 for count in pairs.values()) / total,
        "nominalizations": sum(shapes[f"-{ending}"] for ending in ("tion", "ment", "ness", "ity")) / total,
        "adverbs in -ly": sqrt(1000 * shapes["-ly"] / total),
        "names": sqrt(1000 * shapes["Name"] / total),
        "numbers": sqrt(1000 * shapes["#"] / total),
        "contractions": sqrt(1000 * sum(shapes[c] for c in ("n't", "'re", "'ve", "'ll", "'d", "'m")) / total),
        "commas a sentence": shapes[","] / sentences,
        "sentences that open with a connective": sum(starts[word] for word in CONNECTIVES) / sentences,
        "sentences that open with “the”": starts["the"] / sentences,
        "longest sentence against the mean": max(lengths) / (fmean(lengths) or 1.0),
        "shortest sentence against the mean": min(lengths) / (fmean(lengths) or 1.0),
    }


def _type_token(words: Sequence[str]) -> float:
    """Return the mean share of different words in stretches of a fixed length, so that longer passages do not differ."""
    if not words:
        return 0.0
    size = min(_TYPE_TOKEN_WINDOW, len(words))
    return fmean(len(set(words[start : start + size])) / size for start in range(0, len(words) - size + 1, size))


def passages(sentences: Sequence[object], size: int = SMALLEST_PASSAGE) -> list[tuple[int, int]]:
    """Cut a text into passages of about ``size`` sentences; return first and last index (half-open) of each.

    The rest is shared out, so that none is shorter; a text with fewer sentences has none.
    """
    number = len(sentences) // size
    if number == 0:
        return []
    borders = [round(index * len(sentences) / number) for index in range(number + 1)]
    return list(pairwise(borders))


def weighted(found: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Return the sum of the features by their weights."""
    return sum(weights[name] * value for name, value in found.items() if name in weights)
