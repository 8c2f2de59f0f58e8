"""How large a file may be that is read here."""

MAX_DOCUMENT = 8_000_000  # bytes; a full plan has about 150,000
MAX_PDF = 30_000_000  # bytes; a long plan with many pictures has 3,000,000
MAX_TABLE = 4_000_000  # bytes of one table
