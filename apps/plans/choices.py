"""The fixed sets of the plan core: roles, stages, industries, currencies, verbs."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Role(models.TextChoices):
    OWNER = "owner", _("Owner")
    COFOUNDER = "cofounder", _("Co-founder")
    MENTOR = "mentor", _("Mentor")
    VIEWER = "viewer", _("Viewer")


class Stage(models.TextChoices):
    IDEA = "idea", _("Idea")
    PRE_SEED = "pre_seed", _("Pre-seed")
    SEED = "seed", _("Seed")
    GROWTH = "growth", pgettext_lazy("stage", "Growth")


class Topic(models.TextChoices):
    """What an investor asks, in the order of the executive summary."""

    HEADLINE = "headline", _("At a glance")
    PROBLEM = "problem", _("Problem")
    SOLUTION = "solution", _("Solution")
    MARKET = "market_size", _("Market")
    MODEL = "model", _("Business model")
    EDGE = "edge", _("Why we win")
    TECHNOLOGY = "how_it_works", pgettext_lazy("topic", "Technology")
    TRACTION = "traction", _("Traction")
    TEAM = "people", pgettext_lazy("topic", "Team")
    NEXT = "next", _("Next milestones")
    RISKS = "main_risks", _("Main risks")
    RESULTS = "results", _("Financials")
    ASK = "ask", _("The ask")


class Industry(models.TextChoices):
    MANUFACTURING = "manufacturing", _("Manufacturing")
    RETAIL = "retail", _("Retail")
    HEALTHCARE = "healthcare", _("Healthcare")
    FINTECH = "fintech", _("Financial technology")
    EDUCATION = "education", _("Education")
    ENTERTAINMENT = "entertainment", _("Entertainment")
    AUTONOMOUS_DRIVING = "autonomous_driving", _("Autonomous driving")
    OTHER = "other", _("Other")


class Currency(models.TextChoices):
    CNY = "CNY", _("Chinese yuan (CNY)")
    USD = "USD", _("US dollar (USD)")
    EUR = "EUR", _("Euro (EUR)")
    GBP = "GBP", _("Pound sterling (GBP)")
    HKD = "HKD", _("Hong Kong dollar (HKD)")
    SGD = "SGD", _("Singapore dollar (SGD)")
    JPY = "JPY", _("Japanese yen (JPY)")


class Verb(models.TextChoices):
    CREATED = "created", _("created the plan")
    CONFIGURED = "configured", _("changed the plan settings")
    EDITED = "edited", _("edited")
    ADDED = "added", _("added")
    DELETED = "deleted", _("deleted")
    RESTORED = "restored", _("brought back")
    MOVED = "moved", _("moved")
    ARCHIVED = "archived", _("archived the plan")
    UNARCHIVED = "unarchived", _("took the plan out of the archive")
    INVITED = "invited", _("invited")
    JOINED = "joined", _("joined the plan")
    ROLE_CHANGED = "role_changed", _("changed a role")
    REMOVED = "removed", _("removed a person")
    LEFT = "left", _("left the plan")
    REVOKED = "revoked", _("withdrew an invitation")
    HID = "hid", _("changed who sees a section")
    EXPORTED = "exported", _("exported the plan")
    IMPORTED = "imported", _("imported data")
    VERSIONED = "versioned", _("saved a version")
    DISMISSED = "dismissed", _("put a finding of the checks aside")
    REOPENED = "reopened", _("brought a finding of the checks back")
    VIEWED = "viewed", _("read the plan")
    ROLLED_BACK = "rolled_back", _("restored an earlier version")
    COMMENTED = "commented", _("commented")
    RESOLVED = "resolved", _("resolved a thread")
    REPLIED = "replied", _("answered in a thread")
    REWORDED = "reworded", _("changed a comment")
    ASSIGNED = "assigned", _("said who is to answer in a thread")
    OPENED_AGAIN = "opened_again", _("opened a thread again")
    ASKED_REVIEW = "asked_review", _("asked for a review")
    TOOK_REVIEW = "took_review", _("took on a review")
    REVIEWED = "reviewed", _("finished a review")
    DECLINED = "declined", _("declined a review")
    WITHDREW = "withdrew", _("withdrew a request for a review")
    DECIDED = "decided", _("decided where mentors disagree")
    SHARED = "shared", _("made a share link")
    UNSHARED = "unshared", _("closed a share link")
    OPENED = "opened", _("opened a share link")
    REFUSED = "refused", _("gave a wrong passcode")
