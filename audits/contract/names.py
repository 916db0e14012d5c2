"""The names of a file's columns, and of who reads which: the same rules for every container."""

from __future__ import annotations

import re
from collections.abc import Sequence

from audits.contract.files import printable
from audits.errors import Unusable

# Of the columns of a table, those that are named: all where it is None. A query that takes `*` takes them as they are numbered.
Read = frozenset[str] | None
_BLANKS = re.compile(r"^[\s\u200b\ufeff]+|[\s\u200b\ufeff]+$")


def columns(raw: Sequence[str], where: str, read: Read) -> list[str]:
    """The columns' names without blanks around them; one without a name is `column` and its place, counted from 0.

    A name that stands twice, in any case, is nobody's: raises Unusable naming both where it is read, else each gets a number.
    """
    names = [stripped(name) or f"column{place}" for place, name in enumerate(raw)]
    places: dict[str, list[int]] = {}
    for place, name in enumerate(names):
        places.setdefault(name.lower(), []).append(place)
    for name, twice in places.items():
        if len(twice) > 1 and _is_read(name, read):
            raise _stands_twice(raw, twice, where, is_told=read is not None)
    return [_numbered(name, places[name.lower()], place) for place, name in enumerate(names)]


def some(names: Sequence[str], most: int) -> str:
    """The first of several names, and how many more there are."""
    return ", ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")


def stripped(name: str) -> str:
    """A name without blanks around it, also those that nobody sees."""
    return _BLANKS.sub("", name)


def is_header(values: Sequence[str | None], names: Sequence[str]) -> bool:
    """Whether a row's values are the names of the columns: half of them, two or more, in their places, or all in any order."""
    folded = [stripped(value or "").lower() for value in values]
    wanted = [name.lower() for name in names]
    in_place = sum(value == name for value, name in zip(folded, wanted, strict=False))
    return in_place >= max(min(2, len(names)), len(names) / 2) or sorted(folded) == sorted(wanted)


def _is_read(name: str, read: Read) -> bool:
    return read is None or name in read


def _stands_twice(raw: Sequence[str], places: list[int], where: str, *, is_told: bool) -> Unusable:
    """A name of the contract is told; any other may be somebody's, where a file has no header, and is for `words`."""
    numbers = " and ".join(str(place + 1) for place in places)
    spelt = " and ".join(dict.fromkeys(printable(stripped(raw[place])) for place in places))
    named = f" {spelt}" if is_told else ""
    return Unusable(f"{where}: columns {numbers} have the same name{named}; leave one, or give them names of their own", spelt)


def _numbered(name: str, places: list[int], place: int) -> str:
    return name if len(places) == 1 else f"{name} [{places.index(place) + 1}]"
