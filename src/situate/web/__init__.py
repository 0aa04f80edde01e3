"""The API and the page over a store, for one user on this machine."""

from situate.web.app import make_app

__all__ = ["make_app"]
