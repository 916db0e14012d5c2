"""Something to show, as escaped HTML for pages and JupyterLab and as plain text for a console."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from jinja2 import Environment, PackageLoader, Template, select_autoescape

from audits.show import wording
from audits.words import plural, say, spoken

Row = tuple["Cell | str", ...]


def environment(folder: str) -> Environment:
    """Templates of a folder of the package; whatever is put into one of HTML is escaped."""
    made = Environment(
        loader=PackageLoader("audits", folder),
        autoescape=select_autoescape(default=True),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(say=say, plural=plural, spoken=spoken)
    return made


_TEMPLATES = environment("show/template")
_TEMPLATES.filters.update(values=wording.values, percent=wording.percent)


@dataclass(frozen=True)
class Html:
    """Something to show: `html` for pages and JupyterLab, `text` for a console and for checked outputs."""

    html: str
    text: str

    def _repr_html_(self) -> str:
        return self.html

    def __repr__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Cell:
    """A cell of a table: what to show, how (text, number, status), and a share for a bar behind it."""

    text: str
    kind: str = "text"
    share: float | None = None
    status: str = ""


def table(
    caption: str,
    heads: Sequence[str],
    rows: Iterable[Sequence[Cell | str]],
    note: str = "",
    empty: str | None = None,
) -> Html:
    """A table with a caption; `empty` is said in place of no rows; without it a page shows nothing, a console says so."""
    cells = [[c if isinstance(c, Cell) else Cell(c) for c in row] for row in rows]
    is_shown = bool(cells) or empty is not None
    html = render("table.html.j2", caption=caption, heads=heads, rows=cells, note=note, empty=empty) if is_shown else ""
    lines = ["\t".join(c.text for c in row) for row in cells] or [say("Nothing.") if empty is None else empty]
    return Html(html, "\n".join([caption, "\t".join(heads), *lines, *([note] if note else [])]))


def together(parts: Sequence[Html], none: str) -> Html:
    """Several tables as one output; `none` is said in place of no tables."""
    if not parts:
        return Html(render("notes.html.j2", notes=[none]), none)
    return Html("\n".join(p.html for p in parts), "\n\n".join(p.text for p in parts))


def folded(head: str, shown: Html) -> Html:
    """Something that is shown when it is asked for; `head` says what."""
    return Html(render("folded.html.j2", head=head, shown=shown.html), f"{head}\n{shown.text}")


def said(text: str) -> Html:
    """A line of text."""
    return Html(render("said.html.j2", text=text), text)


def render(template: str, **values: Any) -> str:
    """A template of the report filled in; whatever is put in is escaped."""
    return _TEMPLATES.get_template(template).render(**values)


def template(name: str) -> Template:
    """A template by its name."""
    return _TEMPLATES.get_template(name)
