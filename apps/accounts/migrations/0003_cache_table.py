"""The table of Django's database cache, in which rate limits are counted while no Redis is named.

It is made whichever cache is chosen, so that the choice can change without another migration.
"""

from django.core.management import call_command
from django.db import migrations

TABLE = "vitrine_cache"


def make(apps, schema_editor):
    call_command("createcachetable", TABLE, database=schema_editor.connection.alias, verbosity=0)


def unmake(apps, schema_editor):
    schema_editor.execute(f"DROP TABLE {TABLE}")


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_audit_is_append_only")]
    operations = [migrations.RunPython(make, unmake)]
