"""Finding a claim by pasting its words: words and stems (`words`, `stemming`, `lexicon`), likeness of stems
(`likeness`), the index that answers (`index`), and the one of this process (`held`). Nothing but `held` reads the
database."""
