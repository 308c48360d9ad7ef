import pytest

from apps.accounts.models import AuditEvent
from apps.accounts.services import audit

pytestmark = pytest.mark.django_db


def test_a_line_outside_of_a_request_names_its_actor(alice):
    audit.record("token.made", kind="token", id=7, name="laptop", actor=alice, days=30)

    line = AuditEvent.objects.get()
    assert (line.actor_name, line.via, line.details) == ("alice@vitrine.local", "command", {"days": 30})


def test_lines_are_never_changed_or_taken_away(alice):
    audit.record("token.made", kind="token", id=7, actor=alice)
    line = AuditEvent.objects.get()

    for change in (line.save, line.delete, AuditEvent.objects.all().delete, lambda: AuditEvent.objects.update(via="x")):
        with pytest.raises(TypeError, match="append only"):
            change()
