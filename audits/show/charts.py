"""Charts from results: a plotly figure each, with its data as a table and a sentence that says what it shows."""

from __future__ import annotations

from itertools import pairwise
from textwrap import wrap
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from scipy import stats

from audits.evaluation.results import rows_of
from audits.show import suppression, tables, wording
from audits.show.cells import one_a_text
from audits.show.chart import CHANCE, INK, PLOTLY, QUIET, RUST, Chart, escaped, lay_out
from audits.show.funnel import compare
from audits.show.html import Cell, Html, table
from audits.show.months import rate_by_month, view_by_month
from audits.show.outlines import centres, outlines
from audits.show.reader import Reader
from audits.show.retold import rule
from audits.show.seen import Recorded
from audits.show.tables.transfers import places
from audits.words import number, plural, say

__all__ = [
    "PLOTLY",
    "Chart",
    "compare",
    "measure_validity",
    "open_by_age",
    "rate_by_month",
    "time_to_close",
    "timeline",
    "transfer_flows",
    "view_by_month",
    "world_map",
]

_NODE = 16  # letters of a line of a node's name: two nodes stand beside each other on a phone


def timeline(record: Recorded) -> Chart | Html:
    """A record's story: every instant that the export has of its person, a line a table."""
    frame = record.timeline
    data = tables.timeline(record)
    if frame.empty:
        return data
    marked = frame.record_id == record.record_id
    figure = go.Figure()
    for part, name, color, symbol in (
        (frame[~marked], say("of the same person"), QUIET, "circle"),
        (frame[marked], say("this record"), INK, "diamond"),
    ):
        figure.add_trace(go.Scatter(
            x=part.instant, y=part.table_name, mode="markers", name=name, marker={"color": color, "size": 10, "symbol": symbol},
            text=[f"{escaped(r.record_id)}: {r.event}<br>{escaped(r.details)}" for r in rows_of(part)],
            hovertemplate="%{x|%d %b %Y %H:%M}<br>%{text}<extra></extra>",
        ))  # fmt: skip
    lay_out(figure, "")
    figure.update_layout(height=150 + 40 * frame.table_name.nunique(), margin={"l": 10, "b": 40})
    figure.update_yaxes(automargin=True, autorange="reversed")
    first, last = wording.day(frame.instant.min()), wording.day(frame.instant.max())
    tables_ = plural("{n} table", "{n} tables", frame.table_name.nunique())
    says = plural(
        "{n} instant in {tables}, from {first} to {last}.",
        "{n} instants in {tables}, from {first} to {last}.",
        len(frame),
        tables=tables_,
        first=first,
        last=last,
    )
    return Chart(figure, says, data)


def time_to_close(audit: Reader) -> Chart | Html:
    """How long requests stay open: Kaplan and Meier's estimate (1958), open requests counted as censored.

    The days promised and the law's time are marked; the band is the 95 % interval (log-log).
    """
    frame = audit.results.time_to_close()
    frame = frame[frame.days.notna() & (frame.days >= 0)]
    done, still = frame[frame.closed], frame[~frame.closed]
    if done.empty:
        return _survival_table({})
    sample = stats.CensoredData(
        uncensored=np.repeat(done.days.to_numpy(float), done.n.to_numpy(int)),
        right=np.repeat(still.days.to_numpy(float), still.n.to_numpy(int)),
    )
    curve = stats.ecdf(sample).sf
    band = curve.confidence_interval(method="log-log")
    x = np.concatenate([[0.0], curve.quantiles])
    closed = say("day {n}: {share} %", n="%{x}", share="%{y:.1f}")
    figure = go.Figure(
        [
            _step(x, band.high.probabilities, {"width": 0}, hoverinfo="skip"),
            _step(x, band.low.probabilities, {"width": 0}, fill="tonexty", fillcolor=CHANCE, hoverinfo="skip"),
            _step(x, curve.probabilities, {"color": INK, "width": 1.75}, hovertemplate=f"{closed}<extra></extra>"),
        ]
    )  # fmt: skip
    promised, law = _promised(audit), _by_law(audit)
    _mark_times(figure, promised, law)
    lay_out(figure, say("still open, %"), say("days since receipt"), range_=[0, 101])
    figure.update_xaxes(range=[0, max(60.0, float(x[-1]))])
    day = promised or (law[0] if law else 30)
    at = {days: float(curve.evaluate(days)) for days in sorted({7, 14, 21, 30, 31, 45, 60, 90, day})}
    says = plural(
        "{share} of requests are closed by day {day} (estimated on {n} request of twelve months, or of the period where it is "
        "longer; {open} of them still open).",
        "{share} of requests are closed by day {day} (estimated on {n} requests of twelve months, or of the period where it is "
        "longer; {open} of them still open).",
        int(frame.n.sum()),
        share=wording.percent(1 - at[day]),
        day=day,
        open=number(still.n.sum()),
    )
    return Chart(figure, says, _survival_table(at))


