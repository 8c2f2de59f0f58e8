"""Every cost of another section is one click from the row or part that it is written in."""

import re

from django.urls import reverse

from apps.funding.assemble import assemble
from apps.plans.contents import load
from apps.plans.render import render_section


def test_every_declared_cost_has_an_anchor_on_the_page_of_its_section(sample_plan):
    contents = load(sample_plan)
    pages = {}
    for cost in assemble(contents).declared:
        name = cost.place.section
        if name not in pages:
            pages[name] = render_section(contents.section(name))
        assert f'id="{cost.place.row or cost.place.part}"' in pages[name], cost


def test_the_page_opens_the_rows_behind_each_kind_of_cost(sample_plan, as_):
    page = as_("mentor").get(reverse("plans:section", args=[sample_plan.uid, "funding"]))
    links = re.findall(r'<dt><a href="([^"]+)"', page.content.decode())
    team = reverse("plans:section", args=[sample_plan.uid, "team"])
    rows = [row.uid for row in load(sample_plan).part("team.role")]
    assert {f"{team}#{uid}" for uid in rows} & set(links)
    assert all("#" in link and not link.endswith("#") for link in links)
