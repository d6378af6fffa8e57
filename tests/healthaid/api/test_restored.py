"""A database restored from a dump into a new server: its numbers lie in the future there."""

import pgtrigger
import pytest
from django.core.management import call_command
from django.db import connection

from households.models import Household
from tests.factories.programs import settled

pytestmark = pytest.mark.django_db(transaction=True)


def test_after_a_restore_feeds_are_whole_and_clients_start_again(world, capsys):
    program = world.program()
    cursor = program.get("/api/v1/households").json()["cursor"]
    with pgtrigger.ignore("households.Household:stamp"), connection.cursor() as raw:
        raw.execute("UPDATE households_household SET changed_xid = 9000000000")
    changed = Household.objects.get(pk=world.near.pk).updated_at
    assert program.get("/api/v1/households").json()["results"] == []
    call_command("renew_feeds")
    settled()
    assert capsys.readouterr().out.startswith("3 rows")
    assert program.get("/api/v1/households", updated_since=cursor).status == 410
    assert len(program.get("/api/v1/households").json()["results"]) == 2
    assert Household.objects.get(pk=world.near.pk).updated_at == changed
