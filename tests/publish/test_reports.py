"""The published pages: their figures are those of the results, and they are right in a real browser, offline."""

from __future__ import annotations

import base64
import gzip
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import duckdb
import pytest
from axe_playwright_python.sync_playwright import Axe
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from playwright.sync_api import Browser, Page, sync_playwright

from audits.errors import RunFailed, Unusable
from audits.evaluation.job import Job
from audits.evaluation.results import Results, rows_of
from audits.law.period import Period
from audits.operate import folders, ledger
from audits.publish import execute, index, pdf, place, render
from audits.publish.run import run
from audits.show import leadership, wording
from audits.show.chance import Due, differs
from audits.show.charts import PLOTLY
from audits.show.reader import Reader
from audits.texts import section
from audits.workspace import sample_folder

from .. import needs
from ..cli.test_cli import audits
from ..conftest import WORKSPACE, MakeDatabase, once

FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
PROMISE = "request_handled_in_time"
HOSTILE = '<img src=x onerror="window.hacked = 1"><script>window.hacked = 1</script>[a](javascript:window.hacked=1)&amp;</table>'
pytestmark = pytest.mark.slow


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample, published for leadership."""
    # Evidence lies beside the folder of reports, which is renamed with what holds both.
    made = once(tmp_path_factory, "published", lambda folder: run(WORKSPACE, Job(period="2026-10"), [], folder / "reports"))
    return made / "reports" / "2026-10"


def publish_hostile(folder: Path) -> None:
    path = folder / "<b>export.duckdb"
    with duckdb.connect(str(path)) as con:
        con.execute(
            "set timezone = 'UTC'; create table export_info as select timestamptz '2026-07-02 00:00:00+00' as exported_at, 'UTC' as timezone"
        )
        con.execute(
            """
            create table requests as
            select $1 || i as request_id, 'access' as type, 'DE' as country, $1 as channel, 'agent' as requester_role,
                   timestamptz '2026-05-10 10:00:00+00' as received_at, timestamptz '2026-06-20 10:00:00+00' as closed_at,
                   timestamptz '2026-06-20 10:00:00+00' as responded_at
            from range(3) as t (i)
            """,
            [HOSTILE],
        )
    run(WORKSPACE, Job(export=str(path), period="2026-06", audience="auditor"), [], folder / "reports")


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An export whose texts try to be markup, published for auditors."""
    return once(tmp_path_factory, "hostile", publish_hostile) / "evidence" / "2026-06" / "auditor"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = needs.program("chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS, timeout=0)
        yield chromium
        chromium.close()


@pytest.fixture(autouse=True)
def close_pages(request: pytest.FixtureRequest) -> Iterator[None]:
    """What a test opened in the browser is closed after it: pages with charts go on working."""
    yield
    if "browser" in request.fixturenames:
        for context in request.getfixturevalue("browser").contexts:
            context.close()


class Opened:
    """A page opened from disk, with what it asked for and complained of."""

    def __init__(self, page: Page, path: Path) -> None:
        self.page = page
        self.requests: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda r: self.requests.append(r.url))
        page.on("console", lambda m: self.complaints.append(m.text))
        page.on("pageerror", lambda e: self.complaints.append(str(e)))
        page.goto(path.as_uri())
        if page.query_selector("#plotly-packed"):
            page.wait_for_selector("html[data-charts=drawn]")


def opened(browser: Browser, path: Path, width: int = 1200, **options: Any) -> Opened:
    context = browser.new_context(viewport={"width": width, "height": 900}, offline=True, **options)
    context.set_default_timeout(0)  # a slow machine is no fault
    return Opened(context.new_page(), path)


NOTEBOOKS = [notebook.stem for notebook in WORKSPACE.published_notebooks([])]
SECTIONS = list(dict.fromkeys(section.page(c.section) for text in WORKSPACE.texts for c in text.clauses if c.promises))
REPORTS = [page for name in NOTEBOOKS for page in (SECTIONS if name == "section" else [name])]
each_report = pytest.mark.parametrize("name", REPORTS)


