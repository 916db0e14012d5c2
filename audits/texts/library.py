"""The texts that come with the package: policies and laws, by their names."""

from __future__ import annotations

from pathlib import Path

from audits.errors import Unusable, hint
from audits.texts.text import FOLDER


def names() -> list[str]:
    """The names of the texts that come with the package, in order."""
    return sorted(file.stem for file in FOLDER.glob("*.toml"))


def file_of(name: str) -> Path:
    """The file of a text that comes with the package, or the path of one's own; raises Unusable naming the nearest."""
    if name in names():
        return FOLDER / f"{name}.toml"
    if name.endswith(".toml"):
        return Path(name)
    nearest = hint(name, names(), f"there are: {', '.join(names())}")
    raise Unusable(f"text {name!r} is unknown: {nearest}; a text of your own is named by its .toml file")
