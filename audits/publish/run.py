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
from audits.contract.export import read_of
from audits.errors import OUT_OF_MEMORY, RunFailed, Unusable, first_line, is_full, is_memory, kind
from audits.evaluation import selftest
from audits.evaluation.job import Job, evaluated
from audits.evaluation.results import Results
from audits.evidence import manifest
from audits.law.period import Period
from audits.operate import folders, ledger, log
from audits.publish import index, kernel, pdf, place, render, review, together
from audits.publish.execute import execute
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
) -> tuple[Results, list[Path]]:
    """Publish a period's pages under `reports`, all or none, with the index; gives the results and the paths of the pages.

    `jobs` notebooks run at a time, one more than there are cores if None. `as_pdf` prints each page too,
    where a Chromium is found. Where somebody is to sign off, it is a draft in the auditors' folder until then.
    One run at a time; the ledger knows of each that began, and how it ended.
    Raises Unusable for input and arguments, RunFailed for a notebook that fails.
    """
    scratch.tidy(job.settings.spill)
    chosen = _fed(workspace, job, workspace.published_notebooks(notebooks), bool(notebooks))
    with workspace.told(), place.alone(reports):
        place.take_over(reports)
        place.settle(reports)
        number = ledger.begin(reports, Period.parse(job.period) if job.period else None)
        try:
            with place.building(reports, number) as built:
                results = _build(workspace, job, chosen, built, reports, jobs, as_pdf)
                stated, standing = _stated(workspace, job, chosen), place.of(reports, results.run.period)
                if sign_off:
                    standing = review.keep(reports, number, results, built, stated, sign_off)
                else:
                    stated = together.keep(stated, results, reports, built, bool(notebooks))
                    previous = ledger.last_manifest(reports)
                    sha256 = manifest.write(built.pages, built.evidence, results, stated, previous)
            if not sign_off:
                ledger.place(reports, number, results, stated, sha256, previous)
            place.settle(reports)
            index.write(reports, workspace.texts)
        except BaseException as error:
            raise _ended(workspace, reports, number, error) from error
    pages = [standing.pages_for(job.audience) / f"{notebook.stem}.html" for notebook in chosen]
    return Results.open(standing.evidence / "results.duckdb"), pages


def _fed(workspace: Workspace, job: Job, notebooks: Sequence[Path], asked: bool) -> list[Path]:
    """The notebooks of which something is promised; raises Unusable where one that was asked for is none of them."""
    promises = job.chosen(workspace)
    fed = [notebook for notebook in notebooks if workspace.fed(notebook, promises)]
    for notebook in notebooks:
        if notebook not in fed:
            said = f"{notebook.stem}: left out: nothing that it shows is promised"
            if asked:
                raise Unusable(said)
            log.event("left_out", said, notebook=notebook.stem)
    return fed


def _ended(workspace: Workspace, reports: Path, number: int, error: BaseException) -> BaseException:
    """Note in the ledger and on the index how a run ended before its end; gives the error to be raised."""
    if is_full(error):
        error = RunFailed(f"{_full(error, reports)}: no space left; what was published before stands; make room, or name another")
    if is_memory(error):
        error = RunFailed(OUT_OF_MEMORY)
    try:
        place.settle(reports)
        ledger.fail(reports, number, kind(error), interrupted=not isinstance(error, Exception))
        index.write(reports, workspace.texts)
    except Exception as another:  # whatever it is: the next run finds this one open, and settles it
        log.event("not_noted", f"the ledger could not be written: {first_line(another)}")
    return error


def _full(error: BaseException, reports: Path) -> Path:
    """Where there is no space left: the folder of reports, unless the error names a place that is not of it."""
    named = Path(getattr(error, "filename", None) or reports)
    return reports if named.is_relative_to(reports) or named.is_relative_to(folders.evidence(reports)) else named


def _build(
    workspace: Workspace, job: Job, chosen: Sequence[Path], built: place.Place, reports: Path, jobs: int | None, as_pdf: bool
) -> Results:
    """Everything of a period but its manifest, in folders beside its place."""
    pages, executed_at = built.pages_for(job.audience), built.notebooks_for(job.audience)
    file = built.evidence / "results.duckdb"
    with _self_test(workspace, job) as self_test:
        results = evaluated(workspace, job, results=file, self_test=self_test)
    count, steps = len(results.promises), len(chosen) + 1
    said = f"{count} promises evaluated for {results.run.period} on {results.run.export_name}"
    log.event("evaluated", said, period=results.run.period, promises=count, done=1, of=steps)
    failed: list[RunFailed] = []
    for number, (notebook, executed) in enumerate(
        _executed(chosen, executed_at, _parameters(workspace, job, results, file), jobs), 2
    ):
        if isinstance(executed, RunFailed):
            failed.append(executed)
            log.event("notebook_failed", f"{notebook.stem}: failed", notebook=notebook.stem, done=number, of=steps)
            continue
        page = render.render(executed, results.run, results.texts, job.audience, notebook.name, job.suppress_below)
        (pages / f"{notebook.stem}.html").write_text(page, encoding="utf-8")
        log.event("notebook_done", f"{notebook.stem}: done", notebook=notebook.stem, done=number, of=steps)
    if failed:
        kept = place.keep_failed(built, reports, results.run.period)
        more = f", and {len(failed) - 1} more" if len(failed) > 1 else ""
        raise RunFailed(f"{failed[0]}{more}; nothing was published, the notebooks as far as they ran are in {kept}")
    if as_pdf:
        _print(pages)
    if read_of(workspace.export(job.export), workspace.contract, job.adapter).sha256() != results.run.export_sha256:
        raise RunFailed(f"{job.export}: was changed while it was being read, nothing was published; run again when it is whole")
    return results


@contextmanager
def _self_test(workspace: Workspace, job: Job) -> Iterator[Future[list[selftest.Outcome]]]:
    """The self-test, which goes on beside in a process of its own."""
    kernel.warm()
    arguments = (workspace.contract, sample_folder(), job.chosen(workspace), job.reference)
    with kernel.beside(selftest.on_sample, *arguments) as outcomes:
        yield outcomes


def _stated(workspace: Workspace, job: Job, chosen: Sequence[Path]) -> dict[str, Any]:
    """What manifest and ledger say of how a period was asked for; no path of the machine."""
    return {
        "audience": job.audience,
        "suppress_below": job.suppress_below,
        "stresses": list(job.stresses),
        "texts": [text.id for text in workspace.texts],
        "notebooks": [],
        "auditor_notebooks": [],
        together.LISTS[job.audience]: [n.stem for n in chosen],
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
    notebooks: Sequence[Path], folder: Path, parameters: dict[str, Any], jobs: int | None
) -> Iterator[tuple[Path, NotebookNode | RunFailed]]:
    """Each notebook, executed or why it failed, as it ends; several at a time, each kernel a process of its own."""
    with warnings.catch_warnings(), ThreadPoolExecutor(min(jobs or _at_a_time(), len(notebooks))) as pool:
        warnings.simplefilter("ignore")  # of the kernel machinery; the notebooks' own come from their kernels
        running = {pool.submit(execute, notebook, folder / notebook.name, parameters): notebook for notebook in notebooks}
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
