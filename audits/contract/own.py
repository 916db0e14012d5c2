"""Tables of a user's own: a file of DDL that adds to the contract, read statement by statement.

A table that cannot be read is left out and named, with what is wrong: what reads it is not assessed, and nothing else is stopped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

import duckdb

from audits.contract import files, schema
from audits.contract.schema import REFERENCE_TABLES, Contract, Table
from audits.errors import Unusable, first_line

# What is wrong with tables that cannot be read, in a line each, by name; '' is the whole file.
Faults = Mapping[str, str]
NO_FAULTS: Faults = MappingProxyType({})
# What a column may be: the types that the door reads (door.py).
TYPES = ("VARCHAR", "TIMESTAMP WITH TIME ZONE", "BOOLEAN", "BIGINT", "VARCHAR[]", "DATE")
_HEAD = re.compile(r'create table "?(\w+)"? \(')
# The tables and views that audits itself makes beside those of the contract: facts of law, and what is worked out of an export.
TAKEN = frozenset(
    """
    account_places adequacy applicable_rules broken_rules by_law calendar_span calendars chosen clarifications
    consent_ends counted country_places days deadlines defects dimensions due_days ending everybody extensions
    facts_as_loaded given judgement kinds known_until latest_instants lawful lost measures_exported
    mechanisms_of_exporters merges names optin_countries own permissions place_calendars places promised
    public_holidays quarters received_requests related request_countries request_steps request_types
    requests_with_due_dates reread resting rule_days rules seats seen seen_of_all shapes shown spellings steps
    told_elsewhere transfer_laws transfers turned unclear_merges unread_statements unsure viewed waived waivers_read
    weekends work_days
    """.split()  # noqa: SIM905
)


def read(file: Path) -> tuple[Contract, Faults]:
    """The contract with the tables of a file, each with a primary key, and what is wrong with those that are left out."""
    found: dict[str, Table] = {}
    faults: dict[str, str] = {}
    with schema.declared() as con:
        contract = schema.tables(con)
        try:
            queries = list(statements(file))
        except Unusable as error:
            return schema.finished(contract), {"": str(error)}
        for above, query in queries:
            name = match[1] if (match := _HEAD.match(query)) else ""
            try:
                found[name] = _created(con, name, f"{above}\n{query}", contract)
            except (Unusable, duckdb.Error) as error:
                faults.setdefault(name, f"{file.name}: {f'table {name}: ' if name else ''}{first_line(error)}")
    # Of what stands there twice nobody knows which is meant.
    own = _resting({name: table for name, table in found.items() if name not in faults}, contract, faults, file)
    return schema.finished({**contract, **own}), faults


def statements(file: Path) -> Iterator[tuple[str, str]]:
    """The statements of a file, with what stands above each; raises Unusable where it cannot be read as SQL.

    The words are in small letters, as the engine takes them, and the first three of a statement stand in one line.
    """
    try:
        found = duckdb.extract_statements(files.text(file, file.parent))
    except (OSError, ValueError) as error:
        raise Unusable(f"{file.name}: cannot be read: {getattr(error, 'strerror', None) or error}") from error
    except duckdb.Error as error:
        raise Unusable(f"{file.name}: {first_line(error)}") from error
    yield from (_laid_out(statement.query) for statement in found)


def _laid_out(query: str) -> tuple[str, str]:
    text, tokens = query.encode(), duckdb.tokenize(query)
    ends = [start for start, _ in tokens[1:]] + [len(text)]
    as_they_are = (duckdb.token_type.comment, duckdb.token_type.string_const)
    words = [(kind, text[start:end].decode()) for (start, kind), end in zip(tokens, ends, strict=True)]
    plain = [word if kind in as_they_are else word.lower() for kind, word in words]
    first = next(n for n, (kind, _) in enumerate(words) if kind != duckdb.token_type.comment)
    head = " ".join(word.strip() for word in plain[first : first + 3])
    return "".join(plain[:first]).rstrip(), f"{head} {''.join(plain[first + 3 :])}"


def _created(con: duckdb.DuckDBPyConnection, name: str, query: str, contract: Contract) -> Table:
    """The table that a statement creates; raises Unusable where it is none that an export could have."""
    if not name:
        raise Unusable("expected tables and nothing else: create table name (…)")
    if name in contract or name in REFERENCE_TABLES:
        raise Unusable("the contract has a table of that name; give yours another")
    if name in TAKEN:
        raise Unusable("the name is taken by a view of audits itself; give your table another")
    con.execute(query)
    table = schema.tables(con, query)[name]
    if not table.key:
        raise Unusable("say what its primary key is, by which a row is named")
    for column in table.columns:
        if column.type not in TYPES:
            types = "varchar, timestamptz, boolean, bigint, varchar[], date"
            raise Unusable(f"{column.name} is {column.type}; an export's columns are {types}")
    _must_be_plain(con, [name, *(column.name for column in table.columns)])
    return table


def _must_be_plain(con: duckdb.DuckDBPyConnection, names: list[str]) -> None:
    """Raises Unusable for a name that stands for itself in quotes alone: controls and views write names without."""
    words = con.execute("select keyword_name from duckdb_keywords() where keyword_category = 'reserved'").fetchall()
    for name in names:
        if not re.fullmatch(r"[^\W\d]\w*", name) or (name,) in words:
            raise Unusable(
                f'"{name}" can be written in quotes alone; give it a name of letters, digits and _, and no word of SQL'
            )


def _resting(own: dict[str, Table], contract: Contract, faults: dict[str, str], file: Path) -> dict[str, Table]:
    """The tables but for those that name rows of a table that is not there, or is left out itself, as `faults` then says."""
    known = {*contract, *own, *REFERENCE_TABLES}
    for name, table in own.items():
        for other in (o for column in table.columns for o in (column.refers_to, column.names) if o and o not in known):
            faults[name] = f"{file.name}: table {name}: names rows of {other}, which is no table, or one that cannot be read"
    kept = {name: table for name, table in own.items() if name not in faults}
    return kept if len(kept) == len(own) else _resting(kept, contract, faults, file)
