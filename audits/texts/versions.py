"""Versions of a text: files of the same id, each in force from its own first day until the next one's."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from audits.errors import Unusable
from audits.texts.text import Text


def in_order(texts: Sequence[Text]) -> tuple[Text, ...]:
    """The texts in their order, each followed by its earlier versions, the latest first.

    The latest version keeps its id and title; an earlier one has its last day behind them, and ends where the next begins.
    Raises Unusable where two versions begin on the same day.
    """
    versions: dict[str, list[Text]] = {}
    for text in texts:
        versions.setdefault(text.id, []).append(text)
    return tuple(text for same in versions.values() for text in _ended(same))


def _ended(same: list[Text]) -> list[Text]:
    last, *earlier = sorted(same, key=_first_day, reverse=True)
    ended = [last]
    for later, text in pairwise([last, *earlier]):
        if _first_day(later) == _first_day(text):
            raise Unusable(f"{text.id}: two texts of this id are in force from the same day; give each version its in_force_from")
        ended.append(_superseded(text, _first_day(later)))
    return ended


def _superseded(text: Text, until: date) -> Text:
    last_day = until - timedelta(days=1)
    told = {"id": f"{text.id}-until-{last_day}", "title": f"{text.title} (until {last_day})"}
    return text.model_copy(update={**told, "version_of": text.id, "in_force_until": until})


def _first_day(text: Text) -> date:
    return text.in_force_from or date.min
