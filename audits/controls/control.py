"""A control: one SQL file, with its metadata at the head and worked examples at the foot.

The file is plain SQL; nothing about a control is kept anywhere else, and nothing is executed here. A control knows no text: what
is promised in numbers and words comes in by its parameters, and stands in its sentences as {days}.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import duckdb
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from audits.contract import files
from audits.contract.own import NO_FAULTS, Faults
from audits.contract.parsed import TooDeep, by_clock_or_lot, does_more, parsed
from audits.contract.schema import Contract, Table
from audits.controls import example
from audits.controls.parameter import Parameter, Value
from audits.errors import Unusable, first_line, invalid
from audits.words import LANGUAGES

FOLDER = Path(__file__).parent
MOST_WORDS = 6  # of a short title
# What is worked out from a control's findings beside its verdicts (audits/evaluation): a time promised beside the time that the
# law gives, where data flows, how old what is kept has become.
Feed = Literal["promise_and_law", "law", "transfer_flows", "retention_ages"]
# What every control gives; met_at (when the duty was done; NULL while open) may follow, then evidence of its own. Without
# met_at, what is not kept is open as of the export, unless the control judges acts.
FIXED = ("record_id", "account_id", "country", "event_at", "due_at", "verdict", "reason")
# Columns of evidence that say when a duty began, where its event_at is the day on which it falls due.
_STARTS = ("asked_at", "aware_at", "received_at")
_BLOCKS = re.compile(r"\s*/\*\n(?P<head>.*?)\*/\n(?P<sql>.*?)/\*\s*examples\n(?P<foot>.*?)\*/\s*", re.DOTALL)
_SHOWN = re.compile(r"(?:\w+\.)?(\w+)(?: as country)?")
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


class Words(BaseModel):
    """What a control says in another language: the table of that language in its head, [de]; what it leaves out is English."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str | None = None
    short: str | None = None
    rule: str | None = None
    remedy: str | None = None
    reasons: dict[str, str] = {}
    readings: dict[str, str] = {}

    @property
    def sentences(self) -> list[str]:
        """All of them."""
        own = (self.title, self.short, self.rule, self.remedy)
        return [*filter(None, own), *self.reasons.values(), *self.readings.values()]


