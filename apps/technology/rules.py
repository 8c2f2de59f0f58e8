"""The arithmetic of models: training compute and cost, serving cost, rights in data, evaluation.

Pure functions of plain values; no request, no query. ``None`` is unknown and stays unknown. Used
by this app's models, section, checks and pictures only.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from math import ceil

HORIZON = 36  # months from the plan's start month, as funding counts
HUNDRED = Decimal(100)
MILLION = Decimal(10) ** 6
SECONDS = Decimal(3600)  # of an hour
TERA = Decimal(10) ** 12
HOURS_A_MONTH = Decimal(730)  # 24 × 365 / 12

# Regulation (EU) 2024/1689, Article 51(2): more training compute than this, and a general-purpose
# model is presumed to have systemic risk.
SYSTEMIC_RISK = Decimal("1e25")
# Commission guidelines of July 2025 on general-purpose AI models: the indicative criterion for
# being one, and the share of the original model's compute past which whoever changes a model
# counts as its provider. Where the original's compute is unknown, the criterion stands in.
GENERAL_PURPOSE = Decimal("1e23")
MODIFIED = GENERAL_PURPOSE / 3

MFU_CEILING = Decimal(55)  # per cent; published large runs reach 35 to 50
TOKENS_PER_PARAMETER = 20  # Hoffmann et al. 2022, "Training Compute-Optimal Large Language Models"
SPARSE = Decimal(10)  # tokens per parameter: half of the optimum, past any doubt
ONCE = Decimal("1.1")  # times through the data: less than a tenth of it again is rounding
EPOCHS_CEILING = Decimal(4)  # Muennighoff et al. 2023: repeating data more often adds little


# --- Training ------------------------------------------------------------------------------------
def training_flops(parameters: Decimal | None, tokens: Decimal | None) -> Decimal | None:
    """FLOPs = 6 · P · T (Kaplan et al. 2020); P counts active parameters only.

    Check: 7e9 × 1e12 tokens = 4.2e22.
    """
    return None if parameters is None or tokens is None else 6 * parameters * tokens


def gpu_hours(
    flops: Decimal | None,
    peak_tflops: Decimal | None,
    mfu: Decimal | None,
    overhead: Decimal | None,
) -> Decimal | None:
    """FLOPs / (peak × MFU × 3600) × (1 + overhead); an overhead not given is none.

    Check: 4.2e22 at 989 TFLOP/s and 40 % = 29,491 GPU-hours.
    """
    if flops is None or not peak_tflops or not mfu:
        return None
    usable = peak_tflops * TERA * mfu / HUNDRED * SECONDS
    return flops / usable * (1 + (overhead or Decimal(0)) / HUNDRED)


def product(quantity: Decimal | None, price: Decimal | None) -> Decimal | None:
    """Check: 29,491.07 GPU-hours × $2.5 = $73,728."""
    return None if quantity is None or price is None else quantity * price


def days(hours: Decimal | None, gpus: int | None) -> Decimal | None:
    """GPU-hours / (GPUs × 24). Check: 29,491 hours on 64 GPUs = 19.2 days."""
    return None if hours is None or not gpus else hours / (gpus * 24)


def last_day(start: date | None, length: Decimal | None) -> date | None:
    """The day on which a run ends; None if unknown or past the end of the calendar."""
    if start is None or length is None or length > date.max.toordinal():
        return None
    ordinal = start.toordinal() + max(0, ceil(length) - 1)
    return date.fromordinal(ordinal) if ordinal <= date.max.toordinal() else None


def ratio(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    return None if part is None or not whole else part / whole


def compute_optimal_tokens(parameters: Decimal | None) -> Decimal | None:
    """T ≈ 20 · P (Hoffmann et al. 2022). Check: 70e9 parameters → 1.4e12 tokens."""
    return None if parameters is None else parameters * TOKENS_PER_PARAMETER


def epochs(tokens: Decimal | None, sizes: Sequence[Decimal | None]) -> Decimal | None:
    """How often a run goes through its data; None unless every source's size is known."""
    if not sizes or any(size is None for size in sizes):
        return None
    return ratio(tokens, total(sizes))


# --- Serving -------------------------------------------------------------------------------------
def tokens_an_hour(per_second: Decimal | None, utilisation: Decimal | None) -> Decimal | None:
    """What one GPU really serves: tokens/s × 3600 × utilisation."""
    if per_second is None or utilisation is None:
        return None
    return per_second * SECONDS * utilisation / HUNDRED


def cost_per_million(
    price: Decimal | None, per_second: Decimal | None, utilisation: Decimal | None
) -> Decimal | None:
    """Price / (tokens/s × 3600 × utilisation) × 1e6. Check: $2.5/h, 1000 t/s, 40 % = $1.736."""
    an_hour = tokens_an_hour(per_second, utilisation)
    return None if price is None or not an_hour else price / an_hour * MILLION


def blended_price(
    input_price: Decimal | None, output_price: Decimal | None, input_share: Decimal | None
) -> Decimal | None:
    """The mean price of bought tokens. Check: 2 in and 8 out at 75 % input = 3.5."""
    if input_price is None or output_price is None or input_share is None:
        return None
    return (input_price * input_share + output_price * (HUNDRED - input_share)) / HUNDRED


# --- Sums ----------------------------------------------------------------------------------------
def total(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """The sum of what is known; None if nothing is."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if known else None


def share(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    """Part of the whole in per cent."""
    portion = ratio(part, whole)
    return None if portion is None else portion * HUNDRED


# --- Evaluation ----------------------------------------------------------------------------------
def passed(result: Decimal | None, target: Decimal | None, lower_is_better: bool) -> bool | None:
    if result is None or target is None:
        return None
    return result <= target if lower_is_better else result >= target


# --- Months --------------------------------------------------------------------------------------
def month_edges(first: date, months: int = HORIZON) -> list[int]:
    """The ordinal of the first day of each month and of the month after the last one."""
    edges = []
    for index in range(months + 1):
        year, month = divmod(first.year * 12 + first.month - 1 + index, 12)
        beyond = year > date.max.year
        edges.append(date.max.toordinal() + 1 if beyond else date(year, month + 1, 1).toordinal())
    return edges


def once(amount: Decimal | None, day: date | None, first: date) -> list[Decimal] | None:
    """An amount in the month of its day; None if either is unknown."""
    if amount is None or day is None:
        return None
    at = (day.year - first.year) * 12 + day.month - first.month
    return [amount if index == at else Decimal(0) for index in range(HORIZON)]


def spread(
    amount: Decimal | None, start: date | None, length: Decimal | None, first: date
) -> list[Decimal] | None:
    """An amount spread evenly over its days: what falls into each month of the plan.

    Of unknown length it falls into its first month; None if the amount or the start is unknown.
    """
    if amount is None or start is None:
        return None
    if not length:
        return once(amount, start, first)
    begin = Decimal(start.toordinal())
    end = begin + length
    edges = month_edges(first)
    return [
        amount * max(Decimal(0), min(end, after) - max(begin, Decimal(edge))) / length
        for edge, after in pairwise(edges)
    ]


# --- Words for numbers ---------------------------------------------------------------------------
def scientific(value: Decimal | None) -> str:
    """42000000000000000000000 → "4.2e22", as the field writes compute; "—" if unknown."""
    if value is None:
        return "—"
    mantissa, exponent = f"{value:.2e}".split("e")
    mantissa = mantissa.rstrip("0").rstrip(".") or "0"
    return f"{mantissa}e{int(exponent)}" if value else "0"
