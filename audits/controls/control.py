"""Controls: one SQL file each, with its metadata at the head and worked examples at the foot.

The file is plain SQL; nothing about a control is kept anywhere else, and nothing is executed here.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Literal

import duckdb
from pydantic import BaseModel, ConfigDict, ValidationError

from audits.contract.schema import contract
from audits.errors import Unusable, first_line, hint
from audits.texts import policy

FOLDER = Path(__file__).parent
UNSET = "unset"  # a parameter that the policy gives no number for; bound as NULL
_BLOCKS = re.compile(r"\s*/\*\n(?P<head>.*?)\*/\n(?P<sql>.*?)/\*\s*examples\n(?P<foot>.*?)\*/\s*", re.DOTALL)

Parameter = int | float | bool | str


class Control(BaseModel):
    """A test of one or more clauses. `tables` names the columns read of each table; a trailing ? marks one that may be absent.

    `readings` are other ways to read the same promise, each with the parameters that make it; `inject` are known violations
    for the self-test (selftest.py). A control with the dimension `clause_id` judges each clause by the clause's own findings.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    title: str
    rule: str
    clauses: tuple[str, ...]
    maps_to: tuple[str, ...] = ()
    severity: Literal["high", "medium", "low"]
    tables: dict[str, tuple[str, ...]]
    dimensions: tuple[str, ...] = ()
    parameters: dict[str, Parameter] = {}
    readings: dict[str, dict[str, Parameter]] = {}
    inject: dict[str, dict[str, Any]] = {}
    tolerance: float = 0.0
    reasons: dict[str, str]
    sql: str
    examples: dict[str, Any]
    section: str

    @property
    def sha256(self) -> str:
        """Of the query: the version of the control."""
        return hashlib.sha256(self.sql.encode()).hexdigest()

    def needed_columns(self) -> list[tuple[str, str]]:
        """(table, column) pairs without which the control is not assessed."""
        return [(t, c) for t, columns in self.tables.items() for c in columns if not c.endswith("?")]

    def read_columns(self) -> list[tuple[str, str]]:
        """(table, column) pairs that a finding depends on; a bad value in one makes it indeterminate."""
        return [(t, c.rstrip("?")) for t, columns in self.tables.items() for c in columns]

    def bound(self, overrides: dict[str, Parameter] | None = None) -> dict[str, Parameter | None]:
        """The values to bind; raises Unusable for a parameter that the control does not have."""
        values = {**self.parameters, **(overrides or {})}
        if unknown := sorted(set(values) - set(self.parameters)):
            has = ", ".join(self.parameters) or "none"
            raise Unusable(f"control {self.id} has no parameter {unknown[0]}; it has: {has}")
        return {name: None if value == UNSET else value for name, value in values.items()}


@cache
def catalogue() -> dict[str, Control]:
    """Every control by id, in order of id."""
    controls = [load(file) for file in sorted(FOLDER.glob("*/*.sql"))]
    return {c.id: c for c in sorted(controls, key=lambda c: c.id)}


def find(name: str) -> Control:
    """The control of that id; raises Unusable naming the nearest."""
    if name in catalogue():
        return catalogue()[name]
    raise Unusable(f"control {name!r} is unknown: {hint(name, catalogue(), '`audits controls` lists them')}")


def parameters_of(file: Path | None) -> dict[str, dict[str, Parameter]]:
    """The parameters of controls that a TOML file sets, a table a control; raises Unusable naming what is wrong."""
    if file is None:
        return {}
    try:
        found: dict[str, dict[str, Parameter]] = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Unusable(f"--parameters {file}: {getattr(error, 'strerror', None) or error}") from error
    for control, values in found.items():
        if not isinstance(values, dict):
            raise Unusable(
                f"--parameters {file}: {control} stands in no table: write [{next(iter(catalogue()))}] and its parameters below"
            )
        find(control).bound(values)
    return found


def by_framework(framework: str | None) -> list[Control]:
    """The controls that map to a law or standard, named by its first word; all of them for None."""
    if framework is None:
        return list(catalogue().values())
    known = sorted({m.split()[0] for c in catalogue().values() for m in c.maps_to})
    if framework not in known:
        raise Unusable(f"--framework {framework!r} is mapped to by no control; there are: {', '.join(known)}")
    return [c for c in catalogue().values() if any(m.split()[0] == framework for m in c.maps_to)]