@each_report
@pytest.mark.parametrize(("width", "scheme"), [(1200, "light"), (360, "dark")])
def test_a_page_asks_no_host_complains_of_nothing_and_breaks_no_rule_of_axe(
    published: Path, browser: Browser, name: str, width: int, scheme: str
) -> None:
    path = published / f"{name}.html"
    seen = opened(browser, path, width, color_scheme=scheme)
    assert seen.requests == [path.as_uri()]
    assert seen.complaints == []
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
    assert broken_rules(seen.page, scheme) == []


@pytest.mark.parametrize(("name", "number"), [("request_sla", 7), ("transfers", 4)])
def test_charts_are_drawn(published: Path, browser: Browser, name: str, number: int) -> None:
    page = opened(browser, published / f"{name}.html").page
    figures = page.query_selector_all("figure.chart")
    assert len(figures) == number
    assert all(f.query_selector(".area svg .trace, .area svg .sankey") for f in figures)


@each_report
def test_the_answer_is_read_without_scripts(published: Path, browser: Browser, name: str) -> None:
    context = browser.new_context(java_script_enabled=False, offline=True)
    context.set_default_timeout(0)
    page = context.new_page()
    page.goto((published / f"{name}.html").as_uri())
    assert page.locator(".answer .sentence").first.is_visible()
    assert page.locator("figure.chart figcaption").count() == page.locator("figure.chart details table").count()


@pytest.mark.parametrize("name", ["request_sla", "transfers", "section-your-privacy-rights"])
def test_figures_of_the_page_are_those_of_the_results(published: Path, browser: Browser, name: str) -> None:
    results = Results.open(evidence_of(published) / "results.duckdb")
    page = opened(browser, published / f"{name}.html").page
    rows = {
        r.query_selector("th").text_content(): [c.text_content() for c in r.query_selector_all("td")]  # type: ignore[union-attr]
        for r in page.locator("table", has_text="in October 2026").locator("tbody tr").element_handles()
        if len(r.query_selector_all("td")) == 6
    }
    by_title = {c.title: c for c in results.promises.values()}
    assert rows
    for title, (status, kept, *counts, _, owner) in rows.items():
        c = by_title[title or ""]
        assert (status, owner) == (wording.STATUS[c.status], c.owner)
        assert counts == [f"{c.violation:,}", f"{c.indeterminate:,}"]
        shown = f"{wording.rate(c.rate_low, c.rate_high)}, {c.compliant:,} of {c.judged:,}"
        assert (kept or "").replace("\xa0", " ") == (shown if c.judged else "–")
    statuses = [by_title[title or ""].status for title in rows]
    judged = len([s for s in statuses if s in ("satisfied", "not_satisfied", "inconclusive")])
    said = page.locator(".answer .sentence").first.inner_text()
    assert said.startswith(f"In October 2026, {statuses.count('satisfied')} of {judged} promises that could be judged were kept")
    assert (f"; {statuses.count('not_satisfied')} broken" in said) == ("not_satisfied" in statuses)
    order = ["not_satisfied", "inconclusive", "satisfied", "no_population"]
    assert statuses == sorted(statuses, key=order.index), "the worst first"


def test_the_charts_data_is_that_of_the_results(published: Path) -> None:
    results = Results.open(evidence_of(published) / "results.duckdb")
    html = (published / "request_sla.html").read_text(encoding="utf-8")
    specs = [json.loads(s) for s in re.findall(r'<script type="application/json">(.*?)</script>', html)]
    drawn = next(trace for trace in specs[0]["data"] if trace.get("name") == "kept")
    expected = results.by_month(PROMISE)
    assert drawn["x"] == [wording.month(m) for m in expected.month]
    shown = drawn["y"] if isinstance(drawn["y"], list) else None
    if shown is None:  # plotly packs numbers
        import numpy as np

        shown = np.frombuffer(base64.b64decode(drawn["y"]["bdata"]), dtype="f8").tolist()
    assert shown == pytest.approx((expected.rate_low * 100).tolist())


