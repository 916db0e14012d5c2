"""Words of pages in the language of a run: messages in English, translated by catalogs of gettext (locale/).

A catalog is shipped as it is written, and read once: nothing has to be compiled, and nothing compiled can be out of date. Every
room may use this; whoever runs says by `speaking` which language it is, kernels are told by the environment. Neither outlives
its run.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel import Locale

# The languages in which pages can be made, each with the country that writes numbers, dates and names of countries so. Babel is
# imported where it is needed: `audits --help` names the languages, and waits for nothing else.
LANGUAGES = {"en": "GB", "de": "DE"}
OWN = "en"
FOLDER = Path(__file__).with_name("locale")
# Names the language to those who are started: kernels, JupyterLab.
VARIABLE = "AUDITS_LANGUAGE"
_SPOKEN: ContextVar[str | None] = ContextVar("language", default=None)


def spoken() -> str:
    """The language that is spoken now: as `speaking` says, or the environment, or else English."""
    named = _SPOKEN.get() or os.environ.get(VARIABLE, "")
    return named if named in LANGUAGES else OWN


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """While it lasts, words are of this language; one of which there is no catalog is English."""
    before = _SPOKEN.set(language if language in LANGUAGES else OWN)
    try:
        yield
    finally:
        _SPOKEN.reset(before)


def locale() -> Locale:
    """How the language writes numbers, dates and the names of countries."""
    return _locale(spoken())


def mark(message: str) -> str:
    """A message that is said later, as it is: `say` says it."""
    return message


def say(message: str, **places: object) -> str:
    """A message in the language that is spoken, with what stands in its {places}."""
    translated = _catalog(spoken()).get(message, message)
    return translated.format(**places) if places else translated


def plural(one: str, many: str, n: float, **places: object) -> str:
    """The same for one or for another number, which stands in the place {n}."""
    forms = _forms(spoken()).get(one, (one, many))
    return forms[0 if n == 1 else -1].format(n=number(n), **places)


def number(value: float) -> str:
    """A whole number with the marks of its thousands."""
    from babel.numbers import format_decimal

    return str(format_decimal(int(value), locale=locale()))


def day(value: date) -> str:
    """2 November 2026."""
    from babel.dates import format_date

    return str(format_date(value, "long", locale=locale()))


def decimal(value: float, places: int = 1) -> str:
    """A number with so many digits behind its mark."""
    plain = f"{value:,.{places}f}"
    return plain if spoken() == OWN else plain.translate(str.maketrans(",.", ".,"))


@cache
def _locale(language: str) -> Locale:
    from babel import Locale

    return Locale(language, LANGUAGES[language])


@cache
def _catalog(language: str) -> dict[str, str]:
    """Translations by message."""
    return {id_: string for id_, string in _read(language) if isinstance(id_, str) and isinstance(string, str) and string}


@cache
def _forms(language: str) -> dict[str, tuple[str, ...]]:
    """The forms for one and for many, by the message for one."""
    return {id_[0]: string for id_, string in _read(language) if isinstance(id_, tuple) and isinstance(string, tuple)}


@cache
def _read(language: str) -> list[tuple[object, object]]:
    if language == OWN:
        return []
    from babel.messages.pofile import read_po

    with (FOLDER / language / "LC_MESSAGES" / "audits.po").open("rb") as file:
        return [(message.id, message.string) for message in read_po(file, locale=language) if message.id]