class Control(BaseModel):
    """A test of records. `tables` names the columns read of each table. A trailing ? marks one that may be absent, which turns
    no verdict, or means what `absent` says of it or its table; ?? one whose absence makes what it could turn indeterminate.
    `empty` says of columns, by table, what an empty cell means to this control alone; `exact` names the instants, by table, whose
    time of day can turn it, so that one written as a day leaves it open.

    `short` is the title in at most six words; `remedy` what is to be done where it is broken. `begins` is the column of the query
    that says when a duty began, which chooses the version of a text that it is judged by; without it one of asked_at, aware_at
    and received_at, and else the day on which it falls due. `acts` says that it judges acts, each over when it is done, which no
    later deed makes good. `readings` are other ways to read the same promise, each with the parameters that make it; `inject`
    are known violations for the self-test; `feeds` names what else its findings go into; `was` the ids that it had before; `de`
    its words in German. `broken` says why its file could not be read.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    was: tuple[str, ...] = ()
    title: str
    short: str
    rule: str
    remedy: str
    maps_to: tuple[str, ...] = ()
    severity: Literal["high", "medium", "low"]
    feeds: tuple[Feed, ...] = ()
    tables: dict[str, tuple[str, ...]]
    absent: dict[str, str | dict[str, str]] = {}
    empty: dict[str, dict[str, str]] = {}
    exact: dict[str, tuple[str, ...]] = {}
    dimensions: tuple[str, ...] = ()
    begins: str = ""
    acts: bool = False
    parameters: dict[str, Parameter] = {}
    readings: dict[str, dict[str, Any]] = {}
    inject: dict[str, dict[str, Any]] = {}
    tolerance: float = Field(default=0.0, ge=0, le=1, strict=True)
    reasons: dict[str, str]
    de: Words | None = None
    sql: str
    examples: dict[str, Any]
    section: str
    broken: str = ""

    @property
    def words(self) -> dict[str, Words]:
        """What it says in other languages, by language."""
        return {language: told for language in LANGUAGES if (told := getattr(self, language, None))}

    @cached_property
    def sha256(self) -> str:
        """Of the query: the version of the control."""
        return hashlib.sha256(self.sql.encode()).hexdigest()

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """What the query gives: the columns of every control, `met_at` where it is given, evidence of its own."""
        last = re.split(r"^select\b", self.sql, flags=re.MULTILINE)[-1]
        return tuple(_name(part) for part in _parts(re.split(r"^from\b", last, flags=re.MULTILINE)[0]))

    @property
    def evidence(self) -> list[str]:
        """The columns that are the control's own."""
        return [c for c in self.columns if c not in (*FIXED, "met_at")]

    @property
    def start(self) -> str:
        """The column of its own that says when the duty began; '' where it has none."""
        return self.begins or next((c for c in _STARTS if c in self.evidence), "")

    @cached_property
    def cases(self) -> dict[str, dict[str, Any]]:
        """The worked examples by name (example.py)."""
        return example.cases(self.examples)

    @property
    def equivalent(self) -> dict[str, str]:
        """The changes of the query that change nothing, and why (example.py)."""
        return dict(self.examples.get(example.EQUIVALENT, {}))

    def needed_columns(self) -> list[tuple[str, str]]:
        """(table, column) pairs without which the control is not assessed."""
        return [(t, c) for t, columns in self.tables.items() for c in columns if not c.endswith("?")]

    def read_columns(self) -> list[tuple[str, str]]:
        """(table, column) pairs that a finding depends on; a bad value in one makes it indeterminate."""
        return [(t, c.rstrip("?")) for t, columns in self.tables.items() for c in columns]

    def columns_of(self, table: str) -> set[str]:
        """The columns that it reads of a table."""
        return {column for name, column in self.read_columns() if name == table}

    @cached_property
    def shown(self) -> set[str]:
        """The columns that it shows beside a finding and asks nothing of: no value of theirs can turn a verdict."""
        asked, _, last = self.sql.rpartition("\nselect ")
        steps = set(re.findall(r"(\w+) as (?:materialized )?\(", asked))
        if set(re.findall(r"\b(?:from|join) (\w+)", self.sql)) - steps - self.tables.keys() or "group by" in last:
            return set()  # a view of the law's, or a measure, asks for more
        parts = [part.strip() for part in _parts(last.partition("\nfrom ")[0])]
        plain = {found[1] for part in parts if (found := _SHOWN.fullmatch(part))} - ({*FIXED} - {"country"})
        rest = " ".join([asked, last.partition("\nfrom ")[2], *(part for part in parts if not _SHOWN.fullmatch(part))])
        return plain - set(re.findall(r"\w+", rest))

    def judges(self, table: Table) -> bool:
        """Whether its findings are of the rows of a table, so that a record's name is the row's key."""
        is_called = len(table.key) == 1 and re.search(rf"^select (\w+\.)?{table.key[0]} as record_id\b", self.sql, re.MULTILINE)
        return next(iter(self.tables), "") == table.name and bool(is_called)

    def calls_records_by(self, column: str) -> bool:
        """Whether a column is part of the name of its records."""
        return bool(re.search(rf"^select .*\b{column}\b.* as record_id\b", self.sql, re.MULTILINE))

    def weighed_columns(self) -> list[tuple[str, str]]:
        """(table, column) pairs that may be absent, and then leave open what they could turn."""
        return [(t, c.rstrip("?")) for t, columns in self.tables.items() for c in columns if c.endswith("??")]

    @property
    def absences(self) -> dict[str, str]:
        """What it means that a column, or a table, is not exported, by its name: requests.requester_role, oauth_grants."""
        named = {t: {"": told} if isinstance(told, str) else told for t, told in self.absent.items()}
        return _flat(named)

    @property
    def empties(self) -> dict[str, str]:
        """What it means to the control alone that a cell is empty, by the column's name."""
        return _flat(self.empty)

    def bound(self, given: dict[str, Any] | None = None) -> dict[str, Value | None]:
        """The values to bind, defaults where none are given; raises Unusable for one that is unknown, or not what it must be."""
        given = given or {}
        if unknown := sorted(set(given) - set(self.parameters)):
            has = ", ".join(self.parameters) or "none"
            raise Unusable(f"control {self.id} has no parameter {unknown[0]}; it has: {has}")
        return {name: self._value(name, given) for name in self.parameters}

    def _value(self, name: str, given: dict[str, Any]) -> Value | None:
        parameter = self.parameters[name]
        if name not in given:
            return parameter.default  # type: ignore[no-any-return]
        try:
            return parameter.read(given[name])
        except ValueError as error:
            raise Unusable(f"control {self.id}: {name}: {error}") from error


