"""Readers turn a document into text with the layout that reportlint.layout understands.

A reader for a binary format writes its tables a row a line with pipes and its paragraphs a
line each, and records in Source.origins where in the document each range came from. Rules and
renderers see only the text; so they need not know where it came from.
"""
