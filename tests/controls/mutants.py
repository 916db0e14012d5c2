"""Whether the examples guard the queries: mutants of the controls' queries, and of those that they share, which an example must tell apart.

`make mutants` runs all of them, and keeps the figures in data/mutants.csv; `python -m tests.controls.mutants NAME…` those of some controls
or shared queries (`request_handled_in_time`, `transfers`), with each survivor, its line and what is changed. A survivor is killed by one
more example, of a control or of what the law makes of an export (tests/law/data), or marked, with the reason why no export can tell it
apart: under [equivalent] in the foot of its control, in tests/law/equivalent.toml of a shared query. Only what an example states tells a
mutant apart.
"""

from __future__ import annotations

import csv
import multiprocessing
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from contextlib import ExitStack, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from threading import Timer
from typing import Any, Protocol

import duckdb

from audits.contract.engine import bindings
from audits.contract.export import Export
from audits.controls.control import FOLDER, Control
from audits.errors import Unusable
from audits.evaluation.findings import Query

from ..conftest import WORKSPACE
from ..law.cases import Case, cases
from . import examples, shared
from .mutation import Mutant, canonical, mutants
from .shared import Statement

STORED = Path(__file__).with_name("data") / "mutants.csv"
_SECONDS = 5.0  # after which a query that comes to no end is told apart
# What the engine says of a query that nobody could have used for a day: such a mutant is none.
_INVALID = (duckdb.BinderException, duckdb.ParserException, duckdb.CatalogException, duckdb.NotImplementedException)


@dataclass(frozen=True)
class Target:
    """A query that is changed: a control's, or one that controls share. `line` is that on which it begins in its file."""

    name: str
    file: Path
    line: int
    section: str
    marks: dict[str, str]
    control: Control | None = None
    statement: Statement | None = None

    def mutants(self) -> list[Mutant]:
        """Its mutants, their lines those of the file."""
        if self.statement:
            return self.statement.mutants()
        assert self.control is not None
        return [Mutant(m.key, self.line + m.line - 1, m.sql) for m in mutants(self.control.sql)]


@dataclass
class Score:
    """What became of the mutants of a target: `surviving` are neither killed nor marked, `unused` are marks of none that survives."""

    target: Target
    mutants: int = 0
    killed: int = 0
    equivalent: int = 0
    surviving: list[Mutant] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)


class Invalid(Exception):
    """The mutant is no query."""


class Guard(Protocol):
    """An example, opened once for many mutants."""

    def sees(self, target: Target) -> bool:
        """Whether the query of a target is asked for what the example states."""

    def kills(self, target: Target, sql: str) -> bool:
        """Whether with another query in its place a target gives what the example does not state."""


@dataclass(frozen=True)
class Opened:
    """An example of a control."""

    control: Control
    example: dict[str, Any]
    export: Export
    query: Query

    def sees(self, target: Target) -> bool:
        """Whether the control asks it."""
        return _is_asked(self.control, target) and (not target.statement or shared.is_there(self.export, target.statement))

    def kills(self, target: Target, sql: str) -> bool:
        """Whether what the control finds is not as stated."""
        mine = self.control.sql.rstrip(";")
        text = self.query.sql.replace(mine, sql, 1) if target.control else self.query.sql
        asked = f"{text} select * from findings"
        values = bindings(asked, {**self.query.values, "as_of": self.export.as_of})
        return _kills(
            self.export, target, sql, lambda: examples.unlike(examples.rows(self.export, asked, values), self.example["expect"])
        )


@dataclass(frozen=True)
class OpenedCase:
    """An example of what the law makes of an export."""

    case: Case
    export: Export

    def sees(self, target: Target) -> bool:
        """Whether the view shows it."""
        made = target.statement
        return made is not None and shared.is_there(self.export, made) and shared.shows(self.case.view, made)

    def kills(self, target: Target, sql: str) -> bool:
        """Whether what the view shows is not as stated."""
        return _kills(self.export, target, sql, lambda: self.case.unlike(self.export))


