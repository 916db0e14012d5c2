"""No small count can be had: a reader who sees every cell and total, of tables, pictures and words, subtracts in vain."""

from __future__ import annotations

import json
import re
from itertools import chain, combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.evaluation.results import Results
from audits.show import charts, suppression, tables
from audits.show.chart import Chart
from audits.show.html import Html
from audits.show.reader import Reader
from audits.show.suppression import ALL, OTHERS

PROMISE = "request_handled_in_time"
LAW = "request_handled_in_statutory_time"
CELLS = st.lists(st.tuples(*(st.one_of(st.integers(0, 9), st.integers(0, 300)) for _ in range(3))).filter(any), max_size=9)


class Leader(Reader):
    """Leadership, of an export whose words are all of the contract."""

    def __init__(self, results: Results) -> None:
        super().__init__(results, "leadership")

    def is_free(self, column: str) -> bool:
        return False


def named(cells: list[tuple[int, ...]]) -> list[tuple[str, tuple[int, ...]]]:
    return [(f"row {n}", row) for n, row in enumerate(cells)]


@given(CELLS, st.integers(2, 8))
def test_nothing_that_a_reader_can_subtract_is_a_small_count(cells: list[tuple[int, ...]], k: int) -> None:
    """Each sum of shown rows, and what it leaves of the total, is nothing, at least k, or the total itself, in every column."""
    shown = suppression.merged(named(cells), k)
    totals = [sum(column) for column in zip(*cells, strict=True)]
    assert [sum(column) for column in zip(*(row for _, row in shown), strict=True)] == totals
    if len(shown) < 2:
        return
    rows = [row for _, row in shown]
    for some in chain.from_iterable(combinations(rows, n) for n in range(len(rows) + 1)):
        for column, total in enumerate(totals):
            summed = sum(row[column] for row in some)
            assert all(n == 0 or n >= k for n in (summed, total - summed)), (shown, some)


@given(CELLS, st.integers(2, 8))
def test_what_stands_together_is_more_than_one_and_fits_more_than_one_table(cells: list[tuple[int, ...]], k: int) -> None:
    """A hidden small count could be another: moved to another row that is hidden, nothing that is shown changes."""
    rows = named(cells)
    shown = dict(suppression.merged(rows, k))
    hidden = [row for name, row in rows if name not in shown]
    if OTHERS in shown:
        assert len(hidden) > 1
        assert all(n == 0 or n >= k for n in shown[OTHERS])
    for row in (row for name, row in rows if name in shown):
        assert not any(0 < n < k for n in row)


@given(CELLS)
def test_auditors_are_told_every_row(cells: list[tuple[int, ...]]) -> None:
    assert suppression.merged(named(cells), 0) == named(cells)


def test_what_is_whole_stands_alone_and_all_of_a_small_table_is_its_total() -> None:
    rows = [("a", (40, 6)), ("b", (30, 0)), ("c", (20, 2)), ("d", (50, 5))]
    assert suppression.merged(rows, 5) == [("d", (50, 5)), (OTHERS, (90, 8))]
    assert suppression.merged([("a", (3, 0)), ("b", (0, 1))], 5) == [(ALL, (3, 1))]
    assert suppression.merged([("a", (5, 0)), ("b", (0, 5))], 5) == [("a", (5, 0)), ("b", (0, 5))]


def shown_to_leadership(results: Results) -> dict[str, Chart | Html]:
    audit = Leader(results)
    dimensions = {"type": PROMISE, "channel": PROMISE, "country": PROMISE, "jurisdiction": LAW}
    dimensions |= {"recipient_id": "transfer_destination_matches_register", "destination_country": "transfer_has_valid_mechanism"}
    return {
        **{f"compare {d}": charts.compare(audit, p, d, d) for d, p in dimensions.items()},
        **{f"by {d}": tables.by_dimension(audit, p, d, d) for d, p in dimensions.items()},
        "flows": charts.transfer_flows(audit),
        "map": charts.world_map(audit),
        "destinations": tables.destinations(audit),
        "validity": charts.measure_validity(audit),
        "open": charts.open_by_age(audit, PROMISE),
    }


