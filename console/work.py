"""A worker process: what `up` starts here and what a container starts elsewhere. It loads nothing of the API: half the time."""

import runpy
import sys

from runtime.payload_keys import keyring_of
from runtime.settings import load_settings


def worker() -> None:
    """Run one worker process until SIGTERM or Ctrl-C; what it has begun it finishes first."""
    keyring_of(load_settings())
    sys.argv = ["worker"]
    runpy.run_module("worker", run_name="__main__", alter_sys=True)
