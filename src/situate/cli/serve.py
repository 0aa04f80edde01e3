"""`situate serve`: the store in a web page, on this machine or for people who log in."""

from __future__ import annotations

import ipaddress
import socket
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from situate.cli.common import tell
from situate.cli.listing_options import store_option
from situate.errors import SituateError

if TYPE_CHECKING:
    from situate.store import Store

LOOPBACK = "127.0.0.1"
KEEP_ALIVE = 75  # seconds for which an unused connection is kept: browsers and proxies let go of theirs before that


@click.command("serve")
@click.option("--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="0 takes a free one.")
@click.option("--host", default=LOOPBACK, show_default=True, help="The address to answer at; others need accounts.")
@click.option("--name", "names", multiple=True, help="A host name under which it is reached; may be given again.")
@click.option("--single-user", is_flag=True, help="Nobody logs in, though there are accounts. On this machine alone.")
@click.option("--certificate", type=click.Path(exists=True, dir_okay=False), help="For HTTPS, with --key.")
@click.option("--key", type=click.Path(exists=True, dir_okay=False), help="The certificate's key.")
@click.option("--map", "base", help="What lies under the map: a .pmtiles file or address, or …/{z}/{x}/{y}.png.")
@click.option("--map-credit", "credit", help="Whom the map's makers want named on it.")
@click.option("--proxy", help="The address of a proxy before it, whose word for address and HTTPS is taken.")
@store_option
def command(target: str, port: int, host: str, names: tuple[str, ...], single_user: bool, **more: str | None) -> None:
    """Open the store in a web page.

    One process. Without accounts it is for the one user of this machine, without login, on the loopback interface
    alone. With accounts (situate people add NAME --role admin) people log in, at any interface. The API is described at
    /api/openapi.json. Ctrl-C ends it.

    \b
    Examples:
      situate add reports/ && situate serve
      situate serve --map levant.pmtiles --map-credit "© OpenStreetMap contributors"
      situate people add mona --role admin && situate serve --host 0.0.0.0 --certificate c.pem --key k.pem
    """
    import uvicorn

    from situate.store import Store
    from situate.web import make_app
    from situate.web.base import BaseMap

    with ExitStack() as stack:
        store = stack.enter_context(Store.open(target, create=False))
        base = BaseMap.named(more["base"], more["credit"])
        single = _single(store, host, single_user, target)
        listener = stack.enter_context(_listener(host, port))
        store.arrays.now()  # a second for 100,000 events; whoever opens the page then doesn't wait
        scheme = "https" if more["certificate"] else "http"
        if not single and not _is_loopback(host) and not more["certificate"] and not more["proxy"]:
            tell("passwords travel in clear text; give --certificate and --key, or --proxy where one speaks HTTPS")
        shown = f"[{host}]" if ":" in host else host
        tell(f"{target} at {scheme}://{shown}:{listener.getsockname()[1]}/ (Ctrl-C ends it)")
        app = make_app(store, host_names=frozenset(names), single=single, base_map=base)
        settings = {"log_level": "warning", "server_header": False, "timeout_keep_alive": KEEP_ALIVE, **_settings(more)}
        server = uvicorn.Server(uvicorn.Config(app, **settings))
        app.state.ending = lambda: server.should_exit  # an open page doesn't keep Ctrl-C waiting
        server.run(sockets=[listener])


def _single(store: Store, host: str, wanted: bool, target: str) -> bool:
    """Whether nobody logs in. Raises SituateError where that would open the store to other machines."""
    from situate import people

    accounts = people.names(store)
    if _is_loopback(host):
        return wanted or not accounts
    if wanted:
        raise SituateError(
            f"--single-user is for this machine alone, and {host} is reached from others; leave one away"
        )
    if not accounts:
        raise SituateError(
            f"{host} is reached from other machines, and nobody has an account; make one first: "
            f"situate people add NAME --role admin --store {target}"
        )
    return False


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _listener(host: str, port: int) -> socket.socket:
    try:
        (family, kind, protocol, _, address), *_ = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as e:
        raise click.UsageError(f"{host} is no address of this machine ({e.strerror}); give another with --host") from e
    listener = socket.socket(family, kind, protocol)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(address)
    except OSError as e:
        listener.close()
        raise click.UsageError(f"{host}:{port} can't be had ({e.strerror}); give another --port or --host") from e
    return listener


def _settings(tls: dict[str, str | None]) -> dict[str, Any]:
    """What uvicorn has to know of HTTPS and of a proxy."""
    if bool(tls["certificate"]) != bool(tls["key"]):
        raise click.UsageError("--certificate and --key go together; give both")
    settings: dict[str, Any] = {"proxy_headers": bool(tls["proxy"]), "forwarded_allow_ips": tls["proxy"] or LOOPBACK}
    if tls["certificate"]:
        settings |= {"ssl_certfile": Path(str(tls["certificate"])), "ssl_keyfile": Path(str(tls["key"]))}
    return settings
