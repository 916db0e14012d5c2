"""The house: which module imports which, read from the code, and a picture of it; `make docs` draws it anew.

    python docs/house.py        writes docs/_static/house.svg

tests/test_house.py reads the same imports and says where the house is not in order.
"""

from __future__ import annotations

import ast
import textwrap
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from xml.sax.saxutils import escape

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "audits"
PICTURE = Path(__file__).parent / "_static" / "house.svg"

# In the order of the way of the data, each with what it holds: a room uses only rooms that stand before it.
ROOMS = {
    "contract": "an export, mapped, measured, sealed",
    "texts": "what was promised: a policy, a law",
    "law": "periods, calendars, due dates, transfers",
    "controls": "the tests, one SQL file each",
    "home": "a folder of the user's own",
    "workspace": "what an audit works with",
    "evaluation": "findings, statuses, results",
    "show": "tables, charts, words, from results alone",
    "explore": "a control, a record, JupyterLab",
    "operate": "schedule, ledger, notices, log",
    "evidence": "what stands beside a page, to verify it",
    "publish": "notebooks run, rendered, put in place",
    "samples": "a synthetic company",
    "cli": "the commands",
}


# Reading


@dataclass(frozen=True, order=True)
class Import:
    """One import: who imports what, where, and whether it waits inside a function."""

    module: str
    imported: str
    line: int
    hidden: bool


def files() -> dict[str, Path]:
    """Every module of the package by its dotted name, in order."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imports() -> list[Import]:
    """Every import of every module: at the top, in a function and for types alone."""
    modules = files()
    found = set()
    for module, path in modules.items():
        for node, hidden in _statements(ast.parse(path.read_text(encoding="utf-8"))):
            names = _imported(node, module if path.stem == "__init__" else module.rpartition(".")[0], modules)
            found |= {Import(module, name, node.lineno, hidden) for name in names}
    return sorted(found)


def _statements(node: ast.AST, hidden: bool = False) -> Iterator[tuple[ast.Import | ast.ImportFrom, bool]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, (ast.Import, ast.ImportFrom)):
            yield child, hidden
        yield from _statements(child, hidden or isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef)))


def _imported(node: ast.Import | ast.ImportFrom, package: str, modules: dict[str, Path]) -> list[str]:
    """What a statement names: `from audits.show import tables` imports the module audits.show.tables."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
    base = ".".join([*above, *([node.module] if node.module else [])])
    return [inner if (inner := f"{base}.{alias.name}") in modules else base for alias in node.names]


def room(module: str) -> str:
    """The room that a module stands in; the name of a module at the top of the package; or "" outside it."""
    package, *rest = module.split(".")
    return (rest or ["audits"])[0] if package == "audits" else ""


# Drawing: the rooms down a staircase. Under each hangs a line; where a later room's line meets it stands the number of imports.

WIDTH, EDGE, STEP, GAP, BOX, HANG = 1100, 20, 50, 14, 460, 17
LETTER, LINE, HEAD = 7.2, 17, 40  # of 12 px monospace, so that lines can be broken without measuring them

STYLE = """
  svg { --ink: #1a1f24; --quiet: #586370; --line: #b9c1ca; --hair: #d5dade; --paper: #fff; --rust: #a8320c; }
  @media (prefers-color-scheme: dark) {
    svg { --ink: #e9ebee; --quiet: #a4aeb9; --line: #5a646f; --hair: #3a4148; --paper: #14171a; --rust: #ff9c75; }
  }
  text { font: 13px system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; fill: var(--quiet); }
  .room { font-size: 15px; font-weight: 600; fill: var(--ink); }
  .modules { font: 12px ui-monospace, "DejaVu Sans Mono", monospace; word-spacing: 6px; }
  .number { font-size: 12px; fill: var(--ink); text-anchor: middle; font-variant-numeric: tabular-nums; }
  .against { fill: var(--rust); }
  .paper { fill: var(--paper); } .box { fill: none; stroke: var(--hair); }
  .way { stroke: var(--line); fill: none; } .tip { fill: var(--line); }
"""
LEGEND = (
    "The way of the data: a room uses only rooms above it.",
    "Follow a room's line to the left: where it meets a line that hangs",
    "from a room above, the number says how many imports lead there.",
)


@dataclass(frozen=True)
class Box:
    """A room's place in the picture."""

    name: str
    lines: list[str]
    x: int
    y: int

    @property
    def height(self) -> int:
        """What the name and the lines of modules take."""
        return HEAD + LINE * len(self.lines)

    @property
    def middle(self) -> int:
        """Where its line to the left begins."""
        return self.y + self.height // 2

    @property
    def hang(self) -> int:
        """Where the line hangs on which others meet it."""
        return self.x + HANG