# Every column that names a record or a person. Recipients are organisations, and leadership is told who they are.
IDENTIFIERS = {
    "accounts": ("account_id", "name"), "requests": ("request_id", "delivery_ref"), "disclosures": ("disclosure_id", "approval_ref"),
    "consents": ("consent_id", "proof_ref"), "messages": ("message_id",), "holdings": ("holding_id",), "breaches": ("breach_id",),
    "processing_activities": ("activity_id",), "subscriber_duties": ("evidence_ref",), "tracker_hits": ("account_id",),
}  # fmt: skip


def identifiers_in(html: str) -> set[str]:
    """Identifiers of the sample that stand in a page, packed charts included."""
    with duckdb.connect() as con:
        known = {
            str(v)
            for table, columns in IDENTIFIERS.items()
            for column in columns
            for (v,) in con.execute(
                f"select distinct {column} from read_csv('{sample_folder() / table}.csv', all_varchar = true)"
            ).fetchall()
            if v
        }
    # Charts unpacked; plotly itself, which names nobody, left out. nbconvert puts attributes in order of their names.
    html = re.sub(r'<script [^>]*id="plotly-packed".*?</script>', "", html, flags=re.DOTALL)
    for padding, packed in re.findall(r'<script data-padding="(\d)" type="text/plain">(.*?)</script>', html, flags=re.DOTALL):
        html += unpacked(packed, int(padding))
    html = re.sub(r'<script [^>]*type="text/plain".*?</script>', "", html, flags=re.DOTALL)
    html = re.sub(r'"bdata":"[^"]*"', "", html)  # numbers, as plotly packs them
    return known & {*re.findall(r"[\w-]+", html), *re.findall(r"[A-Z][a-z]+ \d+", html)}


def unpacked(packed: str, padding: int) -> str:
    raw = base64.b85decode(packed.translate(str.maketrans(",.:", "&<>")))
    return gzip.decompress(raw[: len(raw) - padding]).decode()


def test_leaderships_pages_name_no_record_and_no_person(published: Path) -> None:
    pages = [*published.glob("*.html"), published.parent / "index.html"]
    assert len(pages) == len(REPORTS) + 1
    assert {p.name: found for p in pages if (found := identifiers_in(p.read_text(encoding="utf-8")))} == {}


def test_the_scan_finds_a_canary_wherever_it_sits(published: Path) -> None:
    page = (published / "transfers.html").read_text(encoding="utf-8")
    packed, padding = render._pack('{"text": "A00000001"}')
    for canary in (
        "<p>R00000001</p>", "Company 1 ", '<img alt="D00000002 ">', f'<script data-padding="{padding}" type="text/plain">{packed}</script>',
    ):  # fmt: skip
        assert identifiers_in(page + canary), canary


@pytest.mark.usefixtures("without_self_test")
def test_a_page_for_auditors_does_name_records(tmp_path: Path) -> None:
    run(WORKSPACE, Job(period="2026-10", audience="auditor"), ["section"], tmp_path)
    pages = place.of(tmp_path, "2026-10").pages_for("auditor")
    assert {f.stem for f in pages.glob("*.html")} == {*SECTIONS}
    assert identifiers_in((pages / "section-your-privacy-rights.html").read_text(encoding="utf-8"))


def test_auditors_see_record_keys(hostile: Path) -> None:
    assert "onerror" in (hostile / "request_sla.html").read_text(encoding="utf-8")