def _kills(export: Export, target: Target, sql: str, unlike: Callable[[], list[str]]) -> bool:
    """Whether something is unlike what is stated; an error is no answer either."""
    put = shared.replaced(export, target.statement, sql) if target.statement else nullcontext(True)
    clock = Timer(_SECONDS, export.con.interrupt)
    clock.start()
    try:
        with put as differs:
            return differs and bool(unlike())
    except _INVALID as error:
        raise Invalid from error
    except duckdb.Error:
        return True
    finally:
        clock.cancel()


def targets() -> dict[str, Target]:
    """All queries that are changed, by name."""
    made = {control.id: _control(control) for control in WORKSPACE.catalogue.values()}
    for s in shared.statements():
        marks = {key: why for key, why in shared.equivalent().items() if key.startswith(f"{s.name}, ")}
        made[s.name] = Target(s.name, s.file, s.line, s.file.parent.name, marks, statement=s)
    return made


def _control(control: Control) -> Target:
    file = FOLDER / control.section / f"{control.id}.sql"
    line = file.read_text(encoding="utf-8").split(control.sql, 1)[0].count("\n") + 1
    return Target(control.id, file, line, control.section, control.equivalent, control=control)


def opened(control: Control, stack: ExitStack) -> list[Opened]:
    """The examples of a control, those first that state most; raises Unusable where one of them fails."""
    found = []
    for example in sorted(control.cases.values(), key=lambda case: -_stated(case)):
        export = stack.enter_context(examples.opened(example))
        one = Opened(control, example, export, examples.query(control, export, example, examples.around(export, example)))
        if one.kills(_control(control), canonical(control.sql)):
            raise Unusable(f"{control.id}: an example fails, or sqlglot reads the query otherwise: run its tests first")
        found.append(one)
    return found


def _stated(example: dict[str, Any]) -> int:
    """How much an example states."""
    return sum(map(len, example["expect"].values()))


# Of each mutant of a run, by number: whether it lives, was killed, or is no query. All processes share it.
LIVES, KILLED, IS_NONE = range(3)
Fates = Any  # a shared array of bytes


def tried(guards: Iterable[Guard], asked: Iterable[tuple[Target, int, Mutant]], fates: Fates) -> None:
    """Try mutants that live on examples."""
    for guard in guards:
        for target, number, mutant in asked:
            if fates[number] == LIVES and guard.sees(target):
                fates[number] = _fate(guard, target, mutant)


def _fate(guard: Guard, target: Target, mutant: Mutant) -> int:
    try:
        return KILLED if guard.kills(target, mutant.sql) else LIVES
    except Invalid:
        return IS_NONE


def try_cases(view: str, asked: Sequence[tuple[Target, int, Mutant]], fates: Fates) -> None:
    """Try mutants on the examples of a view of the law; raises Unusable where one of them fails."""
    mine = [(t, n, m) for t, n, m in asked if t.statement and shared.shows(view, t.statement)]
    for case in cases(view):
        if any(fates[number] == LIVES for _, number, _ in mine):
            with case.opened() as export:
                if case.unlike(export):
                    raise Unusable(f"{view}: {case.name} fails: run tests/law/test_cases.py first")
                tried([OpenedCase(case, export)], mine, fates)


def try_control(control: Control, asked: Sequence[tuple[Target, int, Mutant]], fates: Fates) -> None:
    """Try mutants on the examples of a control: of its own query, and of those that it shares, but for those that are marked."""
    mine = [(t, n, m) for t, n, m in asked if _is_asked(control, t) and not (t.statement and m.key in t.marks)]
    if any(fates[number] == LIVES for _, number, _ in mine):
        with ExitStack() as stack:
            tried(opened(control, stack), mine, fates)


def _is_asked(control: Control, target: Target) -> bool:
    if target.statement:
        return shared.asks(control, target.statement)
    return target.control is not None and target.control.id == control.id


_RUN: dict[str, Any] = {}


def _cases_in_process(view: str, part: int, parts: int) -> str:
    try_cases(view, _RUN["asked"][part::parts], _RUN["fates"])
    return view


def _control_in_process(name: str) -> str:
    try_control(WORKSPACE.catalogue[name], _RUN["asked"], _RUN["fates"])
    return name


