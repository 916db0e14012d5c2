"""reports/index.html: every period, how it stood, and where its pages and evidence are; made from the ledger."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from zoneinfo import ZoneInfo

from audits import ledger, policy, wording
from audits.tables import render

_TEMPLATES = Path(__file__).with_name("template")


def write(reports: Path) -> Path:
    """Write the index beside the periods, whole or not at all; gives its path."""
    audited = policy.load()
    runs = ledger.standing(reports)
    rows = [
        {
            "period": wording.days(r.first_day, r.last_day),
            "folder": r.period,
            "as_of": wording.instant(r.as_of.astimezone(ZoneInfo(r.timezone))),
            "export": f"{r.export_name} {r.export_sha256[:12]}",
            "pages": sorted(r.pages, key=lambda p: (p != "executive", p)),
            "status": "not_satisfied" if r.broken else "inconclusive" if r.untold else "satisfied",
            "word": "✗ promises broken" if r.broken else "? not all can be told" if r.untold else "✓ promises kept",
            "judged": r.kept + r.broken + r.untold,
            "kept": r.kept,
            "broken": r.broken,
            "untold": r.untold,
            "change": _change(r, runs[k + 1] if k + 1 < len(runs) else None),
        }
        for k, r in enumerate(runs)
    ]
    css = (_TEMPLATES / "page.css").read_text(encoding="utf-8")
    html = render("index.html.j2", rows=rows, css=css, company=audited.company, policy=audited.title)
    handle, name = tempfile.mkstemp(prefix=".index-", dir=reports)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(html)
    Path(name).chmod(0o644)
    return Path(name).replace(reports / "index.html")


def _change(now: ledger.Run, before: ledger.Run | None) -> str:
    if before is None:
        return "the first period here"
    more = now.broken - before.broken
    name = wording.days(before.first_day, before.last_day)
    return f"as many broken as in {name}" if more == 0 else f"{abs(more)} {'more' if more > 0 else 'fewer'} broken than in {name}"
