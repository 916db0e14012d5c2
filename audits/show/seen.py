"""What tables and charts need of a view and of a record, whoever made them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

import pandas as pd

from audits.controls.promise import Promise
from audits.law.period import Period


class Viewed(Protocol):
    """A promise's findings in a period, perhaps narrowed, with other values."""

    @property
    def promise(self) -> Promise:
        """Whose findings."""

    @property
    def period(self) -> Period:
        """Of when."""

    @property
    def verdict(self) -> str | None:
        """The one verdict it is narrowed to."""

    @property
    def where(self) -> Mapping[str, str]:
        """The values of dimensions it is narrowed to."""

    @property
    def parameters(self) -> Mapping[str, Any]:
        """The values that differ from the promise's own."""

    @property
    def as_promised(self) -> Viewed:
        """The same with the promise's own values."""

    @property
    def counts(self) -> dict[str, int]:
        """Findings by verdict."""

    @property
    def rate(self) -> tuple[float, float] | tuple[None, None]:
        """Lowest and highest share of duties kept."""

    def by_month(self) -> pd.DataFrame:
        """Columns month, one per verdict, rate_low, rate_high."""


class Recorded(Protocol):
    """A record, and all that is held of its person."""

    @property
    def record_id(self) -> str:
        """Its key."""

    @property
    def timeline(self) -> pd.DataFrame:
        """Columns instant, table_name, record_id, event, details."""
