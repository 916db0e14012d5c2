"""The two ways an audit can end without an answer; each message is one line: what is wrong, where, what to do."""


class Unusable(Exception):
    """The input or the arguments cannot be used: exit code 2."""


class RunFailed(Exception):
    """A notebook or the run itself failed: exit code 3."""


def first_line(error: BaseException) -> str:
    """The first line of an error's text, without the engine's own prefix."""
    text = str(error).strip() or type(error).__name__
    line = text.splitlines()[0]
    return line.split("Error: ", 1)[-1]
