"""Which of very many records can come into a group: found with a few numbers a record, so that the others stay on disk."""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterable, Sequence
from itertools import compress
from typing import Any

from mtcheck.core.across import Gathering, Meeting

FEW = 20_000
"""Records that are held in memory without another thought."""


def records_to_group(gathering: Gathering[Any, Any], records: Iterable[Any], few: int = FEW) -> Sequence[Any]:
    """Return the records that a grouping has to see, in order. ``records`` is gone through up to three times."""
    if gathering.meeting is None or sum(1 for _ in records) <= few:
        return list(records)
    return list(compress(records, that_meet(gathering.meeting, records)))


def that_meet(meeting: Meeting[Any], records: Iterable[Any]) -> Sequence[bool]:
    """Tell of each record whether one of its keys is also a key of a record with another identity."""
    import numpy as np

    keys, identities, owners = array("Q"), array("Q"), array("Q")
    count = 0
    for record in records:
        identity = _number(meeting.identity(record))
        for key in meeting.keys(record):
            keys.append(_number(key))
            identities.append(identity)
            owners.append(count)
        count += 1
    chosen = np.zeros(count, dtype=bool)
    if keys:
        one, other, owner = (np.frombuffer(each, dtype=np.uint64) for each in (keys, identities, owners))
        order = np.lexsort((other, one))
        one, other, owner = one[order], other[order], owner[order]
        starts = np.flatnonzero(np.concatenate(([True], one[1:] != one[:-1])))
        lengths = np.diff(np.append(starts, len(one)))
        # Identities are sorted within a key: it is several where the first and the last one differ.
        several = other[starts] != other[starts + lengths - 1]
        chosen[owner[np.repeat(several, lengths)]] = True
    return chosen.tolist()


def _number(value: object) -> int:
    """Return a number for a value of plain parts, the same in every process."""
    digest = hashlib.blake2b(repr(value).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little")
