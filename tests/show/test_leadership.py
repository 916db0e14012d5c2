"""What leadership reads: periods that agree with each other, waivers that are never hidden, counts that cannot be had by subtraction."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits import Audit
from audits.errors import Unusable
from audits.evaluation.results import Results, rows_of
from audits.law.period import Period
from audits.operate import ledger, store
from audits.publish import index
from audits.show import leadership, sentence, span, sparkline, suppression

from ..conftest import WORKSPACE, MakeDatabase, judged, opened

PROMISE = "request_handled_in_time"


def audit_of(results: Results, audience: Any = "leadership") -> Audit:
    audit = Audit.__new__(Audit)
    audit.audience, audit.results, audit.least = audience, results, 5 if audience == "leadership" else 0
    audit.workspace = WORKSPACE
    return audit


@pytest.mark.slow
def test_a_period_before_is_what_its_own_page_says() -> None:
    found = []
    for period, step in (("2026-10", 1), ("2026-09", 0)):
        with opened("sample") as export:
            judged(export, Period.parse(period))
            rows = export.con.execute(
                "select clause_id, status from results.clause_history where step = ? order by all", [step]
            ).fetchall()
            counts = export.con.execute(
                "select promise_id, compliant, violation, pending, indeterminate, status from results.history where step = ? order by all",
                [step],
            ).fetchall()
            found.append((rows, counts))
    assert found[0] == found[1]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026-10", ("2026-10-01", "2026-11-01"), ("2025-11-01", "2025-12-01")),
        ("2026-Q1", ("2026-01-01", "2026-04-01"), ("2023-04-01", "2023-07-01")),
        ("2026", ("2026-01-01", "2027-01-01"), ("2015-01-01", "2016-01-01")),
        ("2026-W44", ("2026-10-26", "2026-11-02"), ("2026-08-10", "2026-08-17")),
        ("2026-W01", ("2025-12-29", "2026-01-05"), ("2025-10-13", "2025-10-20")),
        ("2026-01-15..2026-01-24", ("2026-01-15", "2026-01-25"), ("2025-09-27", "2025-10-07")),
    ],
)
def test_twelve_periods_of_the_same_length(text: str, first: tuple[str, str], last: tuple[str, str]) -> None:
    steps = [(str(a), str(b)) for a, b in Period.parse(text).history()]
    assert (len(steps), steps[0], steps[-1]) == (12, first, last)


WAIVERS = """
create table waivers as select * from (values
    ('request_handled_in_time', 'r2', 'head of support', 'the DPO', 'agreed with the person',
     timestamptz '2026-06-01 00:00:00+00', timestamptz '{until}'),
    ('request_handled_in_time', 'r1', 'head of support', 'the DPO', 'kept anyway',
     timestamptz '2026-06-01 00:00:00+00', timestamptz '2026-12-31 00:00:00+00'),
    ('request_handled_in_time', 'r3', null, 'the DPO', 'kept anyway', timestamptz '2026-06-01 00:00:00+00', null),
    ('no_such_control', 'r1', 'nobody', 'the DPO', 'none', timestamptz '2026-06-01 00:00:00+00', null)
) as t (control_id, record_id, owner, approver, reason, granted_at, expires_at);
"""


def test_a_waiver_excuses_the_status_and_not_the_rate(database: MakeDatabase) -> None:
    with opened(database(WAIVERS.format(until="2026-12-31 00:00:00+00"))) as export:
        judged(export, Period.parse("2026-06"))
        results = Results.of(export)
        control = results.promise(PROMISE)
        assert (control.status, control.violation, control.waived) == ("satisfied", 1, 1)
        assert control.rate_high is not None
        assert control.rate_high < 1
        assert "(1 of them accepted for now)" in sentence.answer(control, results.run)
        assert {r.record_id: r.state for r in rows_of(results.waivers()) if r.promise_id == f"jivochat/{PROMISE}"} == {
            "r1": "unused",
            "r2": "active",
            "r3": "incomplete",
        }
        shown = leadership.waivers(audit_of(results)).text
        assert "excuses nothing: without an owner and an end" in shown
        assert "agreed with the person" not in shown
        assert "r2" not in shown
        assert "agreed with the person" in leadership.waivers(audit_of(results, "auditor")).text


def test_an_expired_waiver_counts_as_a_violation_again_and_says_so(database: MakeDatabase) -> None:
    with opened(database(WAIVERS.format(until="2026-07-01 00:00:00+00"))) as export:
        judged(export, Period.parse("2026-06"))
        results = Results.of(export)
        assert (results.promise(PROMISE).status, results.promise(PROMISE).waived) == ("not_satisfied", 0)
        assert "expired: it counts as a violation again" in leadership.waivers(audit_of(results)).text
        assert "names no promise" in leadership.waivers(audit_of(results)).text


def test_what_was_made_good_in_the_period_is_told(database: MakeDatabase) -> None:
    with opened(database("update requests set closed_at = '2026-07-01 12:00:00+00' where request_id = 'r2';")) as export:
        judged(export, Period.parse("2026-07"))
        assert Results.of(export).promise(PROMISE).resolved == 1
        assert Results.of(export).promise(PROMISE).violation == 0


@given(st.integers(0, 10_000), st.integers(2, 20))
def test_a_count_below_k_is_never_told(n: int, k: int) -> None:
    shown = suppression.blurred(n, k)
    low, high = suppression.fits(n, k)
    assert low <= n <= high
    if 0 < n < k:
        assert shown == f"under {k}"
    elif n:
        assert int(shown.removeprefix("~").replace(",", "")) % k == 0
    assert all(suppression.blurred(m, k) == shown for m in range(low, high + 1))


@given(st.lists(st.integers(0, 30), min_size=2, max_size=5), st.integers(3, 7))
def test_no_small_count_can_be_had_by_subtraction(counts: list[int], k: int) -> None:
    """Against every way to fill in what is shown, tried out: none of the small counts is the same in all that add up to the total."""
    shown, total = suppression.told(counts, k), sum(counts)
    options = [
        range(total + 1) if s == suppression.HIDDEN else [m for m in range(total + 1) if suppression.blurred(m, k) == s]
        for s in shown
    ]
    for i, n in enumerate(counts):
        if 0 < n < k and sum(1 for c in counts if c) > 1:
            sums = {0}
            for j, values in enumerate(options):
                if j != i:
                    sums = {t + v for t in sums for v in values if t + v <= total}
            assert len({total - t for t in sums} & set(options[i])) > 1, (shown, i)


def test_the_map_tells_kept_from_what_never_fell_due(database: MakeDatabase) -> None:
    with opened(database()) as export:
        judged(export, Period.parse("2026-06"))
        shown = leadership.heat_map(audit_of(Results.of(export)))
    assert "kept throughout" in shown.html
    assert "under which nothing fell due" in shown.html, "what never fell due was not kept"
    assert "–" in shown.text, "what is not assessed has a row of its own"


@pytest.mark.parametrize(
    ("first", "last", "letter", "named"),
    [
        ("2026-10-01", "2026-10-31", "O", "in October 2026"),
        ("2026-07-01", "2026-09-30", "3", "from July 2026 to September 2026"),
        ("2026-01-01", "2026-12-31", "26", "in 2026"),
        ("2026-10-26", "2026-11-01", "44", "from 26 October 2026 to 1 November 2026"),
        ("2026-01-15", "2026-01-24", "", "from 15 January 2026 to 24 January 2026"),
    ],
)
def test_a_period_in_words_and_as_the_head_of_a_column(first: str, last: str, letter: str, named: str) -> None:
    days = date.fromisoformat(first), date.fromisoformat(last)
    assert (span.letter(*days), span.within(*days)) == (letter, named)


def test_pictures_of_rates_share_one_scale() -> None:
    def history(*rates: float | None) -> pd.DataFrame:
        rows = [{"step": step, "rate_low": rate, "rate_high": rate} for step, rate in enumerate(rates)]
        return pd.DataFrame(rows).astype({"rate_low": "float64", "rate_high": "float64"})

    assert sparkline.floor([history(1.0, 0.97), history(0.9)]) == 0.8
    assert sparkline.floor([history(1.0), history(0.7, 0.65)]) == 0.6
    assert sparkline.floor([history(0.7)]) == 0.7
    assert sparkline.floor([]) == 0.8
    drawn = sparkline.sparkline(history(1.0, None, 0.9), 0.8, 1.0, "<Kept>")
    line = re.findall(r'class="line"[^>]* d="([^"]*)"', drawn)
    assert [path.count("M") for path in line] == [2, 2], "no line is drawn over what is not known"
    assert 'aria-label="&lt;Kept&gt;"' in drawn


def test_the_index_holds_each_period_once_the_latest_first(tmp_path: Any, results: Results) -> None:
    for pages in (["executive"], ["executive", "transfers", "section-your-rights"]):
        run = ledger.begin(tmp_path, Period.parse("2026-10"))
        ledger.place(tmp_path, run, results, {"audience": "leadership", "notebooks": pages}, f"sha of {run}", None)
        ledger.placed(tmp_path, run)
    (standing,) = ledger.standing(tmp_path)
    assert (standing.run, standing.period, standing.pages) == (2, "2026-10", ["executive", "transfers", "section-your-rights"])
    html = index.write(tmp_path, WORKSPACE.texts).read_text(encoding="utf-8")
    assert html.count("<section") == 1
    assert f"{standing.kept} of {standing.kept + standing.broken + standing.untold} clauses" in html
    assert "(UTC+01:00)" in html
    assert '<a href="2026-10/section-your-rights.html">Your rights</a>' in html


def test_a_ledger_that_is_none_is_said(tmp_path: Any) -> None:
    store.file_of(tmp_path).parent.mkdir()
    store.file_of(tmp_path).write_text("no database")
    with pytest.raises(Unusable, match=r"ledger\.sqlite: is no ledger of runs"):
        ledger.begin(tmp_path, Period.parse("2026-10"))


def test_kept_is_not_said_over_a_few_of_many_clauses(database: MakeDatabase, tmp_path: Any) -> None:
    with opened(database("update requests set closed_at = received_at, responded_at = received_at;")) as export:
        judged(export, Period.parse("2026-06"))
        results = Results.of(export)
        said = leadership.summary(audit_of(results)).text
        counts = ledger.counts(results)
        assert (counts["broken"], counts["unjudged"] > counts["kept"]) == (0, True)
        assert "□ too little could be judged" in said
        assert f"; {counts['unjudged']} more clauses could not be judged for want of records." in said
        assert "Decision needed: have what is missing exported" in said
        ledger.place(
            tmp_path, ledger.begin(tmp_path, None), results, {"audience": "leadership", "notebooks": ["executive"]}, "sha", None
        )
    ledger.placed(tmp_path, 1)
    html = index.write(tmp_path, WORKSPACE.texts).read_text(encoding="utf-8")
    assert "□ too little could be judged" in html
    assert f"{counts['unjudged']} more clauses could not be judged" in html