@each_report
def test_text_of_the_data_is_text_everywhere(hostile: Path, browser: Browser, name: str) -> None:
    seen = opened(browser, hostile / f"{name}.html")
    assert seen.page.evaluate("window.hacked") is None
    assert seen.complaints == []
    assert len(seen.requests) == 1
    assert not seen.page.query_selector("main img:not([src^='data:image/svg+xml;base64,']), main a[href^=javascript]")
    if name == "request_sla":
        assert HOSTILE in seen.page.inner_text("main")


def test_only_the_pages_own_scripts_may_run(published: Path, browser: Browser) -> None:
    seen = opened(browser, published / "request_sla.html")
    seen.page.evaluate("const s = document.createElement('script'); s.textContent = 'window.hacked = 1'; document.body.append(s)")
    assert seen.page.evaluate("window.hacked") is None
    assert any("Content Security Policy" in c for c in seen.complaints)


@each_report
def test_headings_are_in_order_and_the_contents_lead_to_them(published: Path, browser: Browser, name: str) -> None:
    page = opened(browser, published / f"{name}.html").page
    levels = [int(h.evaluate("e => e.tagName[1]")) for h in page.query_selector_all("h1, h2, h3")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    links = page.query_selector_all("nav.contents a")
    assert links or name == "executive"
    assert all(page.query_selector(link.get_attribute("href") or "") for link in links)


@each_report
def test_every_page_leads_to_the_others_and_to_all_periods(published: Path, browser: Browser, name: str) -> None:
    page = opened(browser, published / f"{name}.html").page
    for nav in ("nav.desk", ".menu nav"):
        ways = {link.get_attribute("href"): link.text_content() for link in page.query_selector_all(f"{nav} a")}
        assert set(ways) == {f"{report}.html" for report in REPORTS}
        assert ways["executive.html"] == "Summary"
        assert ways["section-your-privacy-rights.html"] == "Your privacy rights"
        (here,) = page.query_selector_all(f"{nav} a[aria-current=page]")
        assert here.get_attribute("href") == f"{name}.html"
    assert [link.get_attribute("href") for link in page.query_selector_all(".top p a")] == ["../index.html"], "no period before"
    assert page.locator("nav.desk").is_visible()
    phone = opened(browser, published / f"{name}.html", 390).page
    assert not phone.locator("nav.desk").is_visible()
    phone.click(".menu summary")
    assert phone.locator(".menu a").first.is_visible()


def test_two_runs_give_the_same_bytes(published: Path, tmp_path: Path) -> None:
    run(WORKSPACE, Job(period="2026-10"), [], tmp_path)
    for name in REPORTS:
        assert (tmp_path / "2026-10" / f"{name}.html").read_bytes() == (published / f"{name}.html").read_bytes()


def test_pages_are_small(published: Path) -> None:
    sizes = {name: (published / f"{name}.html").stat().st_size for name in REPORTS}
    assert sizes["executive"] < 120_000
    assert {name: size for name, size in sizes.items() if size >= 2_000_000} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_index_breaks_no_rule_of_axe(published: Path, browser: Browser, scheme: str) -> None:
    assert broken_rules(opened(browser, published.parent / "index.html", color_scheme=scheme).page, scheme) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["index", "2026-09-failed"])
def test_the_pages_of_a_failure_break_no_rule_of_axe(tmp_path: Path, browser: Browser, name: str, scheme: str) -> None:
    ledger.fail(tmp_path, ledger.begin(tmp_path, Period.parse("2026-09")), "coverage.ipynb: cell 3: ValueError")
    index.write(tmp_path, WORKSPACE.texts)
    assert broken_rules(opened(browser, tmp_path / f"{name}.html", color_scheme=scheme).page, scheme) == []


def broken_rules(page: Page, scheme: str) -> list[tuple[str, str]]:
    # In the dark nothing is otherwise but colours.
    rules = ["cat.color"] if scheme == "dark" else ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    violations = Axe().run(page, options={"runOnly": rules}).response["violations"]
    return [(v["id"], v["nodes"][0]["html"][:200]) for v in violations]


