from typing import Any

from django.db import migrations

KINDS = ("comment_added", "comment_mention", "thread_assigned", "thread_resolved")


def keep_places(apps: Any, schema_editor: Any) -> None:
    """Until now a notice held its place in words of one language. Its thread still has it in names;
    where the thread is gone the words stay."""
    threads = {thread.uid: thread for thread in apps.get_model("comments", "Thread").objects.all()}
    for notice in apps.get_model("notices", "Notice").objects.filter(kind__in=KINDS).iterator():
        thread = threads.get(notice.url.rstrip("/").rpartition("/")[2])
        if thread is not None and isinstance(notice.params.get("place"), str):
            notice.params["place"] = {
                "section": thread.section, "part": thread.part, "row": thread.row,
                "field": thread.field, "label": thread.label,
            }  # fmt: skip
            notice.save(update_fields=["params"])


class Migration(migrations.Migration):
    dependencies = [
        ("comments", "0001_initial"),
        ("notices", "0001_initial"),
    ]

    operations = [migrations.RunPython(keep_places, migrations.RunPython.noop)]
