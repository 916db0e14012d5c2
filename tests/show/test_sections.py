"""The page of a section: every clause and promise under it, how many are kept, the worst first, and a name that stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from audits.errors import Unusable
from audits.operate import log
from audits.publish import render
from audits.publish.page import pages
from audits.show import leadership, tables
from audits.show.reader import Reader
from audits.texts.section import page
from audits.workspace import Workspace, our_notebooks

from ..conftest import audited

TEXT = """
id = "{id}"
title = "{title}"
leadership.owners.rights = "Service"

[[promises]]
use = "request_handled_in_time"
days = {days}
proposed = true

[[promises]]
use = "own_deadline_kept"

[[clauses]]
id = "rights.in-time"
section = "{section}"
duty = "Requests are handled in time"
kind = "measured"
promises = ["request_handled_in_time"]
proposed = true

[[clauses]]
id = "about.words"
section = "About"
duty = "What the words mean"
kind = "notice"
"""
INFO = "exported_at,timezone\n2026-09-02T06:00:00Z,UTC\n"
REQUESTS = "request_id,type,requester_role,received_at,closed_at\n" + "".join(
    f"r{day},access,subscriber,2026-05-10T08:00:00Z,2026-06-{day}T08:00:00Z\n" for day in (10, 20, 29)
)


def written(folder: Path, name: str, section: str, days: int) -> Path:
    file = folder / f"{name}.toml"
    file.write_text(TEXT.format(id=name, title=f"{name}'s policy", section=section, days=days))
    return file


@pytest.fixture
def audit(tmp_path: Path) -> Reader:
    """Two policies; the second one's section differs in its case alone, and what it promises is kept."""
    return read(tmp_path, ("Your rights!", 35), ("YOUR RIGHTS", 50))


def test_that_a_clause_is_proposed_is_said_in_its_texts_language(tmp_path: Path) -> None:
    file = written(tmp_path, "north", "Ihre Rechte", 35)
    file.write_text(f'language = "de"\n{file.read_text()}')
    audit = Reader(audited(Workspace([file]), tmp_path, export_info=INFO, requests=REQUESTS))
    assert list(audit.results.clauses().duty) == ["Requests are handled in time (vorgeschlagen)", "What the words mean"]


NOT_YET = (
    'id = "{id}"\ntitle = "{id}"\n[[clauses]]\nid = "a.b"\nsection = "A"\nduty = "No duty was recognised"\nkind = "notice"\n'
)


@pytest.mark.parametrize(
    ("bare", "beside", "said"),
    [
        (["west"], [], "No clause of this text is measured yet."),
        (["west"], [("Rights", 35)], "No clause of west is measured yet."),
        (["west", "east"], [], "No clause of west is measured yet.\nNo clause of east is measured yet."),
        ([], [("Rights", 35)], "Every clause that can be measured was."),
    ],
)
def test_that_no_clause_is_measured_is_said(tmp_path: Path, bare: list[str], beside: list[tuple[str, int]], said: str) -> None:
    for name in bare:
        (tmp_path / f"{name}.toml").write_text(NOT_YET.format(id=name))
    files = [written(tmp_path, "north", *text) for text in beside] + [tmp_path / f"{name}.toml" for name in bare]
    audit = Reader(audited(Workspace(files), tmp_path, export_info=INFO, requests=REQUESTS))
    assert leadership.unmeasured(audit).text == said


def read(folder: Path, *texts: tuple[str, int]) -> Reader:
    workspace = Workspace([written(folder, name, *text) for name, text in zip(("north", "south"), texts, strict=True)])
    return Reader(audited(workspace, folder, export_info=INFO, requests=REQUESTS))


@pytest.mark.parametrize(
    ("section", "name"),
    [
        ("Your rights", "section-your-rights"),
        ("  Your RIGHTS: ", "section-your-rights"),
        ("Wie lange wir speichern & löschen", "section-wie-lange-wir-speichern-and-loschen"),
        ("Rights & duties", "section-rights-and-duties"),
        ("Rights duties", "section-rights-duties"),
        ("Größe", "section-grosse"),
        ("§ 4", "section-4"),
        ("../../etc/passwd", "section-etc-passwd"),
        ("x" * 300, "section-" + "x" * 60 + "-0d4e2ca9"),
    ],
)
def test_a_page_is_named_after_its_section(section: str, name: str) -> None:
    assert page(section) == name


