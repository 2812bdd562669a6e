"""Who did what, when: append-only entries without foreign keys."""
