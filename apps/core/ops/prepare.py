"""``python -m apps.core.ops.prepare``: what must be made once the packages are there."""

import logging

from apps.core.ops import catalogues, fonts

if __name__ == "__main__":
    logging.basicConfig(format="%(message)s")
    catalogues.compile_all()
    fonts.ensure()