def _mark_times(figure: go.Figure, promised: int | None, law: tuple[int, str] | None) -> None:
    """The days promised, and the law's time."""
    if promised:
        line = {"color": QUIET, "width": 1.5}
        says = say("promise: {time}", time=plural("{n} day", "{n} days", promised))
        figure.add_vline(x=promised, line=line, annotation_text=says, annotation_position="top left")
    if law:
        line = {"color": QUIET, "width": 1, "dash": "dash"}
        figure.add_vline(x=law[0], line=line, annotation_text=say("law: {time}", time=law[1]), annotation_position="top right")


def _promised(audit: Reader) -> int | None:
    """The days that are promised for requests, if any are."""
    found = [p.parameters.get("days") for p in audit.results.feeding("promise_and_law")]
    return next((int(days) for days in found if days), None)


def _by_law(audit: Reader) -> tuple[int, str] | None:
    """The time that the law gives to most of the period's requests, in days and in words; none where it counts working days."""
    frame = audit.results.rules_used()
    frame = frame[frame.rule_set == "statute"]
    if frame.empty:
        return None
    written = str(frame.groupby("rule").n.sum().idxmax())
    amount, _, unit = written.partition(" ")
    days = {"months": 31, "calendar_days": 1}.get(unit)
    return (int(amount) * days, rule(written)) if days else None


def open_by_age(audit: Reader, promise: str) -> Chart | Html:
    """What is open at as_of, by days since receipt; of several texts that promise it, under the first one's versions."""
    found = one_a_text(audit, [promise])
    if not found:
        return tables.open_by_age(audit, promise)
    frame = audit.results.open_by_age(found[0].promise_id)
    bands = tables.ages(audit, found[0].promise_id)
    series: list[tuple[str, dict[str, Any]]] = [(say("open"), {"color": QUIET})]
    if not audit.least:
        series = [(say("not yet due"), {"color": QUIET}), (say("overdue"), {"color": RUST, "pattern": {"shape": "/"}})]
    names = [name for name, _ in bands]
    figure = go.Figure(
        [go.Bar(x=names, y=[cells[n] for _, cells in bands], name=name, marker=marker) for n, (name, marker) in enumerate(series)]
    )
    figure.update_layout(barmode="stack")
    lay_out(figure, say("open requests"), say("days since receipt"))
    says = plural(
        "{n} request open on {day}, {overdue} of them overdue.",
        "{n} requests open on {day}, {overdue} of them overdue.",
        int(frame.not_yet_due.sum() + frame.overdue.sum()),
        day=wording.day(audit.run.as_of),
        overdue=number(frame.overdue.sum()),
    )
    whose = f"{found[0].title}: " if len(found) > 1 else ""
    return Chart(figure, whose + says, tables.open_by_age(audit, found[0].promise_id))


def transfer_flows(audit: Reader) -> Chart | Html:
    """Who sends where on what: from exporter over measure to destination, unlawful ones apart."""
    frame = audit.results.transfer_flows()
    if frame.empty:
        return tables.transfer_flows(audit)
    flows = _flows(audit, frame)
    nodes: list[str] = []
    links: dict[tuple[int, int, str], int] = {}
    for stations, verdict, n in flows:
        ends = [_node(nodes, label) for label in stations]
        for source, target in pairwise(ends):
            links[source, target, verdict] = links.get((source, target, verdict), 0) + n
    colours = {"compliant": "rgba(88,99,112,0.35)", "violation": "rgba(168,50,12,0.8)"}
    figure = go.Figure(
        go.Sankey(
            node={"label": ["<br>".join(map(escaped, wrap(label, _NODE))) for label in nodes], "color": QUIET, "pad": 18},
            link={
                "source": [s for s, _, _ in links], "target": [t for _, t, _ in links], "value": list(links.values()),
                "color": [colours.get(v, "rgba(120,90,0,0.5)") for _, _, v in links], "label": [v for _, _, v in links],
            },
        )
    )  # fmt: skip
    lay_out(figure, "")
    unlawful, total = int(frame[frame.verdict == "violation"].n.sum()), int(frame.n.sum())
    says = plural(
        "{n} transfer out of the EEA and Switzerland {when}, {unlawful} without a valid measure (red).",
        "{n} transfers out of the EEA and Switzerland {when}, {unlawful} without a valid measure (red).",
        total,
        when=wording.when(audit.run),
        unlawful=number(unlawful),
    )
    return Chart(figure, says, tables.transfer_flows(audit))


