"""The widgets of explore.ipynb: choose, and the rate, the trend, the findings and a record's story follow.

Everything they show is what `audit.view(…)` and `audit.record(…)` give; without widgets, call those.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, get_args

from IPython.core.interactiveshell import InteractiveShell

from audits.controls.parameter import UNSET, Parameter, Value
from audits.errors import Unusable
from audits.evaluation.status import VERDICTS
from audits.explore.audit import Audit
from audits.explore.view import View
from audits.law.period import Kind, Period
from audits.show import charts, display
from audits.show.html import said

try:
    import ipywidgets as widgets
except ModuleNotFoundError as missing:
    raise Unusable("ipywidgets are not installed: pip install 'privacy-audits[lab]', or call audit.view(…)") from missing

_WIDE = {"layout": widgets.Layout(width="50em", max_width="100%"), "style": {"description_width": "11em"}}
_MOST_FINDINGS = 50


class Explorer(widgets.VBox):
    """What was chosen is `view`; the findings that it shows can be chosen too, and lead to `audit.record(…)`."""

    def __init__(self, audit: Audit, promise: str | None = None) -> None:
        display.register(InteractiveShell.instance())
        self.audit = audit
        found = audit.results.promises
        shown = [(f"{p.title} ({p.name})", p.promise_id) for p in found.values()]
        self.promise = _choice("Promise", shown, audit.results.promise(promise or next(iter(found))).promise_id)
        self.period = _choice("Period", _periods(audit), audit.period.name)
        self.narrow = widgets.VBox()
        self.what_if = widgets.VBox()
        self.answer, self.trend, self.story = (widgets.Output() for _ in range(3))
        self.findings = widgets.Output(layout=widgets.Layout(max_height="26em", overflow="auto"))
        self.record = widgets.Combobox(description="Record", placeholder="a record_id of a finding", **_WIDE)
        self.file = widgets.Text(description="Save as", value="parameters.toml", **_WIDE)
        self.keep = widgets.Button(description="Save the parameters", icon="save", layout=widgets.Layout(width="16em"))
        self.said = widgets.HTML()
        self.promise.observe(lambda _: self._choose(), "value")
        self.period.observe(lambda _: self._show(), "value")
        self.record.observe(lambda _: self._tell(), "value")
        self.keep.on_click(lambda _: self._save())
        saving = widgets.HBox([self.file, self.keep, self.said])
        super().__init__(
            [
                self.promise,
                self.period,
                self.narrow,
                self.what_if,
                self.answer,
                self.trend,
                self.findings,
                self.record,
                self.story,
                saving,
            ]
        )
        self._choose()

    @property
    def view(self) -> View:
        """What is chosen now."""
        chosen = {w.description: w.value for w in self.narrow.children}
        verdict = chosen.pop("verdict", None)
        parameters = {w.description: w.value for w in self.what_if.children}
        return self._plain().narrowed(verdict, **chosen).what_if(**self._changed(parameters))

    def _plain(self) -> View:
        return self.audit.view(self.promise.value).during(self.period.value)

    def _changed(self, parameters: dict[str, Value]) -> dict[str, Value]:
        promise = self.audit.promise(self.promise.value)
        given = {name: _given(promise.control.parameters[name], value) for name, value in parameters.items()}
        return {name: value for name, value in given.items() if value != promise.values[name]}

    def _choose(self) -> None:
        """Offer what the promise can be narrowed by, and its values."""
        self.narrow.children, self.what_if.children = (), ()
        try:
            view = self._plain()
            narrow = [_narrowing("verdict", VERDICTS), *(_narrowing(d, view.values(d)) for d in view.dimensions)]
        except Unusable:  # the export lacks what the promise reads: shown in place of an answer
            narrow = []
        promise = self.audit.promise(self.promise.value)
        what_if = [_parameter(name, p, promise.values[name]) for name, p in promise.control.parameters.items()]
        for widget in (*narrow, *what_if):
            widget.observe(lambda _: self._show(), "value")
        self.narrow.children, self.what_if.children = narrow, what_if
        self._show()

    def _show(self) -> None:
        try:
            view = self.view
            found = view.findings(_MOST_FINDINGS)
            parts = (view, charts.view_by_month(view), found)
        except Unusable as error:
            _fill(self.answer, said(str(error)))
            for output in (self.trend, self.findings):
                _fill(output)
            return
        for output, part in zip((self.answer, self.trend, self.findings), parts, strict=True):
            _fill(output, part)
        self.record.options = [str(key) for key in found.record_id]

    def _tell(self) -> None:
        if not self.record.value:
            _fill(self.story)
            return
        try:
            record = self.audit.record(self.record.value)
            _fill(self.story, charts.timeline(record), record)
        except Unusable as error:
            _fill(self.story, said(str(error)))

    def _save(self) -> None:
        try:
            path = self.view.save(self.file.value)
            self.said.value = said(f"Saved: audits run --period {self.period.value} --parameters {path}").html
        except (OSError, Unusable) as error:
            self.said.value = said(str(error)).html


def _choice(name: str, options: list[Any], value: Any) -> widgets.Dropdown:
    return widgets.Dropdown(description=name, options=options, value=value, **_WIDE)


def _narrowing(name: str, values: Sequence[str]) -> widgets.Dropdown:
    return _choice(name, [("all", None), *((value, value) for value in values)], None)


def _parameter(name: str, parameter: Parameter, value: Any) -> Any:
    """A slider for a number, up to three times as much; boxes for what is chosen among words, or written."""
    if parameter.type == "flag":
        return widgets.Checkbox(description=name, value=value)
    if parameter.type == "integer" and value is not None:
        return widgets.IntSlider(description=name, value=value, min=0, max=max(3 * value, 30), continuous_update=False, **_WIDE)
    if parameter.type == "number" and value is not None:
        return widgets.FloatSlider(description=name, value=value, min=0, max=max(3 * value, 1), continuous_update=False, **_WIDE)
    if parameter.type == "words":
        return widgets.TagsInput(description=name, value=list(value or []), allow_duplicates=False)
    if parameter.words:
        return _choice(name, list(parameter.words), value)
    return widgets.Text(description=name, value=value or UNSET, continuous_update=False, **_WIDE)


def _given(parameter: Parameter, value: Any) -> Any:
    """What stands in a widget, as a value: a number that is unset is written into a box for text."""
    if value == UNSET:
        return None
    return int(value) if parameter.type in ("integer", "number") and isinstance(value, str) and value.isdecimal() else value


def _periods(audit: Audit) -> list[str]:
    """The run's period, and of each kind the one that as_of lies in with the twelve before it."""
    found = [audit.period]
    for kind in reversed(get_args(Kind)):
        period = Period.of(kind, audit.run.as_of.date())
        for _ in range(13):
            found.append(period)
            period = Period.of(kind, period.first_day - timedelta(days=1))
    return list(dict.fromkeys(p.name for p in found))


def _fill(output: widgets.Output, *parts: Any) -> None:
    """Show these in place of what was shown, in one step."""
    formatter: Any = InteractiveShell.instance().display_formatter
    formatted = [formatter.format(part) for part in parts]
    output.outputs = tuple({"output_type": "display_data", "data": data, "metadata": more} for data, more in formatted)
