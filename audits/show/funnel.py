"""Countries, types, channels beside each other: each rate by how much fell due, between the limits of chance for so many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from audits.evaluation.results import rows_of
from audits.show import chance, suppression, tables, wording
from audits.show.cells import as_shown, merge_note, promised
from audits.show.chance import Due, Sign
from audits.show.chart import INK, OCHRE, QUIET, RUST, Chart, band, escaped, lay_out
from audits.show.html import Cell, Html, Row, table
from audits.show.reader import Reader
from audits.words import mark, number, plural, say

_NAMED = 4  # labels of points within chance: more would touch each other; the table has all


@dataclass(frozen=True)
class Group:
    """A country, a type: what fell due, and on which side of chance its rate lies."""

    name: str
    due: Due
    sign: Sign
    limits: tuple[float, float]


def compare(audit: Reader, promise: str, dimension: str, noun: str) -> Chart | Html:
    """Rates of twelve months by a dimension of a promise: which differ by more than chance; of several texts the first one's."""
    found = promised(audit, [promise])
    if not found:
        return Html("", "")
    groups, usual = _groups(audit, found[0].promise_id, dimension)
    if not groups:
        return tables.by_dimension(audit, found[0].promise_id, dimension, noun)
    if [group.name for group in groups] == [say(suppression.ALL)]:
        return Html("", "")
    data = _table(audit, groups, noun, found[0].title)
    return Chart(_figure(groups, usual), _says(groups, usual, noun), data, _finds(groups, noun)) if len(groups) > 1 else data


def _groups(audit: Reader, promise: str, dimension: str) -> tuple[list[Group], tuple[float, float]]:
    """The groups in which anything was judged, most first, and the usual level; for leadership small ones stand together."""
    frame = _named(audit, audit.results.due_by(promise, dimension), dimension)
    counts = [(str(r.value), (int(r.compliant), int(r.violation), int(r.indeterminate))) for r in rows_of(frame)]
    shown = suppression.merged([(name, cells) for name, cells in counts if any(cells)], audit.least)
    due = [Due(*cells) for _, cells in shown]
    if not due:
        return [], (0.0, 0.0)
    found = chance.apart(due)
    marked = tables.unchecked_places(audit) if dimension == "jurisdiction" else set()
    names = [tables.named(name, dimension) + (" ⚠" if name in marked else "") for name, _ in shown]
    groups = [Group(*each) for each in zip(names, due, found.signs, found.limits, strict=True)]
    return sorted(groups, key=lambda group: (-group.due.n, group.name)), found.usual


def _named(audit: Reader, frame: pd.DataFrame, dimension: str) -> pd.DataFrame:
    """Recipients by their names in the register, all else as the reader may see it."""
    if dimension != "recipient_id":
        return as_shown(audit, frame, "value", dimension)
    register = {r.recipient_id: wording.text(r.name) or r.recipient_id for r in rows_of(audit.results.recipients())}
    is_known = frame.value.isin(list(register))
    known = frame[is_known].assign(value=[register[value] for value in frame.value[is_known]])
    return pd.concat([known, as_shown(audit, frame[~is_known], "value", dimension)], ignore_index=True)


def _figure(groups: Sequence[Group], usual: tuple[float, float]) -> go.Figure:
    """Points between the limits: the fewer fell due, the further chance reaches."""
    figure = go.Figure(_band(max(group.due.n for group in groups), usual))
    figure.add_traces([_points(groups), *_ranges(groups)])
    lay_out(figure, say("kept, %"), say("fell due in twelve months"))
    lowest = 100 * min(group.due.high for group in groups)  # what cannot be told would stretch it to nothing
    figure.update_yaxes(range=[max(-2.0, lowest - 0.2 * (102 - lowest)), 102])
    _tell_band(figure, max(group.due.n for group in groups), usual)
    figure.update_xaxes(rangemode="tozero", zeroline=False, showgrid=False)
    for group in _labelled(groups):
        figure.add_annotation(
            x=group.due.n, y=100 * group.due.low, text=escaped(group.name), showarrow=False, yshift=12,
            font={"color": RUST if group.sign else INK}, xanchor="right" if group is groups[0] else "center",
        )  # fmt: skip
    return figure


