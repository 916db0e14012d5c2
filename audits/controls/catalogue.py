"""The catalogue: every control by its id, the ids that it had before resolved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from audits.contract.own import NO_FAULTS, Faults
from audits.contract.schema import Contract
from audits.controls.control import FOLDER, Control, load, unread
from audits.errors import Unusable, hint


class Catalogue(Mapping[str, Control]):
    """Controls by id, in order of id; an id that a control had before leads to it, and is not counted."""

    def __init__(self, controls: Iterable[Control]) -> None:
        self._controls = {c.id: c for c in sorted(controls, key=lambda c: c.id)}
        self._before = {old: c.id for c in self._controls.values() for old in c.was}
        if taken := sorted(set(self._before) & set(self._controls)):
            raise Unusable(f"control {taken[0]}: another control says that this was its id before; give one of them another")

    def __getitem__(self, name: str) -> Control:
        return self._controls[self.now(name)]

    def __iter__(self) -> Iterator[str]:
        return iter(self._controls)

    def __len__(self) -> int:
        return len(self._controls)

    def now(self, name: str) -> str:
        """The id that a control has now; a name that no control ever had is given back."""
        return self._before.get(name, name)

    @property
    def renamed(self) -> dict[str, str]:
        """The ids that controls have now, by those that they had before."""
        return dict(self._before)

    @property
    def broken(self) -> list[str]:
        """What is wrong with each file that could not be read."""
        return [c.broken for c in self.values() if c.broken]

    def find(self, name: str) -> Control:
        """The control of that id, or that had it before; raises Unusable naming the nearest."""
        if name in self:
            return self[name]
        raise Unusable(f"control {name!r} is unknown: {hint(name, self, '`audits controls` lists them')}")

    def by_framework(self, framework: str | None) -> list[Control]:
        """The controls that map to a law or standard, named by its first word; all of them for None."""
        if framework is None:
            return list(self.values())
        known = sorted({m.split()[0] for c in self.values() for m in c.maps_to})
        if framework not in known:
            raise Unusable(f"--framework {framework!r} is mapped to by no control; there are: {', '.join(known)}")
        return [c for c in self.values() if any(m.split()[0] == framework for m in c.maps_to)]


def read(contract: Contract, folders: Iterable[Path] = (FOLDER,), faults: Faults = NO_FAULTS) -> Catalogue:
    """The controls of some folders, of which each has a folder a section; of two with the same id the later folder's counts.

    A file of the user's own that cannot be read, or that reads a table of which `faults` says what is wrong, stops what promises
    it, and nothing else.
    """
    files = ((file, folder) for folder in folders for file in sorted(folder.glob("*/*.sql")))
    return Catalogue({c.id: c for c in (_read(file, contract, folder, faults) for file, folder in files)}.values())


def _read(file: Path, contract: Contract, folder: Path, faults: Faults) -> Control:
    try:
        return load(file, contract, faults)
    except Unusable as error:
        if folder == FOLDER:
            raise
        return unread(file, str(error))
