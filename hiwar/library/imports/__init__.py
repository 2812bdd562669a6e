"""Bulk import of items, a JSON object a line: reading, checking, cleaning, writing, each in a module of its own."""
