"""New controls and notebooks: a commented skeleton that works, to be changed line by line."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import nbformat
from jinja2 import Environment, PackageLoader, StrictUndefined
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from audits.contract.files import printable
from audits.controls.control import FOLDER, load
from audits.errors import Unusable, hint
from audits.home import FILE
from audits.texts import propose
from audits.texts.compare import published, sentence_fingerprint
from audits.texts.file import table
from audits.texts.text import FOLDER as TEXTS
from audits.texts.text import Text, read
from audits.workspace import Workspace, is_checkout, our_notebooks

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
    if section not in sections and not workspace.home.folder:
        raise Unusable(f"section {section!r} is unknown: {_nearest(section, sections)}")
    _check_name(section, "section")
    if clause is not None:
        _check_clause(text, clause)
    audited = _text_file(workspace) if clause is not None else None
    written = _SKELETONS.get_template("control.sql.j2").render(id=name)
    file = _written(_own(workspace, "controls", FOLDER) / section / f"{name}.sql", written + "\n")
    load(file, workspace.contract)
    if audited and clause:
        _promise(audited, name, clause)
    return file


def _check_clause(text: Text, name: str) -> None:
    """Raises Unusable for a clause that there is not, or under which nothing is promised."""
    clauses = [c.id for c in text.clauses if c.kind != "notice"]
    if name not in clauses and text.clause(name):
        way = "`audits new clause` writes one for what is promised, or change its kind"
        raise Unusable(f"clause {name!r} is a notice, which promises nothing: {way}")
    if name not in clauses:
        raise Unusable(f"clause {name!r} is unknown: {_nearest(name, clauses)}")


def _promise(file: Path, name: str, clause: str) -> None:
    """Let a text make a promise of a control, under one of its clauses."""
    text = file.read_text(encoding="utf-8")
    text = re.sub(r"((?:^#.*\n)*)\[\[clauses\]\]\n", rf'[[promises]]\nuse = "{name}"\n\n\g<0>', text, count=1, flags=re.MULTILINE)
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
        c for c in nbformat.read(our_notebooks() / "coverage.ipynb", 4).cells if "parameters" in c.metadata.get("tags", [])
    )
    cells = [
        new_markdown_cell(
            f"# {name.replace('_', ' ').capitalize()}\n\nWhat is promised, in a sentence or two: the heading is the page's title."
        ),
        new_code_cell(parameters.source, metadata={"tags": ["parameters"]}),
        new_code_cell(_CONTROLS_OF_A_PAGE.format(controls=repr(controls).replace("'", '"'))),
        new_markdown_cell("## The answer\n\nThe answer first, then the figures, then the exceptions, then method and limits."),
        new_code_cell("tables.answers(audit, controls)"),
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
        "audits": {"needs": sorted({p.control.id for p in chosen})},
        "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    file = _own(workspace, "notebooks", our_notebooks()) / f"{name}.ipynb"
    return _written(file, nbformat.writes(new_notebook(cells=cells, metadata=kernel)) + "\n")


def clause(workspace: Workspace, name: str, section: str, duty: str, promises: tuple[str, ...]) -> Path:
    """Write a clause into the first text, measured by promises that it makes, or by none yet; gives the text's file.

    A duty in the words of a sentence of the policy stands on it: where the sentence changes, the clause is to be reviewed.

    Raises Unusable for an id that is taken, or a promise that the text does not make.
    """
    text, file = workspace.texts[0], _text_file(workspace)
    if not re.fullmatch(r"[a-z][a-z0-9_.-]*", name):
        raise Unusable(f"{name!r} is no id for a clause: write small letters, digits, - and ., such as requests.answered")
    if text.clause(name):
        raise Unusable(f"clause {name!r} exists in {file.name}; choose another id")
    made = [p.id for p in text.promises]
    for promise in promises:
        if promise not in made:
            raise Unusable(f"promise {promise!r} is none of {file.name}: {_nearest(promise, made)}")
    keys: dict[str, Any] = {"id": name, "section": section, "duty": duty, "kind": "measured"}
    said = sentence_fingerprint(duty)
    stands_on = {"sources": [said]} if any(said in c.sources for c in text.clauses) else {}
    block = table("clauses", [], {**keys, **({"promises": list(promises)} if promises else {}), **stands_on})
    try:
        with file.open("a", encoding="utf-8") as stream:
            stream.write(f"\n{block}\n")
    except OSError as error:
        raise Unusable(f"{file}: cannot be written: {error.strerror}") from error
    return file


def _text_file(workspace: Workspace) -> Path:
    """The file of the first text, where it may be written to."""
    file = workspace.files[0]
    if file.parent == TEXTS and (workspace.home.folder or not is_checkout()):
        raise Unusable(f"{file.stem} comes with audits: write clauses and promises into a text of your own, the first of {FILE}")
    return file


def _own(workspace: Workspace, name: str, ours: Path) -> Path:
    """Where new files of a kind belong: the workspace's folder, or ours in a checkout."""
    if workspace.home.folder:
        return workspace.home.folder / name
    if not is_checkout():
        raise Unusable(f"new {name} are written into a workspace, and here is none; `audits init FOLDER` makes one")
    return ours


def workspace(folder: Path, policy: Path | None, company: str | None) -> list[Path]:
    """Make a workspace in a folder: audits.toml, and policy.toml with what is proposed of a policy's text, or two promises.

    Gives the files written; raises Unusable where there is a workspace already, or the text cannot be read.
    """
    name = company or folder.resolve().name
    if not name.isprintable():
        raise Unusable(f"--company {printable(name)}: holds what cannot be printed; write the name on one line")
    plain = re.sub(r"[^a-z0-9_]+", "_", name.lower()).strip("_")
    values = {"company": name, "id": plain if plain[:1].isalpha() else f"company_{plain}"}
    if (folder / FILE).exists():
        raise Unusable(f"{folder}: is a workspace already; change its {FILE}, or choose another folder")
    text = propose.proposed(published(policy), name, values["id"]) if policy else _filled("policy.toml", values)
    files = {"policy.toml": text, FILE: _filled(FILE, values)}
    return [_written(folder / file, text) for file, text in files.items()]


def unheard(folder: Path, policy: Path) -> str:
    """What is to be said of a policy that a workspace was made from, where hardly anything was proposed of it; '' if nothing."""
    return propose.unheard(published(policy), read(folder / "policy.toml"))


def _filled(name: str, values: dict[str, str]) -> str:
    return _SKELETONS.get_template(f"{name}.j2").render(values) + "\n"


def _check_name(name: str, what: str) -> None:
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        raise Unusable(f"{name!r} is no name for a {what}: write small letters, digits and _, such as answered_in_time")


def _nearest(name: str, known: list[str]) -> str:
    return hint(name, known, f"there are: {', '.join(known)}")


def _written(file: Path, text: str) -> Path:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8") as stream:
            stream.write(text)
    except FileExistsError as error:
        raise Unusable(f"{file}: exists; choose another name, or change that file") from error
    except OSError as error:
        raise Unusable(f"{file}: cannot be written: {error.strerror}") from error
    return file