def test_names_in_other_scripts_stay_apart() -> None:
    names = [page(section) for section in ("Ваши права", "Ваши данные", "あなたの権利", "…")]
    assert len({*names}) == 4
    assert all(name.isascii() and name.startswith("section-") for name in names)


def test_sections_of_one_name_of_several_texts_share_a_page(audit: Reader) -> None:
    first, under_none = audit.results.sections
    assert (first.name, first.page) == ("Your rights!", "section-your-rights")
    assert first.promises == ["north/request_handled_in_time", "south/request_handled_in_time"]
    assert under_none.name == "Under no clause"
    assert under_none.promises == ["north/own_deadline_kept", "south/own_deadline_kept"], "nothing is left out"


def test_a_section_is_found_as_it_is_written_as_its_page_and_as_the_first(audit: Reader) -> None:
    first = audit.results.sections[0].promises
    assert all(audit.section(name) == first for name in ("Your rights!", "your rights", "section-your-rights", None))
    with pytest.raises(Unusable, match=r"nothing is promised in the section 'Your right': did you mean Your rights!\?"):
        audit.section("Your right")


def test_the_answer_counts_promises_the_worst_first_with_owner_and_how_many(audit: Reader) -> None:
    shown = tables.answers(audit, audit.section("Your rights")).text.replace("\xa0", " ").splitlines()
    assert shown[1] == "In June 2026, 1 of 2 promises that could be judged were kept; 1 broken."
    title = "Requests to access, change or remove data are handled within {} days (proposed)"
    assert shown[5] == f"{title.format(35)}\t■ broken\t33.3 %, 1 of 3\t2\t0\t0 to 91 %\tService"
    assert f"{title.format(50)}\t• kept\t100.0 %, 3 of 3\t0\t0\tat least 29 %\tService" in shown


def test_clauses_stand_text_by_text_and_say_what_nobody_has_confirmed(audit: Reader) -> None:
    shown = tables.section(audit, "Your rights").text
    assert "Your rights!: north's policy" in shown
    assert "Your rights!: south's policy" in shown
    assert "Requests are handled in time (proposed)\t■ broken\t■ Requests handled within 35 days" in shown
    assert "What the words mean" not in shown
    assert "Requests are handled in time (proposed)" in tables.clauses(audit).text


def test_a_risk_leads_to_its_promise_on_the_page_of_its_section(audit: Reader) -> None:
    (risk,) = leadership.top_risks(audit)
    assert (risk.page, risk.section) == ("section-your-rights", "Your rights!")
    behind = tables.exceptions(audit, audit.section(risk.page)).html
    assert f'<h3 id="{risk.anchor}">' in behind
    assert "Violations: 2" in behind


def test_a_section_of_notices_has_no_page_and_that_is_told(audit: Reader, capsys: pytest.CaptureFixture[str]) -> None:
    log.start()
    made = pages([our_notebooks() / "section.ipynb", our_notebooks() / "coverage.ipynb"], audit.results)
    assert [each.name for each in made] == ["section-your-rights", "section-under-no-clause", "coverage"]
    assert "section: left out: nothing is promised in About" in capsys.readouterr().err
    assert made[0].parameters({"period": "2026-06"}) == {"period": "2026-06", "section": "Your rights!"}
    assert made[2].parameters({"period": "2026-06"}) == {"period": "2026-06"}


def test_a_heading_beneath_which_nothing_is_shown_is_left_out(audit: Reader) -> None:
    def shown(html: str) -> list[object]:
        return [new_output("display_data", data={"text/html": html, "text/plain": "x"})]

    cells = [
        new_markdown_cell("# A page\n\nWhat it shows."),
        new_markdown_cell("## Nothing\n\nIs said of it."),
        new_code_cell("a", outputs=shown(" \n")),
        new_markdown_cell("## Something"),
        new_code_cell("a", outputs=shown("")),
        new_code_cell("b", outputs=shown("<p>here</p>")),
        new_markdown_cell("## In words alone"),
    ]
    results = audit.results
    html = render.render(new_notebook(cells=cells), results.run, results.texts, "leadership", "section.ipynb", title="<Rights>")
    assert "<h1>&lt;Rights&gt;</h1>" in html
    assert "Nothing" not in html
    assert "Is said of it" not in html
    assert all(said in html for said in ("Something", "<p>here</p>", "In words alone"))
