"""How the product is started, watched and kept in good order.

Used by config/, the management commands and the tests. Modules that name no Django import work
before Django is set up: bootstrap, Docker and health checks call them so.
"""