def picture() -> str:
    """The SVG: the same code gives the same bytes."""
    placed = boxes()
    used = uses()
    below = placed[-1].y + placed[-1].height
    against = [f"{a} → {b} {n}" for (a, b), n in used.items() if _against(a, b)]
    note = [_text(EDGE, below + 30, "Against the order: " + ", ".join(against), "against")] if against else []
    height = below + EDGE + LINE * len(note)
    drawn = [line for box in placed for line in (*_ways(box, placed, used), *_box(box))]
    legend = [_text(EDGE + BOX + 60, EDGE + 22 + 20 * i, line) for i, line in enumerate(LEGEND)]
    return "\n".join([*_head(height), *legend, *drawn, *note, "</svg>", ""])


def uses() -> Counter[tuple[str, str]]:
    """How many imports lead from one room to another."""
    found: Counter[tuple[str, str]] = Counter()
    for each in imports():
        pair = room(each.module), room(each.imported)
        if pair[0] != pair[1] and set(pair) <= set(ROOMS):
            found[pair] += 1
    return found


def boxes() -> list[Box]:
    """The rooms that there are, one below the other, each a step further to the right."""
    lines = _lines()
    there = [name for name in ROOMS if name in lines]
    tops = accumulate((HEAD + LINE * len(lines[name]) + GAP for name in there), initial=EDGE)
    return [Box(name, lines[name], EDGE + STEP * i, top) for i, (name, top) in enumerate(zip(there, tops, strict=False))]


def _lines() -> dict[str, list[str]]:
    """The modules of each room, in lines; those of a package within it after its name."""
    held: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for module, path in files().items():
        folder, name = ".".join(module.split(".")[2:-1]), module.rpartition(".")[2]
        if path.stem != "__init__" and room(module) in ROOMS:
            held[room(module)][folder].append(name)
    return {
        name: [line for folder, names in sorted(folders.items()) for line in _wrapped(folder, names)]
        for name, folders in held.items()
    }


def _wrapped(folder: str, names: list[str]) -> list[str]:
    text = "  ".join([f"{folder}/"] * bool(folder) + names)
    return textwrap.wrap(text, int((BOX - 28) / LETTER), break_on_hyphens=False)


def _against(user: str, used: str) -> bool:
    order = list(ROOMS)
    return order.index(user) < order.index(used)


def _head(height: int) -> list[str]:
    return [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" role="img">',
        "<title>The rooms of privacy-audits, and how many imports lead from each to those before it</title>",
        f"<style>{STYLE}</style>",
        f'<rect class="paper" width="{WIDTH}" height="{height}" rx="6"/>',
    ]


def _ways(box: Box, placed: list[Box], used: Counter[tuple[str, str]]) -> Iterator[str]:
    """The line on which a box hangs others, the line to those it uses, and its numbers where they meet."""
    users = [other for other in placed if used[other.name, box.name] and other.y > box.y]
    if users:
        foot = box.y + box.height
        yield f'<path class="way" d="M{box.hang} {users[-1].middle}V{foot + 6}"/>'
        yield f'<path class="tip" d="M{box.hang} {foot + 1}l4 7h-8z"/>'
    asked = [other for other in placed if used[box.name, other.name] and other.y < box.y]
    if asked:
        yield f'<path class="way" d="M{asked[0].hang} {box.middle}H{box.x}"/>'
    for other in asked:
        yield f'<circle class="paper" cx="{other.hang}" cy="{box.middle}" r="10"/>'
        yield _text(other.hang, box.middle + 4, str(used[box.name, other.name]), "number")


def _box(box: Box) -> Iterator[str]:
    yield f'<rect class="box" x="{box.x}" y="{box.y}" width="{BOX}" height="{box.height}" rx="4"/>'
    name = f'<tspan class="room">{box.name}</tspan><tspan dx="10">{escape(ROOMS[box.name])}</tspan>'
    yield f'<text x="{box.x + 14}" y="{box.y + 23}">{name}</text>'
    for i, line in enumerate(box.lines, 1):
        yield _text(box.x + 14, box.y + 26 + LINE * i, line, "modules")


def _text(x: int, y: int, text: str, kind: str = "") -> str:
    named = f' class="{kind}"' if kind else ""
    return f'<text{named} x="{x}" y="{y}">{escape(text)}</text>'


if __name__ == "__main__":
    PICTURE.write_text(picture(), encoding="utf-8")
