"""The order of the tests of controls."""

from __future__ import annotations

from pathlib import Path

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A control's tests one after the other: then one process gets most of them, and works out its examples once."""
    places = [i for i, item in enumerate(items) if item.path.parent == Path(__file__).parent]
    for place, item in zip(places, sorted((items[i] for i in places), key=control_of), strict=True):
        items[place] = item


def control_of(item: pytest.Item) -> str:
    """The id of the control that a test is of, or nothing."""
    control = getattr(item, "callspec", None) and item.callspec.params.get("control")  # type: ignore[attr-defined]
    return control.id if control else ""