def test_the_index_leads_to_every_page(published: Path, browser: Browser) -> None:
    page = opened(browser, published.parent / "index.html").page
    links = [link.get_attribute("href") for link in page.query_selector_all(".pages a")]
    sections = [f"2026-10/{name}.html" for name in SECTIONS]
    assert links[0] == "2026-10/executive.html"
    assert links[-len(sections) :] == sections, "sections as in the text"
    assert set(links) == {f"2026-10/{name}.html" for name in REPORTS}
    assert page.locator(".calendar tbody tr").count() == 1
    assert page.get_attribute(".calendar a", "href") == "#2026-10"
    results = Results.open(evidence_of(published) / "results.duckdb")
    page.click("text=Summary")
    assert page.inner_text("h1") == "Does the company keep its privacy promises?"
    assert page.inner_text(".answer .sentence").rstrip(".") in leadership.summary(audit_of(results)).text


def test_risks_lead_to_their_evidence_in_two_clicks(published: Path, browser: Browser) -> None:
    page = opened(browser, published / "executive.html").page
    found = leadership.top_risks(audit_of(Results.open(evidence_of(published) / "results.duckdb")))
    links = page.query_selector_all(".risks a")
    assert [link.get_attribute("href") for link in links] == [f"{r.page}.html#{r.anchor}" for r in found]
    for risk in found:
        target = opened(browser, published / f"{risk.page}.html").page
        assert target.query_selector(f"#{risk.anchor}")
        assert risk.title in target.inner_text("main")


def evidence_of(period: Path) -> Path:
    return folders.evidence(period.parent) / period.name


def audit_of(results: Results, audience: Any = "leadership") -> Reader:
    return Reader(results, audience)


def test_every_number_of_the_executive_page_is_the_results(published: Path, browser: Browser) -> None:
    results = Results.open(evidence_of(published) / "results.duckdb")
    page = opened(browser, published / "executive.html").page
    history = results.clause_history()
    own = history[history.kind.isin(["measured", "in_part", "attested"])]
    n = {(step, status): int(((own.step == step) & (own.status == status)).sum()) for step in (0, 1) for status in wording.STATUS}
    judged = n[0, "satisfied"] + n[0, "not_satisfied"] + n[0, "inconclusive"]
    more = n[0, "not_satisfied"] - n[1, "not_satisfied"]
    words = f"{abs(more)} {'more' if more > 0 else 'fewer'} than" if more else "as many as"
    sentence = f"{n[0, 'satisfied']} of {judged} clauses that could be judged were kept in October 2026."
    assert page.inner_text(".answer .sentence") == sentence
    assert page.locator(".answer .tally .s").all_inner_texts() == [
        f"{n[0, 'not_satisfied']} broken, {words} in September 2026",
        f"{n[0, 'inconclusive']} cannot be told",
        f"{n[0, 'satisfied']} kept",
    ]
    for card, promise in zip(page.query_selector_all(".headlines li"), WORKSPACE.texts[0].leadership.headlines, strict=True):
        c = results.promise(promise)
        assert card.query_selector(".value").inner_text() == wording.rate(c.rate_low, c.rate_high)  # type: ignore[union-attr]
        assert card.query_selector("h3").inner_text() == c.short  # type: ignore[union-attr]
        assert f"{c.compliant:,} of {c.judged:,} kept" in card.inner_text()
        now, before = [Due(r.due_compliant, r.due_violation, r.due_indeterminate) for r in rows_of(results.history(promise))][:2]
        assert ("by more than chance" in card.inner_text()) == bool(now.n and before.n and differs(before, now))
        picture = card.query_selector("svg.wide")
        assert picture
        assert wording.rate(c.rate_low, c.rate_high) in (picture.get_attribute("aria-label") or "")