def load(file: Path, contract: Contract, faults: Faults = NO_FAULTS) -> Control:
    """Read one control; raises Unusable with the file and what is wrong in one line.

    `faults` says what is wrong with tables that the contract would have, were they right.
    """
    where = f"{file.parent.name}/{file.name}"
    try:
        text = files.text(file, file.parent.parent)
    except (OSError, ValueError) as error:
        raise Unusable(f"{where}: cannot be read: {getattr(error, 'strerror', None) or error}") from error
    blocks = _BLOCKS.fullmatch(text)
    if blocks is None or text.count("*/") != 2:
        raise Unusable(
            f"{where}: expected a TOML comment, one query, and a comment that begins with `examples`, each closed once"
        )
    head, foot = _toml(where, "head", blocks["head"]), _toml(where, "examples", blocks["foot"])
    told = {"sql": blocks["sql"].strip(), "examples": foot, "section": file.parent.name}
    try:
        control = Control(**{**head, **told})
    except ValidationError as error:
        raise Unusable(f"{where}: {invalid(error, head, Control, ours=told.keys() | {'broken'})}") from error
    _check_tables(control, contract, faults, where)
    _check_head(control, contract, file, where)
    _check_query(control, where)
    if not file.is_relative_to(FOLDER):
        _must_only_select(control, where)
    if told_wrong := example.wrong(foot, contract, control.reasons):
        raise Unusable(f"{where}: examples: {told_wrong}")
    return control


def unread(file: Path, why: str) -> Control:
    """What stands for a control whose file cannot be read: whatever promises it is not assessed, and says why."""
    return Control(
        id=file.stem, title=f"{file.stem} cannot be judged", short=file.stem, rule=why, remedy=f"Mend {file.name}",
        severity="high", tables={}, reasons={}, sql="", examples={}, section=file.parent.name, broken=why,
    )  # fmt: skip


