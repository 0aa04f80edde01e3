"""The command line: `situate COMMAND …`, one file a command.

To add a command, write `cli/NAME.py` with a click command object called `command`, and name it in `COMMANDS` below with
its one line of help. Where several commands share a file, their place is written "FILE:OBJECT". A command whose file
isn't there is left out. Files are imported only when their command runs, so that `situate --help` answers at once; keep
heavy imports (spaCy, SQLAlchemy, rich) inside the functions that need them all the same.

Exit codes: 0 all well, 1 some input failed, 2 wrong use, 130 interrupted. A `SituateError` is printed as one line.
"""

from __future__ import annotations

import gc
import importlib
import importlib.util
import io
import os
import sys
from typing import Any

import click

from situate import __version__
from situate.errors import SituateError

INTERRUPTED = 130
CLOSED_PIPE = 141

# name: (where it is, what it does), in the order in which a newcomer meets them
COMMANDS: dict[str, tuple[str, str]] = {
    "demo": ("demo", "Read the sample reports and show what came of it."),
    "read": ("read", "Print the picture of each report."),
    "add": ("add", "Read reports and keep them in the store."),
    "coverage": ("coverage", "Show what became of every input."),
    "similar": ("similar", "List reports like one: its copies, and what tells of the same."),
    "events": ("listing:events", "List who did what to whom."),
    "claims": ("listing:claims", "List what was said, and by whom."),
    "agreements": ("listing:agreements", "List deals, truces and other agreements."),
    "movements": ("listing:movements", "List evacuations, displacements and deployments."),
    "control": ("listing:control", "List who holds, takes, loses or besieges what."),
    "relations": ("listing:relations", "List who stands with or against whom."),
    "forecasts": ("forecasts:group", "List predictions, settle them, score who made them."),
    "actors": ("listing:actors", "List parties under all their names."),
    "places": ("listing:places", "List places under all their spellings."),
    "stories": ("stories", "List reports grouped by story and republication."),
    "incidents": ("incidents", "List incidents, each with the reports that tell it."),
    "brief": ("brief", "Write a cited situation report."),
    "map": ("pages:map_command", "Draw a map."),
    "timeline": ("pages:timeline_command", "Draw a timeline."),
    "history": ("history:history", "Show who held each place, from when to when."),
    "attention": ("history:attention", "Show what is reported of each area, week by week."),
    "network": ("network", "Draw who stands with or against whom."),
    "export": ("export", "Write standard formats."),
    "serve": ("serve", "Open the store in a web page."),
    "people": ("people", "Say who may log in to the web page, and as what."),
    "watch": ("watch", "Follow feeds and folders."),
    "review": ("review", "Accept, correct or reject entries."),
    "refresh": ("refresh", "Read kept reports again with the present readers."),
    "gazetteer": ("gazetteer", "Look up places, or add a bigger gazetteer."),
    "schema": ("schema", "Print the contract as JSON Schema."),
}


class Commands(click.Group):
    """The commands whose files are there, imported when used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order of the table."""
        return [name for name in COMMANDS if _is_there(name)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, or None."""
        if cmd_name not in COMMANDS or not _is_there(cmd_name):
            return None
        file, _, name = COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(importlib.import_module(f"{__name__}.{file}"), name or "command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list in the help, from the table, without importing a command."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name][1]) for name in self.list_commands(ctx)])


def _is_there(name: str) -> bool:
    file = COMMANDS[name][0].partition(":")[0]
    return importlib.util.find_spec(f"{__name__}.{file}") is not None


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="situate")
def cli() -> None:
    """Read reports about a conflict and keep the picture.

    Who did what to whom, where and when, and who says so: every entry tied to the words it came from.

    \b
    Try:
      situate read report.txt             one report, as tables
      situate read reports/ --json        a folder, one picture a line
      situate COMMAND --help              what a command can do
    """


def main() -> None:
    """The `situate` command."""
    gc.set_threshold(100_000)  # most of what a command makes stays: looking for what doesn't took a sixth of its time
    if isinstance(sys.stdout, io.TextIOWrapper):  # a terminal that lacks a character shows another, and nothing breaks
        sys.stdout.reconfigure(errors="replace")
    sys.exit(_run(cli))


def _run(command: click.Command, **settings: Any) -> int:
    """Run a command and tell its exit code; what a user may see goes to stderr in one line."""
    try:
        code = command.main(standalone_mode=False, **settings)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except SituateError as error:
        click.echo(f"situate: {error}", err=True)
        return 1
    except (click.Abort, KeyboardInterrupt):
        click.echo("situate: interrupted; what was finished is kept", err=True)
        return INTERRUPTED
    except BrokenPipeError:  # the reader of our output went away, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CLOSED_PIPE
    return code if isinstance(code, int) else 0
