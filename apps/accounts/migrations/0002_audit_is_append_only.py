"""The database itself refuses to change a line of the audit log, whoever asks it.

PostgreSQL refuses to delete one, too. On SQLite the model alone does: there Django empties tables by DELETE, between
tests and by ``manage.py flush``. A migration that alters the table on SQLite builds it anew, without its trigger, and
has to make it again.
"""

from django.db import migrations

TABLE = "accounts_auditevent"
MAKE = {
    "sqlite": [
        f"""CREATE TRIGGER audit_is_append_only BEFORE UPDATE ON {TABLE}
            BEGIN SELECT RAISE(ABORT, 'The audit log is append only.'); END"""
    ],
    "postgresql": [
        """CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE integrity_constraint_violation USING MESSAGE = 'The audit log is append only.'; END $$""",
        f"""CREATE TRIGGER audit_is_append_only BEFORE UPDATE OR DELETE ON {TABLE}
            FOR EACH ROW EXECUTE FUNCTION audit_is_append_only()""",
    ],
}
UNMAKE = {
    "sqlite": ["DROP TRIGGER audit_is_append_only"],
    "postgresql": [f"DROP TRIGGER audit_is_append_only ON {TABLE}", "DROP FUNCTION audit_is_append_only()"],
}


def make(apps, schema_editor):
    for statement in MAKE[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


def unmake(apps, schema_editor):
    for statement in UNMAKE[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [migrations.RunPython(make, unmake)]
