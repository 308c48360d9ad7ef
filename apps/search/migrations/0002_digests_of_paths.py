from django.db import migrations, models

import apps.common.digest


def fill(apps, schema_editor):
    paths = apps.get_model("search", "Path").objects.using(schema_editor.connection.alias)
    for line in paths.order_by("pk").iterator():
        line.save(update_fields=["path_digest"])


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [
        migrations.RemoveConstraint(model_name="path", name="path_once"),
        migrations.AddField(
            model_name="path",
            name="path_digest",
            field=apps.common.digest.Digest(default="", editable=False, max_length=64, of="path"),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="path",
            constraint=models.UniqueConstraint(fields=("index", "path_digest"), name="path_once"),
        ),
    ]
