"""The revision of the tables that this version of the program knows."""

from __future__ import annotations

HEAD = "0010"  # the newest revision in `migrations/versions`; a test holds the two alike
