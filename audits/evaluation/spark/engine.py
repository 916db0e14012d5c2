"""Rows of an export worked through by Spark, and handed back to the connection that asked.

What a query names is given to Spark when it is first named: a table of the export as it lies there, if it is Parquet in which
the door found nothing to read; any other as the connection has it, written down as Parquet; a view of the law's over rows as
the query that it is. What comes of a query is written down too, and read from there: so both must see one folder, that of what
spills.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import sqlglot
from sqlglot import exp

from audits.contract.engine import bindings, interruptible, literal, one
from audits.contract.export import Export
from audits.errors import EngineFailed, Unusable, first_line
from audits.evaluation.spark import translate
from audits.evaluation.spark.session import is_there, session
from audits.evaluation.spark.translate import Untranslatable, translated
from audits.law import opening

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession
_PATTERN = set("*?[]{}\\")  # what Spark takes for more than itself in a path
_CANCELLED = "SPARK_JOB_CANCELLED"


class Spark:
    """Works through the rows of one export."""

    package = "pyspark"

    def __init__(self, export: Export, master: str | None = None, memory: str = "1GB") -> None:
        self.export = export
        self._is_ours = not is_there()
        self.session: SparkSession = session(master, memory, self._folder, export.timezone)
        self._known: set[str] = set()
        self._aside: dict[str, DataFrame] = {}
        self._files = 0
        interruptible(self)
        self._must_have_same_days()

    def rows(self, sql: str, values: dict[str, Any]) -> str:
        """SQL that reads what a query gives, for the export's own connection; raises EngineFailed where Spark cannot tell."""
        with _told():
            return self._brought(self._asked(sql, values))

    def set_aside(self, name: str, sql: str, values: dict[str, Any]) -> None:
        """Work a query out once, for all that name it."""
        with _told():
            frame = self._asked(sql, values).persist()
            frame.createOrReplaceTempView(name)
        self._known.add(name)
        if before := self._aside.pop(name, None):
            before.unpersist()
        self._aside[name] = frame

    def interrupt(self) -> None:
        """End what Spark is at."""
        self.session.sparkContext.cancelAllJobs()

    def close(self) -> None:
        """Let go of what was shown and set aside, and of the session if it was started for this."""
        for name in self._known:
            self.session.catalog.dropTempView(name)
        for frame in self._aside.values():
            frame.unpersist()
        if self._is_ours:
            self.session.stop()

    def _must_have_same_days(self) -> None:
        """Java brings a time zone database of its own; of another age it begins days at other instants."""
        days = "select count(*) as n from days where ends_at <> end_of_day(day)"
        quarters = "select count(*) as n from quarters where make_timestamptz(quarter * 900_000_000)::date <> day"
        if sum(int(one(self.export.con, self.rows(sql, {}))) for sql in (days, quarters)):
            said = f"--engine spark: days of {self.export.timezone} begin at other instants in Java's time zone database"
            raise Unusable(f"{said} than in DuckDB's; bring both up to date")

    def _asked(self, sql: str, values: dict[str, Any]) -> DataFrame:
        for name, recursion in translate.recursions(sql).items():
            self._put(name, recursion, bindings(recursion, values))
            self._known.add(name)
        asked = translated(sql)
        self._know(_named(asked))
        return self.session.sql(asked, args=values)

    def _know(self, names: Iterator[str]) -> None:
        for name in names:
            if name not in self._known:
                self._known.add(name)
                self._show(name)

    def _show(self, name: str) -> None:
        """Let Spark see a table or a view."""
        if name in self._laws:
            self._know(_named(self._laws[name]))
            self.session.sql(self._laws[name]).createOrReplaceTempView(name)
            return
        self._put(name, f"select * from {name.replace(translate.APART, '.')}", {})

    def _put(self, name: str, sql: str, values: dict[str, Any]) -> None:
        """Let Spark see, under a name, what a query gives here."""
        columns = self.export.con.execute(f"describe {sql}", values).fetchall()
        schema = ", ".join(f"`{column}` {translate.type_of(kind)}" for column, kind, *_ in columns)
        files = self._lying(name) or [self._written_down(sql, values)]
        self.session.read.schema(schema).parquet(*files).createOrReplaceTempView(name)

    def _written_down(self, sql: str, values: dict[str, Any]) -> str:
        """The file that what a query gives here is written into."""
        self._files += 1
        file = str(self._folder / f"{self._files}.parquet")
        self.export.con.execute(f"copy ({sql}) to {literal(file)} (format parquet)", values)
        return file

    def _lying(self, name: str) -> list[str]:
        """The Parquet files that hold a table of the export just as the contract has it, if it lies so."""
        source, table = self.export.sources.get(name), self.export.contract.get(name)
        stored = next((each for each in self.export.files.tables if each.name.lower() == name), None)
        if source is None or table is None or stored is None or stored.kind != "parquet" or source.door:
            return []
        if not source.relation.startswith("source.main.") or any(
            source.types.get(c.name, c.type) != c.type for c in table.columns
        ):
            return []
        own = f"describe from read_parquet({literal(stored.files[0].for_engine())}, hive_partitioning = false)"
        if {name.lower() for name, *_ in self.export.con.execute(own).fetchall()} != source.types.keys():  # renamed at the door
            return []
        paths = [str(file.path) for file in stored.files]
        return [] if any(set(path) & _PATTERN for path in paths) else paths

    def _brought(self, frame: DataFrame) -> str:
        self._files += 1
        folder = self._folder / str(self._files)
        void = [field.name for field in frame.schema.fields if field.dataType.typeName() == "void"]
        for column in void:  # nothing can be written down that has no type
            frame = frame.withColumn(column, frame[column].cast("string"))
        frame.write.parquet(str(folder))
        return f"select * from read_parquet({literal(str(folder / '*.parquet'))})"

    @cached_property
    def _laws(self) -> dict[str, str]:
        """The law's views over rows, as Spark's queries."""
        return {name: sql for file in opening.VIEWS for name, sql in translate.views(file.read_text(encoding="utf-8")).items()}

    @cached_property
    def _folder(self) -> Path:
        """Where both engines read and write."""
        return Path(one(self.export.con, "select current_setting('temp_directory')")).absolute()


def _named(sql: str) -> Iterator[str]:
    """The tables and views that a query of Spark's reads."""
    tree = sqlglot.parse_one(sql, read="spark")
    steps = {step.alias for step in tree.find_all(exp.CTE)}
    return iter(dict.fromkeys(t.name for t in tree.find_all(exp.Table) if t.name and t.name not in steps))


@contextlib.contextmanager
def _told() -> Iterator[None]:
    """What Spark says may quote the data: told is the kind of an error, its words are for who may see them."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    try:
        yield
    except Untranslatable as error:
        raise EngineFailed(f"Spark: {error}") from error
    except PySparkException as error:
        kind = error.getCondition() or type(error).__name__
        if kind.startswith(_CANCELLED):
            raise duckdb.InterruptException("Spark was told to end") from error
        raise EngineFailed(f"Spark: {kind.lower().replace('_', ' ')}", first_line(error)) from error
    except (Py4JError, ConnectionError) as error:
        raise EngineFailed("Spark: ended before its answer", first_line(error)) from error
