"""The worked examples of the controls, over our own contract."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any

from audits.contract.export import Export
from audits.controls.control import Control
from audits.evaluation import examples
from audits.evaluation.examples import around, as_of, query, rows, unlike

from ..conftest import WORKSPACE

__all__ = ["Given", "around", "as_of", "found", "opened", "query", "rows", "unlike"]
Given = dict[str, list[dict[str, Any]]]


def opened(example: dict[str, Any]) -> AbstractContextManager[Export]:
    """The rows of an example, opened as a run opens an export."""
    return examples.opened(WORKSPACE.contract, example)


def found(control: Control, example: dict[str, Any]) -> list[dict[str, Any]]:
    """The findings that a control gives for an example, each with its scope."""
    return examples.found(WORKSPACE.contract, control, example)