def _toml(where: str, block: str, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise Unusable(f"{where}: {block}: {error}") from error


def _check_tables(control: Control, contract: Contract, faults: Faults, where: str) -> None:
    for table, column in control.read_columns():
        known = contract.get(table)
        if known is None or known.column(column) is None:
            why = faults.get(table) or (known is None and faults.get(""))
            raise Unusable(f"{where}: tables: the contract has no {table}.{column}{f', since {why}' if why else ''}")


def _check_head(control: Control, contract: Contract, file: Path, where: str) -> None:
    if control.id != file.stem:
        raise Unusable(f"{where}: id is {control.id}; name the file {control.id}.sql")
    known_words = {c.vocabulary for table in contract.values() for c in table.columns}
    for name, parameter in control.parameters.items():
        if parameter.of and parameter.of not in known_words:
            raise Unusable(f"{where}: parameters.{name}: of: the contract has no vocabulary {parameter.of}")
    if len(control.short.split()) > MOST_WORDS:
        raise Unusable(f"{where}: short: {control.short!r} has more than {MOST_WORDS} words")
    may_be_absent = {f"{t}.{c[:-1]}" for t, cs in control.tables.items() for c in cs if c.endswith("?") and not c.endswith("??")}
    may_be_absent |= {t for t, columns in control.tables.items() if all(c.endswith("?") for c in columns)}
    if unknown := sorted(set(control.absences) - may_be_absent):
        raise Unusable(f"{where}: absent: {unknown[0]} is not among the tables as one that may be absent")
    read = {f"{t}.{c}" for t, c in control.read_columns()}
    for part, named in (("empty", set(control.empties)), ("exact", {f"{t}.{c}" for t, cs in control.exact.items() for c in cs})):
        if unknown := sorted(named - read):
            raise Unusable(f"{where}: {part}: {unknown[0]} is not among the tables")
    for language, told in control.words.items():
        _check_words(control, language, told, where)
    own = (control.title, control.short, control.rule, control.remedy, *control.reasons.values())
    for part in (*own, *(sentence for told in control.words.values() for sentence in told.sentences)):
        if unknown := sorted(set(_PLACEHOLDER.findall(part)) - set(control.parameters)):
            raise Unusable(f"{where}: {{{unknown[0]}}} stands in a sentence, and is no parameter")
    if control.acts and "met_at" in control.columns:
        raise Unusable(f"{where}: acts: an act is over when it is done, and the query gives met_at; say one of the two")
    for name, values in control.readings.items():
        try:
            control.bound(values)
        except Unusable as error:
            raise Unusable(f"{where}: readings.{name}: {error}") from error


def _check_words(control: Control, language: str, told: Words, where: str) -> None:
    if unknown := sorted({*told.reasons, *told.readings} - {*control.reasons, *control.readings}):
        raise Unusable(f"{where}: {language}: {unknown[0]} is no reason and no reading of the control")
    if told.short and len(told.short.split()) > MOST_WORDS:
        raise Unusable(f"{where}: {language}: short: {told.short!r} has more than {MOST_WORDS} words")


def _check_query(control: Control, where: str) -> None:
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
    if control.columns[: len(FIXED)] != FIXED:
        raise Unusable(f"{where}: the last select begins a line, and its columns begin with {', '.join(FIXED)}, each by its name")
    if control.begins and control.begins not in control.evidence:
        raise Unusable(f"{where}: begins: the query gives no column {control.begins} behind {FIXED[-1]}")


def _must_only_select(control: Control, where: str) -> None:
    """What the engine calls a query may delete, or run a text as SQL; ours do neither, others are read for it."""
    try:
        with duckdb.connect() as con:
            read = parsed(con, control.sql)
            more = does_more(read)
    except TooDeep as error:
        raise Unusable(f"{where}: query: lies too deep in itself to be read") from error
    if unsettled := by_clock_or_lot(read):
        raise Unusable(f"{where}: query: {unsettled} gives another answer in each run: $as_of is the instant of judgement")
    if more is not None:
        raise Unusable(f"{where}: query: {more or 'changes something'}: a control only selects, from the tables it names")


def _flat(told: dict[str, dict[str, str]]) -> dict[str, str]:
    return {f"{table}.{column}".rstrip("."): words for table, columns in told.items() for column, words in columns.items()}


def _parts(columns: str) -> list[str]:
    """The expressions of a select list: split at commas that stand in no parenthesis, bracket or text."""
    parts, depth = [""], 0
    for piece in re.findall(r"'[^']*'|[()\[\]{},]|[^'()\[\]{},]+", columns):
        depth += (piece in "([{") - (piece in ")]}")
        if piece == "," and not depth:
            parts.append("")
        else:
            parts[-1] += piece
    return parts


def _name(expression: str) -> str:
    """What a column is called: its alias, or its own name."""
    words = expression.split()
    return words[-1].rpartition(".")[2].strip('"') if words else ""
