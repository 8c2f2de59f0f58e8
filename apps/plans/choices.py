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
    ROLE_CHANGED = "role_changed", _("changed the role of")
    REMOVED = "removed", _("removed from the plan")
    LEFT = "left", _("left the plan")
    REVOKED = "revoked", _("withdrew the invitation of")
    HID = "hid", _("changed who sees")
    EXPORTED = "exported", _("exported the plan as PDF")
    IMPORTED = "imported", _("imported data")
    VERSIONED = "versioned", _("saved a version")
    DISMISSED = "dismissed", _("put a finding of the checks aside")
    REOPENED = "reopened", _("brought a finding of the checks back")
