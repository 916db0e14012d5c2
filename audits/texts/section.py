"""A section of what was promised: the clauses that stand under one name, in every text that has one of it. It has a page."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from hashlib import sha256

from audits.texts.text import Clause
from audits.words import mark

# What the names of the pages of sections begin with.
SECTION = "section-"
# Where a promise stands that no clause names.
NO_CLAUSE = mark("Under no clause")
_LONGEST = 60  # letters of a page's name: a file's has an end on every system


def page(section: str) -> str:
    """The name of a section's page: section-your-rights. Sections that differ in signs or case alone share one; & is a word.

    What letters of other scripts leave out is made up for by a part of the name's SHA-256.
    """
    plain = unicodedata.normalize("NFKD", section.casefold().replace("&", " and "))
    slug = re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode()).strip("-")[:_LONGEST].strip("-")
    is_whole = sum(map(str.isalnum, slug)) == sum(map(str.isalnum, plain)) > 0
    return SECTION + "-".join(filter(None, (slug, "" if is_whole else sha256(section.encode()).hexdigest()[:8])))


def of_promise(clauses: Sequence[Clause]) -> str:
    """The section in which a promise is shown first, of the clauses that it stands under."""
    return clauses[0].section if clauses else NO_CLAUSE
