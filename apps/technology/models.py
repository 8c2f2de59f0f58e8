"""What a founder writes about models and data. Used by this app's forms, section and pictures only.

Other sections point at rows by uid: ``RowRef("technology.step")``, ``RowRef("technology.data")``,
``RowRef("technology.run")``.
"""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from apps.core import money
from apps.plans.fields import (
    Choice,
    ChoiceList,
    Day,
    LongText,
    Money,
    Percent,
    Quantity,
    RowRef,
    RowRefs,
    Score,
    ShortText,
    WholeNumber,
    YesNo,
)
from apps.plans.models import RowRecord, SheetRecord
from apps.technology import rules
from apps.technology.choices import (
    TRAINING,
    DataKind,
    Direction,
    Modality,
    Mode,
    Purpose,
    Right,
    Stage,
    StepStatus,
    Strategy,
    ToolKind,
    TrendKind,
)
from apps.technology.computed import RunFigures, ServingFigures


class Profile(SheetRecord):
    strategy = Choice(_("model strategy"), choices=Strategy, blank=True)
    strategy_reason = LongText(_("why this strategy"), blank=True)
    tasks = LongText(_("tasks the model must generalise to"), blank=True)
    modalities = ChoiceList(verbose_name=_("modalities"), options=Modality)
    base_model = ShortText(_("base model"), blank=True)
    base_licence = ShortText(_("licence or terms of the base model"), blank=True)
    commercial_use = YesNo(_("the licence permits our commercial use"))
    fallback = ShortText(_("fallback model"), blank=True)
    retrieval = LongText(_("what is retrieved, and how it stays fresh"), blank=True)
    teacher = ShortText(_("teacher model"), blank=True)
    teacher_permits = YesNo(_("the teacher's terms permit training on its output"))
    architecture = LongText(_("architecture of our own"), blank=True)
    parameters = Quantity(_("parameters"), decimal_places=0)
    training_tokens = Quantity(_("training tokens"), decimal_places=0)
    eu_market = YesNo(_("placed on the market in the EU"))
    public_china = YesNo(_("generative service open to the public in China"))
    filing = RowRef(verbose_name=_("milestone of the filing"), target="projects.milestone")
    launch = RowRef(verbose_name=_("milestone of the launch"), target="projects.milestone")

    class Meta(SheetRecord.Meta):
        verbose_name = _("model profile")

    @property
    def trains(self) -> bool:
        return self.strategy in TRAINING


