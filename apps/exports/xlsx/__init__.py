"""A section's workbook as an Excel file with live formulas. maker.py is the way in."""
