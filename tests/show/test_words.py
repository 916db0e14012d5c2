"""Every sentence of every page: what readers may not meet, in English and in German; and the catalogs are whole."""

from __future__ import annotations

import ast
import csv
import json
import re
import warnings
from collections.abc import Callable, Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import duckdb
import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from nbformat import NotebookNode
from nbformat.v4 import new_output

from audits import words
from audits.contract import schema
from audits.controls.control import Words
from audits.controls.promise import NAMED, bare
from audits.errors import Unusable
from audits.evaluation.job import Job, evaluated
from audits.evaluation.results import Results
from audits.publish import navigation, render
from audits.show import retold, tables, wording
from audits.texts import library
from audits.workspace import Workspace
from docs import words as gathering

from ..conftest import SMALL, WORKSPACE, once

LANGUAGES = sorted(words.LANGUAGES.keys() - {words.OWN})
PLACE = re.compile(r"\{(\w+)\}")


# Catalogs


def catalog(language: str) -> dict[str, list[str]]:
    """Translations by message; of a plural each form."""
    with (words.FOLDER / language / "LC_MESSAGES" / "audits.po").open("rb") as file:
        found = read_po(file, locale=language)
    assert not [m.id for m in found if m.fuzzy and m.id], "a guess is no translation"
    return {
        m.id if isinstance(m.id, str) else m.id[0]: [m.string] if isinstance(m.string, str) else list(m.string)
        for m in found
        if m.id
    }


@cache
def gathered() -> list[Message]:
    return [message for message in gathering.messages() if message.id]


