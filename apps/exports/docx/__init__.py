"""The plan as a Word document. maker.py is the way in; xml.py at the bottom writes what python-docx
has no words for."""