class Step(RowRecord):
    """One step of the model's lifecycle."""

    name = ShortText(pgettext_lazy("technology", "step"))
    stage = Choice(_("stage of the lifecycle"), choices=Stage, blank=True)
    deliverable = LongText(_("deliverable"), blank=True)
    exit_criterion = LongText(_("exit criterion"), blank=True)
    owner = RowRef(verbose_name=pgettext_lazy("technology", "owner"), target="team.role")
    start = Day(pgettext_lazy("technology", "start"))
    end = Day(pgettext_lazy("technology", "end"))
    status = Choice(
        pgettext_lazy("technology", "status"),
        choices=StepStatus,
        default=StepStatus.PLANNED,
        blank=True,
    )

    class Meta(RowRecord.Meta):
        verbose_name = pgettext_lazy("technology", "step")
        constraints = [
            *RowRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(end=None) | Q(start=None) | Q(end__gte=F("start")),
                name="technology_step_ends_after_start",
                violation_error_message=_("The end lies before the start. Correct one of the two."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def overdue(self, today: date) -> bool:
        return self.status != StepStatus.DONE and self.end is not None and self.end < today


class Data(RowRecord):
    """A source of training or evaluation data; its size is counted in tokens."""

    name = ShortText(_("data source"))
    kind = Choice(pgettext_lazy("technology", "kind"), choices=DataKind, blank=True)
    description = LongText(_("what it holds"), blank=True)
    size = Quantity(_("size in tokens"), decimal_places=0)
    modality = Choice(_("modality"), choices=Modality, blank=True)
    language = ShortText(_("language of the data"), blank=True)
    licence = ShortText(_("licence or contract"), blank=True)
    right = Choice(_("right to train"), choices=Right, blank=True)
    right_note = LongText(_("on what the right rests, and its limits"), blank=True)
    personal = YesNo(_("personal data"))
    cross_border = YesNo(_("leaves its country"))
    safeguards = LongText(_("safeguards"), blank=True)
    cost = Money(_("cost of the data"))
    acquired = Day(_("acquired on"))
    expiry = Day(_("right expires on"))

    class Meta(RowRecord.Meta):
        verbose_name = _("data source")

    def __str__(self) -> str:
        return self.name

    @property
    def size_text(self) -> str:
        return money.short_number(self.size)

    @property
    def right_or_unknown(self) -> str:
        """A question nobody answered is no permission."""
        return self.right or Right.UNKNOWN


class Run(RunFigures, RowRecord):
    """A training run; what it takes and costs is computed in RunFigures."""

    name = ShortText(pgettext_lazy("technology", "run"))
    purpose = Choice(pgettext_lazy("technology", "purpose"), choices=Purpose, blank=True)
    model_name = ShortText(_("model it makes"), blank=True)
    step = RowRef(verbose_name=_("step of the lifecycle"), target="technology.step")
    task = RowRef(verbose_name=_("task that carries it"), target="projects.task")
    milestone = RowRef(verbose_name=_("milestone it works for"), target="projects.milestone")
    goal = LongText(_("what the run must show"), blank=True)
    data = RowRefs(verbose_name=_("data used"), target="technology.data")
    parameters = Quantity(_("active parameters"), decimal_places=0)
    tokens = Quantity(_("tokens processed"), decimal_places=0)
    gpu = ShortText(_("GPU type"), blank=True)
    gpus = WholeNumber(_("number of GPUs"))
    peak = Quantity(_("peak TFLOP/s of one GPU"))
    mfu = Percent(_("utilisation (MFU)"))
    overhead = Percent(_("overhead"))
    price = Money(_("price of a GPU-hour"))
    start = Day(pgettext_lazy("technology", "start"))

    class Meta(RowRecord.Meta):
        verbose_name = pgettext_lazy("technology", "run")

    def __str__(self) -> str:
        return self.name

    @property
    def sources(self) -> list[Data]:
        """The data sources it uses that are there."""
        return [ref.row for ref in self.data_refs if ref.state == "found"]


class Serving(ServingFigures, SheetRecord):
    """How answers are made once the model is there."""

    mode = Choice(_("mode of serving"), choices=Mode, blank=True)
    input_price = Money(_("price of 1M input tokens"), decimal_places=4)
    output_price = Money(_("price of 1M output tokens"), decimal_places=4)
    input_share = Percent(_("share of input tokens"))
    gpu = ShortText(_("GPU type"), blank=True)
    throughput = Quantity(_("tokens a second of one GPU"))
    utilisation = Percent(_("utilisation over the day"))
    price = Money(_("price of a GPU-hour"))
    latency = Quantity(_("target latency (p95, ms)"), decimal_places=0)
    availability = Percent(_("availability"), decimal_places=3)
    scaling = LongText(_("how it scales and what happens on failure"), blank=True)

    class Meta(SheetRecord.Meta):
        verbose_name = _("serving")


class Evaluation(RowRecord):
    name = ShortText(_("evaluation set"))
    metric = ShortText(_("metric"), blank=True)
    direction = Choice(_("direction"), choices=Direction, default=Direction.HIGHER, blank=True)
    description = LongText(_("how it is measured"), blank=True)
    baseline = Quantity(_("baseline"), decimal_places=4)
    target = Quantity(pgettext_lazy("technology", "target"), decimal_places=4)
    gate = YesNo(_("gate of the release"))
    result = Quantity(_("result"), decimal_places=4)
    measured = Day(_("measured on"))

    class Meta(RowRecord.Meta):
        verbose_name = _("evaluation")

    def __str__(self) -> str:
        if not self.metric:
            return self.name
        return gettext("%(record)s: %(label)s") % {"record": self.name, "label": self.metric}

    @property
    def passed(self) -> bool | None:
        return rules.passed(self.result, self.target, self.direction == Direction.LOWER)

    @property
    def verdict(self) -> str:
        words = {
            True: pgettext("evaluation", "met"),
            False: pgettext("evaluation", "missed"),
            None: pgettext("evaluation", "not measured yet"),
        }
        return words[self.passed]


class Tool(RowRecord):
    name = ShortText(pgettext_lazy("technology", "tool"))
    kind = Choice(pgettext_lazy("technology", "kind"), choices=ToolKind, blank=True)
    reason = LongText(_("why this tool"), blank=True)
    alternative = ShortText(_("what else was looked at"), blank=True)

    class Meta(RowRecord.Meta):
        verbose_name = pgettext_lazy("technology", "tool")

    def __str__(self) -> str:
        return self.name


class Trend(RowRecord):
    name = ShortText(_("trend"))
    kind = Choice(pgettext_lazy("technology", "kind"), choices=TrendKind, blank=True)
    impact = Score(_("effect on us, 1 to 5"))
    effect = LongText(_("what it does to us"), blank=True)
    signal = ShortText(_("signal we watch"), blank=True)
    response = LongText(_("our answer"), blank=True)

    class Meta(RowRecord.Meta):
        verbose_name = _("trend")
        constraints = [
            *RowRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(impact=None) | Q(impact__range=(1, 5)),
                name="technology_trend_impact_1_to_5",
            ),
        ]

    def __str__(self) -> str:
        return self.name
