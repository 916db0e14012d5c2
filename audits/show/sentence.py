"""What was found of a promise, in one sentence."""

from __future__ import annotations

from collections.abc import Iterable

from audits.evaluation.results import PromiseResult, Run
from audits.show import wording
from audits.show.retold import again
from audits.words import number, plural, say


def answer(promise: PromiseResult, run: Run) -> str:
    """One sentence: what fell due in the period, what was kept, what was not, what cannot be told."""
    start = wording.capital(wording.when(run))
    if promise.status == "not_assessed":
        return say("{title}: not assessed, {why}.", title=promise.title, why=again(promise.why))
    if promise.status == "error":
        return say("{title}: could not be evaluated ({why}).", title=promise.title, why=again(promise.why))
    if not promise.judged:
        return say("{when}, nothing fell due.", when=start)
    n = promise.carried
    sentence = plural(
        "{when}, {n} duty was to be met{older}: {parts}. Kept: {rate}.",
        "{when}, {n} duties were to be met{older}: {parts}. Kept: {rate}.",
        promise.judged,
        when=start,
        older=say(" ({n} of them due earlier and still open)", n=number(n)) if n else "",
        parts=", ".join(_parts(promise)),
        rate=wording.rate(promise.rate_low, promise.rate_high),
    )
    return f"{sentence} {wording.capital(again(promise.why))}." if promise.why else sentence


def _parts(promise: PromiseResult) -> Iterable[str]:
    yield say("{n} kept", n=number(promise.compliant))
    accepted = say(" ({n} of them accepted for now)", n=number(promise.waived)) if promise.waived else ""
    yield say("{n} broken", n=number(promise.violation)) + accepted
    if promise.indeterminate:
        yield say("{n} cannot be told", n=number(promise.indeterminate))