def run(chosen: Sequence[Target], told: Callable[[str], object] = lambda name: None) -> list[Score]:
    """Try every mutant of some targets, on the law's examples before those of controls; `told` hears of all that has been done."""
    asked = [(target, mutant) for target in chosen for mutant in target.mutants()]
    numbered = [(target, number, mutant) for number, (target, mutant) in enumerate(asked)]
    context = multiprocessing.get_context("fork")  # which hands all of it to every process
    _RUN.update(asked=numbered, fates=context.Array("b", len(asked), lock=False))
    controls = [c for c in WORKSPACE.catalogue.values() if any(_is_asked(c, target) for target in chosen)]
    controls.sort(key=lambda c: -len(c.cases) * len(c.sql))
    parts = os.cpu_count() or 1
    with ProcessPoolExecutor(parts, mp_context=context) as pool:
        _tell(pool, [pool.submit(_cases_in_process, view, part, parts) for view in views(chosen) for part in range(parts)], told)
        _tell(pool, [pool.submit(_control_in_process, control.id) for control in controls], told)
    return [score(target, [(m, _RUN["fates"][n]) for t, n, m in numbered if t is target]) for target in chosen]


def _tell(pool: ProcessPoolExecutor, asked: list[Future[str]], told: Callable[[str], object]) -> None:
    """Tell each that is done; where one fails, the others are not waited for."""
    for done in as_completed(asked):
        try:
            told(done.result())
        except Unusable:
            pool.shutdown(cancel_futures=True)
            raise


def views(chosen: Sequence[Target]) -> list[str]:
    """The views with examples of their own that show some of the targets."""
    shown = {case.view: None for case in cases()}
    return [view for view in shown if any(t.statement and shared.shows(view, t.statement) for t in chosen)]


def alone(name: str) -> Score:
    """The same of one target, in this process."""
    target = targets()[name]
    asked = [(target, number, mutant) for number, mutant in enumerate(target.mutants())]
    fates = bytearray(len(asked))
    for view in views([target]):
        try_cases(view, asked, fates)
    for control in WORKSPACE.catalogue.values():
        try_control(control, asked, fates)
    return score(target, [(mutant, fates[number]) for _, number, mutant in asked])


def score(target: Target, fates: list[tuple[Mutant, int]]) -> Score:
    """What became of a target's mutants."""
    alive = [mutant for mutant, fate in fates if fate == LIVES]
    counts = Counter(fate for _, fate in fates)
    surviving = [mutant for mutant in alive if mutant.key not in target.marks]
    unused = sorted(target.marks.keys() - {mutant.key for mutant in alive})
    return Score(target, counts[LIVES] + counts[KILLED], counts[KILLED], len(alive) - len(surviving), surviving, unused)


def lines(of: Score) -> Iterator[str]:
    """The survivors of a target, and its marks of none, a line each: file:line, and the key to mark it by."""
    where = f"{of.target.section}/{of.target.file.name}"
    for mutant in of.surviving:
        yield f"{where}:{mutant.line}: {mutant.key}"
    for key in of.unused:
        yield f"{where}: marked as equivalent, and no mutant of this name survives: {key}"


def store(scores: Iterable[Score]) -> None:
    """Keep the figures that the page of the catalogue shows."""
    STORED.parent.mkdir(exist_ok=True)
    with STORED.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["section", "name", "mutants", "killed", "equivalent"])
        table.writerows([s.target.section, s.target.name, s.mutants, s.killed, s.equivalent] for s in scores)


def main(names: list[str]) -> int:
    """Say which mutants survive, and how many there were; 1 where one survives, or a mark is of none."""
    known = targets()
    if unknown := [name for name in names if name not in known]:
        print(f"{unknown[0]}: no control, and no query that controls share")
        return 2
    scores = run([known[name] for name in names or known], lambda name: print(name, file=sys.stderr, flush=True))
    for each in scores:
        for line in lines(each):
            print(line)
    if not names:
        store(scores)
        for section in sorted({s.target.section for s in scores}):
            print(f"{section}: {said([s for s in scores if s.target.section == section])}")
    print(said(scores))
    return int(any(s.surviving or s.unused for s in scores))


def said(scores: list[Score]) -> str:
    """The sums of some scores."""
    sums = [sum(n) for n in zip(*((s.mutants, s.killed, s.equivalent, len(s.surviving)) for s in scores), strict=True)]
    return "{} mutants: {} killed, {} equivalent, {} surviving".format(*sums)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
