"""The commands, a module a group.

Exit codes: 0 done; 1 done, and the answer is bad; 2 unusable input or arguments; 3 a run failed.
What a command needs is imported when it is called: `audits --help` waits for nothing but click.
"""

from audits.cli import exploring, published, running, scheduled, texts  # noqa: F401 – they add their commands
from audits.cli.group import main

__all__ = ["main"]
