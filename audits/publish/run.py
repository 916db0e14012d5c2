"""One run: an export, evaluated once, becomes the pages of a period."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audits.contract import scratch
from audits.errors import OUT_OF_MEMORY, RunFailed, first_line, is_full, is_memory, kind, told_to_end
from audits.evaluation import selftest
from audits.evaluation.job import Job, evaluated
from audits.evaluation.results import Results
from audits.law.period import Period
from audits.operate import folders, ledger, log
from audits.publish import index, kernel, navigation, pdf, place, render, reuse, review, together
from audits.publish.execute import execute
from audits.publish.page import Page, fed, pages
from audits.workspace import Workspace, sample_folder

if TYPE_CHECKING:
    from nbformat import NotebookNode


def run(
    workspace: Workspace,
    job: Job,
    notebooks: Sequence[str],
    reports: Path,
    jobs: int | None = None,
    as_pdf: bool = False,
    sign_off: str = "",
    tell: Sequence[str] = (),
) -> tuple[Results, list[Path]]:
    """Publish a period's pages under `reports`, all or none, with the index; gives the results and the paths of the pages.

    `jobs` notebooks run at a time, one more than there are cores if None. `as_pdf` prints each page too,
    where a Chromium is found. Where somebody is to sign off, it is a draft in the auditors' folder until then.
    `tell` are the names of those who are to be told of it.
    One run at a time; the ledger knows of each that began, and how it ended.
    Raises Unusable for input and arguments, RunFailed for a notebook that fails.
    """
    workspace.must_be_whole()
    scratch.tidy(job.settings.spill)
    chosen = fed(workspace, job.chosen(workspace), notebooks)
    with workspace.told(), place.settled(reports):
        number = ledger.begin(reports, Period.parse(job.period) if job.period else None)
        try:
            with place.building(reports, number) as built:
                inputs = reuse.inputs(workspace, job)
                results, made = _build(
                    workspace, job, chosen, built, reports, inputs, jobs, as_pdf, bool(notebooks) and not sign_off
                )
                stated, standing = _stated(workspace, job, made), place.of(reports, results.run.period)
                if sign_off:
                    standing = review.keep(reports, number, results, built, stated, bool(notebooks), sign_off)
                else:
                    written = together.written(stated, results, reports, built, bool(notebooks))
            if not sign_off:
                ledger.place(reports, number, results, *written, inputs, tell)
            place.settle(reports)
            index.write(reports, workspace.texts)
        except BaseException as error:
            raise _ended(workspace, reports, number, error) from error
    files = [standing.pages_for(job.audience) / f"{page.name}.html" for page in made]
    return Results.open(standing.evidence / "results.duckdb"), files


def _ended(workspace: Workspace, reports: Path, number: int, error: BaseException) -> BaseException:
    """Note in the ledger and on the index how a run ended before its end; gives the error to be raised."""
    if is_full(error):
        error = RunFailed(f"{_full(error, reports)}: no space left; what was published before stands; make room, or name another")
    if is_memory(error):
        error = RunFailed(OUT_OF_MEMORY)
    try:
        place.settle(reports)
        ledger.fail(reports, number, kind(error), interrupted=told_to_end.is_set() or not isinstance(error, Exception))
        index.write(reports, workspace.texts)
    except Exception as another:  # whatever it is: the next run finds this one open, and settles it
        log.event("not_noted", f"the ledger could not be written: {first_line(another)}")
    return error


def _full(error: BaseException, reports: Path) -> Path:
    """Where there is no space left: the folder of reports, unless the error names a place that is not of it."""
    named = Path(getattr(error, "filename", None) or reports)
    return reports if named.is_relative_to(reports) or named.is_relative_to(folders.evidence(reports)) else named


def _build(
    workspace: Workspace,
    job: Job,
    chosen: Sequence[Path],
    built: place.Place,
    reports: Path,
    inputs: str,
    jobs: int | None,
    as_pdf: bool,
    some: bool,
) -> tuple[Results, list[Page]]:
    """Everything of a period but its manifest, in folders beside its place; gives the results and the pages.

    `some`: of some notebooks alone, beside what stands.
    """
    kernel.warm()
    folder, executed_at = built.pages_for(job.audience), built.notebooks_for(job.audience)
    file = built.evidence / "results.duckdb"
    reused = reuse.copied(workspace, job, reports, inputs, file)
    results = reused or _evaluated(workspace, job, file)
    place.must_be_ours(reports, results.run.period)
    made = pages(chosen, results)
    count, steps = len(results.promises), len(made) + 1
    log.event("evaluated", _said(results, reused is not None), period=results.run.period, promises=count, done=1, of=steps)
    beside = together.standing(reports, results.run.period, job.audience) if some else []
    ways = navigation.of(reports, results, job.audience, [*(page.name for page in made), *beside])
    failed: list[RunFailed] = []
    for number, (page, executed) in enumerate(_executed(made, executed_at, _parameters(workspace, job, results, file), jobs), 2):
        if isinstance(executed, RunFailed):
            failed.append(executed)
            log.event("notebook_failed", f"{page.name}: failed", notebook=page.name, done=number, of=steps)
            continue
        html = render.render(
            *(executed, results.run, results.texts, job.audience, page.notebook.name, job.suppress_below, page.title),
            *(page.name, ways),
        )
        (folder / f"{page.name}.html").write_text(html, encoding="utf-8")
        log.event("notebook_done", f"{page.name}: done", notebook=page.name, done=number, of=steps)
    if failed:
        raise _none_published(failed, place.keep_failed(built, reports, results.run.period))
    if as_pdf:
        _print(folder)
    _must_be_as_read(workspace, job, results)
    return results, made


def _said(results: Results, are_reused: bool) -> str:
    how = "not evaluated again, since nothing that they rest on has changed," if are_reused else "evaluated"
    return f"{len(results.promises)} promises {how} for {results.run.period} on {results.run.export_name}"


def _none_published(failed: Sequence[RunFailed], kept: Path) -> RunFailed:
    more = f", and {len(failed) - 1} more" if len(failed) > 1 else ""
    return RunFailed(f"{failed[0]}{more}; nothing was published, the notebooks as far as they ran are in {kept}")


def _must_be_as_read(workspace: Workspace, job: Job, results: Results) -> None:
    """Raises RunFailed where the export is not any more what was hashed and judged."""
    if reuse.export_sha256(workspace, job) != results.run.export_sha256:
        raise RunFailed(f"{job.export}: was changed while it was being read, nothing was published; run again when it is whole")


def _evaluated(workspace: Workspace, job: Job, file: Path) -> Results:
    with _self_test(workspace, job) as self_test:
        return evaluated(workspace, job, results=file, self_test=self_test)


@contextmanager
def _self_test(workspace: Workspace, job: Job) -> Iterator[Future[list[selftest.Outcome]]]:
    """The self-test, which goes on beside in a process of its own."""
    arguments = (workspace.contract, sample_folder(), job.chosen(workspace), job.reference)
    with kernel.beside(selftest.on_sample, *arguments) as outcomes:
        yield outcomes


def _stated(workspace: Workspace, job: Job, made: Sequence[Page]) -> dict[str, Any]:
    """What manifest and ledger say of how a period was asked for; no path of the machine."""
    return {
        "audience": job.audience,
        "suppress_below": job.suppress_below,
        "stresses": list(job.stresses),
        "texts": [text.id for text in workspace.texts],
        "language": workspace.language,
        "notebooks": [],
        "auditor_notebooks": [],
        together.LISTS[job.audience]: [page.name for page in made],
    }


def _print(folder: Path) -> None:
    chromium = pdf.browser()
    if chromium is None:
        log.event("no_pdf", "no PDF: no Chromium is found on the PATH; install one, or leave --pdf out")
        return
    for page in sorted(folder.glob("*.html")):
        with kernel.beside(pdf.write, page, chromium) as printed:  # so that no browser outlives the run
            printed.result()
        log.event("printed", f"{page.stem}: printed", page=page.stem)


def _executed(
    pages: Sequence[Page], folder: Path, parameters: dict[str, Any], jobs: int | None
) -> Iterator[tuple[Page, NotebookNode | RunFailed]]:
    """The notebook of each page, executed or why it failed, as it ends; several at a time, each kernel a process of its own."""
    with warnings.catch_warnings(), ThreadPoolExecutor(min(jobs or _at_a_time(), len(pages))) as pool:
        warnings.simplefilter("ignore")  # of the kernel machinery; the notebooks' own come from their kernels
        running = {pool.submit(execute, p.notebook, folder / f"{p.name}.ipynb", p.parameters(parameters)): p for p in pages}
        try:
            for future in as_completed(running):
                error = future.exception()
                if error is not None and not isinstance(error, RunFailed):
                    raise error
                yield running[future], error or future.result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            kernel.end()
            raise


def _at_a_time() -> int:
    """One more than there are cores: while a kernel starts or ends, another can work."""
    return (os.cpu_count() or 1) + 1


def _parameters(workspace: Workspace, job: Job, results: Results, file: Path) -> dict[str, Any]:
    return {
        "export": job.export if job.export == "sample" else str(workspace.export(job.export).resolve()),
        "results": str(file.resolve()),
        "period": results.run.period,
        "as_of": results.run.as_of.isoformat(),
        "audience": job.audience,
        "suppress_below": job.suppress_below,
    }
