"""From the bytes of a Word document to its view."""

from __future__ import annotations

from xml.parsers import expat

from reportlint.readers.word.body import read_body
from reportlint.readers.word.document import WordDocument
from reportlint.readers.word.numbering import Numbering
from reportlint.readers.word.package import Package, Refused, damaged, in_utf8, too_much
from reportlint.readers.word.styles import read_styles
from reportlint.readers.word.view import lay_out
from reportlint.readers.word.xmltree import parse
from reportlint.source import Source


def open_document(data: bytes, path: str) -> Source:
    """The view of a Word document. Raises UnreadableFile, with a sentence that says what to do."""
    package = Package(data, path)
    xml = in_utf8(package.read(package.main))
    try:
        styles = read_styles(package.related(package.main, "/styles"))
        view = lay_out(read_body(parse(xml), styles), Numbering(package.related(package.main, "/numbering")))
    except (expat.ExpatError, ValueError, LookupError) as error:
        # Of encodings that expat does not know it says so with a ValueError or a LookupError.
        raise damaged(path, str(error)) from None
    except Refused:
        raise too_much(path) from None
    document = WordDocument(package, xml, view, open_document)
    return Source(path, view.text, data=data, origins=view.origins, walled=True, document=document)
