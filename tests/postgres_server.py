"""A PostgreSQL server of the tests' own, in a temporary folder, where its programs are installed."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

USER = "postgres"


def why_not() -> str | None:
    """What keeps the tests from starting a server, and the remedy; None where nothing does."""
    try:
        import psycopg  # noqa: F401
    except ImportError:
        return "psycopg isn't installed; pip install 'situate[postgres]'"
    if _program("initdb") is None:
        return "PostgreSQL isn't installed (no initdb found); apt-get install postgresql"
    if os.geteuid() == 0 and (_account() is None or shutil.which("runuser") is None):
        return "PostgreSQL refuses to run as root, and there is no other account for it; run the tests as another user"
    return None


@contextmanager
def server() -> Iterator[str]:
    """Runs a server that listens on a socket alone. Gives the folder of the socket."""
    folder = Path(tempfile.mkdtemp(prefix="situate-pg-"))
    account = _account() if os.geteuid() == 0 else None
    if account:
        os.chown(folder, account.pw_uid, account.pw_gid)
    data = folder / "data"
    options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
    try:
        _run("initdb", "--pgdata", data, "--username", USER, "--auth", "trust", "--encoding", "UTF8", "--no-sync")
        _run("pg_ctl", "--pgdata", data, "--log", folder / "log", "--options", options, "--wait", "start")
        try:
            yield str(folder)
        finally:
            _run("pg_ctl", "--pgdata", data, "--mode", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _account() -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(USER)
    except KeyError:
        return None


def _program(name: str) -> str | None:
    installed = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return shutil.which(name) or (str(installed[-1]) if installed else None)


def _run(program: str, *arguments: str | Path) -> None:
    command = [_program(program) or program, *map(str, arguments)]
    if os.geteuid() == 0:
        command = ["runuser", "-u", USER, "--", *command]
    # no pipe: the server would inherit it, and the call never end
    subprocess.run(command, check=True, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=120)
