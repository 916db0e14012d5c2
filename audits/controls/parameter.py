"""A parameter of a control: what may be promised otherwise, with its unit and bounds."""

from __future__ import annotations

import math
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, model_validator

Value = int | float | bool | str | list[str]
UNSET = "unset"  # written in a file where a number is to be none: nothing is promised

_LEAST = {"days": 0, "hours": 0, "years": 0, "people": 0}
_MOST = {"days": 36_500, "hours": 876_000, "years": 150, "people": 1_000_000_000}
_KINDS = {
    "integer": "a whole number",
    "number": "a number",
    "flag": "true or false",
    "word": "a word",
    "words": "a list of words",
}


class Parameter(BaseModel):
    """What a value must be: `type` (told by the default, if there is one), `unit`, `least` and `most`, or the `words` allowed.

    `of` names the vocabulary of the contract that its words belong to: an export that holds one is understood.

    Without a default a number is unset until somebody sets one, and is bound as NULL; words are the text's to name, and without
    them the promise is not assessed. What is not `needed` may be unset, whatever its default.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    type: Literal["integer", "number", "flag", "word", "words"]
    default: Any = None
    unit: str = ""
    least: float | None = None
    most: float | None = None
    words: tuple[str, ...] = ()
    of: str = ""
    needed: bool = True

    @model_validator(mode="before")
    @classmethod
    def _told_by_the_default(cls, data: Any) -> Any:
        if not isinstance(data, dict) or "type" in data or "default" not in data:
            return data
        kinds = {bool: "flag", int: "integer", float: "number", str: "word", list: "words"}
        return {**data, "type": kinds.get(type(data["default"]), "none")}

    @model_validator(mode="after")
    def _holds_its_default(self) -> Parameter:
        if self.default is not None:
            self.read(self.default)
        return self

    @property
    def is_needed(self) -> bool:
        """Whether somebody has to give a value before anything can be judged."""
        return self.needed and self.default is None and self.type in ("word", "words")

    @property
    def may_be_unset(self) -> bool:
        """Whether it may have no value at all."""
        return not self.needed or (self.default is None and not self.is_needed)

    def read(self, value: Any) -> Value | None:
        """The value as it is bound; raises ValueError saying what it must be."""
        if value in (UNSET, None) and self.may_be_unset:
            return None
        if self.type == "words" and isinstance(value, str):
            value = value.split("|")  # as lists were written before they were lists
        if not self._is_of_its_type(value):
            raise ValueError(f"{written(value)} is not {self.says}")
        if isinstance(value, (int, float)) and not isinstance(value, bool) and not self._lowest <= value <= self._highest:
            raise ValueError(f"{written(value)} is not {self.says}")
        if isinstance(value, (bool, int, float)):
            return value
        words = [word.strip() for word in ([value] if self.type == "word" else value)]
        for word in words:
            if word in ("", UNSET) or (self.words and word not in self.words):
                raise ValueError(f"{written(word)} is not {self.says}")
        return words[0] if self.type == "word" else words

    @property
    def says(self) -> str:
        """What a value must be, in words."""
        if self.words:
            return f"one of {', '.join(self.words)}" if self.type == "word" else f"a list of {', '.join(self.words)}"
        of = f" of {self.unit}" if self.unit else ""
        bounds = f" from {self._lowest:g} to {self._highest:g}" if self.type in ("integer", "number") else ""
        return f"{_KINDS[self.type]}{of}{bounds}"

    @property
    def _lowest(self) -> float:
        return self.least if self.least is not None else _LEAST.get(self.unit, -1_000_000_000)

    @property
    def _highest(self) -> float:
        return self.most if self.most is not None else _MOST.get(self.unit, 1_000_000_000)

    def _is_of_its_type(self, value: Any) -> bool:
        if self.type == "flag":
            return isinstance(value, bool)
        if self.type == "integer":
            return isinstance(value, int) and not isinstance(value, bool)
        if self.type == "number":
            return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
        if self.type == "word":
            return isinstance(value, str)
        return isinstance(value, (list, tuple)) and all(isinstance(word, str) for word in value)


def written(value: Any) -> str:
    """As it stands in a TOML file."""
    if value is None:
        return UNSET
    if isinstance(value, bool):
        return str(value).lower()
    return repr(value).replace("'", '"') if isinstance(value, (str, list)) else str(value)
