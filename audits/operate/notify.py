"""Tell somebody how a run went, by apprise: mail, Slack, Teams, a webhook. One sentence and a link, never a word of the data."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

from audits.errors import Unusable, hint
from audits.evaluation.results import Results
from audits.law.period import Period
from audits.operate import folders, ledger, log
from audits.operate.schedule import LONGEST_WAIT, Schedule, Target, wait
from audits.show import leadership, wording
from audits.show.reader import Reader
from audits.words import say
from audits.workspace import Workspace

MOST_ATTEMPTS = 10


def tell(workspace: Workspace, schedule: Schedule, reports: Path, job: str, period: str) -> None:
    """Tell a job's targets of the last run of a period, each if it asked for such a run."""
    found = ledger.attempts(reports).get(period)
    if found is None or found.last_run is None:
        return
    for name in schedule.jobs[job].notify:
        _tell(workspace, schedule, reports, name, period, found, attempts=1)


def catch_up(workspace: Workspace, schedule: Schedule, reports: Path, jobs: Sequence[str]) -> None:
    """Tell what could not be delivered, or was not come to, if it is still the last run of its period."""
    waiting = ledger.unsent(reports, MOST_ATTEMPTS)
    tried = {found.last_run: (period, found) for period, found in ledger.attempts(reports).items()} if waiting else {}
    known = {name for job in jobs for name in schedule.jobs[job].notify}
    for (run, name), attempts in waiting.items():
        if run in tried and name in known:
            _tell(workspace, schedule, reports, name, *tried[run], attempts=attempts + 1)


def _tell(
    workspace: Workspace, schedule: Schedule, reports: Path, name: str, period: str, found: ledger.Attempts, attempts: int
) -> None:
    if _concerns(schedule.notify[name], reports, period, found):
        _send(workspace, schedule, reports, name, period, found, attempts)
    else:
        ledger.not_told(reports, found.last_run or 0, name)


def _concerns(target: Target, reports: Path, period: str, found: ledger.Attempts) -> bool:
    if found.outcome == "draft":
        return "draft" in target.on
    if found.outcome != "published":
        # Once, and then every day that it lasts: the later waits are a day long.
        return "failure" in target.on and (found.failures == 1 or wait(found.failures - 1) == LONGEST_WAIT)
    broken = any(r.broken for r in ledger.standing(reports) if r.period == period)
    return "done" in target.on or ("violation" in target.on and broken)


def _send(
    workspace: Workspace, schedule: Schedule, reports: Path, name: str, period: str, found: ledger.Attempts, attempts: int
) -> None:
    try:
        sent = _sent(workspace, schedule, reports, schedule.notify[name], period, found)
    except Exception as error:  # whatever it is, it holds no other run up: a page that is gone, an address that is none
        log.failure(error, f"{name}: {log.said(error)}")
        sent = False
    ledger.noted(reports, found.last_run or 0, name, attempts, sent)
    if sent:
        log.event("told", f"{name} was told of {period}", target=name, period=period)
    else:
        log.event("not_told", f"{name} could not be told of {period}; it is tried again", target=name, period=period)


def _sent(workspace: Workspace, schedule: Schedule, reports: Path, target: Target, period: str, found: ledger.Attempts) -> bool:
    with workspace.told():
        title, body = message(workspace, schedule, reports, period, found)
    pages = [reports / period / f"{page}.html" for page in target.attach] if found.outcome == "published" else []
    return _deliver(target, title, body, [page for page in pages if page.exists()])


