from django.db import migrations, models

import apps.common.digest


def fill(apps, schema_editor):
    rules = apps.get_model("storage", "AccessRule").objects.using(schema_editor.connection.alias)
    for rule in rules.order_by("pk").iterator():
        rule.save(update_fields=["path_digest"])


class Migration(migrations.Migration):
    dependencies = [("storage", "0001_initial")]

    operations = [
        migrations.RemoveConstraint(model_name="accessrule", name="rule_once"),
        migrations.AddField(
            model_name="accessrule",
            name="path_digest",
            field=apps.common.digest.Digest(default="", editable=False, max_length=64, of="path"),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="accessrule",
            constraint=models.UniqueConstraint(fields=("collection", "principal", "path_digest"), name="rule_once"),
        ),
    ]
