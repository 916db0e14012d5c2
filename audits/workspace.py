"""A workspace: the contract, the catalogue of controls and the texts that an audit works with, read once and passed on.

What lies in a folder of the user's own (home.py) is added to what comes with audits, and replaces it where names are equal.
Nothing here is kept for the process: two workspaces know nothing of each other. Paths are where the files lie in a checkout, or
inside an installed wheel.
"""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from audits import home
from audits.contract import files, own, schema
from audits.contract.door import folded_word
from audits.contract.own import Faults
from audits.contract.schema import Contract
from audits.controls import catalogue
from audits.controls.catalogue import Catalogue
from audits.controls.control import FOLDER as CONTROLS
from audits.controls.promise import Promise, bare, promises, words
from audits.errors import Unusable, hint
from audits.home import Home
from audits.samples import TEXT
from audits.texts import text, versions
from audits.texts.text import Text
from audits.words import LANGUAGES, OWN, VARIABLE, speaking

_PACKAGE = Path(__file__).parent
# For exploring by hand; not published.
_NOT_PUBLISHED = {"explore"}


@dataclass(frozen=True)
class _Read:
    """Texts; what is wrong with those that are left out, and with one of them that may be a version of a text."""

    texts: tuple[Text, ...]
    faults: tuple[str, ...]
    may_be_a_version: str


