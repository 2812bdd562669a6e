"""Demo content: texts in TOML, drawn pictures and small clips."""
