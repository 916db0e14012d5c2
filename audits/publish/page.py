"""The pages of a run: one a notebook, and one a section of the texts of the notebook that shows a section."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from audits.controls.promise import Promise
from audits.errors import Unusable
from audits.evaluation.results import Results
from audits.operate import log
from audits.show import wording
from audits.texts import section
from audits.workspace import Workspace

# The notebook that is run once for each section.
_OF_EACH_SECTION = "section"


@dataclass(frozen=True)
class Page:
    """What a notebook becomes: `name` is that of its files; of a section its own title and parameters."""

    notebook: Path
    name: str
    section: str | None = None

    @property
    def title(self) -> str | None:
        """A section's own."""
        return self.section and wording.section(self.section)

    def parameters(self, given: dict[str, Any]) -> dict[str, Any]:
        """What is given to every notebook of a run, and what this one is to show."""
        return given if self.section is None else {**given, "section": self.section}


def fed(workspace: Workspace, promises: Sequence[Promise], names: Sequence[str]) -> list[Path]:
    """The notebooks of those names, all if none, of which something is promised; raises Unusable for one asked for that is none.

    What is left out is told.
    """
    chosen = workspace.published_notebooks(names)
    kept = [notebook for notebook in chosen if workspace.fed(notebook, promises)]
    for notebook in chosen:
        if notebook not in kept:
            said = f"{notebook.stem}: left out: nothing that it shows is promised"
            if names:
                raise Unusable(said)
            log.event("left_out", said, notebook=notebook.stem)
    return kept


def pages(notebooks: Iterable[Path], results: Results) -> list[Page]:
    """The pages that notebooks become; raises Unusable where there is none."""
    made = [page for notebook in notebooks for page in _pages(notebook, results)]
    if not made:
        raise Unusable(f"{_OF_EACH_SECTION}: left out: nothing is promised in any section")
    return made


def _pages(notebook: Path, results: Results) -> Iterator[Page]:
    if notebook.stem != _OF_EACH_SECTION:
        yield Page(notebook, notebook.stem)
        return
    for each in results.sections:
        yield Page(notebook, each.page, each.name)
    shown = {each.page for each in results.sections}
    if left := [name for name in dict.fromkeys(results.clauses().section) if section.page(name) not in shown]:
        log.event("left_out", f"{notebook.stem}: left out: nothing is promised in {', '.join(left)}", notebook=notebook.stem)
