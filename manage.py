#!/usr/bin/env python3
"""Django's command line.

``up`` and ``verify`` work on a machine that has nothing but Python: they go through
config/bootstrap.py first, which prepares .venv and then comes back here with its Python.
"""

import os
import sys
from pathlib import Path

BOOTSTRAPPED_COMMANDS = {"up", "verify"}

if __name__ == "__main__":
    if sys.argv[1:2] and sys.argv[1] in BOOTSTRAPPED_COMMANDS and not os.environ.pop("BOOTED", ""):
        bootstrap = str(Path(__file__).resolve().parent / "config" / "bootstrap.py")
        os.execv(sys.executable, [sys.executable, bootstrap, *sys.argv[1:]])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