def _band(most: int, usual: tuple[float, float]) -> list[go.Scatter]:
    sizes = sorted({max(1, round(n)) for n in np.geomspace(1, most * 1.05, 120)})
    return band(sizes, chance.band(sizes, usual), usual, "linear")


def _tell_band(figure: go.Figure, most: int, usual: tuple[float, float]) -> None:
    ((low, _),) = chance.band([most], usual)
    at = {"x": most, "y": 100 * low, "xanchor": "right", "yanchor": "bottom"}
    figure.add_annotation(text=say("Within chance"), showarrow=False, font={"color": QUIET}, **at)


def _points(groups: Sequence[Group]) -> go.Scatter:
    marker = {
        "symbol": ["square" if group.sign else "circle" for group in groups],
        "size": [10 if group.sign else 7 for group in groups],
        "color": [RUST if group.sign else INK for group in groups],
        "opacity": 1,
    }
    text = [f"{escaped(g.name)}: {_of(g.due)}" for g in groups]
    x, y = [group.due.n for group in groups], [100 * group.due.low for group in groups]
    return go.Scatter(
        x=x, y=y, mode="markers", marker=marker, text=text, hovertemplate="%{text}<extra></extra>", showlegend=False
    )


def _of(due: Due) -> str:
    return say("{rate} of {n}", rate=wording.rate(due.low, due.high), n=number(due.n))


def _ranges(groups: Sequence[Group]) -> list[go.Scatter]:
    """What cannot be told, as a range above the lowest rate."""
    return [
        go.Scatter(x=[group.due.n] * 2, y=[100 * group.due.low, 100 * group.due.high], mode="lines", hoverinfo="skip",
                   line={"color": OCHRE, "width": 3}, showlegend=False)
        for group in groups if group.due.untold
    ]  # fmt: skip


def _labelled(groups: Sequence[Group]) -> list[Group]:
    """Those beyond chance, and the largest of the others."""
    return [g for g in groups if g.sign] + [g for g in groups if not g.sign][:_NAMED]


def _finds(groups: Sequence[Group], noun: str) -> str:
    worse, better = ([group.name for group in groups if group.sign == sign] for sign in ("worse", "better"))
    parts = []
    if worse:
        names = wording.listed(worse)
        parts.append(
            plural("{names} is worse than chance allows", "{names} are worse than chance allows", len(worse), names=names)
        )
    if better:
        names = wording.listed(better)
        parts.append(
            plural("{names} is better than chance allows", "{names} are better than chance allows", len(better), names=names)
        )
    return wording.capital("; ".join(parts)) if parts else say("No {noun} differs by more than chance", noun=wording.inside(noun))


def _says(groups: Sequence[Group], usual: tuple[float, float], noun: str) -> str:
    """The usual level, and what looks worst, where something was broken."""
    what = say(
        "The share kept of what fell due in twelve months, by {noun}; usually {rate} (dotted).",
        noun=wording.inside(noun),
        rate=wording.rate(*usual),
    )
    worst = min(groups, key=lambda group: (group.due.high, group.name))
    if not worst.due.broken or worst.name in map(say, (suppression.OTHERS, suppression.ALL)):
        return what
    looks = mark("{name} looks worst with {n} of {total} broken, which chance allows.")
    if worst.sign:
        looks = mark("{name} looks worst with {n} of {total} broken.")
    return f"{what} {say(looks, name=worst.name, n=number(worst.due.broken), total=number(worst.due.n))}"


def _table(audit: Reader, groups: Sequence[Group], noun: str, title: str) -> Html:
    words = {
        **{"": say("no more than chance"), "worse": say("worse than chance allows")},
        "better": say("better than chance allows"),
    }
    rows: list[Row] = [
        (
            group.name,
            Cell(wording.rate(group.due.low, group.due.high), "number", group.due.low),
            *(Cell(number(n), "number") for n in (group.due.kept, group.due.broken, group.due.untold)),
            words[group.sign],
        )
        for group in groups
    ]
    heads = (say(noun), say("Rate"), say("Kept"), say("Broken"), say("Cannot be told"), say("Beside the others"))
    caption = say("By {noun}: {title}, of what fell due in twelve months", noun=wording.inside(noun), title=title)
    return table(caption, heads, rows, merge_note(audit))