def test_recipients_are_compared_by_their_names_in_the_register(results: Results) -> None:
    compared = shown_to_leadership(results)["compare recipient_id"]
    assert isinstance(compared, Chart)
    names = {line.split("\t")[0] for line in compared.data.text.splitlines()[2:] if "\t" in line}
    assert names <= {*results.recipients().name, OTHERS}
    assert len(names) > 2


def test_a_table_of_nothing_but_its_total_is_left_out(results: Results) -> None:
    shown = charts.compare(Leader(results), "agreement_in_force_at_disclosure", "recipient_id", "Recipient")
    assert isinstance(shown, Html)
    assert not shown.text


def test_no_cell_of_a_breakdown_is_small(results: Results) -> None:
    for name, shown in shown_to_leadership(results).items():
        table = shown.data if isinstance(shown, Chart) else shown
        rows = [line.split("\t") for line in table.text.splitlines() if "\t" in line][1:]
        if [row[0] for row in rows] == [ALL]:
            continue
        cells = [cell for row in rows for cell in row[1:] if re.fullmatch(r"[\d,]+", cell)]
        assert not [cell for cell in cells if 0 < int(cell.replace(",", "")) < 5], (name, table.text)


def test_the_data_of_a_picture_holds_no_more_than_its_table(results: Results) -> None:
    """Sizes, hover texts, widths of flows: each count in it stands in the table as well."""
    shown = shown_to_leadership(results)
    for name in (*(name for name in shown if name.startswith("compare")), "map", "flows", "open"):
        chart = shown[name]
        if isinstance(chart, Html):
            continue
        held = counts_in(json.loads(chart.figure.to_json())["data"], name)
        rows = [line.split("\t") for line in chart.data.text.splitlines() if "\t" in line][1:]
        told = {int(cell.replace(",", "")) for row in rows for cell in row[1:] if re.fullmatch(r"[\d,]+", cell)}
        told |= {sum(int(c.replace(",", "")) for c in row[1:] if re.fullmatch(r"[\d,]+", c)) for row in rows}
        assert held <= told, (name, held - told)


def counts_in(data: list[dict[str, Any]], name: str) -> set[int]:
    """What a reader of the page's source would take for counts."""
    if name == "open":
        return {int(n) for trace in data for n in trace["y"]}
    if name == "flows":
        return {int(n) for trace in data for n in trace["link"]["value"]}
    texts = [text for trace in data for text in trace.get("text") or []]
    found = [re.findall(r"of ([\d,]+)$|disclosures ([\d,]+), unlawful ([\d,]+)", text) for text in texts]
    return {int(n.replace(",", "")) for each in found for groups in each for n in groups if n}


def test_dots_of_measures_have_one_size_and_no_count(results: Results) -> None:
    chart = charts.measure_validity(Leader(results))
    assert isinstance(chart, Chart)
    dots = chart.figure.data[-1]
    assert len(set(dots.marker.size)) <= 1
    assert set(dots.text) <= {"transfers"}
    frame = results.transfers_by_month()
    assert len(dots.x) <= int((frame.n >= 5).sum())


@pytest.mark.parametrize("verdict", ["violation", "indeterminate"])
def test_a_list_of_findings_names_no_type_that_could_be_counted(results: Results, verdict: str) -> None:
    promises = list(results.promises)
    shown = tables.violations if verdict == "violation" else tables.untold
    lines = shown(Leader(results), promises).text.splitlines()
    assert not [line for line in lines if line.startswith("Record\t") and ("Type" in line or "Country" in line)]
    assert any("Type" in line for line in shown(Reader(results), promises).text.splitlines() if line.startswith("Record\t"))
