"""`jenjang temporal`: the embedded server by itself, for a machine whose programs are kept running by its system."""

import os

from console.service import local_temporal
from runtime.payload_keys import keyring_of
from runtime.settings import load_settings


def temporal() -> None:
    """Run the embedded Temporal server only, until SIGTERM or Ctrl-C. Its file is in the data folder."""
    settings = load_settings()
    keyring_of(settings)  # without a key nothing that starts later could read what it holds
    server = local_temporal(settings)
    os.execv(server.argv[0], server.argv)  # noqa: S606 - a program of this environment, with a list of arguments
