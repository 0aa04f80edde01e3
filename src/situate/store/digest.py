"""Short stand-ins for long or awkward values."""

from __future__ import annotations

import hashlib
import json

REPORT_KEY_LENGTH = 16


def digest_of(*parts: object, length: int) -> str:
    """The first hexadecimal digits of a SHA-256 over the parts as JSON: the same everywhere, for any text."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode("ascii")).hexdigest()[:length]


def name_digest(name: str) -> str:
    """The stand-in for a report's id or address, as `report_names` holds it."""
    return digest_of(name, length=16)
