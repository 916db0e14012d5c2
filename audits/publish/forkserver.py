"""For the fork server alone, which imports it first: it ends with the run that started it, whatever it is at.

The server looks for the end of its run only when it has imported all that kernels need, which can take seconds. Its forks have
no such timer; they look for themselves (kernel.py).
"""

from __future__ import annotations

import os
import signal

_EVERY_S = 0.5
_RUN = os.getppid()


def _look(*_: object) -> None:
    if os.getppid() != _RUN:
        os._exit(1)


os.register_at_fork(after_in_child=lambda: signal.signal(signal.SIGALRM, signal.SIG_DFL))
signal.signal(signal.SIGALRM, _look)
signal.setitimer(signal.ITIMER_REAL, _EVERY_S, _EVERY_S)
