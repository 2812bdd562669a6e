"""The 57 Member States, and the fictional one that samples use."""

from django.db import migrations

from hiwar.states import member_states


def load(apps, schema_editor):
    member_states.load(model=apps.get_model("states", "State"))


class Migration(migrations.Migration):
    dependencies = [("states", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
