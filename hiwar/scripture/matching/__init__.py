"""The engine of `hiwar.scripture.detect`: spellings, indexes, alignment and judgement. Pure Python, no Django."""
