from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("plans", "0006_wrong_passcodes")]

    operations = [
        migrations.AlterField(
            model_name="activity",
            name="verb",
            field=models.CharField(
                choices=[
                    ("created", "created the plan"),
                    ("configured", "changed the plan settings"),
                    ("edited", "edited"),
                    ("added", "added"),
                    ("deleted", "deleted"),
                    ("restored", "brought back"),
                    ("moved", "moved"),
                    ("archived", "archived the plan"),
                    ("unarchived", "took the plan out of the archive"),
                    ("invited", "invited"),
                    ("joined", "joined the plan"),
                    ("role_changed", "changed a role"),
                    ("removed", "removed a person"),
                    ("left", "left the plan"),
                    ("revoked", "withdrew an invitation"),
                    ("hid", "changed who sees a section"),
                    ("exported", "exported the plan"),
                    ("imported", "imported data"),
                    ("versioned", "saved a version"),
                    ("dismissed", "put a finding of the checks aside"),
                    ("reopened", "brought a finding of the checks back"),
                    ("viewed", "read the plan"),
                    ("rolled_back", "restored an earlier version"),
                    ("commented", "commented"),
                    ("resolved", "resolved a thread"),
                    ("replied", "answered in a thread"),
                    ("reworded", "changed a comment"),
                    ("assigned", "said who is to answer in a thread"),
                    ("opened_again", "opened a thread again"),
                    ("asked_review", "asked for a review"),
                    ("took_review", "took on a review"),
                    ("reviewed", "finished a review"),
                    ("declined", "declined a review"),
                    ("withdrew", "withdrew a request for a review"),
                    ("decided", "decided where mentors disagree"),
                    ("shared", "made a share link"),
                    ("unshared", "closed a share link"),
                    ("opened", "opened a share link"),
                    ("refused", "gave a wrong passcode"),
                ],
                max_length=20,
            ),
        ),
    ]
