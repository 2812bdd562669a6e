"""Outputs."""

outside: list = []
inside: list = []
