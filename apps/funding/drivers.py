"""The named drivers of the model: what scenarios, stresses, tornado and draws vary. Pure."""

from dataclasses import dataclass, fields, replace
from decimal import Decimal
from typing import Any

from apps.funding.choices import GPUS, Category

ONE = Decimal(1)


@dataclass(frozen=True)
class Drivers:
    """Factors upon the plan as written; 1 leaves it so.

    ``api`` is the price of bought inference, for customers' tokens and the cost lines of its
    category; ``compute`` the cost of GPUs, for model runs, inference of our own and the cost lines
    of their categories; hosting is none of it. ``delay``
    moves the start of revenue that has not begun yet by months; ``churn_points`` adds percentage
    points to what is lost each month.
    """

    price: Decimal = ONE
    new_customers: Decimal = ONE
    churn: Decimal = ONE
    api: Decimal = ONE
    compute: Decimal = ONE
    payroll: Decimal = ONE
    marketing: Decimal = ONE
    other: Decimal = ONE
    delay: int = 0
    churn_points: Decimal = Decimal(0)

    @classmethod
    def of(cls, record: Any) -> "Drivers":
        """From a record with fields of these names; what it leaves empty stays as planned."""
        given = {one.name: getattr(record, one.name, None) for one in fields(cls)}
        return cls(**{name: value for name, value in given.items() if value is not None})

    def of_cost(self, group: str) -> Decimal:
        """The factor upon a cost, by its kind or category."""
        return getattr(self, DRIVER_OF_COST.get(group, "other"))

    def times(self, name: str, factor: Decimal) -> "Drivers":
        return replace(self, **{name: getattr(self, name) * factor})


AS_PLANNED = Drivers()
FACTORS = (
    "price", "new_customers", "churn", "api", "compute", "payroll", "marketing", "other",
)  # fmt: skip

# Which driver moves a cost, by its kind or category; what is not listed is moved by "other".
DRIVER_OF_COST = {
    "payroll": "payroll", "marketing": "marketing", "sales": "marketing",
    Category.API: "api", **dict.fromkeys(GPUS, "compute"),
}  # fmt: skip
