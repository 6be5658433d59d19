"""Word documents (.docx, .docm): read as Word shows them, and written back with only the mended characters changed."""

from reportlint.source import Source

SUFFIXES = (".docx", ".docm")


def read(data: bytes, path: str) -> Source:
    """The text of a Word document. Raises UnreadableFile, with a sentence that says what to do."""
    # Archives and XML are dear to import, and most runs read text.
    from reportlint.readers.word.docx import open_document

    return open_document(data, path)
