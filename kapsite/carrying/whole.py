"""A whole site, from the file of a SQLite database into the configured PostgreSQL database."""

from collections.abc import Callable
from pathlib import Path

from django.db import Error, transaction

from kapsite import setting_up
from kapsite.backups import BackupError, proofs

from . import source, target
from .source import Source
from .tables import Sum, sum_of
from .trouble import CarryError, Uncertain, name_of

Report = Callable[[str], None]


def carry_over(old: Path, report: Report = lambda sentence: None) -> None:
    """Carry everything in a SQLite database over, and prove it; `report` gets a sentence a step.

    Nothing in the old database changes. The new one must be empty; its tables, its rows and the
    proofs of them are one transaction, so whatever goes wrong, a SIGKILL too, leaves it empty.
    Media are files and stay where they are. Raises CarryError.
    """
    target.require_answer()
    is_proved = False
    try:
        target.require_empty()
        with source.held(old) as held, transaction.atomic():
            _carry(held, report)
            is_proved = True
    except BackupError as error:
        raise CarryError(str(error)) from None
    except Error as error:
        if is_proved:
            raise Uncertain(
                f"The new database went away at the last moment: {name_of(error)}. Run this "
                "again: it says whether there is something in it."
            ) from None
        raise CarryError(f"The new database refuses: {name_of(error)}.") from None


def _carry(held: Source, report: Report) -> None:
    sums = held.look_through()
    count = sum(known.rows for known in sums.values())
    report(f"{count} rows in {len(sums)} tables looked through.")
    target.begin()
    target.require_empty()  # Still: somebody may have started a site there.
    setting_up.migrate()
    report("Tables made.")
    target.fill(held.tables, {table.name: held.rows(table) for table in held.tables})
    target.go_on_counting(held.tables, held.last_numbers())
    report("Rows carried over.")
    report(f"Search index made anew: {target.make_search_index()} entries.")
    target.make_plans(held.tables)
    _prove(held, sums)
    report(f"{count} rows in {len(sums)} tables, as many as there were and each as it was.")
    # The rows are what they were: what does not open here, did not open before.
    report(f"{proofs.keys_open((), 'It did not open in the old database either.')}.")
    report(f"{proofs.trail_is_whole('in the old database')}.")


def _prove(held: Source, sums: dict[str, Sum]) -> None:
    """Raise CarryError unless every table comes to what it came to in the old database."""
    for table in held.tables:
        found, expected = sum_of(table, target.rows(table)), sums[table.name]
        if found.rows != expected.rows:
            raise CarryError(f"{table.name} has {found.rows} rows there, not {expected.rows}.")
        if found != expected:
            raise CarryError(f"A row of {table.name} is not there what it was.")
