"""Where a user's own knowledge is kept on this machine: imported gazetteers, actors of one's own."""

from __future__ import annotations

import os
from pathlib import Path


def home() -> Path:
    """The folder: `SITUATE_HOME`, else `situate` in the user's data folder."""
    if set_by_user := os.environ.get("SITUATE_HOME"):
        return Path(set_by_user)
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "situate"
