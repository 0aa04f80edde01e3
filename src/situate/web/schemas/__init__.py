"""What the answers of the API hold: the models from which its description is made.

The routes answer with plain values, which is many times faster than making models of them first; that both are the same
is held by the tests, which check every answer against the description. Models forbid what they don't name.
"""

from situate.web.schemas.base import Shape

__all__ = ["Shape"]