def message(workspace: Workspace, schedule: Schedule, reports: Path, period: str, found: ledger.Attempts) -> tuple[str, str]:
    """Title and text: the answer in a sentence and the decision it asks for, or why there is none; and where to read on."""
    texts, days = workspace.texts, Period.parse(period)
    named = wording.days(days.first_day, days.last_day)
    whose = wording.company(texts) or wording.audited(texts)
    head = say("Privacy audit of {company}, {period}", company=whose, period=named)
    if found.outcome == "published":
        audit = Reader(Results.open(folders.evidence(reports) / period / "results.duckdb"), "leadership")
        return head, f"{leadership.summary(audit)}\n{_link(schedule, f'{period}/executive.html')}".strip()
    if found.outcome == "draft":
        text = say(
            "The audit of {period} is done and waits: {why}. Nothing of it is published until then.", period=named, why=found.why
        )
        return say("{head}: to be signed", head=head), f"{text}\n{_link(schedule, 'index.html')}".strip()
    text = say("The audit of {period} failed: {why}.", period=named, why=found.why)
    if found.outcome == "interrupted":
        text = say("The audit of {period} was interrupted: {why}.", period=named, why=found.why)
    text = f"{text} " + say("Nothing was published of it. It is tried again by itself.")
    return say("{head}: no report", head=head), f"{text}\n{_link(schedule, 'index.html')}".strip()


def _link(schedule: Schedule, page: str) -> str:
    return f"{schedule.link.rstrip('/')}/{page}" if schedule.link else ""


def test(schedule: Schedule, names: Sequence[str]) -> bool:
    """Send a word to targets, all if none is named; gives whether each was told. Raises Unusable for a name that is nobody's."""
    for name in names:
        if name not in schedule.notify:
            near = hint(name, schedule.notify, f"there are: {', '.join(schedule.notify) or 'none'}")
            raise Unusable(f"{name!r} is nobody of [notify]: {near}")
    told = [_tested(schedule, name) for name in names or schedule.notify]
    return all(told)


def _tested(schedule: Schedule, name: str) -> bool:
    try:
        sent = _deliver(schedule.notify[name], "Privacy audits: a test", "Notices of privacy audits arrive here.", [])
    except Exception as error:
        log.failure(error, f"{name}: {log.said(error)}")
        sent = False
    log.event("told" if sent else "not_told", f"{name} {'was told' if sent else 'could not be told'}", target=name)
    return sent


def _deliver(target: Target, title: str, body: str, pages: list[Path]) -> bool:
    try:
        import apprise
    except ImportError as error:
        raise Unusable("[notify] needs apprise: pip install 'privacy-audits[notify]'") from error
    logging.getLogger("apprise").propagate = False
    service = apprise.Apprise()
    with apprise.LogCapture(level=logging.WARNING, fmt="%(message)s") as captured:
        attached = [str(page) for page in pages] or None
        sent = service.add(_expanded(target.url)) and service.notify(
            body, title, body_format=apprise.NotifyFormat.TEXT, attach=attached
        )
        if not sent:
            log.event("refused", f"{target.url.partition('://')[0]}: {_without_secrets(captured.getvalue(), target.url)}")
    return bool(sent)


def _without_secrets(said: str, url: str) -> str:
    """What a service answered, in a line, without anything that stands in the address but names of hosts."""
    known = {os.environ.get(name, "") for name in _NAMED.findall(url)} | set(re.findall(r"[^/:@?&=]+(?=@)", url))
    line = " ".join(said.split()) or "it gave no reason"
    for secret in sorted((k for k in known if len(k) > 1), key=len, reverse=True):
        line = line.replace(secret, "***").replace(quote(secret, safe=""), "***")
    return re.sub(r"\S+://\S+", "***", line)


_NAMED = re.compile(r"\$\{(\w+)\}")
_NAMES = re.compile(r"\w+://[^/?#]*@")


def _expanded(url: str) -> str:
    """An address with ${NAME} from the environment, so that no password stands in a file.

    A value is escaped where a name, a password or an option stands, which has a syntax around it; elsewhere it is the address.
    """
    names, query = _NAMES.match(url), url.find("?")

    def value(match: re.Match[str]) -> str:
        if match[1] not in os.environ:
            raise Unusable(f"[notify] reads {match[1]} from the environment, where it is not set")
        escaped = (names and match.start() < names.end()) or -1 < query < match.start()
        return quote(os.environ[match[1]], safe="") if escaped else os.environ[match[1]]

    return _NAMED.sub(value, url)
