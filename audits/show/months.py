"""A rate month by month as a control chart: what chance makes of the usual level, and the months that lie beyond it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import cycle
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from audits.evaluation.results import rows_of
from audits.show import chance, tables, wording
from audits.show.cells import promised
from audits.show.chance import Apart, Due, Sign
from audits.show.chart import INK, OCHRE, QUIET, RUST, Chart, band, lay_out
from audits.show.html import Html
from audits.show.reader import Reader
from audits.show.seen import Viewed
from audits.words import mark, number, plural, say, spoken

_DASHES = ("solid", "dash", "dot", "dashdot")
# Above it the axis would have marks beyond a hundred.
_HIGHEST_FLOOR = 90
_COUNTED = mark("What fell due in each month is counted once; what was still open from before is not in it.")


def rate_by_month(audit: Reader, promise: str) -> Chart | Html:
    """The share kept of what fell due in each month, between the limits of chance; a line a text."""
    found = promised(audit, [promise])
    frames = {p.title: audit.results.by_month(p.promise_id) for p in found}
    return _drawn(frames, max((p.tolerance for p in found), default=0.0), tables.by_month(audit, promise))


def view_by_month(view: Viewed) -> Chart | Html:
    """The same for a view: as it was narrowed, with its parameters."""
    frame = view.by_month()
    return _drawn({view.promise.said_in(spoken()).title: frame}, view.promise.tolerance, tables.months(frame))


def _drawn(frames: Mapping[str, pd.DataFrame], tolerance: float, data: Html) -> Chart | Html:
    """A line for each frame, by its title; the band of chance where there is one alone. One month is no line: it is told."""
    judged = {title: frame[frame.rate_low.notna()] for title, frame in frames.items()}
    shown = {title: frame for title, frame in judged.items() if not frame.empty}
    if len({month for frame in shown.values() for month in frame.month}) < 2:
        return data
    found = {title: chance.apart(chance.due(frame)) for title, frame in shown.items()}
    figure = go.Figure()
    if len(shown) == 1:
        ((title, frame),) = shown.items()
        figure.add_traces(band(_names(frame), found[title].limits, found[title].usual, "hvh"))
    for (title, frame), dash in zip(shown.items(), cycle(_DASHES)):
        figure.add_traces(_line(frame, title if len(shown) > 1 else "", found[title].signs, dash))
    _frame(figure, shown, found, tolerance)
    finds = [_finds(frame, found[title]) for title, frame in shown.items()]
    told = [_says(frame, found[title]) for title, frame in shown.items()]
    named = [f"{title}: {text}" if len(shown) > 1 else text for title, text in zip(shown, told, strict=True)]
    heading = "; ".join(finds) if len(shown) == 1 else ""
    return Chart(figure, " ".join([*named, say(_COUNTED)]), data, heading)


def _line(frame: pd.DataFrame, name: str, signs: Sequence[Sign], dash: str) -> list[go.Scatter]:
    """The rates; what cannot be told as a range above them; what lies beyond chance as a square."""
    x = _names(frame)
    low, high = frame.rate_low * 100, frame.rate_high * 100
    ranges = {
        "type": "data",
        "symmetric": False,
        "array": list(high - low),
        "arrayminus": [0] * len(x),
        "color": OCHRE,
        "width": 3,
    }
    square, dot = {"symbol": "square", "size": 10, "color": RUST}, {"symbol": "circle", "size": 6, "color": INK}
    marks = [square if sign else dot for sign in signs]
    return [
        go.Scatter(
            x=x, y=low, mode="lines+markers", name=name or say("kept"), showlegend=bool(name),
            line={"color": INK, "width": 1.75, "dash": dash}, error_y=ranges if (high > low).any() else None,
            marker={key: [mark[key] for mark in marks] for key in ("symbol", "size", "color")} | {"opacity": 1},
            text=[wording.rate(r.rate_low, r.rate_high) for r in rows_of(frame)],
            hovertemplate=say("{rate} kept", rate="%{text}") + "<extra>%{x}</extra>",
        )
    ]  # fmt: skip


def _frame(figure: go.Figure, shown: Mapping[str, pd.DataFrame], found: Mapping[str, Apart], tolerance: float) -> None:
    """The promise, the months, and the value of each month beyond chance."""
    figure.add_hline(y=(1 - tolerance) * 100, line={"color": QUIET, "width": 1.5})
    lowest = 100 * min(min(*frame.rate_low, *(low for low, _ in found[title].limits)) for title, frame in shown.items())
    months = sorted({month for frame in shown.values() for month in frame.month})
    lay_out(figure, say("kept, %"), range_=[max(-1.0, min(lowest, _HIGHEST_FLOOR) - 0.12 * (102 - lowest)), 102])
    names = [wording.month(month) for month in months]
    figure.update_xaxes(
        categoryorder="array", categoryarray=names, tickvals=names, tickangle=0, showgrid=False,
        ticktext=[_short(month, place == 0) for place, month in enumerate(months)],
    )  # fmt: skip
    for title, frame in shown.items():
        _label(figure, frame, found[title].signs, names)
    _told_once(figure, names, tolerance, found)


def _label(figure: go.Figure, frame: pd.DataFrame, signs: Sequence[Sign], names: Sequence[str]) -> None:
    """The value of each month beyond chance, the lowest first; one that would touch another is left out: the words have it."""
    beyond = sorted(
        (r.rate_low, names.index(wording.month(r.month)), r, s) for r, s in zip(rows_of(frame), signs, strict=True) if s
    )
    told: list[int] = []
    for low, place, r, sign in beyond:
        if all(abs(place - other) > 1 for other in told):
            told.append(place)
            figure.add_annotation(
                x=names[place], y=low * 100, text=wording.rate(r.rate_low, r.rate_high), showarrow=False, font={"color": RUST},
                yshift=-14 if sign == "worse" else 14,
            )  # fmt: skip


def _told_once(figure: go.Figure, names: Sequence[str], tolerance: float, found: Mapping[str, Apart]) -> None:
    """What the band and the solid line are."""
    promise = say("Promise: every one") if tolerance == 0 else say("Promise: {share}", share=wording.percent(1 - tolerance))
    corner = {"xref": "paper", "showarrow": False, "font": {"color": QUIET}}
    figure.add_annotation(text=promise, x=1, y=(1 - tolerance) * 100, xanchor="right", yanchor="bottom", **corner)
    if len(found) == 1:
        (lowest,) = (max(low for low, _ in each.limits[:3]) for each in found.values())  # above all that the words stand over
        figure.add_annotation(text=say("Within chance"), x=0.01, y=100 * lowest, xanchor="left", yanchor="bottom", **corner)


def _names(frame: pd.DataFrame) -> list[str]:
    return [wording.month(month) for month in frame.month]


def _short(month: Any, is_first: bool) -> str:
    """Nov, with the year beneath where it begins."""
    name, _, year = wording.month(month).partition(" ")
    return f"{name[:3]}<br>{year}" if is_first or month.month == 1 else name[:3]


_SIGNS: tuple[Sign, ...] = ("worse", "better")
_DRIFTS = {
    "worse": mark("each of the last six months was worse than the one before"),
    "better": mark("each of the last six months was better than the one before"),
}


def _than(months: Sequence[str], sign: Sign) -> str:
    names = wording.listed(months)
    if sign == "worse":
        return plural(
            "{months} was worse than chance allows", "{months} were worse than chance allows", len(months), months=names
        )
    return plural("{months} was better than chance allows", "{months} were better than chance allows", len(months), months=names)


def _finds(frame: pd.DataFrame, found: Apart) -> str:
    """What the months show: which lie beyond chance, or a direction, or nothing."""
    last = chance.drift(chance.due(frame))
    parts = [
        _than(months, sign)
        for sign in _SIGNS
        if (months := [wording.month_in_full(r.month) for r, s in zip(rows_of(frame), found.signs, strict=True) if s == sign])
    ]
    if last:
        parts.append(say(_DRIFTS[last]))
    nothing = say("no month differs by more than chance") if len(frame) > 1 else say("one month alone tells no change")
    return wording.capital("; ".join(parts) or nothing)


def _says(frame: pd.DataFrame, found: Apart) -> str:
    """The months beyond chance in figures, then the last one and the usual level."""
    due, rows = chance.due(frame), list(rows_of(frame))
    beyond = [_beyond(r, d, lim, s) for r, d, lim, s in zip(rows, due, found.limits, found.signs, strict=True) if s]
    last = say(
        "{month}: {rate} kept of {n}; usually {usual} (dotted).",
        month=wording.month(rows[-1].month),
        rate=wording.rate(due[-1].low, due[-1].high),
        n=number(due[-1].n),
        usual=wording.rate(*found.usual),
    )
    return " ".join([*beyond, last])


def _beyond(r: Any, due: Due, limits: tuple[float, float], sign: Sign) -> str:
    """19 of the 117 that fell due in August were broken; up to 16 can be chance."""
    broken, (low, high) = due.broken, limits
    edge = round((1 - low) * due.n) if sign == "worse" else round((1 - high) * due.n)
    allowed = say("up to {n} can be chance", n=number(edge))
    if sign == "better":
        allowed = say("no fewer than {n} can be chance", n=number(edge))
    return plural(
        "{n} of the {total} that fell due in {month} was broken; {allowed}.",
        "{n} of the {total} that fell due in {month} were broken; {allowed}.",
        broken,
        total=number(due.n),
        month=wording.month_in_full(r.month),
        allowed=allowed,
    )
