"""The two ways an audit can end without an answer; each message is one line: what is wrong, where, what to do."""

import difflib
import errno
import re
import threading
from collections.abc import Iterable

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