def forms(message: str | tuple[str, ...]) -> list[str]:
    return [message] if isinstance(message, str) else list(message)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalog_has_every_message_and_no_other(language: str) -> None:
    wanted = {forms(m.id)[0] for m in gathered()}
    known = catalog(language)
    assert sorted(wanted - known.keys()) == [], "new: python -m docs.words, and say them"
    assert sorted(known.keys() - wanted) == [], "gone: python -m docs.words"
    assert [m for m, said in known.items() if not all(said)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_places_of_its_message(language: str) -> None:
    known = catalog(language)
    for message in gathered():
        wanted = [set(PLACE.findall(form)) for form in forms(message.id)]
        assert [set(PLACE.findall(said)) for said in known[forms(message.id)[0]]] == wanted, message.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_begins_and_ends_as_its_message_does(language: str) -> None:
    """Sentences are put together: a blank, a full stop, a mark that is lost, or a capital where none is, would be seen."""
    for message, said in catalog(language).items():
        for each in said:
            assert (message[:1] == " ", message[-1:] in ".:", message[:1] in "✓✗■□•–…○⚠") == (
                each[:1] == " ", each[-1:] in ".:", each[:1] in "✓✗■□•–…○⚠",
            ), message  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalog_is_written_as_it_would_be_written_now(language: str) -> None:
    file = words.FOLDER / language / "LC_MESSAGES" / "audits.po"
    assert file.read_bytes() == gathering.updated(language)


def test_every_message_that_is_said_is_gathered() -> None:
    """Babel sees no message within another text, such as f"{say('…')}"."""
    known = {form for m in gathered() for form in forms(m.id)}
    for file in sorted((gathering.ROOT / "audits").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("say", "mark", "plural"):
                said = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
                assert [text for text in said if text not in known] == [], file.name


def test_what_is_said_of_one_is_looked_up_by_both_forms() -> None:
    """A message stands once: as one, or as a plural; a catalog keeps them by the first form."""
    single = {m.id for m in gathered() if isinstance(m.id, str)}
    assert [m.id for m in gathered() if not isinstance(m.id, str) and m.id[0] in single] == []


# Numbers, days, languages


def test_numbers_and_days_follow_the_language() -> None:
    with words.speaking("de"):
        assert (words.number(1234567), wording.percent(0.9745), wording.rate(0.5, 0.75)) == (
            "1.234.567",
            "97,5 %",
            "50,0 bis 75,0 %",
        )
        assert wording.country("DE") == "Deutschland"
        assert words.plural("{n} day", "{n} days", 1) == "1 Tag"
    assert (words.number(1234567), wording.rate(0.5, 0.75), wording.country("DE")) == ("1,234,567", "50.0 to 75.0 %", "Germany")


def test_a_language_ends_with_its_run() -> None:
    assert words.spoken() == "en"
    with words.speaking("de"):
        with words.speaking("xx"):
            assert words.spoken() == "en"
        assert words.spoken() == "de"
    assert words.spoken() == "en"


def test_a_kernel_is_told_the_language(monkeypatch: pytest.MonkeyPatch) -> None:
    with Workspace(language="de").told():
        import os

        assert os.environ[words.VARIABLE] == "de"
    monkeypatch.setenv(words.VARIABLE, "de")
    assert words.spoken() == "de"
    with words.speaking("en"):
        assert words.spoken() == "en"


def test_a_text_says_in_which_language_its_pages_are(tmp_path: Path) -> None:
    file = tmp_path / "policy.toml"
    file.write_text('id = "nord"\ntitle = "Datenschutzerklärung"\nlanguage = "de"\n', encoding="utf-8")
    assert Workspace([file]).language == "de"
    assert Workspace([file], language="en").language == "en"
    file.write_text('id = "nord"\ntitle = "Politique"\nlanguage = "fr"\n', encoding="utf-8")
    with pytest.raises(Unusable, match=r"language: pages are made in en and de, not in 'fr': write one of them$"):
        assert Workspace([file]).language


# What a control says in another language


def test_a_promise_is_said_in_the_language_of_its_control(results: Results) -> None:
    name = "jivochat/request_handled_in_time"
    english = results.promises[name]
    with words.speaking("de"):
        german = results.promises[name]
    assert english.title == "Requests to access, change or remove data are handled within 30 days"
    assert german.title == "Anfragen auf Auskunft, Änderung oder Löschung werden binnen 30 Tagen erledigt"
    assert (german.short, german.reason_texts["late"]) == ("Anfragen binnen 30 Tagen erledigt", "nach dem letzten Tag erledigt")
    assert german.reason_texts.keys() == english.reason_texts.keys()
    assert (german.violation, german.parameters) == (english.violation, english.parameters)
    assert results.promises[name] == english


def test_what_a_control_does_not_say_in_german_is_english() -> None:
    promise = bare(WORKSPACE.catalogue["request_handled_in_time"].model_copy(update={"de": Words(title="Alles ist erledigt")}))
    german = promise.said_in("de")
    assert german.title == "Alles ist erledigt"
    assert (german.short, german.rule, german.remedy, german.reasons) == (
        promise.short, promise.rule, promise.remedy, promise.reasons,
    )  # fmt: skip


def test_a_promise_is_explained_in_the_language_that_is_spoken() -> None:
    promise = WORKSPACE.promises["jivochat/request_handled_in_time"]
    with words.speaking("de"):
        told, german = tables.explanation(promise).text, promise.said_in("de")
        assert all(said in told for said in (german.title, german.rule, german.remedy, *german.reasons.values()))
    assert "beantwortet, nicht abgeschlossen" in told
    assert not [said for said in (promise.title, promise.remedy, *promise.reasons.values()) if said in told]


def test_grounds_bases_duties_and_purposes_are_said_in_german() -> None:
    known = {"_".join(w.split()) for w in NAMED}
    with schema.WORDS.open(encoding="utf-8") as file:
        named = {row["word"] for row in csv.DictReader(file) if row["of"] in ("ground", "duty", "purpose")}
    bases = WORKSPACE.contract["processing_activities"].column("legal_basis")
    assert bases and (named | {*bases.values}) - known == set()
    with words.speaking("de"):
        rule = WORKSPACE.promises["jivochat/legal_basis_recorded_for_eea"].said_in("de").rule
    assert "(Vertrag, rechtliche Verpflichtung, berechtigtes Interesse, Einwilligung)" in rule


def test_results_are_english_whatever_was_spoken(tmp_path: Path) -> None:
    with words.speaking("de"):
        _made(EMPTY)(tmp_path)
    found = Results.open(tmp_path / "results.duckdb").promises
    assert {name: p.rule for name, p in found.items()} == {name: p.rule for name, p in WORKSPACE.promises.items()}


def test_a_shared_reason_is_one_that_several_controls_give() -> None:
    given = [text for control in WORKSPACE.catalogue.values() for text in control.reasons.values()]
    assert [text for text in retold._SHARED if given.count(text) < 3] == []


def test_what_absence_means_can_be_said() -> None:
    given = {told for c in WORKSPACE.catalogue.values() for told in (*c.absences.values(), *c.empties.values())}
    assert given - catalog("de").keys() == set()


# Pages


class Sentences(HTMLParser):
    """What a page says, a part a block; labels that are heard as well; scripts, styles and keys of records apart."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = [""]
        self._off: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in ("script", "style") or "key" in (given.get("class") or "").split():
            self._off.append(tag)
        if not self._off and given.get("aria-label"):
            self.parts += [given["aria-label"] or "", ""]
        if tag not in ("span", "b", "strong", "i", "a", "em"):
            self.parts.append("")

    def handle_endtag(self, tag: str) -> None:
        if self._off and self._off[-1] == tag:
            self._off.pop()
        if tag not in ("span", "b", "strong", "i", "a", "em"):
            self.parts.append("")

    def handle_data(self, data: str) -> None:
        if not self._off:
            self.parts[-1] += data


def sentences(html: str) -> list[str]:
    parser = Sentences()
    parser.feed(html)
    return [" ".join(part.split()) for part in parser.parts if part.strip()]


def page(workspace: Workspace, results: Path, name: str, section: str | None = None) -> str:
    """A page made here: the cells of its notebook run in this process, its outputs as a kernel would give them."""
    (file,) = workspace.published_notebooks([name])
    notebook = NotebookNode(json.loads(file.read_text(encoding="utf-8"), object_hook=NotebookNode))
    space: dict[str, Any] = {}
    notebook.cells = [cell for cell in notebook.cells if "keep_output" not in cell.metadata.get("tags", [])]
    for cell in notebook.cells:
        cell.source = "".join(cell.source)
        if cell.cell_type == "code":
            cell.outputs = list(_run(cell.source, space))
        if "parameters" in cell.metadata.get("tags", []):
            space |= {"results": str(results), "audience": "leadership", "section": section}
    opened = Results.open(results)
    ways = navigation.Navigation(tuple(navigation.links([name], {})))
    title = wording.section(section) if section else None
    return render.render(notebook, opened.run, opened.texts, "leadership", file.name, 5, title, name, ways)


def _run(source: str, space: dict[str, Any]) -> Iterator[NotebookNode]:
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    with warnings.catch_warnings():  # a kernel says them to its own log
        warnings.simplefilter("ignore")
        yield from _outputs(tree, last, space)


def _outputs(tree: ast.Module, last: ast.Expr | None, space: dict[str, Any]) -> Iterator[NotebookNode]:
    exec(compile(tree, "cell", "exec"), space)
    if last is None:
        return
    shown = eval(compile(ast.Expression(last.value), "cell", "eval"), space)  # type: ignore[attr-defined]
    bundle = getattr(shown, "_repr_mimebundle_", None)
    if bundle:
        yield new_output("execute_result", data=bundle())
    elif hasattr(shown, "_repr_html_"):
        yield new_output("execute_result", data={"text/html": shown._repr_html_(), "text/plain": repr(shown)})


def pages(workspace: Workspace, results: Path) -> dict[str, list[str]]:
    """The sentences of every page of a run, by page."""
    told = {}
    with workspace.told():
        for notebook in workspace.published_notebooks():
            if not workspace.fed(notebook, workspace.promises.values()):
                continue
            if notebook.stem != "section":
                told[notebook.stem] = sentences(page(workspace, results, notebook.stem))
                continue
            for each in Results.open(results).sections:
                told[each.page] = sentences(page(workspace, results, "section", each.name))
    return told


EMPTY = """
set timezone = 'UTC';
create table export_info as select timestamptz '2026-07-02 06:00:00+00' as exported_at, 'UTC' as timezone, 'test' as source;
create table requests (request_id varchar, type varchar, country varchar, requester_role varchar, received_at timestamptz,
    closed_at timestamptz, responded_at timestamptz);
create table accounts (account_id varchar, country varchar);
"""
ONE = (
    EMPTY
    + """
insert into requests values ('r1', 'access', 'DE', 'agent', '2026-05-10 10:00:00+00', '2026-06-20 10:00:00+00', '2026-06-20 10:00:00+00');
"""
)
# Nothing is answered, by anybody, of all that fell due.
BROKEN = SMALL + "update requests set closed_at = null, responded_at = null, outcome = null;"
NOTHING = """
create table export_info as select timestamptz '2026-07-02 06:00:00+00' as exported_at, 'UTC' as timezone, 'test' as source;
create table sites (domain varchar);
"""


def _made(sql: str, texts: tuple[Path, ...] = ()) -> Callable[[Path], None]:
    def make(folder: Path) -> None:
        export = folder / "export.duckdb"
        with duckdb.connect(str(export)) as con:
            con.execute(sql)
        workspace = Workspace(texts) if texts else WORKSPACE
        evaluated(workspace, Job(export=str(export), period="2026-06"), results=folder / "results.duckdb")

    return make


def _sample(folder: Path) -> None:
    evaluated(WORKSPACE, Job(period="2026-10"), results=folder / "results.duckdb")


LAW = (library.file_of("gdpr"),)
EXPORTS: dict[str, tuple[Callable[[Path], None], tuple[Path, ...]]] = {
    "sample": (_sample, ()),
    "empty": (_made(EMPTY), ()),
    "one_row": (_made(ONE), ()),
    "all_broken": (_made(BROKEN), ()),
    "nothing_assessed": (_made(NOTHING), ()),
    "another_text": (_made(SMALL, LAW), LAW),
}


@pytest.fixture(scope="session", params=EXPORTS)
def told(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Workspace, dict[str, list[str]]]:
    """The workspace of an export, and what its pages say in English."""
    make, texts = EXPORTS[request.param]
    folder = once(tmp_path_factory, f"words-{request.param}", make)
    workspace = Workspace(texts) if texts else WORKSPACE
    return workspace, pages(workspace, folder / "results.duckdb")


# What no page of leadership's says. The foot, whose last line holds what a machine would ask for, is left out.
FAULTS = {
    "an option": r"(?<![\w–-])--[a-z]",
    "a command": r"\baudits (run|evaluate|explain|selftest|check)\b",
    "a hash": r"\b(?=[0-9]*[a-f])(?=[a-f]*[0-9])[0-9a-f]{12,}\b",
    "a day as machines write it": r"\b(19|20)\d\d-\d\d-\d\d\b",
    "an instant as machines write it": r"\d\dT\d\d:|NaT|23:59:59|\.\d{6}\b",
    "nothing, as machines have it": r"\b(None|nan|NaN|NULL|<NA>|inf)\b",
    "one of several": r"\b1 (months|days|hours|requests|clauses|promises|people|rows|tables|kinds|waivers|transfers|findings|rules|records"
    r"|duties|injections|controls|instants|disclosures)\b",
    "a word for machines": r"\bas_of\b|\bno population\b|\bnot satisfied\b|\bindeterminate\b|\binconclusive\b|\bpopulation is not whole: \w+_",
    "a name of the house": r"\bNone\b|\{\w+\}|\bcall(er|back)\b",
    "a question of the wrong noun": r"By found in",
    "twice the same": r"\b(\w+) \1 \1\b",
    "a value with too many digits": r"\d\.\d{2,} %|\d\.\d{5,}",
    "a share above all": r"\b(10[1-9]|1[1-9]\d)(\.\d)? %|(?<![\d.])-\d+(\.\d)? %",
}
# A sentence says it once; a cell of a table may hold a key.
ID = re.compile(r"(?<![\w.@/-])[a-z]+(?:_[a-z]+)+(?![\w.@/-])")


def foot(parts: list[str]) -> int:
    """Where the foot begins."""
    return next(n for n, part in enumerate(parts) if part.startswith(("Judged as of ", "Stand ")) and "UTC" in part)


def test_no_page_says_what_readers_may_not_meet(told: tuple[Workspace, dict[str, list[str]]]) -> None:
    _, found = told
    assert found
    wrong = [
        f"{name}: {fault}: {part[:160]}"
        for name, parts in found.items()
        for part in parts[: foot(parts)]
        for fault, pattern in FAULTS.items()
        if re.search(pattern, part)
    ]
    assert not wrong, "\n".join(wrong[:40])


def test_no_sentence_names_an_id(told: tuple[Workspace, dict[str, list[str]]]) -> None:
    """But the page on the export itself, which is about tables and columns, and what the export would have to carry."""
    workspace, found = told
    tables = set(workspace.contract) | {c.name for table in workspace.contract.values() for c in table.columns}
    wrong = [
        f"{name}: {part[:160]}"
        for name, parts in found.items()
        for part in parts[: foot(parts)]
        if name != "data_quality" and [i for i in ID.findall(part) if i not in tables]
    ]
    assert not wrong, "\n".join(wrong[:40])


def test_every_sentence_begins_and_ends(told: tuple[Workspace, dict[str, list[str]]]) -> None:
    _, found = told
    wrong = [
        f"{name}: {part[:160]}"
        for name, parts in found.items()
        for part in parts[: foot(parts)]
        if re.search(r"\.\.(?!\.)|,,|;;| [,;.](?!\w)|\(\)|: *$^|\s$", part) or part.endswith((": .", "; .", ","))
    ]
    assert not wrong, "\n".join(wrong[:40])


def test_no_page_says_a_thing_of_itself_twice(told: tuple[Workspace, dict[str, list[str]]]) -> None:
    """What is relied on, what is decided, what is asked, each stands once on a page."""
    _, found = told
    for name, parts in found.items():
        for said in ("Every control is relied on", "Decision needed", "No decision is needed", "This page asks no other host"):
            assert len([part for part in parts if said in part]) <= 1, (name, said)


# German

# Words of English that no German sentence has; such as both have (in, was, so, an, am, die, wer, also, war) are not among them.
STOP = re.compile(
    r"\b(the|of|and|kept|broken|is|are|were|with|without|from|to|by|not|no|every|which|that|this|what|cannot|told|fell|due|since|"
    r"than|more|fewer|within|promise|promises|clause|clauses|days|day|month|export|page|pages)\b"
)
FRAME_NAMES = {"Export"}


def _others(workspace: Workspace, results: Results) -> set[str]:
    """What texts, controls, laws and data say themselves, in their own language."""
    own: set[str] = set()
    for text in workspace.texts:
        own |= {text.title, text.company, *text.leadership.owners.values(), *(p.owner or "" for p in text.promises)}
        own |= {c.section for c in text.clauses} | {c.duty for c in text.clauses} | {c.note for c in text.clauses}
        own |= {c.attestation for c in text.clauses} | {c.remark for c in text.clauses} | {t.says for t in text.tensions}
        own |= {c.ledger or c.article for c in text.clauses} | {c.checked for c in text.clauses}
    with words.speaking("de"):
        for p in results.promises.values():
            own |= {p.title, p.short, p.rule, p.remedy, p.owner, *p.reason_texts.values(), *p.maps_to}
    frame = results.rules_used()
    with words.speaking("de"):
        own |= {retold.source(each) for each in frame.source}
    own |= {*frame.checked} | {str(r) for r in results.quality().rule}
    recipients = results.recipients()
    own |= {str(name) for name in recipients.name}
    return {each for each in own if each}


@pytest.mark.parametrize("name", ["sample", "nothing_assessed"])
def test_german_pages_hold_no_english_word_of_the_frame(name: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    make, texts = EXPORTS[name]
    folder = once(tmp_path_factory, f"words-{name}", make)
    workspace = Workspace(texts, language="de") if texts else Workspace(language="de")
    results = Results.open(folder / "results.duckdb")
    own = sorted(_others(workspace, results), key=len, reverse=True)
    english = {message for message in catalog("de") if catalog("de")[message] != [message] and len(message) > 3}
    tables = workspace.contract.values()
    named = "|".join(sorted({*workspace.contract, *(c.name for t in tables for c in t.columns)}, key=len, reverse=True))
    wrong = []
    for page_name, parts in pages(workspace, folder / "results.duckdb").items():
        for part in parts[: foot(parts)]:
            left = part
            for words_of_others in own:
                left = left.replace(words_of_others, "")
            left = re.sub(rf"(?<![\w.])({named})(?![\w.])", "", left)
            if STOP.search(left) or left.strip() in english:
                wrong.append(f"{page_name}: {part[:200]} → {left[:80]}")
    assert not wrong, "\n".join(wrong[:60])
