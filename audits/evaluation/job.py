"""What to audit, and its evaluation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from pathlib import Path

from audits.contract.export import Elsewhere, Export, Settings
from audits.contract.schema import worded
from audits.controls.parameter import written
from audits.controls.promise import Promise, words
from audits.errors import Unusable
from audits.evaluation import selftest
from audits.evaluation.evaluate import evaluate
from audits.evaluation.results import Results
from audits.evaluation.stress import Stress
from audits.law import reference
from audits.law.opening import open_export
from audits.law.period import Period
from audits.texts import propose
from audits.texts.text import Text
from audits.workspace import Workspace


@dataclass(frozen=True)
class Job:
    """What to audit, for which period and which reader. `period`, `as_of` and `stresses` as written by the user.

    `promises` are names of promises or controls, all that the texts make if there are none. `reference` is a folder of reference
    tables, `parameters` a TOML file with a table a promise.
    """

    export: str = "sample"
    adapter: Path | None = None
    period: str | None = None
    as_of: str | None = None
    reference: Path | None = None
    parameters: Path | None = None
    promises: tuple[str, ...] = ()
    stresses: tuple[str, ...] = ()
    audience: str = "leadership"
    suppress_below: int = 5
    settings: Settings = field(default_factory=Settings)
    engine: str = "duckdb"  # that works through rows; or spark
    master: str | None = None  # of the cluster; spark on this machine if there is none
    whole: bool = False  # refuse an export that was made before the period was over

    def of(self, period: Period) -> Job:
        """The same for another period, whose name stands in the path of the export where {period} does."""
        return replace(self, period=period.name, export=self.export.replace("{period}", period.name))

    def chosen(self, workspace: Workspace) -> list[Promise]:
        """The promises to evaluate, with the values of this job; raises Unusable for a name or a value that is none."""
        own = workspace.values_of(self.parameters)
        return [p.with_values(own.get(p.id, {})) for p in workspace.chosen(self.promises)]


def evaluated(
    workspace: Workspace,
    job: Job,
    promises: Sequence[Promise] | None = None,
    results: Path | None = None,
    self_test: Future[list[selftest.Outcome]] | None = None,
) -> Results:
    """Open the export and evaluate it into the file `results`, or into memory, with the outcomes of a self-test.

    `promises` are those that the job chooses, unless others are given.
    """
    workspace.must_be_sure()
    stresses = [Stress.parse(text) for text in job.stresses]
    chosen = job.chosen(workspace) if promises is None else promises
    with job.settings.bounded():
        export, period = opened(workspace, job, results)
        export.notes.extend(_of_the_sample(workspace, job))
        export.notes.extend(note for text in workspace.texts if (note := _proposed(text)))
        export.notes.extend(note for promise in chosen for note in _other_values(workspace, promise))
        export.elsewhere = _elsewhere(export, job)
        evaluate(export, period, chosen, workspace.texts, stresses)
        reference.must_be_as_loaded(export.con)
    if self_test:
        selftest.record(export, self_test.result())
    if results is None:
        return Results.of(export)
    export.close()
    return Results.open(results)


def opened(workspace: Workspace, job: Job, results: Path | None = None) -> tuple[Export, Period]:
    """The export of a job, with the file `results` attached, and the period to evaluate."""
    asked = Period.parse(job.period) if job.period else None
    path = workspace.export(job.export)
    contract = worded(workspace.contract, words(job.chosen(workspace)))
    settings = replace(job.settings, exchanges=job.engine != "duckdb")
    export = open_export(contract, path, job.adapter, job.as_of, settings, results, job.reference)
    if export.law_faults and job.reference != workspace.home.law:  # what somebody names is to be read
        raise Unusable(next(iter(export.law_faults.values())))
    export.notes.extend(f"{why}; what rests on it is not assessed" for why in export.law_faults.values())
    export.notes.extend(workspace.faults)
    period = asked or Period.last_whole_month(export.today)
    if job.whole and export.today < period.end_day:
        raise Unusable(f"{job.export}: is of {export.today}, before {period} was over; export again")
    return export, period


def _elsewhere(export: Export, job: Job) -> Elsewhere | None:
    """What works through the rows in the connection's place, if a job names it; raises Unusable where it is not installed."""
    if job.engine == "duckdb":
        return None
    try:
        from audits.evaluation.spark.engine import Spark
    except ImportError as error:
        raise Unusable(f'--engine spark: {error.name} is missing; pip install "privacy-audits[spark]"') from error
    return Spark(export, job.master, job.settings.memory)


def _of_the_sample(workspace: Workspace, job: Job) -> Iterator[str]:
    """What is said where records of nobody are judged by a policy that is not their company's."""
    if workspace.is_foreign(job.export):
        of = workspace.texts[0]
        yield f"the records are the sample, those of a company that there is not; none is of {of.company or of.title}"


def _proposed(text: Text) -> str:
    """What is said where nobody has read yet what was proposed of a policy's words."""
    count = len(propose.still_proposed(text))
    said = f"{text.title}: {count} of its clauses and promises were proposed by their words, and nobody has confirmed them"
    return said if count else ""


def _other_values(workspace: Workspace, promise: Promise) -> Iterator[str]:
    """What a promise is judged by where that is not what its text says."""
    stated = workspace.promises.get(promise.id)
    for name, value in promise.values.items():
        if stated and value != stated.values[name]:
            yield f"{promise.name} is judged with {name} = {written(value)}; what is promised is {written(stated.values[name])}"
