"""``python -m tests.services [pytest arguments]``: the suite that meets the production engines.

Starts PostgreSQL and Valkey (or uses those that DATABASE_URL and CELERY_BROKER_URL name), then
runs pytest with them, since settings are read before any fixture can run.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from apps.core.ops import valkey
from apps.core.ops.processes import Service
from tests.services import postgres


def main(arguments: list[str]) -> int:
    started: list[Service] = []
    # A short path: a unix socket's name may be no longer than 107 bytes.
    with tempfile.TemporaryDirectory(prefix="vp-", ignore_cleanup_errors=True) as folder:
        os.chmod(folder, 0o711)
        environment = dict(os.environ)
        environment["DATA_DIR"] = str(Path(folder) / "app")
        try:
            if not environment.get("DATABASE_URL"):
                server, url = postgres.start(Path(folder) / "pg")
                started.append(server)
                environment["DATABASE_URL"] = url
            if not environment.get("CELERY_BROKER_URL"):
                run_dir = Path(folder) / "valkey"
                broker = valkey.service(run_dir, run_dir, run_dir / "valkey.log")
                broker.start()
                started.append(broker)
                path = valkey.socket_path(run_dir)
                valkey.wait_until_ready(broker, path)
                environment["CELERY_BROKER_URL"] = valkey.broker_url(path)
            command = [sys.executable, "-m", "pytest", "tests/services", *arguments]
            return subprocess.run(command, env=environment).returncode
        finally:
            for service in reversed(started):
                service.stop()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
