"""The reading run over many inputs: in one process or on all cores, in input order, in bounded memory."""

from situate.engine.run import read_all

__all__ = ["read_all"]
