"""Whether the examples guard the queries: mutants of every control's query, each of which an example must tell apart.

`make mutants` makes and runs all of them, and writes data/mutants.csv; `python -m tests.controls.mutants ID…` those of some controls,
with each survivor, its line and what is changed. A survivor is killed by one more example, or marked in the foot of its control, under
[equivalent], with the reason why no export can tell it apart.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from threading import Timer
from typing import Any

import duckdb

from audits.contract.engine import bindings
from audits.contract.export import Export
from audits.controls.control import FOLDER, Control
from audits.evaluation.findings import Query

from ..conftest import WORKSPACE
from . import examples
from .mutation import Mutant, canonical, mutants

STORED = Path(__file__).with_name("data") / "mutants.csv"
_SECONDS = 5.0  # after which a query that comes to no end is told apart
# What the engine says of a query that nobody could have used for a day: such a mutant is none.
_INVALID = (duckdb.BinderException, duckdb.ParserException, duckdb.CatalogException, duckdb.NotImplementedException)


@dataclass
class Score:
    """What became of the mutants of a control: `surviving` neither killed nor marked, `unused` marks of what does not survive."""

    control: str
    mutants: int = 0
    killed: int = 0
    equivalent: int = 0
    surviving: list[Mutant] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)
    killed_keys: list[str] = field(default_factory=list)


class Invalid(Exception):
    """The mutant is no query."""


@dataclass(frozen=True)
class Opened:
    """An example of a control, opened once for all of its mutants."""

    control: Control
    example: dict[str, Any]
    export: Export
    query: Query

    def kills(self, sql: str) -> bool:
        """Whether another query in the control's place gives what the example does not state; an error is no answer either."""
        text = self.query.sql.replace(self.control.sql.rstrip(";"), sql, 1)
        clock = Timer(_SECONDS, self.export.con.interrupt)
        clock.start()
        try:
            asked = f"{text} select * from findings"
            found = examples.rows(self.export, asked, bindings(asked, {**self.query.values, "as_of": self.export.as_of}))
        except _INVALID as error:
            raise Invalid from error
        except duckdb.Error:
            return True
        finally:
            clock.cancel()
        return bool(examples.unlike(found, self.example["expect"]))


def score(control: Control) -> Score:
    """Run every mutant of a control on its examples, each until one tells it apart."""
    alive = mutants(control.sql)
    made, killed = len(alive), []
    for example in control.cases.values():
        with ExitStack() as stack:
            opened = _open(control, example, stack)
            rest = []
            for mutant in alive:
                try:
                    (killed if opened.kills(mutant.sql) else rest).append(mutant)
                except Invalid:
                    made -= 1
            alive = rest
    surviving = [mutant for mutant in alive if mutant.key not in control.equivalent]
    unused = sorted(control.equivalent.keys() - {mutant.key for mutant in alive})
    return Score(control.id, made, len(killed), len(alive) - len(surviving), surviving, unused, [m.key for m in killed])


def _open(control: Control, example: dict[str, Any], stack: ExitStack) -> Opened:
    export = stack.enter_context(examples.opened(example))
    query = examples.query(control, export, example, examples.around(export, example))
    opened = Opened(control, example, export, query)
    assert not opened.kills(canonical(control.sql)), f"{control.id}: sqlglot reads the query otherwise, or an example fails"
    return opened


def lines(of: Score) -> Iterable[str]:
    """The survivors of a control, and its marks without one, a line each: file:line, and the key to mark it by."""
    control = WORKSPACE.catalogue[of.control]
    file = FOLDER / control.section / f"{control.id}.sql"
    first = file.read_text(encoding="utf-8").split(control.sql, 1)[0].count("\n")
    for mutant in of.surviving:
        yield f"{control.section}/{file.name}:{first + mutant.line}: {mutant.key}"
    for key in of.unused:
        yield f"{control.section}/{file.name}: [equivalent] {key}: no mutant of this name survives; take the mark out"


def run(names: Iterable[str]) -> list[Score]:
    """The scores of some controls, those with the most examples first."""
    controls = sorted((WORKSPACE.catalogue[name] for name in names), key=lambda c: -len(c.cases) * len(c.sql))
    with ProcessPoolExecutor() as pool:
        return sorted(pool.map(score, controls), key=lambda s: s.control)


def store(scores: Iterable[Score]) -> None:
    """Keep the figures that the page of the catalogue shows."""
    STORED.parent.mkdir(exist_ok=True)
    with STORED.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["control", "mutants", "killed", "equivalent"])
        table.writerows([s.control, s.mutants, s.killed, s.equivalent] for s in scores)


def main(names: list[str]) -> int:
    """Say which mutants survive, and how many there were; 1 where one survives, or a mark is of none."""
    scores = run(names or WORKSPACE.catalogue)
    for each in scores:
        print(*lines(each), sep="\n", end="\n" if each.surviving or each.unused else "")
    if not names:
        store(scores)
        _print_sections(scores)
    sums = [sum(s.mutants for s in scores), sum(s.killed for s in scores), sum(s.equivalent for s in scores)]
    surviving = sum(len(s.surviving) for s in scores)
    print(f"{sums[0]} mutants: {sums[1]} killed, {sums[2]} equivalent, {surviving} surviving")
    return int(surviving > 0 or any(s.unused for s in scores))


def _print_sections(scores: list[Score]) -> None:
    sections: dict[str, Counter[str]] = {}
    for each in scores:
        of = sections.setdefault(WORKSPACE.catalogue[each.control].section, Counter())
        of.update(mutants=each.mutants, killed=each.killed, equivalent=each.equivalent, surviving=len(each.surviving))
    for section, sums in sorted(sections.items()):
        print(f"{section}: {', '.join(f'{n} {name}' for name, n in sums.items())}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
