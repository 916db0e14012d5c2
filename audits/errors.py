"""The two ways an audit can end without an answer; each message is one line: what is wrong, where, what to do."""

import difflib
import errno
import re
import threading
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, get_args

if TYPE_CHECKING:
    from pydantic import BaseModel, ValidationError

# How alike two names are, from 0 to 1, that one may be meant by the other.
NEAR = 0.6
# Set once the process is told to end: whatever is raised from then on came of that, also what looks like another error.
told_to_end = threading.Event()


class Unusable(Exception):
    """The input or the arguments cannot be used: exit code 2.

    Its line goes into logs and mails, and holds no word of the data. `words` may quote it: `audits check` shows them.
    """

    def __init__(self, said: str, words: str = "") -> None:
        super().__init__(said)
        self.words = words

    def in_full(self) -> str:
        """The line with the words, for whoever may see the data."""
        return f"{self}: {self.words}" if self.words and self.words not in str(self) else str(self)

    def in_short(self) -> str:
        """For the ledger: the line up to what may quote the data."""
        return _in_short(self)


class RunFailed(Exception):
    """A notebook or the run itself failed: exit code 3."""

    def in_short(self) -> str:
        """For the ledger: which notebook, cell and kind of error, without the error's own words, which may quote the data."""
        return _in_short(self)


class EngineFailed(RunFailed):
    """Another engine could not answer. Its line holds no word of the data; `words` may, as the engine said them."""

    def __init__(self, said: str, words: str = "") -> None:
        super().__init__(said)
        self.words = words


def _in_short(error: Exception) -> str:
    """No path of the machine either: leadership reads it."""
    return re.sub(r"(?<!\S)/\S*/", "", ": ".join(" ".join(str(error).split()).split(": ")[:3]))


OUT_OF_MEMORY = "more memory is needed than may be used: raise --memory or --spill-limit, or name a --spill folder with room"


def is_memory(error: BaseException) -> bool:
    """Whether the engine, or Python, came to the bound of its memory.

    Asked by name, so that commands without the engine need not load it.
    """
    return type(error).__name__ in ("OutOfMemoryException", "MemoryError") or "failed to pin block" in str(error)


def is_full(error: BaseException) -> bool:
    """Whether a disk had no space left."""
    return getattr(error, "errno", None) == errno.ENOSPC or "No space left on device" in str(error)


def kind(error: BaseException) -> str:
    """For the ledger: our own errors in short, any other by its kind alone, since its words may quote the data."""
    return error.in_short() if isinstance(error, (Unusable, RunFailed)) else type(error).__name__


# Errors of the engine that speak of SQL, files and the machine, and quote no value.
_OF_NO_VALUE = (
    "BinderException", "CatalogException", "ParserException", "SyntaxException", "IOException", "PermissionException",
    "OutOfMemoryException", "TransactionException", "InterruptException", "EngineFailed",
)  # fmt: skip
_KINDS = {
    "ConversionException": "a value is none of its type",
    "OutOfRangeException": "a value is out of range",
    "InvalidInputException": "a function cannot take a value",
    "NotImplementedException": "the engine cannot do that, or does not know a time zone",
}


def kind_of(error: BaseException) -> str:
    """What may be told of an error where the data may not: its first line if that quotes no value, else of what kind it is."""
    name = type(error).__name__
    return first_line(error) if name in _OF_NO_VALUE else _KINDS.get(name, name)


def first_line(error: BaseException) -> str:
    """The first line of an error's text, without the engine's own prefix."""
    if is_memory(error):
        return OUT_OF_MEMORY
    text = str(error).strip() or type(error).__name__
    line = text.splitlines()[0]
    return line.split("Error: ", 1)[-1]


def nearest(name: str, known: Iterable[str], cutoff: float = NEAR) -> str | None:
    """The known name that is written most like an unknown one; blanks, dots and dashes are read as underscores."""
    plain = re.sub(r"\W+", "_", name.strip().lower())
    return next(iter(difflib.get_close_matches(plain, list(known), n=1, cutoff=cutoff)), None)


def hint(name: str, known: Iterable[str], otherwise: str) -> str:
    """What to say of an unknown name: the nearest known one, or `otherwise`."""
    near = difflib.get_close_matches(name, list(known), n=1, cutoff=0.3)
    return f"did you mean {near[0]}?" if near else otherwise