def _flows(audit: Reader, frame: pd.DataFrame) -> list[tuple[tuple[str, ...], str, int]]:
    """The stations of each flow, its verdict and its width; for leadership by measure alone, as its table is."""
    found = [
        (wording.mechanism(r.mechanism), wording.place("CH" if r.origin == "CH" else "EEA"), wording.country(r.destination), r)
        for r in rows_of(frame)
    ]
    if not audit.least:
        return [
            ((say("from {place}", place=origin), measure, say("to {place}", place=place)), r.verdict, int(r.n))
            for measure, origin, place, r in found
        ]
    sums: dict[str, dict[str, int]] = {}
    for measure, *_, r in found:
        counts = sums.setdefault(measure, dict.fromkeys(("compliant", "violation", "indeterminate"), 0))
        counts[r.verdict] += int(r.n)
    merged = suppression.merged([(measure, tuple(counts.values())) for measure, counts in sums.items()], audit.least)
    words = (("compliant", say("lawful")), ("violation", say("unlawful")), ("indeterminate", say("cannot be told")))
    return [
        ((say("out of the EEA and Switzerland"), wording.group(measure), word), verdict, n)
        for measure, cells in merged
        for (verdict, word), n in zip(words, cells, strict=True)
        if n
    ]


def world_map(audit: Reader) -> Chart | Html:
    """Where data went in the period: countries it stayed lawful in, and those that some of it reached unlawfully."""
    frame = audit.results.destinations()
    known = [place for place in places(audit) if place[0] in outlines() or place[0] in centres()]
    if not known:
        return tables.destinations(audit)
    figure = go.Figure([_land({*outlines()} - {"AQ"} - {code for code, *_ in known}), *(_place(*place) for place in known)])
    for name, colour, shape in ((say("lawful"), QUIET, "circle"), (say("some unlawful"), RUST, "diamond")):
        marker = {"color": colour, "symbol": shape, "size": 12}
        figure.add_trace(go.Scatter(x=[None], y=[None], mode="markers", marker=marker, name=name))
    lay_out(figure, "")
    figure.update_layout(height=420, margin={"l": 5, "r": 5, "t": 30, "b": 5}, legend={"y": 1.06})
    figure.update_xaxes(visible=False, range=[-170, 190], constrain="domain")
    figure.update_yaxes(visible=False, range=[-58, 84], scaleanchor="x", constrain="domain")
    left = int(frame.transfers.sum())
    says = plural(
        "{n} disclosure {when}; {left} of them out of the EEA and Switzerland, {unlawful} of these unlawful.",
        "{n} disclosures {when}; {left} of them out of the EEA and Switzerland, {unlawful} of these unlawful.",
        int(frame.n.sum()),
        when=wording.when(audit.run),
        left=number(left),
        unlawful=number(frame.unlawful.sum()),
    )
    return Chart(figure, says, tables.destinations(audit))


def _land(codes: set[str]) -> go.Scatter:
    """The other countries, as one shape: nothing was sent there, or too little to be told."""
    x: list[float | None] = []
    y: list[float | None] = []
    for code in sorted(codes):
        x += [*outlines()[code][0], None]
        y += [*outlines()[code][1], None]
    fill = "rgba(127,127,127,0.28)"
    line = {"color": QUIET, "width": 0.4}
    return go.Scatter(x=x, y=y, fill="toself", fillcolor=fill, line=line, mode="lines", hoverinfo="skip", showlegend=False)


def _place(code: str, n: int, _: int, unlawful: int) -> go.Scatter:
    """A country that data was sent to: its outline, or a mark where it is too small for one."""
    colour = RUST if unlawful else QUIET
    of = say("disclosures {n}, unlawful {unlawful}", n=number(n), unlawful=number(unlawful))
    text = f"{escaped(wording.country(code))}: {of}"
    if code not in outlines():
        lon, lat = centres()[code]
        marker = {"color": colour, "size": 9}
        return go.Scatter(x=[lon], y=[lat], mode="markers", marker=marker, text=[text], hoverinfo="text", showlegend=False)
    x, y = outlines()[code]
    return go.Scatter(x=x, y=y, fill="toself", fillcolor=colour, line={"color": colour, "width": 0.8}, mode="lines", text=text,
                      hoverinfo="text", hoveron="fills", showlegend=False)  # fmt: skip