def as_markdown(folder: str = "") -> str:
    """The catalogue as a page: every control by section, with its clauses, what it maps to, what it reads.

    `folder` is where the controls lie, as seen from the page.
    """
    lines = ["# The catalogue of controls", "", "Made from the controls by `make docs`; each is a file of its own.", ""]
    for section in sorted({c.section for c in catalogue().values()}):
        lines += [
            f"## {section}",
            "",
            "| control | what it tests | clauses | maps to | severity | reads |",
            "|---|---|---|---|---|---|",
        ]
        for c in (c for c in catalogue().values() if c.section == section):
            title = c.title + "".join(f"<br>Read otherwise – {reading}" for reading in c.readings)
            cells = (
                f"[{c.id}]({folder}{section}/{c.id}.sql)",
                title,
                "<br>".join(c.clauses),
                "<br>".join(c.maps_to),
                c.severity,
                "<br>".join(c.tables),
            )
            lines.append(f"| {' | '.join(cells)} |")
        lines.append("")
    return "\n".join(lines)


def coverage_as_markdown() -> str:
    """The coverage matrix as a page: each clause, what kind it is, the controls that measure it, and what they cannot show."""
    audited = policy.load()
    lines = [
        "# Each clause of the policy, and what measures it",
        "",
        "Made from `audits/texts/` and the controls by `make docs`. The clauses are in our own words. What an export of yours",
        "measures of them, and which column is missing for the rest, is on the page `coverage` of a run.",
        "",
        "| clause | duty | kind | controls | what to know |",
        "|---|---|---|---|---|",
    ]
    for clause in audited.clauses:
        controls = "<br>".join(c.id for c in catalogue().values() if clause.id in c.clauses) or "–"
        known = f"{clause.note} {f'Vouched for: {clause.attestation}.' if clause.attestation else ''}"
        cells = (f"{clause.ledger} {clause.id}", clause.duty, clause.kind.replace("_", " "), controls, known)
        lines.append(f"| {' | '.join(' '.join(cell.replace('|', ' ').split()) for cell in cells)} |")
    lines += ["", "## Where the text is at odds with itself", ""]
    lines += [f"- **{', '.join(t.clauses)}**: {' '.join(t.says.split())}" for t in audited.tensions]
    return "\n".join(lines) + "\n"


def load(file: Path) -> Control:
    """Read one control; raises Unusable with the file and what is wrong in one line."""
    text = file.read_text(encoding="utf-8")
    where = f"{file.parent.name}/{file.name}"
    blocks = _BLOCKS.fullmatch(text)
    if blocks is None or text.count("*/") != 2:
        raise Unusable(
            f"{where}: expected a TOML comment, one query, and a comment that begins with `examples`, each closed once"
        )
    head, foot = _toml(where, "head", blocks["head"]), _toml(where, "examples", blocks["foot"])
    try:
        control = Control(**head, sql=blocks["sql"].strip(), examples=foot, section=file.parent.name)
    except ValidationError as error:
        detail = error.errors()[0]
        raise Unusable(f"{where}: {'.'.join(map(str, detail['loc']))}: {detail['msg']}") from error
    _check(control, file, where)
    return control


def _toml(where: str, block: str, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Unusable(f"{where}: {block}: {error}") from error


def _check(control: Control, file: Path, where: str) -> None:
    if control.id != file.stem:
        raise Unusable(f"{where}: id is {control.id}; name the file {control.id}.sql")
    for table, column in control.read_columns():
        known = contract().get(table)
        if known is None or known.column(column) is None:
            raise Unusable(f"{where}: tables: the contract has no {table}.{column}")
    try:
        statements = duckdb.extract_statements(control.sql)
    except duckdb.Error as error:
        raise Unusable(f"{where}: query: {first_line(error)}") from error
    if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
        raise Unusable(f"{where}: expected one query")
    used = set(statements[0].named_parameters) - {"as_of"}
    if used != set(control.parameters):
        odd = ", ".join(sorted(used ^ set(control.parameters)))
        raise Unusable(f"{where}: parameters: declared and used differ in {odd}")
