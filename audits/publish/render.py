"""Render an executed notebook as one HTML page that needs nothing else and asks no host for anything."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import plotly.offline
from nbconvert import HTMLExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbformat import NotebookNode

from audits.evaluation.results import Audited, Run
from audits.publish.navigation import Navigation
from audits.show import wording
from audits.show.charts import PLOTLY
from audits.words import say, spoken

NOWHERE = Navigation()
_TEMPLATES = Path(__file__).with_name("template")
_LARGE = 30_000  # characters of a chart from which on packing is worth the while


def render(
    notebook: NotebookNode,
    run: Run,
    texts: Sequence[Audited],
    audience: str,
    name: str,
    suppress_below: int = 5,
    title: str | None = None,
    page_name: str = "",
    ways: Navigation = NOWHERE,
) -> str:
    """The page of an executed notebook: its markdown and outputs, without its code; its title is the notebook's, unless given.

    `ways` lead to other pages.

    A heading beneath which nothing is shown is left out.
    Only the scripts that are emitted here may run: each is admitted by its SHA-256 (Content-Security-Policy).
    """
    heading, cells = _title(notebook)
    cells = _said([_spoken(cell) for cell in cells])
    page = {
        "title": title or _translated(heading),
        "say": say,
        "language": spoken(),
        "contents": [(_anchor(h), h) for h in _headings(cells)],
        "markdown": _markdown,
        "spec": _spec,
        "css": (_TEMPLATES / "page.css").read_text(encoding="utf-8"),
        "judged": _judged(run, audience, suppress_below),
        "notebook": name,
        "name": page_name,
        "ways": ways,
        **_circumstances(run, texts),
        **(_scripts() if _has_chart(cells) else {"script_hashes": []}),
    }
    shown = NotebookNode(nbformat=4, nbformat_minor=5, metadata={}, cells=cells)
    html, _ = _exporter().from_notebook_node(shown, resources={"page": page})
    return str(html)


def _circumstances(run: Run, texts: Sequence[Audited]) -> dict[str, Any]:
    return {
        "audited": wording.audited(texts),
        "period": wording.period(run),
        "sha256": run.export_sha256,
        "adapter": run.adapter_sha256,
        "reference": run.reference_sha256,
        "versions": run.versions,
    }


def _judged(run: Run, audience: str, suppress_below: int) -> str:
    """As of when, for whom and on what a page is."""
    counts = say("told in full")
    if audience == "leadership" and suppress_below > 1:
        counts = say("below {least} not told", least=suppress_below)
    export = run.export_name
    if run.exported_at:
        export = say("{export} of {instant}", export=run.export_name, instant=wording.instant(run.exported_at))
    return say(
        "Judged as of {instant}, for {audience}, on the export {export}; days are those of {zone}; counts that are broken down: "
        "{counts}.",
        instant=wording.instant(run.as_of),
        audience={"leadership": say("leadership"), "auditor": say("auditor")}.get(audience, audience),
        export=export,
        zone=run.timezone,
        counts=counts,
    )


@cache
def _exporter() -> HTMLExporter:
    return HTMLExporter(template_name="audit", extra_template_basedirs=[str(_TEMPLATES)])


@cache
def _scripts() -> dict[str, Any]:
    """Plotly packed, the script that unpacks it, and the hashes that admit both."""
    source = plotly.offline.get_plotlyjs()
    loader = (_TEMPLATES / "charts.js").read_text(encoding="utf-8")
    packed, padding = _pack(source)
    hashes = [_hash(loader), _hash(source)]
    return {"script_hashes": hashes, "loader": loader, "plotly_packed": packed, "plotly_padding": padding}


# What HTML would read as markup stands as , . : in its place; charts.js turns it back.
_HARMLESS = str.maketrans("&<>", ",.:")


def _pack(text: str) -> tuple[str, int]:
    """Text as gzip in base 85 (a sixteenth shorter than base 64), and how many bytes fill up its last word."""
    packed = gzip.compress(text.encode(), 9, mtime=0)
    padding = -len(packed) % 4
    return base64.b85encode(packed + b"\0" * padding).decode().translate(_HARMLESS), padding


def _spec(spec: Any) -> str:
    """A chart as a script element that holds data; a large one packed."""
    text = _json_for_script(spec)
    if len(text) < _LARGE:
        return f'<script type="application/json">{text}</script>'
    packed, padding = _pack(text)
    return f'<script type="text/plain" data-padding="{padding}">{packed}</script>'


def _hash(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def _title(notebook: NotebookNode) -> tuple[str, list[NotebookNode]]:
    """The notebook's heading, and its cells without it."""
    first = notebook.cells[0]
    head, _, rest = first.source.partition("\n")
    return head.removeprefix("# "), [NotebookNode({**first, "source": rest.strip()}), *notebook.cells[1:]]


def _spoken(cell: NotebookNode) -> NotebookNode:
    """A cell with its prose in the language that is spoken: paragraph by paragraph, as the catalog has them."""
    if cell.cell_type != "markdown":
        return cell
    return NotebookNode({**cell, "source": "\n\n".join(map(_translated, cell.source.split("\n\n")))})


def _translated(paragraph: str) -> str:
    """A paragraph, or a heading behind its marks; one that no catalog has stands as it is."""
    marks, words = re.fullmatch(r"(#+ )?(.*)", paragraph, re.DOTALL).groups("")  # type: ignore[union-attr] # it matches anything
    folded = " ".join(words.split())
    known = say(folded)
    return paragraph if known == folded else marks + known


def _said(cells: list[NotebookNode]) -> list[NotebookNode]:
    """Without checked cells, which are for tests, and without the headings, and their prose, whose cells have nothing to show."""
    groups: list[list[NotebookNode]] = [[]]
    for cell in (c for c in cells if "keep_output" not in c.metadata.get("tags", [])):
        if cell.cell_type == "markdown" and cell.source.startswith("## "):
            groups.append([])
        groups[-1].append(cell)
    return [cell for place, group in enumerate(groups) if not place or _shows(group) for cell in group]


def _shows(group: Sequence[NotebookNode]) -> bool:
    code = [cell for cell in group if cell.cell_type == "code"]
    return not code or any(_is_seen(output) for cell in code for output in cell.outputs)


def _is_seen(output: NotebookNode) -> bool:
    data = output.get("data", {})
    return PLOTLY in data or "text/html" not in data or bool(data["text/html"].strip())


def _headings(cells: list[NotebookNode]) -> list[str]:
    markdown = "\n".join(c.source for c in cells if c.cell_type == "markdown")
    return re.findall(r"^## (.+)$", markdown, flags=re.MULTILINE)


def _anchor(heading: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", heading.lower()).strip("-")


class _Renderer(IPythonRenderer):
    """Markdown as nbconvert has it, with plain anchors in place of its ¶ links."""

    def heading(self, text: str, level: int, **attrs: Any) -> str:
        return f'<h{level} id="{_anchor(text)}">{text}</h{level}>\n'


def _markdown(source: str) -> str:
    return str(MarkdownWithMath(renderer=_Renderer(escape=True)).render(source))


def _has_chart(cells: list[NotebookNode]) -> bool:
    outputs = (o for c in cells if c.cell_type == "code" for o in c.outputs)
    return any(PLOTLY in o.get("data", {}) for o in outputs)


def _json_for_script(value: Any) -> str:
    """JSON that cannot end the script element it stands in."""
    return json.dumps(value, sort_keys=True).replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
