"""The arithmetic of a project: schedule, earned value, cost by month.

Pure functions of plain values; no request, no query. ``None`` is unknown. Used by this app only.
"""