def measure_validity(audit: Reader) -> Chart | Html:
    """What transfers to each recipient can rest on, as bars over two years, and the transfers that named it, as dots."""
    bars, transfers = audit.results.measure_validity(), audit.results.transfers_by_month()
    if bars.empty or transfers.empty:
        return tables.measure_validity(audit)
    names = {r.recipient_id: wording.text(r.recipient) for r in rows_of(bars)}
    shown = transfers[transfers.recipient_id.isin(list(names)) & (transfers.n >= audit.least)]
    first, last = pd.Timestamp(transfers.month.min()), pd.Timestamp(audit.run.last_day)
    figure = go.Figure()
    for r in rows_of(bars):
        start = max(first, pd.Timestamp(r.valid_from)) if not pd.isna(r.valid_from) else first
        end = last if pd.isna(r.valid_to) else min(last, pd.Timestamp(r.valid_to))
        if start < end:
            figure.add_trace(go.Scatter(
                x=[start, end], y=[_lane(names[r.recipient_id], r.measure)] * 2, mode="lines", line={"color": QUIET, "width": 9},
                opacity=0.45, showlegend=False, hovertemplate="%{y}: " + say("valid") + "<extra></extra>",
            ))  # fmt: skip
    lanes = [_lane(names[r.recipient_id], r.measure) for r in rows_of(shown)]
    sizes = [1] * len(shown) if audit.least else list(shown.n)  # the months' totals are known: the rest would follow from these
    figure.add_trace(go.Scatter(
        x=[pd.Timestamp(m) for m in shown.month], y=lanes, mode="markers", showlegend=False,
        marker={"color": INK, "size": [4 + 12 * (float(n) / max(sizes)) ** 0.5 for n in sizes]},
        text=[say("transfers") if audit.least else plural("{n} transfer", "{n} transfers", int(n)) for n in shown.n],
        hovertemplate="%{y}, %{x|%b %Y}: %{text}<extra></extra>",
    ))  # fmt: skip
    lay_out(figure, "")
    _say_lanes(figure, list(dict.fromkeys(lane for trace in figure.data for lane in trace.y)))
    bars_ = say("Bars: when each measure carries.")
    dots = say("Dots: at least {n} transfers that named it in a month.", n=audit.least)
    dots = dots if audit.least else say("Dots: transfers that named it in a month, larger for more.")
    says = f"{bars_} {dots} " + say("A dot without a bar under it rests on nothing that was in force.")
    return Chart(figure, says, tables.measure_validity(audit))


def _say_lanes(figure: go.Figure, lanes: list[str]) -> None:
    """Each lane's name above it, where a narrow screen has room for it."""
    figure.update_layout(height=100 + 40 * len(lanes), margin={"l": 4, "r": 4, "b": 40})
    figure.update_yaxes(showticklabels=False, showgrid=False, range=[-0.5, len(lanes) - 0.2])
    figure.update_xaxes(nticks=5, tickangle=0)
    for lane in lanes:
        figure.add_annotation(
            x=0, xref="x domain", xanchor="left", y=lane, yshift=14, text=lane, showarrow=False, font={"size": 11}
        )


def _lane(recipient: str, measure: Any) -> str:
    return f"{escaped(recipient)[:24]} · {escaped(wording.mechanism(measure))}"


def _node(nodes: list[str], label: str) -> int:
    if label not in nodes:
        nodes.append(label)
    return nodes.index(label)


def _step(x: Any, y: Any, line: dict[str, Any], **more: Any) -> go.Scatter:
    """A curve of shares that begins with all of them, as percentages."""
    return go.Scatter(
        x=x, y=np.concatenate([[1.0], y]) * 100, mode="lines", line={"shape": "hv", **line}, showlegend=False, **more
    )


def _survival_table(at: dict[int, float]) -> Html:
    rows = [(say("day {n}", n=d), Cell(wording.percent(1 - p), "number", 1 - p)) for d, p in at.items()]
    return table(say("Closed by"), (say("Day since receipt"), say("Closed (estimated)")), rows)
