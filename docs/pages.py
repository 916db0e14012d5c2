"""Pages of the documentation that are made from the code: `python -m docs.pages` writes them, a test checks them."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

from audits.contract.schema import ABOUT_THE_EXPORT, Constraint, Contract, Table, enumerated
from audits.controls.control import Control
from audits.law import reference
from audits.texts import library
from audits.texts.text import Text
from audits.workspace import Workspace
from docs import house, vocabulary

ROOT = Path(__file__).parents[1]

# How an instant may be written as text, and what is to be known of it.
INSTANTS = {
    "2026-01-31T10:00:00+01:00": "",
    "2026-01-31 10:00:00.25+0100": "with a blank, parts of a second, an offset without its colon",
    "2026-01-31T09:00Z": "in UTC, without seconds",
    "2026-01-31 10:00:00 +01:00": "with a blank before the offset",
    "2026-01-31": "the start of that day in `export_info.timezone`, or its end where the column says so",
}
NO_INSTANTS = ("2026-01-31 10:00", "31.01.2026", "01/31/2026", "2026/01/31", "26-01-31", "1769850000", "1970-01-01T00:00:00Z")
_VALUES = """
## How values are written

A column of the contract's own type is taken as it is. Text, which is all that CSV has, is read so:

- **Nothing** is a blank. What that means stands with its column: still open, none given. Where nothing is said of it, it
  means that the export does not know, and what it could turn is indeterminate; in a column that must be known it is counted
  like what cannot be read. A column that *counts while* something is so may be left out where it nowhere is. `n/a`, `-`,
  `(null)`, `#REF!`, `unknown` and the like in ten languages (`audits/contract/nothing.csv`), in free text, are not known.
- **Countries** are the two capital letters of ISO 3166-1 alpha-2, as `audits/law/facts/countries.csv` lists them: `DE`, `GB`,
  `GR`, `US`. The three letters, the names of ISO 3166-1, names in English, German, French, Spanish, Portuguese, Italian, Dutch,
  Polish, Swedish and Danish, and in the country's own languages, with or without their accents, are read as well
  (`audits/contract/spellings.csv`). `EU` is no country, and `Congo`, `Korea` or `Saint Martin` are two. `NA` is Namibia where
  the column has empty cells as well; where it has none it may be how R writes those. They stand in {places}.
- **Regions** are what ISO 3166-2 writes behind the country: `CA` for US-CA. Of the United States those that there are.
- **Instants**, `timestamp with time zone`:
{instants}

  {no_instants} are not believed: a time
  without an offset is nobody's, and whether a day or a month comes first is in no text. [Recipes](adapters.md#recipes) say both.
  Where clocks and calendars begin, nobody did anything.
- **Days**, `date`: `2026-01-31`; or an instant that is the midnight before it, or that is of that day here and as it is written.
  The days with which clocks and calendars begin (1900, 1904 and 1970) are nobody's. **Yes and no**, `boolean`: `true`, `false`.
  **Numbers** have a point, and nothing between thousands: `1.000` may be one.
- **Lists**, `varchar[]`: `[a, b]`. An empty one, `[]`, says that there is nothing, a blank that nobody knows. `a|b` is no
  list.
