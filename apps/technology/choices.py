"""The fixed sets of the technology section. Used by this app only."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Strategy(models.TextChoices):
    """How a venture comes by its model, from the least to the most work of its own."""

    API = "api", _("Use a model through an API")
    RETRIEVAL = "retrieval", _("Retrieval on top of an API")
    FINE_TUNE = "fine_tune", _("Fine-tune open weights")
    CONTINUE = "continue", _("Continue the pre-training of open weights")
    SCRATCH = "scratch", _("Train from scratch")
    DISTIL = "distil", _("Distil a larger model")


# The strategies under which the company trains a model itself.
TRAINING = (Strategy.FINE_TUNE, Strategy.CONTINUE, Strategy.SCRATCH, Strategy.DISTIL)


class Modality(models.TextChoices):
    TEXT = "text", pgettext_lazy("modality", "Text")
    IMAGE = "image", pgettext_lazy("modality", "Images")
    AUDIO = "audio", pgettext_lazy("modality", "Speech and sound")
    VIDEO = "video", pgettext_lazy("modality", "Video")
    CODE = "code", pgettext_lazy("modality", "Program code")
    TABLE = "table", pgettext_lazy("modality", "Tables and time series")
    SENSOR = "sensor", pgettext_lazy("modality", "Sensor data")


class Stage(models.TextChoices):
    """The three stages of the source's chapter 5.2."""

    DATA = "data", _("Data acquisition and processing")
    MODEL = "model", _("Model design, training and optimisation")
    OPERATIONS = "operations", _("Deployment and operations")


class StepStatus(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("technology", "Planned")
    RUNNING = "running", pgettext_lazy("technology", "Under way")
    BLOCKED = "blocked", pgettext_lazy("technology", "Blocked")
    DONE = "done", pgettext_lazy("technology", "Done")


class DataKind(models.TextChoices):
    PUBLIC_WEB = "public_web", _("Public web")
    LICENSED = "licensed", _("Licensed")
    CUSTOMER = "customer", _("Customer data")
    SYNTHETIC = "synthetic", _("Synthetic")
    ANNOTATED = "annotated", _("Annotated")
    OPEN_SET = "open_set", _("Open data set")


class Right(models.TextChoices):
    """May a model be trained on this data?"""

    YES = "yes", pgettext_lazy("right to train", "Yes")
    LIMITED = "limited", pgettext_lazy("right to train", "Limited")
    UNKNOWN = "unknown", pgettext_lazy("right to train", "Unknown")
    NO = "no", pgettext_lazy("right to train", "No")


class Purpose(models.TextChoices):
    ABLATION = "ablation", _("Ablation")
    MAIN = "main", _("Main pre-training run")
    FINE_TUNE = "fine_tune", _("Fine-tuning")
    PREFERENCE = "preference", _("Preference training")
    DISTIL = "distil", _("Distillation")


class Mode(models.TextChoices):
    API = "api", _("Bought from an API, by the token")
    CLOUD = "cloud", _("Rented GPUs")
    OWN = "own", _("Own GPUs")
    PREMISES = "premises", _("At the customer's")


class Direction(models.TextChoices):
    HIGHER = "higher", _("Higher is better")
    LOWER = "lower", _("Lower is better")


class ToolKind(models.TextChoices):
    FRAMEWORK = "framework", _("Training framework")
    HUB = "hub", _("Model and data hub")
    DATA = "data", _("Data preparation and annotation")
    COMPUTE = "compute", _("Compute platform")
    SERVING = "serving", _("Inference server")
    EVALUATION = "evaluation", _("Evaluation")
    OPERATIONS = "operations", _("Monitoring and operations")
    OTHER = "other", pgettext_lazy("tool", "Other")


class TrendKind(models.TextChoices):
    """The five directions of the source's chapters 1.2 and 5.3."""

    ARCHITECTURE = "architecture", _("Model architecture")
    HARDWARE = "hardware", _("Hardware")
    DATA = "data", _("Data acquisition and processing")
    COMPRESSION = "compression", _("Compression and efficiency")
    CROSS_MODAL = "cross_modal", _("Cross-modal learning")
    OTHER = "other", pgettext_lazy("trend", "Other")
