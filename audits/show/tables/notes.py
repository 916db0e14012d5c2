"""What a reader must know before anything else."""

from __future__ import annotations

from audits.show.html import Html, render
from audits.show.reader import Reader


def notes(audit: Reader) -> Html:
    """What a reader must know of the export before anything else."""
    return Html(render("notes.html.j2", notes=audit.run.notes), "\n".join(audit.run.notes) or "None.")
