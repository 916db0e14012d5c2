"""A chart, and how every one of them looks: five colours with one meaning each, no legend where a label can stand."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from audits.show.html import Html

PLOTLY = "application/vnd.plotly.v1+json"
# What was measured; kept, limits, labels; broken or beyond chance; cannot be told; what leads somewhere; the band of chance.
# They are those of white paper: charts.js puts those of black paper in their place.
INK, QUIET, RUST, OCHRE, BLUE, CHANCE = "#1a1f24", "#586370", "#a8320c", "#785a00", "#0a58a6", "#eaedf0"
FONT = {"family": "system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif", "size": 12}


@dataclass(frozen=True)
class Chart:
    """A figure, what it shows in a sentence, its data as a table for readers who see no picture, and what it finds."""

    figure: go.Figure
    says: str
    data: Html
    finds: str = ""

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return {
            PLOTLY: json.loads(self.figure.to_json()),
            "text/html": self.data.html,
            "text/plain": "\n".join(filter(None, (self.finds, self.says))),
        }


def lay_out(figure: go.Figure, y: str, x: str = "", range_: list[float] | None = None) -> go.Figure:
    """One look for all: no frame, no fill, labels that are never cut."""
    figure.update_layout(
        template="none", height=320, margin={"l": 48, "r": 16, "t": 28, "b": 48}, paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)", font=FONT, legend={"orientation": "h", "y": 1.12},
        xaxis={"title": {"text": x}, "automargin": True},
        yaxis={"title": {"text": y}, "range": range_, "nticks": 5 if range_ else None, "automargin": True},
    )  # fmt: skip
    return figure


def band(x: Sequence[Any], limits: Sequence[tuple[float, float]], usual: Sequence[float], shape: str) -> list[go.Scatter]:
    """What chance makes of the usual level at each x, in shares from 0 to 1: its limits, and that level, which may be a range."""
    edge: dict[str, Any] = {"x": x, "mode": "lines", "hoverinfo": "skip", "showlegend": False}
    limit = {"color": QUIET, "width": 1, "dash": "dash", "shape": shape}
    level = {"color": QUIET, "width": 1.5, "dash": "dot"}
    return [
        go.Scatter(y=[100 * high for _, high in limits], line=limit, **edge),
        go.Scatter(y=[100 * low for low, _ in limits], line=limit, fill="tonexty", fillcolor=CHANCE, **edge),
        *(go.Scatter(y=[100 * each] * len(x), line=level, **edge) for each in dict.fromkeys(usual)),
    ]


def escaped(label: str) -> str:
    """Plotly reads a few tags in labels: text of the data is text."""
    return label.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
