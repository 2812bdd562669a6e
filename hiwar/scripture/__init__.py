"""Scripture is data: Quran and hadith by reference, compared with pinned editions, never typed and never normalised."""
