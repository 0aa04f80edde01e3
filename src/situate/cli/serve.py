"""`situate serve`: the store in a web page, on this machine."""

from __future__ import annotations

import click

from situate.cli.common import tell
from situate.cli.listing_options import store_option


@click.command("serve")
@click.option("--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="0 takes a free one.")
@store_option
def command(target: str, port: int) -> None:
    """Open the store in a web page.

    One process on the loopback interface, for one user of this machine, without login; it never answers on another
    interface. The API is described at /api/openapi.json. Ctrl-C ends it.

    \b
    Example:
      situate add reports/ && situate serve
    """
    import socket

    import uvicorn

    from situate.store import Store
    from situate.web import make_app

    with Store.open(target, create=False) as store, socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", port))
        except OSError as e:
            raise click.UsageError(f"port {port} is taken ({e.strerror}); give another with --port") from e
        tell(f"{target} at http://127.0.0.1:{listener.getsockname()[1]}/ (Ctrl-C ends it)")
        app = make_app(store)
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", server_header=False))
        app.state.ending = lambda: server.should_exit  # an open page doesn't keep Ctrl-C waiting
        server.run(sockets=[listener])