- **Words** of an enumeration or a vocabulary, and names of the law, are read in small letters and capitals, with blanks
  or `_`, and in the spellings of `audits/contract/spellings.csv`. Other words are what they are, to the letter."""
# How files are read, by what their names end with.
SUFFIXES = {
    "`.csv`, `.tsv`, `.txt`": (
        "text in UTF-8, as RFC 4180 has it. The first line names the columns and shows what separates fields "
        '(comma, semicolon, tab or bar). Quotes are `"`, doubled inside. Every line has as many fields as the '
        'first. Nothing between separators is no value, `""` an empty text'
    ),
    "`.json`": ("an array of objects; numbers as they are written"),
    "`.jsonl`, `.ndjson`": ("an object a line"),
    "one of these and `.gz` or `.zst`": ("the same, compressed"),
    "`.xlsx`": (
        "a table a sheet, by the sheet's name; a single sheet is named as its file. The first row names the "
        "columns; no merged cells, no formula without its result. An instant has no offset in a cell"
    ),
    "`.parquet`": (
        "a file, or a folder of parts with the same columns (`requests.parquet/part-0.parquet`, `requests/part-0.parquet`)"
    ),
    "anything": (
        "a DuckDB file, known by its content. With a write-ahead log beside it, it is refused: what was last changed is not in it"
    ),
}
FILES = """
A table is a file of its name: `requests.csv` is `requests`, `my.requests.csv.gz` is `my.requests`. Two files for one table are
refused. Of a folder, only files whose table the contract has or an adapter selects from are read, and only they make its
fingerprint; a run names the others (`requests_2.csv`). Names that begin with a point are passed over. A link may lead to a file
in the same folder; pipes and devices are refused. What cannot be read whole is refused with file, line and reason, and nothing
is judged.
"""
TWICE = """
A column that stands twice in a file, in any case, is refused where it is read. A table that only an adapter reads may have such
columns (Jira's `Labels`): they are `Labels [1]`, `Labels [2]`.
"""


def export(workspace: Workspace) -> str:
    """The contract of exports: how values are written, the words that are known, and table by table."""
    contract, looked_for = workspace.contract, vocabulary.compared(workspace)
    lines = [
        "# The export contract",
        "",
        "Made from `audits/contract/tables.sql`, the controls, the texts and the facts of law by `make docs`; do not edit.",
        "",
        "An export is a DuckDB file, or a file or folder of tables: [how files are read](#files). It holds at least one of the",
        f"tables below, {' and '.join(ABOUT_THE_EXPORT)} apart; each opens the controls that read it. Within a table only its",
        "key is required; each control says which other columns it needs (`audits explain CONTROL`). Unknown tables and columns",
        "are ignored, and named by `audits check` with the nearest name that is known. Other names are mapped by an",
        "[adapter](adapters.md). Rules are measured, not enforced: a row that breaks one is counted and makes the findings that",
        "read it `indeterminate`. What names a person who is not in the export speaks of that person alone, unless the name",
        "is nearly that of one who is: then nobody can tell whom it means.",
        "",
        "## Files",
        "",
        *FILES.strip().splitlines(),
        "",
        *("| ends with | is read as |", "|---|---|"),
        *(f"| {ends} | {read} |" for ends, read in SUFFIXES.items()),
        "",
        *TWICE.strip().splitlines(),
        *_how_values_are_written(contract),
        *_enumerations(contract),
        *_vocabularies(contract),
        *_names_of_law(contract),
        *_words(workspace, looked_for),
    ]
    for table in contract.values():
        lines += _table(table, looked_for)
    return "\n".join(lines) + "\n"


def _how_values_are_written(contract: Contract) -> list[str]:
    instants = "\n".join(f"  - `{text}`{f', {says}' if says else ''}" for text, says in INSTANTS.items())
    places = _listed(f"{table}.{column}" for table, column in _places(contract))
    return _VALUES.format(instants=instants, places=places, no_instants=_listed(NO_INSTANTS)).split("\n")


def _enumerations(contract: Contract) -> list[str]:
    listed = [(f"{t.name}.{c.name}", c) for t in contract.values() for c in t.columns if c.values and not c.vocabulary]
    rows = [(name, ", ".join(column.values)) for name, column in listed]
    lines = ["", "## Enumerations", "", "Another word in one of these columns is counted: nobody knows it.", ""]
    return [*lines, "| Column | One of |", "|---|---|", *map(_row, rows)]


def _vocabularies(contract: Contract) -> list[str]:
    """The words of the contract, of the texts, and of the values that they give to controls, by vocabulary."""
    held: dict[str, list[str]] = {}
    words: dict[str, tuple[str, ...]] = {}
    for table in contract.values():
        for column in table.columns:
            if column.vocabulary:
                held.setdefault(column.vocabulary, []).append(f"{table.name}.{column.name}")
                words[column.vocabulary] = column.values
    return [
        "",
        "## Vocabularies",
        "",
        "A company has words of its own. Known are those of `audits/contract/words.csv`, which says what each means, those that",
        "the promises of the texts name, and those that a text lists under `[vocabulary]` (here: with the words of the text that",
        "is shipped). Another word is counted: nobody knows it, and what it could turn is `indeterminate`. `audits check` shows",
        "it to auditors; map it with an adapter, or list it in the text. What a company's records call a word of the contract,",
        "its text says under `[spellings]`, by the vocabulary or the column; such words are not counted:",
        '`subject_type = { customer = "subscriber" }`.',
        "",
        "| Vocabulary | Columns | Words |",
        "|---|---|---|",
        *(_row((of, ", ".join(held[of]), ", ".join(sorted(words[of])))) for of in sorted(held)),
    ]


def _words(workspace: Workspace, looked_for: dict[vocabulary.Column, vocabulary.Words]) -> list[str]:
    """The words of columns that have no list of their own: those of controls, and of the texts' lists."""
    listed = {(t.name, c.name) for t in workspace.contract.values() for c in t.columns if c.values}
    free = {c: words for c, words in looked_for.items() if c not in listed and c not in _places(workspace.contract)}
    rows = [(f"{t}.{c}", ", ".join(sorted(words.fixed)), ", ".join(sorted(words.lists))) for (t, c), words in free.items()]
    pairs = [f"`{'.'.join(one)}` and `{'.'.join(other)}`" for one, other in vocabulary.alike(workspace)]
    return [
        "",
        "## Words that controls look for",
        "",
        "Any word may stand in these columns. Controls look for the words below, and for those of lists that a text gives,",
        "whatever their capitals.",
        "",
        "| Column | Words of the controls | Lists |",
        "|---|---|---|",
        *map(_row, rows),
        "",
        f"Compared with each other, so that both have to hold the same words: {'; '.join(pairs)}.",
        *_lists(workspace, set().union(*(words.lists for words in looked_for.values()))),
    ]


def _lists(workspace: Workspace, used: set[str]) -> list[str]:
    """The lists of each text, and those that controls have where no text gives any."""
    rows = [(name, ", ".join(words), t.title) for t in workspace.texts for name, words in t.lists.items() if name in used]
    own = {name: (p.default, c.id) for c in workspace.catalogue.values() for name, p in c.parameters.items() if p.default}
    unnamed = (used - {name for name, *_ in rows}) & set(own)
    rows += [(name, ", ".join(own[name][0]), f"the control {own[name][1]}") for name in unnamed]
    lines = ["", "### Lists", "", "A text of your own has lists of its own.", "", "| List | Words | Given by |", "|---|---|---|"]
    return [*lines, *map(_row, sorted(rows))]


def _names_of_law(contract: Contract) -> list[str]:
    shown = ("mechanism", "rests_on", "new_from", "new_until", "relied_on_until")
    return [
        "",
        "## Names of the law",
        "",
        f"In {_listed(f'{t}.{c}' for t, c in vocabulary.of_law(contract))}, from",
        "`audits/law/facts/mechanisms.csv`. Another name is counted: nobody knows it.",
        "",
        "| Mechanism | rests on | may be agreed from | until | relied on until |",
        "|---|---|---|---|---|",
        *(_row(tuple(row[name] for name in shown)) for row in reference.rows("mechanisms")),
    ]


def _places(contract: Contract) -> list[vocabulary.Column]:
    """The columns that hold a country."""
    return [(table.name, column.name) for table in contract.values() for column in table.columns if column.is_country]


def _table(table: Table, looked_for: dict[vocabulary.Column, vocabulary.Words]) -> list[str]:
    lines = ["", f"## {table.name}", "", f"{table.part}. {table.comment[0].upper()}{table.comment[1:]}", ""]
    lines += ["| Column | Type | Meaning |", "|---|---|---|"]
    for column in table.columns:
        name = f"**{column.name}**" if column.name in table.key else column.name
        found = looked_for.get((table.name, column.name), vocabulary.Words())
        known = f" One of: {', '.join(column.values)}." if column.values and not column.vocabulary else _looked_for(found)
        lines.append(f"| {name} | {column.type.lower()} | {column.comment}.{known} |")
    if rules := [c for c in table.constraints if not _said(c, table)]:
        lines += ["", "Rules: " + "; ".join(f"`{c.text}`" for c in rules) + "."]
    return lines


def _looked_for(found: vocabulary.Words) -> str:
    lists = [f"the list{'s' if len(found.lists) > 1 else ''} {', '.join(sorted(found.lists))}"] if found.lists else []
    words = [", ".join(sorted(found.fixed))] if found.fixed else []
    return f" Looked for: {'; '.join(words + lists)}." if words or lists else ""


def _listed(words: Iterable[str]) -> str:
    *most, last = (f"`{word}`" for word in words)
    return f"{', '.join(most)} and {last}"


def _said(constraint: Constraint, table: Table) -> bool:
    """Whether the table of columns says the rule already: keys in bold, the values of an enumeration."""
    return (
        constraint.columns == table.key
        or bool(enumerated(constraint.condition))
        or (constraint.kind == "NOT NULL" and constraint.columns[0] in table.key)
    )


def catalogue(workspace: Workspace, folder: str = "") -> str:
    """Every control by section, with the promises made of it, what it maps to, and what it reads.

    `folder` is where the controls lie, as seen from the page.
    """
    controls = list(workspace.catalogue.values())
    lines = [
        "# The catalogue of controls",
        "",
        "Made from the controls by `make docs`; each is a file of its own.",
        "",
        _GUARDED,
        "",
    ]
    for section in sorted({c.section for c in controls}):
        lines += [
            f"## {section}",
            "",
            "| control | what it tests | promises | maps to | severity | reads | guarded |",
            "|---|---|---|---|---|---|---|",
        ]
        lines += [_row(_control(workspace, c, folder)) for c in controls if c.section == section]
        lines.append("")
    return "\n".join(lines)


_GUARDED = (
    "Guarded: of so many changes to a query, those that change nothing left out, its examples notice so many (`make mutants`)."
)


@cache
def _scores() -> dict[str, str]:
    """How many mutants of each query its examples notice, as `make mutants` found last."""
    with (ROOT / "tests" / "controls" / "data" / "mutants.csv").open(encoding="utf-8", newline="") as file:
        return {row["name"]: f"{row['killed']} of {int(row['mutants']) - int(row['equivalent'])}" for row in csv.DictReader(file)}


def _control(workspace: Workspace, control: Control, folder: str) -> tuple[str, ...]:
    promises = [p for p in workspace.promises.values() if p.control.id == control.id]
    made = [p.id + "".join(f", {name} {value}" for name, value in p.values.items() if isinstance(value, int)) for p in promises]
    return (
        f"[{control.id}]({folder}{control.section}/{control.id}.sql)",
        control.title + "".join(f"<br>Read otherwise – {reading}" for reading in control.readings),
        "<br>".join(made) or "–",
        "<br>".join(control.maps_to),
        control.severity,
        "<br>".join(control.tables),
        _scores().get(control.id, "–"),
    )


def coverage(workspace: Workspace) -> str:
    """Each clause of the texts, what kind it is, the promises that measure it, and what they cannot show."""
    lines = [
        "# Each clause, and what measures it",
        "",
        "Made from `audits/texts/` by `make docs`. The clauses are in our own words. What an export of yours measures of them,",
        "and which column is missing for the rest, is on the page `coverage` of a run.",
    ]
    for text in workspace.texts:
        lines += ["", f"## {text.title}", "", "| clause | duty | kind | promises | what to know |", "|---|---|---|---|---|"]
        for clause in text.clauses:
            known = f"{clause.note} {f'Vouched for: {clause.attestation}.' if clause.attestation else ''}"
            kind = clause.kind.replace("_", " ")
            lines.append(_row((f"{clause.ledger} {clause.id}", clause.duty, kind, "<br>".join(clause.promises) or "–", known)))
        lines += ["", "### Where the text is at odds with itself", ""]
        lines += [f"- **{', '.join(t.clauses)}**: {' '.join(t.says.split())}" for t in text.tensions]
    return "\n".join(lines) + "\n"


def laws() -> str:
    """The laws that come with the package, clause by clause: where each stands, how far that was looked up, what measures it."""
    lines = [
        "# Laws as texts",
        "",
        "Made from `audits/texts/` by `make docs`. A law is a text as a policy is: a company can be audited before anybody",
        "has written down its policy, and promise and law can be set side by side:",
        "",
        "    audits run --text gdpr --export export.duckdb",
        "    audits evaluate --text policy.toml --text gdpr --text ccpa",
        "",
        "The first text gives leadership's page its sentence, every other one a section of its own. Clauses are in our own",
        "words; nothing here is legal advice, and `read` says how far each was looked up. What is *attested* no record shows:",
        "somebody vouches for it in the table `attestations`, by the clause's id. A duty is judged by the text that was in force",
        "when it arose: two files of the same `id` are versions of one text, each in force from its `in_force_from` until the",
        "next one's. Words that your records hold and no law names stand under `[vocabulary]` in a text of your own, given",
        "beside.",
    ]
    for text in Workspace([library.file_of(name) for name in library.names()]).texts:
        if not text.company:
            lines += _law(text)
    return "\n".join(lines) + "\n"


def _law(text: Text) -> list[str]:
    rows = [
        (c.article, c.id, c.duty, c.kind.replace("_", " "), "<br>".join(c.promises) or "–", c.note, c.checked)
        for c in text.clauses
    ]
    heads = ("stands in", "clause", "duty", "kind", "promises", "what to know", "read")
    begins = f"In force from {text.in_force_from}; {len(rows)} clauses."
    return ["", f"## {text.title}", "", begins, "", _row(heads), "|---" * len(heads) + "|", *map(_row, rows)]


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(' '.join(cell.replace('|', ' ').split()) for cell in cells)} |"


PAGES: dict[str, Callable[[Workspace], str]] = {
    "docs/export.md": export,
    "audits/controls/README.md": catalogue,
    "docs/controls.md": lambda workspace: catalogue(workspace, "../audits/controls/"),
    "docs/coverage.md": coverage,
    "docs/laws.md": lambda workspace: laws(),
    "docs/_static/house.svg": lambda workspace: house.picture(),
}

if __name__ == "__main__":
    for name, page in PAGES.items():
        (ROOT / name).write_text(page(Workspace()), encoding="utf-8")
