"""Tests on a real PostgreSQL, a real broker and a real worker: ``python -m tests.services``."""
