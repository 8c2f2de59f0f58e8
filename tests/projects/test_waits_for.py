"""What a task may wait for, offered so that one finds it among many."""

from tests.projects.conftest import a_task
from tests.projects.test_section import form_of


def folds(form) -> list[tuple[str, list[str], bool]]:
    groups = form["depends_on"].field.widget.get_context(
        "depends_on", form["depends_on"].value(), {}
    )["groups"]
    return [
        (group["name"], [one["value"] for one in group["options"]], group["open"])
        for group in groups
    ]


def test_many_tasks_are_offered_by_milestone_with_the_chosen_ones_first(db):
    milestones = [{"uid": "m1", "title": "Data"}, {"uid": "m2", "title": "Model"}]
    early = [a_task(f"a{n}", milestone="m1") for n in range(8)]
    late = [a_task(f"b{n}", milestone="m2") for n in range(8)]
    mine = a_task("mine", milestone="m2", depends_on=["a3"])
    parts = {"milestone": milestones, "task": [*early, *late, a_task("free"), mine]}
    form = form_of("task", {"title": "Mine", "depends_on": ["b1", "free"]}, uid="mine", **parts)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["depends_on"] == ["b1", "free"]
    chosen, own, others, without = folds(form)
    assert chosen == ("Chosen", ["a3"], False)  # was chosen, and is not any more
    assert own == ("Model", [f"b{n}" for n in range(8)], True)
    assert others[0] == "Data" and "a3" not in others[1] and not others[2]
    assert without == ("Tasks without a milestone", ["free"], True)
    html = str(form["depends_on"])
    assert html.count("<details") == 4 and html.count('type="checkbox"') == 17


def test_few_tasks_are_offered_in_one_list(db):
    form = form_of("task", {"title": "New"}, task=[a_task("A"), a_task("B")])
    assert "<details" not in str(form["depends_on"])
