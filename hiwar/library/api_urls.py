"""Addresses of the library's part of the public interface, below /api/v1/."""

from __future__ import annotations

from typing import Any

urlpatterns: list[Any] = []
