"""Which copy of the data this is: what clients were told stands only as long as the epoch does."""

import hashlib
from uuid import UUID, uuid4
from weakref import WeakKeyDictionary

from django.db import connection

from core.base.models import Installation
from core.base.sql import one

# A physical restore opens a new timeline; a logical one makes the database, or at least its tables, anew.
_IDENTITY = """SELECT concat_ws(':', s.system_identifier, c.timeline_id, d.oid,
                                  'base_installation'::regclass::oid)
                 FROM pg_control_system() s, pg_control_checkpoint() c, pg_database d
                WHERE d.datname = current_database()"""
_copies: WeakKeyDictionary[object, str] = WeakKeyDictionary()


def epoch() -> str:
    """The epoch of the data as they are now: 12 hexadecimal digits."""
    row = Installation.objects.filter(pk=1).values_list("epoch", flat=True).first()
    return epoch_of(row)


def epoch_of(installation: UUID | None) -> str:
    """Changes when the data are another copy: a fresh database, a restored dump, a promoted replica."""
    known = installation or _first_epoch()
    return hashlib.blake2b(f"{known}{_copy()}".encode(), digest_size=6).hexdigest()


def _first_epoch() -> UUID:
    row, _made = Installation.objects.get_or_create(pk=1, defaults={"epoch": uuid4()})
    return row.epoch


def _copy() -> str:
    """What the server knows this very copy by, read once for each connection."""
    connection.ensure_connection()
    session = connection.connection
    if session not in _copies:
        found = one(_IDENTITY)
        _copies[session] = str(found[0]) if found else ""
    return _copies[session]
