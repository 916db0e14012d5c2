"""A folder of the user's own: what its audits.toml says, and the files that lie beside it."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from audits.contract import files, formats
from audits.errors import Unusable, hint, invalid
from audits.texts import library
from audits.texts.text import Spoken

FILE = "audits.toml"
# Name the folder, and the texts, to those who do not stand in it: kernels, JupyterLab, a scheduler.
VARIABLE, TEXTS_VARIABLE = "AUDITS_WORKSPACE", "AUDITS_TEXTS"


class Home(BaseModel):
    """What audits.toml says: the company, the language of pages (that of the first text, if left out), its texts (files beside
    it, or names of those that come with audits), what is audited by default, how long periods are kept (`audits prune`), and the
    jobs of `audits schedule`. Every path is relative to the folder. `folder` is None where there is none.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    company: str = ""
    language: Spoken | None = None
    texts: tuple[str, ...] = Field(default=("policy.toml",), min_length=1)
    export: str = "sample"
    adapter: str | None = None
    parameters: str | None = None
    reports: str = "reports"
    keep: str | None = None
    jobs: dict[str, dict[str, Any]] = {}
    notify: dict[str, dict[str, Any]] = {}
    link: str | None = None
    folder: Path | None = None

    def path(self, name: str | None) -> Path | None:
        """Where something lies that audits.toml names; raises Unusable where it is in the folder by a link to elsewhere."""
        if not name:
            return None
        found = (self.folder or Path()) / name
        if self.folder and Path(os.path.normpath(found)).is_relative_to(self.folder):
            files.must_be_inside(found, self.folder)
        return found

    def beside(self, name: str) -> Path | None:
        """A file or folder of that name beside audits.toml, if there is one."""
        found = self.path(name) if self.folder else None
        return found if found and found.exists() else None

    @property
    def law(self) -> Path | None:
        """The folder with facts of law of one's own; None where it holds no table yet, whatever else lies there."""
        folder = self.beside("law")
        if folder and folder.is_dir():
            holds = any(formats.entry_of(file).kind for file in folder.iterdir() if not file.name.startswith("."))
            return folder if holds else None
        return folder

    @property
    def exported(self) -> str:
        """What is audited where nothing else is named."""
        return self.export if self.export == "sample" else str((self.folder or Path()) / self.export)

    @property
    def published(self) -> Path:
        """Where periods are published."""
        return (self.folder or Path()) / self.reports

    @property
    def text_files(self) -> tuple[Path, ...]:
        """The files of the texts; raises Unusable for a name that is neither a file beside audits.toml nor one of ours."""
        return tuple(self._text(name) for name in self.texts)

    def text_called(self, name: str) -> Path:
        """The file of a text: one of that name beside audits.toml, or in texts/ there, takes the place of ours.

        The path of a .toml file is itself. Raises Unusable for any other name, naming the nearest.
        """
        return self._own_text(name) or library.file_of(name)

    def _own_text(self, name: str) -> Path | None:
        found = (self.beside(place) for place in (f"{name}.toml", f"texts/{name}.toml"))
        return next((file for file in found if file and file.is_file()), None)

    def _text(self, name: str) -> Path:
        file = self.path(name) or Path()
        if found := file if file.is_file() else self._own_text(name):
            return found
        known = library.names()
        if name not in known:
            near = hint(name, known, ", ".join(known))
            raise Unusable(f"{self.folder}/{FILE}: texts: {name!r} is no file beside it, and no text of ours: {near}")
        return library.file_of(name)


def find(start: Path) -> Path | None:
    """The folder that holds audits.toml: that one, or the nearest above it."""
    return next((folder for folder in (start, *start.parents) if (folder / FILE).is_file()), None)


def named() -> Path | None:
    """The folder that the environment names, or in which one stands, if there is one; raises Unusable where that is none."""
    if folder := os.environ.get(VARIABLE):
        return Path(folder)
    return find(Path.cwd())


def named_texts() -> list[Path]:
    """The texts that the environment names, in place of the workspace's own."""
    return [Path(file) for file in os.environ.get(TEXTS_VARIABLE, "").split(os.pathsep) if file]


@contextmanager
def told(**values: str) -> Iterator[None]:
    """While it lasts, the environment has these values; then what it had before."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name)
            os.environ.update({name: value} if value is not None else {})


def read(folder: Path) -> Home:
    """What the audits.toml of a folder says; raises Unusable with the file and what is wrong in one line."""
    file = folder / FILE
    try:
        content = tomllib.loads(files.text(file, folder))
        return Home(**content, folder=folder.resolve())
    except FileNotFoundError as error:
        raise Unusable(f"{folder}: holds no {FILE}; `audits init {folder}` makes one") from error
    except ValidationError as error:
        raise Unusable(f"{file}: {invalid(error, content, Home, ours=('folder',))}") from error
    except (OSError, ValueError, TypeError, RecursionError) as error:
        raise Unusable(f"{file}: {getattr(error, 'strerror', None) or error}") from error
