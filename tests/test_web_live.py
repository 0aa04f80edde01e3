"""The stream of news: what it says at first, and that it keeps nobody from ending the server."""

from __future__ import annotations

import json
import signal
import urllib.request
from pathlib import Path

from served import SLOWEST, serving
from told_pictures import told

from situate.store import Store


def test_an_open_page_does_not_keep_the_server_from_ending(tmp_path: Path) -> None:
    path = tmp_path / "test.db"
    with Store.open(str(path)) as store:
        store.add(told("r", "Rebels shelled Nawa.", actor="Rebels", place="Nawa"))
    with serving(path) as (server, address), urllib.request.urlopen(f"{address}/api/live", timeout=SLOWEST) as stream:
        told_first = json.loads(stream.readline().removeprefix(b"data: "))
        assert (told_first["reports"], told_first["decisions"]) == (1, 0) and told_first["waiting"] in (0, 1)
        server.send_signal(signal.SIGINT)
        server.wait(timeout=SLOWEST)