def test_what_changed_on_the_executive_page_adds_up(published: Path, browser: Browser) -> None:
    results = Results.open(evidence_of(published) / "results.duckdb")
    page = opened(browser, published / "executive.html").page
    page.evaluate("document.querySelectorAll('main details').forEach(d => { d.open = true })")
    changed = page.locator("table", has_text="What changed").locator("tbody tr").all_inner_texts()
    titles = {c.title: c for c in results.promises.values()}
    for row in changed:
        title, new, older, made_good, undated = row.split("\t")
        c = titles[title]
        assert int(new) + int(older) + int(undated) == c.violation
        assert int(older) <= c.carried
        assert int(made_good) == c.resolved
    assert len(changed) == sum(1 for c in titles.values() if c.violation or c.resolved)
    rows = page.locator("table", has_text="Broken promises").locator("tbody th").all_inner_texts()
    assert sorted(rows) == sorted(c.short for c in titles.values() if c.status == "not_satisfied")


def test_the_map_has_a_row_a_promise_and_a_tile_a_month(published: Path, browser: Browser) -> None:
    results = Results.open(evidence_of(published) / "results.duckdb")
    page = opened(browser, published / "executive.html").page
    history = results.standings()
    drawn = {
        kind: "".join(p.get_attribute("d") or "" for p in page.query_selector_all(f".map .t-{kind}"))
        for kind in ("broken", "untold", "unjudged", "kept", "throughout")
    }
    tiles = {kind: path.count("M") for kind, path in drawn.items()}
    status = history.status.value_counts().to_dict()
    assert tiles["broken"] == status["not_satisfied"]
    assert tiles["untold"] == status["inconclusive"]
    assert tiles["kept"] + tiles["throughout"] == status["satisfied"]
    assert tiles["unjudged"] == status.get("not_assessed", 0)
    named = page.locator(".map .r.now span").all_inner_texts()
    assert sorted(named) == sorted(c.short for c in results.promises.values() if c.status == "not_satisfied")
    heard = [row.get_attribute("aria-label") or "" for row in page.query_selector_all(".map .r.now svg")]
    assert all(re.search(r"broken in [^;]*October 2026(;|$)", said) for said in heard), "who sees no picture hears it"
    assert page.inner_text("main").count("kept throughout") == page.locator(".map .t-throughout").count()


@pytest.mark.parametrize(("width", "height", "screens"), [(1280, 900, 3), (390, 900, 6)])
def test_leaderships_page_is_short_and_runs_no_script(
    published: Path, browser: Browser, width: int, height: int, screens: int
) -> None:
    page = opened(browser, published / "executive.html", width).page
    assert page.evaluate("document.documentElement.scrollHeight") <= screens * height
    assert not page.query_selector("script")


def test_the_answer_is_on_the_first_screen_of_a_phone(published: Path, browser: Browser) -> None:
    page = opened(browser, published / "executive.html", 390).page
    for selector in (".answer .sentence", ".answer .decision"):
        box = page.locator(selector).bounding_box()
        assert box
        assert box["y"] + box["height"] < 844


@pytest.mark.parametrize("name", ["executive", "transfers"])
def test_a_page_prints_whole(published: Path, tmp_path: Path, name: str) -> None:
    copy = Path(shutil.copy(published / f"{name}.html", tmp_path))
    printed = pdf.write(copy, needs.program("chromium"))
    assert printed.read_bytes().startswith(b"%PDF-")
    assert printed.stat().st_size > 50_000


