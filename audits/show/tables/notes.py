"""What a reader must know before anything else."""

from __future__ import annotations

from audits.show.html import Html, render
from audits.show.reader import Reader
from audits.show.retold import again
from audits.words import say


def notes(audit: Reader) -> Html:
    """What a reader must know of the export before anything else."""
    told = [again(note) for note in audit.run.notes]
    return Html(render("notes.html.j2", notes=told), "\n".join(told) or say("None."))
