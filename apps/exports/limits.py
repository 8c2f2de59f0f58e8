"""How much one document may be, so that one plan cannot hold up everybody's exports. Whoever prints
or shows why something was not printed may use it. Time and memory have their limits where the
renderer is watched: renderer.py and renderer_process.py.
"""

PAGE_LIMIT = 1_500  # a full plan has 60 to 200
ROW_LIMIT = 300  # of one table
TOLD_LIMIT = 150  # rows whose texts are told one below the other


class TooManyPages(Exception):
    """The layout was stopped at the page limit."""


def check_pages(count: int) -> None:
    if count > PAGE_LIMIT:
        raise TooManyPages(f"more than {PAGE_LIMIT} pages")
