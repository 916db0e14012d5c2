"""How JupyterLab and a console show what a cell ends with: an audit, a control, a view, a record."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from audits.controls.promise import bare
from audits.show import tables
from audits.show.html import Html

# By module and name, so that what is shown needs to know nothing of tables.
_SHOWN: dict[tuple[str, str], Callable[[Any], Html]] = {
    ("audits.explore.audit", "Audit"): lambda audit: tables.scorecard(audit, audit.results.promises),
    ("audits.controls.control", "Control"): lambda control: tables.explanation(bare(control)),
    ("audits.controls.promise", "Promise"): tables.explanation,
    ("audits.explore.view", "View"): tables.view,
    ("audits.explore.record", "Record"): tables.timeline,
}


def register(shell: Any = None) -> None:
    """Tell IPython's display formatter, where there is one (the kernel's own, if none is given)."""
    shell = shell or _running()
    if shell is None:
        return
    html, plain = (shell.display_formatter.formatters[kind] for kind in ("text/html", "text/plain"))
    for (module, name), shown in _SHOWN.items():
        html.for_type_by_name(module, name, _html(shown))
        plain.for_type_by_name(module, name, _plain(shown))


def _html(shown: Callable[[Any], Html]) -> Callable[[Any], str]:
    return lambda thing: shown(thing).html


def _plain(shown: Callable[[Any], Html]) -> Callable[[Any, Any, bool], None]:
    return lambda thing, printer, cycle: printer.text(shown(thing).text)


def _running() -> Any:
    ipython = sys.modules.get("IPython")
    return ipython.get_ipython() if ipython else None