@pytest.mark.usefixtures("without_self_test")
def test_without_a_chromium_it_is_said_and_the_pages_stand(
    database: MakeDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("audits.publish.pdf.browser", lambda: None)
    out = tmp_path / "r"
    result = audits("run", "--export", database(), "--period", "2026-06", "--out", out, "--notebook", "data_quality", "--pdf")
    assert result.exit_code == 0
    assert "no PDF: no Chromium is found" in result.stderr
    assert (out / "2026-06" / "data_quality.html").exists()


def test_evidence_is_its_owners_alone(published: Path) -> None:
    evidence = evidence_of(published)
    assert {f.name for f in evidence.iterdir()} == {"results.duckdb", "manifest.json", *(f"{name}.ipynb" for name in REPORTS)}
    assert {p.stat().st_mode & 0o077 for p in (evidence, *evidence.iterdir())} == {0}


PUBLISHED = ["2026-06", "index.html"]


def names(folder: Path) -> list[str]:
    return sorted(f.name for f in folder.iterdir())


def test_run_prints_the_paths_of_its_pages(database: MakeDatabase, tmp_path: Path) -> None:
    result = audits(
        *("run", "--export", database(), "--period", "2026-06", "--out", tmp_path / "r", "--notebook", "data_quality"),
        *("--fail-on", "not_satisfied"),
    )
    assert result.exit_code == 1
    assert result.stdout == f"{tmp_path / 'r' / '2026-06' / 'data_quality.html'}\n{tmp_path / 'r' / 'index.html'}\n"
    assert names(tmp_path / "r") == PUBLISHED


def test_a_run_says_its_own_lines_and_no_others(database: MakeDatabase, tmp_path: Path) -> None:
    chosen = ("--export", str(database()), "--period", "2026-06", "--notebook", "data_quality", "--notebook", "retention")
    command = [sys.executable, "-m", "audits", "run", "--out", str(tmp_path / "r"), *chosen]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stderr.splitlines()
    assert said[0] == f"{len(WORKSPACE.promises)} promises evaluated for 2026-06 on export.duckdb"
    assert sorted(said[1:]) == ["data_quality: done", "retention: done"]


@pytest.mark.usefixtures("without_self_test")
def test_a_second_run_replaces_the_first(database: MakeDatabase, tmp_path: Path) -> None:
    export = database()
    for _ in range(2):
        ran = audits("run", "--export", export, "--period", "2026-06", "--out", tmp_path / "r", "--notebook", "data_quality")
        assert ran.exit_code == 0
    assert names(tmp_path / "r") == PUBLISHED


def test_a_folder_that_cannot_be_written_to_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    result = audits("run", "--out", tmp_path / "file")
    assert result.exit_code == 2
    assert "cannot be written to" in result.stderr


def notebook(tmp_path: Path, code: str) -> Path:
    import nbformat

    cells = [
        new_markdown_cell("# A page"),
        new_code_cell("a = 1", metadata={"tags": ["parameters"]}),
        new_code_cell(code),
    ]
    path = tmp_path / "page.ipynb"
    nbformat.write(
        new_notebook(
            cells=cells,
            metadata={"kernelspec": {"name": "python3", "display_name": "x", "language": "python"}},
        ),
        path,
    )
    return path


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("1 / 0", "ZeroDivisionError (its words, which may quote the data, stand in the notebook)"),
        ("audit", "NameError: name 'audit' is not defined"),
    ],
)
def test_a_cell_that_fails_is_named_in_one_line(tmp_path: Path, code: str, says: str) -> None:
    with pytest.raises(RunFailed, match=re.escape(f"notebook page.ipynb: cell 2: {says}")):
        execute.execute(notebook(tmp_path, code), tmp_path / "out.ipynb", {})


def test_an_unknown_parameter_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Unusable, match="has no parameter b; it has: a"):
        execute.execute(notebook(tmp_path, "1"), tmp_path / "out.ipynb", {"b": 1})


def test_a_chart_cannot_end_the_script_it_stands_in(results: Results) -> None:
    output = new_output(
        "display_data",
        data={PLOTLY: {"data": [], "layout": {"title": "</script><b>"}}, "text/html": "", "text/plain": "x"},
    )
    page = new_notebook(cells=[new_markdown_cell("# A page"), new_code_cell("x", outputs=[output])])
    html = render.render(page, results.run, results.texts, "leadership", "page.ipynb")
    assert "</script><b>" not in html