# What a value in a file must be, by the kind of pydantic's error; {places} are of its context.
_MUST = {
    "missing": "is missing",
    "bool_type": "must be true or false",
    "bool_parsing": "must be true or false",
    "string_type": "must be text, in quotation marks",
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "int_from_float": "must be a whole number",
    "float_type": "must be a number",
    "float_parsing": "must be a number",
    "list_type": "must be a list, in brackets",
    "tuple_type": "must be a list, in brackets",
    "dict_type": "must be a table",
    "model_type": "must be a table",
    "date_type": "must be a day, such as 2026-03-01",
    "date_parsing": "must be a day, such as 2026-03-01",
    "date_from_datetime_parsing": "must be a day, such as 2026-03-01",
    "date_from_datetime_inexact": "must be a day, such as 2026-03-01, without a time",
    "string_too_short": "must not be empty",
    "too_short": "must not be empty",
    "too_long": "must have {max_length} entries at most",
    "literal_error": "must be {expected}",
    "greater_than_equal": "must be {ge:g} or more",
    "less_than_equal": "must be {le:g} or less",
    "string_pattern_mismatch": "must be {written}",
}
# How a text has to be written, by its pattern.
WRITTEN = {
    r"^[a-z][a-z0-9_]*$": "small letters, digits and _, a letter first",
    r"^[a-z][a-z0-9_-]*$": "small letters, digits, _ and -, a letter first",
    r"^[A-Z]{2}(-[A-Z0-9]{1,3})?$": "the code of a country or a region, such as DE or US-CA",
    r"^(?i:\d+(\.\d+)? ?([KMGT]i?B|%))$": "a size, such as 500MB or 80%",
    r"^[1-9]\d{0,5} ?[smh]$": "a time, such as 90s, 5m or 2h",
}


def invalid(error: "ValidationError", content: Mapping[str, Any], model: "type[BaseModel]", ours: Collection[str] = ()) -> str:
    """The first thing that is wrong with what a file holds, for its line: where, by the part's id, and what it must be.

    `ours` are keys of the model that nobody writes.
    """
    detail = error.errors(include_url=False)[0]
    return ": ".join(filter(None, (_where(dict(detail), content), _says(dict(detail), model, ours))))


def _says(detail: dict[str, Any], model: "type[BaseModel]", ours: Collection[str]) -> str:
    if detail["type"] == "extra_forbidden":
        known = [name for name in _keys(detail["loc"], model) if name not in ours]
        return f"is no key that belongs here: {hint(str(detail['loc'][-1]), known, 'there are: ' + ', '.join(known))}"
    context = detail.get("ctx", {})
    written = WRITTEN.get(context.get("pattern", ""), f"as {context.get('pattern')} has it")
    must = _MUST.get(detail["type"])
    return must.format(**{**context, "written": written}) if must else detail["msg"].removeprefix("Value error, ")


def _where(detail: dict[str, Any], content: Any) -> str:
    """jobs.monthly.cron; or, of an entry of a list, clause requests.answered: kind; what is no key of the file is left out."""
    said, here = "", content
    for part in detail["loc"]:
        if isinstance(part, int) and isinstance(here, (list, tuple)) and part < len(here):
            here = here[part]
            name = (here.get("id") or here.get("use")) if isinstance(here, dict) else None
            said = f"{said.removesuffix('s')} {name}:" if name else f"{said} (entry {part + 1})"
        elif isinstance(here, dict) and (part in here or detail["type"] == "missing"):
            here = here.get(part)
            said += f"{' ' if said.endswith(':') else '.' if said else ''}{part}"
    return said.removesuffix(":")


def _keys(place: tuple[str | int, ...], model: Any) -> Iterable[str]:
    """The keys that there may be where one is that may not."""
    for part in place[:-1]:
        fields = model.model_fields if part in model.model_fields else {}
        model = next(_models(fields[part].annotation), model) if fields else model
    return list(model.model_fields)


def _models(annotation: Any) -> Iterator[Any]:
    """The models that a type is made of."""
    if hasattr(annotation, "model_fields"):
        yield annotation
    for each in get_args(annotation):
        yield from _models(each)
