"""Every promise, period by period, as a map: a row a promise, a tile a period, the worst first; read without colour, or heard."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from audits.evaluation.results import Section, rows_of
from audits.show import span, wording
from audits.show.html import Html, render
from audits.show.reader import Reader
from audits.words import mark, plural, say

# What a status is on the map; where nothing fell due the tile is blank.
KINDS = {
    "not_satisfied": "broken",
    "inconclusive": "untold",
    "satisfied": "kept",
    "not_assessed": "unjudged",
    "error": "unjudged",
}
_IN = {
    "broken": mark("broken in {periods}"),
    "untold": mark("cannot be told in {periods}"),
    "unjudged": mark("not assessed in {periods}"),
}
_COUNTS = {"broken": mark("{n} broken"), "untold": mark("{n} cannot be told"), "unjudged": mark("{n} not assessed")}
_OF = {
    "broken": mark("{n} of {total} broken"),
    "untold": mark("{n} of {total} cannot be told"),
    "unjudged": mark("{n} of {total} not assessed"),
}
_SYMBOLS = {"broken": "■", "untold": "□", "unjudged": "–", "kept": "•", "": " "}
_WIDE = 12  # px from a tile to the next
# A tile by its kind: how far from the left and the top it begins, how it goes on, and what paints it where no style does.
_SHAPES = {
    "broken": (1.0, 3.0, "h10v10h-10z", 'fill="currentColor"'),
    "untold": (2.75, 4.75, "h6.5v6.5h-6.5z", 'fill="none" stroke="currentColor" stroke-width="1.5"'),
    "unjudged": (3.0, 8.0, "h6", 'fill="none" stroke="currentColor" stroke-width="1.5"'),
    "kept": (6.0, 8.0, "h0", 'fill="none" stroke="currentColor" stroke-width="3" stroke-linecap="round"'),
}
Days = tuple[date, date]


@dataclass(frozen=True)
class Row:
    """A promise, and what it was in each period, the earliest first."""

    name: str
    kinds: tuple[str, ...]

    @property
    def now(self) -> str:
        """What it is in the period itself."""
        return self.kinds[-1]

    @property
    def is_named(self) -> bool:
        """Whether it was anything but kept in some period."""
        return any(kind not in ("kept", "") for kind in self.kinds)

    @property
    def badness(self) -> tuple[int, ...]:
        """By which the worst comes first."""
        counts = [self.kinds.count(kind) for kind in ("broken", "untold", "unjudged")]
        return (*(-(self.now == kind) for kind in ("broken", "untold", "unjudged")), *(-n for n in counts))


def heat_map(audit: Reader, text: str) -> Html:
    """Every promise of a text, section by section; named are those that were not kept in some period."""
    days = _days(audit)
    sections = [(section, list(_rows(audit, section.promises))) for section in _of(audit, text)]
    sections.sort(key=lambda each: _badness(each[1]))
    total = sum(len(rows) for _, rows in sections)
    promises = plural("{n} promise, {periods}", "{n} promises, {periods}", total, periods=_all(days))
    head = promises if total else say("Nothing is promised")
    shown = [_section(section, rows, days) for section, rows in sections]
    values = {"text": text, "head": head, "sections": shown, "letters": [span.letter(*each) for each in days]}
    lines = [f"{row.name}\t{''.join(_SYMBOLS[kind] for kind in row.kinds)}" for _, rows in sections for row in rows]
    return Html(render("heat.html.j2", now=span.named(*days[-1]) if days else "", **values), "\n".join([head, *lines]))


def _all(days: Sequence[Days]) -> str:
    return span.named(days[0][0], days[-1][1]) if days else ""


def _days(audit: Reader) -> list[Days]:
    found = {int(r.step): (r.first_day, r.last_day) for r in rows_of(audit.results.standings())}
    return [found[step] for step in sorted(found, reverse=True)]


def _of(audit: Reader, text: str) -> Iterator[Section]:
    """The sections of a text, each promise in the one on whose page it stands."""
    promises = audit.results.promises
    for section in audit.results.sections:
        own = [p for p in section.promises if promises[p].text == text and promises[p].page in (section.page, None)]
        if own:
            yield Section(section.name, section.page, own)


def _rows(audit: Reader, promises: Iterable[str]) -> Iterator[Row]:
    found: dict[str, list[str]] = {}
    for r in rows_of(audit.results.standings()):
        found.setdefault(r.promise_id, []).append(KINDS.get(str(r.status), ""))
    rows = [Row(audit.results.promises[p].called, tuple(reversed(found.get(p) or [""]))) for p in promises]
    return iter(sorted(rows, key=lambda row: (row.badness, row.name)))


def _badness(rows: Sequence[Row]) -> tuple[float, ...]:
    broken, untold, unjudged = (sum(row.now == kind for row in rows) for kind in ("broken", "untold", "unjudged"))
    return (-broken, -broken / len(rows), -untold, -unjudged)


def _section(section: Section, rows: Sequence[Row], days: Sequence[Days]) -> Mapping[str, object]:
    named, others = [row for row in rows if row.is_named], [row for row in rows if not row.is_named]
    kept, silent = [row for row in others if any(row.kinds)], [row for row in others if not any(row.kinds)]
    return {
        "name": wording.section(section.name),
        "page": section.page,
        **dict(zip(("broken", "counts"), _counts(rows), strict=True)),
        "rows": [(row.name, row.now, _says(row, days), _tiles(row.kinds)) for row in named],
        "kept": len(kept),
        "dots": _dots([row.kinds for row in kept]),
        "silent": len(silent),
    }


def _counts(rows: Sequence[Row]) -> list[str]:
    """2 of 14 broken, 2 cannot be told; all 6 kept: what is broken apart."""
    found = {kind: sum(row.now == kind for row in rows) for kind in ("broken", "untold", "unjudged")}
    parts = [(kind, n) for kind, n in found.items() if n]
    if not parts:
        kept = sum(row.now == "kept" for row in rows)
        some = say("{n} of {total} kept, for the others nothing fell due", n=kept, total=len(rows))
        return ["", plural("the only one kept", "all {n} kept", kept) if kept == len(rows) else some]
    said = [say((_COUNTS if place else _OF)[kind], n=n, total=len(rows)) for place, (kind, n) in enumerate(parts)]
    broken, rest = (said[0], said[1:]) if found["broken"] else ("", said)
    return [broken, ", ".join([*([""] if broken and rest else []), *rest])]


def _says(row: Row, days: Sequence[Days]) -> str:
    """Broken in March 2026 to May 2026, October 2026; kept in the others in which anything fell due."""
    spans: dict[str, list[str]] = {kind: [] for kind in _IN}
    for kind, run in groupby(zip(row.kinds, days, strict=False), key=lambda each: each[0]):
        held = [each[1] for each in run]
        if kind in spans:
            spans[kind].append(span.named(held[0][0], held[-1][1]))
    said = [say(_IN[kind], periods=", ".join(found)) for kind, found in spans.items() if found]
    others = [say("kept in the others in which anything fell due")] if "kept" in row.kinds else []
    return "; ".join([*said, *others])


def _tiles(kinds: Sequence[str]) -> str:
    """The tiles of a row as paths of a picture, one a kind."""
    paths = []
    for kind, (left, top, goes_on, paint) in _SHAPES.items():
        drawn = "".join(f"M{_WIDE * i + left:g} {top:g}{goes_on}" for i, found in enumerate(kinds) if found == kind)
        paths += [f'<path class="t-{kind}" {paint} d="{drawn}"/>'] if drawn else []
    return "".join(paths)


def _dots(rows: Sequence[Sequence[str]]) -> str:
    """Rows that were kept throughout, as small dots."""
    drawn = "".join(
        f"M{_WIDE * i + 6} {5 * place + 4}h0" for place, kinds in enumerate(rows) for i, kind in enumerate(kinds) if kind
    )
    return f'<path class="t-throughout" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" d="{drawn}"/>'
