"""A delay of new revenue is at most the 36 months of the plan; a longer one meant the same."""

from django.db import migrations, models


def cut(apps, schema_editor):
    apps.get_model("funding", "Scenario").objects.filter(delay__gt=36).update(delay=36)


class Migration(migrations.Migration):
    dependencies = [("funding", "0003_round_contract_signed")]

    operations = [
        migrations.RunPython(cut, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="scenario",
            constraint=models.CheckConstraint(
                condition=models.Q(("delay", None), ("delay__lte", 36), _connector="OR"),
                name="funding_scenario_delay_within_plan",
                violation_error_message="A delay is at most the 36 months of the plan.",
            ),
        ),
    ]
