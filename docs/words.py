"""The words of pages, gathered for their translation: from the code, the templates and the notebooks that are published.

    python -m docs.words        brings the catalogs in audits/locale up to date: what is new has no translation, what is gone goes

tests/show/test_words.py says whether a catalog is complete.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

from audits.words import FOLDER, LANGUAGES, OWN
from audits.workspace import Workspace

ROOT = Path(__file__).parents[1]
Saying = dict[str, tuple[int, ...] | None]
# What says a message, and which of its arguments are one. `compare` and `by_dimension` are given what readers call a dimension.
_SAYING: Saying = {"say": None, "plural": (1, 2), "compare": (4,), "by_dimension": (4,)}
_HEAD = "# The words of pages. `python -m docs.words` brings it up to date; #: says where each stands."


def messages() -> Catalog:
    """Every message, with where it stands, in the order of the files."""
    found = Catalog(project="privacy-audits", charset="utf-8", fuzzy=False)
    for place, message in [*_of_code(), *_of_templates(), *_of_notebooks()]:
        found.add(message, locations=[(place, 0)])
    return found


def _of_code() -> Iterator[tuple[str, str | tuple[str, ...]]]:
    for file in sorted((ROOT / "audits").rglob("*.py")):
        yield from _extracted("python", file.read_bytes(), file.relative_to(ROOT).as_posix(), {**_SAYING, "mark": None})


def _of_templates() -> Iterator[tuple[str, str | tuple[str, ...]]]:
    for folder in ("audits/show/template", "audits/publish/template"):
        for file in sorted((ROOT / folder).rglob("*.j2")):
            yield from _extracted("jinja2.ext:babel_extract", file.read_bytes(), file.relative_to(ROOT).as_posix())


def _of_notebooks() -> Iterator[tuple[str, str | tuple[str, ...]]]:
    """Headings and paragraphs, white space folded, as render.py looks them up; and what cells say to functions that say it."""
    for file in Workspace().published_notebooks():
        place = file.relative_to(ROOT).as_posix()
        for cell in json.loads(file.read_text(encoding="utf-8"))["cells"]:
            source = "".join(cell["source"])
            if cell["cell_type"] == "markdown":
                yield from ((place, " ".join(part.lstrip("#").split())) for part in _paragraphs(source))
            else:
                yield from _extracted("python", source.encode(), place)


def _paragraphs(source: str) -> Iterator[str]:
    """The title stands alone, whatever follows it."""
    for part in source.split("\n\n"):
        yield from part.split("\n", 1) if part.startswith("#") else [part]


def _extracted(method: str, source: bytes, place: str, saying: Saying = _SAYING) -> Iterator[tuple[str, str | tuple[str, ...]]]:
    for _, message, _, _ in extract(method, io.BytesIO(source), keywords=saying):
        yield place, message


def updated(language: str) -> bytes:
    """The catalog of a language with every message of now, and no other; translations are kept."""
    file, found = FOLDER / language / "LC_MESSAGES" / "audits.po", messages()
    known = read_po(io.BytesIO(file.read_bytes() if file.exists() else b""), locale=language)
    made = Catalog(locale=language, project="privacy-audits", charset="utf-8", fuzzy=False, header_comment=_HEAD)
    for message in found:
        if message.id:
            before = known.get(message.id if isinstance(message.id, str) else message.id[0])
            made.add(message.id, before.string if before and before.id == message.id else None, locations=message.locations)
    written = io.BytesIO()
    write_po(written, made, width=110, omit_header=False, include_lineno=False)
    return _without_dates(written.getvalue())


def _without_dates(catalog: bytes) -> bytes:
    """The same for the same words, whenever it was written."""
    kept = (b"Content-Type", b"Content-Transfer", b"Plural-Forms", b"Language:", b"Project-Id", b"MIME")
    lines = catalog.splitlines(keepends=True)
    start = next(n for n, line in enumerate(lines) if line.startswith(b'"'))
    end = next(n for n, line in enumerate(lines) if n > start and not line.startswith(b'"'))
    return b"".join([*lines[:start], *(line for line in lines[start:end] if line[1:].startswith(kept)), *lines[end:]])


def main() -> None:
    """Bring every catalog up to date."""
    for language in LANGUAGES.keys() - {OWN}:
        file = FOLDER / language / "LC_MESSAGES" / "audits.po"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(updated(language))


if __name__ == "__main__":
    main()
