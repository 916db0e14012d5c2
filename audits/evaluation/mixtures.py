"""Mixtures of readings of several doubts: a covering of their pairs, for what turns a verdict only with another."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import chain, combinations, product

from audits.evaluation.meanings import Doubt

Place = tuple[int, int]
Pair = tuple[Place, Place]


def mixtures(readings: dict[Doubt, list[str]], most: int) -> Iterator[dict[Doubt, str]]:
    """Mixtures of readings of all doubts, the value as it was read among them: what turns a verdict only with another.

    Each two readings of two doubts stand together in one of them, but for those that more than `most` would be needed for: of
    the later readings.
    """
    mixed = {doubt: [doubt.value, *values] for doubt, values in readings.items()}
    left = dict.fromkeys(_pairs([len(values) for values in mixed.values()]))
    for pair in list(left):
        if pair in left and most > 0:
            places = _with_most_of(left, pair, list(map(len, mixed.values())))
            for each in combinations(enumerate(places), 2):
                left.pop(each, None)
            most -= 1
            yield {doubt: values[place] for (doubt, values), place in zip(mixed.items(), places, strict=True)}


def _pairs(sizes: list[int]) -> list[Pair]:
    """Each two places in two lists of such sizes, by the numbers of the lists; what stands first in both comes first."""
    places = [[(number, place) for place in range(size)] for number, size in enumerate(sizes)]
    pairs = [pair for one_, other in combinations(places, 2) for pair in product(one_, other)] or [
        (each, each) for each in chain(*places)
    ]
    return sorted(pairs, key=lambda pair: (pair[0][1] + pair[1][1], pair))


def _with_most_of(left: Collection[Pair], pair: Pair, sizes: list[int]) -> list[int]:
    """A place in each list: the two of a pair, and of each other list the one that stands in most pairs that are `left`."""
    chosen = dict(pair)
    for number in [n for n in range(len(sizes)) if n not in chosen]:
        gain = [sum(_in_order((number, place), each) in left for each in chosen.items()) for place in range(sizes[number])]
        chosen[number] = gain.index(max(gain))
    return [chosen[number] for number in range(len(sizes))]


def _in_order(one_: Place, other: Place) -> Pair:
    return (one_, other) if one_ < other else (other, one_)
