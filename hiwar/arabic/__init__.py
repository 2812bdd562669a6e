"""Arabic text as this site handles it: folding, digits, dates, slugs, order, direction.

Pure Python. Imports nothing of ours and no framework, so every other room may use it.
"""