class Workspace:
    """`texts` are files, of which the first gives leadership's page its sentence; `controls` folders with a folder a section;
    `notebooks` folders of notebooks. Of equal names the later folder's counts. `home` is the user's own folder, if there is one.
    """

    def __init__(
        self,
        texts: Sequence[Path] = (text.FOLDER / f"{TEXT}.toml",),
        controls: Sequence[Path] = (CONTROLS,),
        notebooks: Sequence[Path] = (),
        home: Home | None = None,
        language: str | None = None,
    ) -> None:
        self.files, self._controls, self.home = tuple(texts), tuple(controls), home or Home()
        self.notebooks = tuple(notebooks) or (our_notebooks(),)
        self._language = language
        self._are_its_own = False  # the texts, as audits.toml has them; what somebody names is to be read

    @classmethod
    def at(cls, folder: Path, texts: Sequence[Path] = (), language: str | None = None) -> Workspace:
        """The workspace of a folder that holds audits.toml; `texts` and `language` take the place of its own."""
        found = home.read(folder)
        controls = [CONTROLS, *filter(None, [found.beside("controls")])]
        notebooks = [our_notebooks(), *filter(None, [found.beside("notebooks")])]
        made = cls(texts or found.text_files, controls, notebooks, found, language)
        made._are_its_own = not texts
        return made

    @classmethod
    def here(cls, texts: Sequence[Path] = (), language: str | None = None) -> Workspace:
        """The workspace that the environment names or in which one stands; without one, the sample and its policy.

        `texts`, or those that the environment names, and `language` take the place of its own.
        """
        folder, chosen = home.named(), texts or home.named_texts()
        if folder:
            return cls.at(folder, chosen, language)
        return cls(chosen, language=language) if chosen else cls(language=language)

    def again(self) -> Workspace:
        """The same, read anew where it is a folder's, so that who runs for years sees what was changed there."""
        return Workspace.at(self.home.folder, language=self._language) if self.home.folder else self

    @property
    def language(self) -> str:
        """The language of pages: as was asked for, or as audits.toml has it, or of the first text; English if none of ours."""
        asked = self._language or self.home.language or self.texts[0].language
        return asked if asked in LANGUAGES else OWN

    @contextmanager
    def told(self) -> Iterator[None]:
        """While it lasts, pages are made in its language, and what is started (kernels, JupyterLab) finds this workspace, its
        texts and its language, wherever it stands.
        """
        named = () if self._are_its_own else self.files  # those of audits.toml are found by it
        texts = os.pathsep.join(str(file.resolve()) for file in named)
        variables = {home.VARIABLE: str(self.home.folder or ""), home.TEXTS_VARIABLE: texts, VARIABLE: self.language}
        with home.told(**variables), speaking(self.language):
            yield

    @cached_property
    def contract(self) -> Contract:
        """The tables that an export may have, with the words of the texts and of the controls."""
        contract = schema.worded(self._own[0], words([*map(bare, self.catalogue.values()), *self.promises.values()]))
        for audited in self.texts:
            self._must_know_words(audited)
            contract = schema.spelled(schema.worded(contract, audited.vocabulary), audited.spellings)
        return contract

    def _must_know_words(self, audited: Text) -> None:
        """Raises Unusable for words of a vocabulary that is none, unless it may be of a table that cannot be read."""
        contract, faults = self._own
        known = sorted({c.vocabulary for table in contract.values() for c in table.columns if c.vocabulary})
        if not faults and (unknown := sorted(set(audited.vocabulary) - set(known))):
            raise Unusable(f"{audited.id}: vocabulary.{unknown[0]}: {hint(unknown[0], known, ', '.join(known))}")
        if not faults and audited.spellings:
            self._must_know_spellings(audited)

    def _must_know_spellings(self, audited: Text) -> None:
        """Raises Unusable for a spelling of what is no word, or of what is one already and means something else."""
        named = words([*map(bare, self.catalogue.values()), *promises([audited], self.catalogue).values()])
        contract = schema.worded(schema.worded(self._own[0], named), audited.vocabulary)
        known: dict[str, tuple[str, ...]] = {}
        for column in (c for table in contract.values() for c in table.columns if c.values):
            known[column.kind_of_word] = (*known.get(column.kind_of_word, ()), *column.values)
        for kind, spellings in audited.spellings.items():
            where = f"{audited.id}: spellings.{kind}"
            if kind not in known:
                raise Unusable(f"{where}: {hint(kind, known, 'name a vocabulary, or a column whose words are enumerated')}")
            for written, meant in spellings.items():
                if meant not in known[kind]:
                    raise Unusable(f"{where}: {meant!r} is no word of it: {hint(meant, known[kind], ', '.join(known[kind]))}")
                if folded_word(written) in map(folded_word, known[kind]):
                    raise Unusable(f"{where}: {written!r} is a word of the contract, and means itself")

    @cached_property
    def _own(self) -> tuple[Contract, Faults]:
        """The contract with the user's own tables, and what is wrong with those that cannot be read."""
        file = self.home.beside("contract.sql")
        return own.read(file) if file else (schema.read(), {})

    @cached_property
    def catalogue(self) -> Catalogue:
        """Every control by id."""
        contract, faults = self._own
        return catalogue.read(contract, self._controls, faults)

    @property
    def faults(self) -> list[str]:
        """What is wrong with files of the user's own, a line each, and what is not assessed for it."""
        tables = [f"{why}; what reads it is not assessed" for why in self._own[1].values()]
        return [*self.left_out, *tables] + [f"{why}; what promises it is not assessed" for why in self.catalogue.broken]

    @property
    def own_controls(self) -> list[str]:
        """The ids of the controls that lie in the user's own folder, and can be read."""
        folder = self.home.beside("controls")
        found = {file.stem for file in folder.glob("*/*.sql")} if folder else set()
        return [c.id for c in self.catalogue.values() if c.id in found and not c.broken]

    @cached_property
    def texts(self) -> tuple[Text, ...]:
        """The texts that are audited, with their earlier versions."""
        return versions.in_order(self._read.texts)

    @property
    def left_out(self) -> list[str]:
        """What is wrong with texts of audits.toml that cannot be read, a line each."""
        return [f"{why}; what it promises is not assessed" for why in self._read.faults]

    def must_be_sure(self) -> None:
        """Raises Unusable where a text that cannot be read may be a version of another, which would then be judged otherwise."""
        if self._read.may_be_a_version:
            raise Unusable(f"{self._read.may_be_a_version}; whether it is a later version of another text cannot be told")

    def must_be_whole(self) -> None:
        """Raises Unusable where a text cannot be read: pages are published of all that is promised."""
        if self._read.faults:
            raise Unusable(self._read.faults[0])

    @cached_property
    def _read(self) -> _Read:
        """The texts; one of audits.toml that cannot be read is left out, but for the first, which all pages begin with."""
        read: dict[Path, Text] = {}
        faults: dict[Path, str] = {}
        for file in self.files:
            try:
                read[file] = self._whole(file, is_first=not (read or faults))
            except Unusable as error:
                if not self._are_its_own or not read:
                    raise
                faults[file] = str(error)
        known = {None, *(audited.id for audited in read.values())}
        unsure = next((why for file, why in faults.items() if text.id_of(file) in known), "")
        return _Read(tuple(read.values()), tuple(faults.values()), unsure)

    def _whole(self, file: Path, is_first: bool) -> Text:
        """A text; where it may be left out, one that is found to promise what no control can judge cannot be read either."""
        audited = self._at_home(text.read(file))
        if self._are_its_own and not is_first:
            self._must_know_words(audited)
            promises([audited], self.catalogue)
        return audited

    def _at_home(self, read: Text) -> Text:
        """A text with what the workspace says for it, where it does not itself: the company."""
        return read.model_copy(update={"company": read.company or self.home.company})

    def fed(self, notebook: Path, promises: Iterable[Promise]) -> bool:
        """Whether anything is promised that a notebook needs: of a section, or by a control; one that needs nothing is fed."""
        needs = _needs(notebook)
        return not needs or any(p.control.section in needs or p.control.id in needs for p in promises)

    @cached_property
    def promises(self) -> dict[str, Promise]:
        """What the texts promise, by id (text/name), in order of id."""
        return promises(self.texts, self.catalogue)

    def find(self, name: str) -> list[Promise]:
        """The promises of a name: an id, a name without its text, or a control's id, also one of before.

        A control that no text uses is a promise with its defaults. Raises Unusable naming the nearest.
        """
        last = name.rpartition("/")[2]
        now = self.catalogue.now(last)
        if found := [p for p in self.promises.values() if name in (p.id, p.name)]:
            return found
        if found := [p for p in self.promises.values() if now == p.control.id and name in (last, f"{p.text}/{last}")]:
            return found
        if name in self.catalogue:
            return [bare(self.catalogue[name])]
        known = [*self.promises, *(p.name for p in self.promises.values()), *self.catalogue]
        raise Unusable(f"promise {name!r} is unknown: {hint(name, known, '`audits controls` lists them')}")

    def one(self, name: str) -> Promise:
        """The promise of a name; raises Unusable where there is none, or where several are of the control of that name."""
        found = self.find(name)
        if len(found) > 1:
            raise Unusable(f"{name!r} names {len(found)} promises: say which: {', '.join(p.id for p in found)}")
        return found[0]

    def chosen(self, names: Iterable[str]) -> list[Promise]:
        """The promises of some names, each once, in order of id; all that the texts make if there are no names."""
        found = {p.id: p for name in names for p in self.find(name)}
        return [found[key] for key in sorted(found)] if found else list(self.promises.values())

    def values_of(self, file: Path | None) -> dict[str, dict[str, Any]]:
        """The values that a TOML file gives, by the id of the promise; a table is named after a promise or a control.

        Of two tables that give a promise a value, the one that names it more narrowly counts: its id, its name, its control.

        Raises Unusable naming what is wrong.
        """
        found: dict[str, dict[str, Any]] = {}
        for name, values in sorted(_tables(file).items(), key=lambda table: self._narrow(table[0])):
            if not isinstance(values, dict):
                some = next(iter(self.promises.values())).name
                raise Unusable(f"--parameters {file}: {name} stands in no table: write [{some}] and its parameters below")
            try:
                for promise in self.find(name):
                    found[promise.id] = {**found.get(promise.id, {}), **values}
                    promise.with_values(found[promise.id])
            except Unusable as error:
                raise Unusable(f"--parameters {file}: {error}") from error
        return found

    def _narrow(self, name: str) -> int:
        return 2 if name in self.promises else int(any(name == p.name for p in self.promises.values()))

    def export(self, name: str | Path) -> Path:
        """Where an export lies; "sample" is the committed one."""
        return sample_folder() if str(name) == "sample" else Path(name)

    def is_foreign(self, name: str | Path) -> bool:
        """Whether an export is the sample, and what is audited the policy of another company, or a law."""
        return self.export(name) == sample_folder() and self.texts[0].of != TEXT

    def published_notebooks(self, names: Sequence[str] = ()) -> list[Path]:
        """The notebooks of those names, or all that are published, in order of name; raises Unusable naming the nearest."""
        found = {f.stem: f for folder in self.notebooks for f in sorted(folder.glob("*.ipynb")) if f.stem not in _NOT_PUBLISHED}
        known = dict(sorted(found.items()))
        for file in known.values():
            files.opened(file, within=file.parent)
        for name in names:
            if name not in known:
                nearest = hint(name, known, f"there are: {', '.join(known)}")
                raise Unusable(f"notebook {name!r} is unknown: {nearest}")
        return [known[name] for name in (names or known)]


def our_notebooks() -> Path:
    """The folder of the notebooks that come with audits."""
    return _first(_PACKAGE.parent / "notebooks", _PACKAGE / "_notebooks")


def is_checkout() -> bool:
    """Whether audits runs from a checkout, whose own files may be added to, and not from an installed package."""
    return (_PACKAGE.parent / "notebooks").is_dir()


def sample_folder() -> Path:
    """The folder of the committed sample export."""
    return _first(_PACKAGE.parent / "data" / "samples", _PACKAGE / "_data" / "samples")


def _needs(notebook: Path) -> list[str]:
    """The sections of the catalogue, or controls, of which a notebook says that it shows nothing without a promise of them."""
    try:
        found = json.loads(files.text(notebook))["metadata"].get("audits", {})
        return [str(each) for each in found.get("needs", [])]
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return []  # what is wrong with it is told when it is run


def _tables(file: Path | None) -> dict[str, Any]:
    if file is None:
        return {}
    try:
        return tomllib.loads(files.text(file))
    except (OSError, ValueError, RecursionError) as error:
        raise Unusable(f"--parameters {file}: {getattr(error, 'strerror', None) or error}") from error


def _first(checkout: Path, installed: Path) -> Path:
    return checkout if checkout.is_dir() else installed
