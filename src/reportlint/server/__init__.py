"""The language server (`reportlint server`, extra `lsp`): reportlint in an editor.

project checks one text, library keeps the reports of the workspace, app speaks the protocol; the
other modules each make one kind of answer of a checked text. Only here are pygls and lsprotocol
imported.
"""
