"""New controls and notebooks: a commented skeleton that works, to be changed line by line."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
from jinja2 import Environment, PackageLoader, StrictUndefined
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from audits.controls.control import FOLDER, load
from audits.errors import Unusable, hint
from audits.workspace import Workspace

_SKELETONS = Environment(loader=PackageLoader("audits", "explore/skeletons"), undefined=StrictUndefined, autoescape=False)  # noqa: S701 – SQL
_CONTROLS_OF_A_PAGE = """\
from audits import Audit
from audits.show import charts, tables

audit = Audit(export, results, period, as_of, audience, suppress_below=suppress_below)
controls = {controls}  # or audit.controls("rights"): all of a section
tables.notes(audit)"""


def control(workspace: Workspace, name: str, section: str, clause: str | None) -> Path:
    """Write a control, and the promise of it under a clause of the first text, where one is given.

    Raises Unusable for a name that is taken, a section or a clause that does not exist.
    """
    text, known = workspace.texts[0], workspace.catalogue
    _check_name(name, "control")
    if name in known:
        raise Unusable(f"control {name!r} exists: `audits explain {name}` shows it")
    sections = sorted({c.section for c in known.values()})
    if section not in sections:
        raise Unusable(f"section {section!r} is unknown: {_nearest(section, sections)}")
    clauses = [c.id for c in text.clauses if c.kind != "notice"]
    if clause is not None and clause not in clauses:
        raise Unusable(f"clause {clause!r} is none that can be measured: {_nearest(clause, clauses)}")
    written = _SKELETONS.get_template("control.sql.j2").render(id=name)
    file = _written(FOLDER / section / f"{name}.sql", written + "\n")
    load(file, workspace.contract)
    if clause is not None:
        _promise(workspace.files[0], name, clause)
    return file


def _promise(file: Path, name: str, clause: str) -> None:
    """Let a text make a promise of a control, under one of its clauses."""
    text = file.read_text(encoding="utf-8")
    text = text.replace("\n[[clauses]]\n", f'\n[[promises]]\nuse = "{name}"\n\n[[clauses]]\n', 1)
    start = text.index(f'id = "{clause}"')
    end = text.find("\n[[", start)
    block = text[start:end] if end > 0 else text[start:]
    if "promises = [" in block:
        changed = block.replace("promises = [", f'promises = ["{name}", ', 1)
    else:
        changed = re.sub(r"^(kind = .*)$", rf'\1\npromises = ["{name}"]', block, count=1, flags=re.MULTILINE)
    file.write_text(text[:start] + changed + text[start + len(block) :], encoding="utf-8")


def notebook(workspace: Workspace, name: str, promises: tuple[str, ...]) -> Path:
    """Write a notebook over some promises; raises Unusable for a name that is taken or a promise that does not exist."""
    _check_name(name, "notebook")
    chosen = [workspace.one(p) for p in promises]
    if unpromised := [p.name for p in chosen if not p.text]:
        raise Unusable(f"control {unpromised[0]}: no text promises it, and a page shows what is promised; add it to texts/")
    controls = [p.name for p in chosen]
    parameters = next(
        c for c in nbformat.read(workspace.notebooks / "coverage.ipynb", 4).cells if "parameters" in c.metadata.get("tags", [])
    )
    cells = [
        new_markdown_cell(
            f"# {name.replace('_', ' ').capitalize()}\n\nWhat is promised, in a sentence or two: the heading is the page's title."
        ),
        new_code_cell(parameters.source, metadata={"tags": ["parameters"]}),
        new_code_cell(_CONTROLS_OF_A_PAGE.format(controls=repr(controls).replace("'", '"'))),
        new_markdown_cell("## The answer\n\nThe answer first, then the figures, then the exceptions, then method and limits."),
        new_code_cell("tables.answer(audit, controls[0])"),
        new_code_cell("tables.scorecard(audit, controls)"),
        new_markdown_cell("## Month by month"),
        new_code_cell("charts.rate_by_month(audit, controls[0])"),
        new_markdown_cell("## Violations, worst first"),
        new_code_cell("tables.violations(audit, controls)"),
        new_markdown_cell("## What cannot be told"),
        new_code_cell("tables.untold(audit, controls)"),
        new_markdown_cell("## Method and limits\n\nWhat a reader must know to trust the figures."),
        new_code_cell("tables.method(audit, controls)"),
        new_code_cell("# NBVAL_CHECK_OUTPUT\nprint(tables.figures(audit, controls))", metadata={"tags": ["keep_output"]}),
    ]
    for position, cell in enumerate(cells):
        cell["id"] = f"{name.replace('_', '-')}-{position:02}"
    kernel = {
        "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    return _written(workspace.notebooks / f"{name}.ipynb", nbformat.writes(new_notebook(cells=cells, metadata=kernel)) + "\n")


def _check_name(name: str, what: str) -> None:
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        raise Unusable(f"{name!r} is no name for a {what}: write small letters, digits and _, such as answered_in_time")


def _nearest(name: str, known: list[str]) -> str:
    return hint(name, known, f"there are: {', '.join(known)}")


def _written(file: Path, text: str) -> Path:
    try:
        with file.open("x", encoding="utf-8") as stream:
            stream.write(text)
    except FileExistsError as error:
        raise Unusable(f"{file}: exists; choose another name, or change that file") from error
    except OSError as error:
        raise Unusable(f"{file}: cannot be written: {error.strerror}; controls and notebooks are added in a checkout") from error
    return file
