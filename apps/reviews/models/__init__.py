"""Rubrics, requests for review, each mentor's review, and what founders set beside them. Used by
the pages of this app and, through letter.py, by exports."""

from apps.reviews.models.founders import Decision, SelfAssessment, Visit
from apps.reviews.models.reviews import (
    FINISHED,
    OPEN,
    Grade,
    Opinion,
    Recommendation,
    Remark,
    Request,
    Review,
    Score,
    SecondOpinion,
    Settled,
    Settlement,
    State,
    Verdict,
)
from apps.reviews.models.rubrics import ANCHORED, Criterion, Rubric

__all__ = [
    "ANCHORED", "FINISHED", "OPEN", "Criterion", "Decision", "Grade", "Opinion",
    "Recommendation", "Remark", "Request", "Review", "Rubric", "Score", "SecondOpinion",
    "SelfAssessment", "Settled", "Settlement", "State", "Verdict", "Visit",
]  # fmt: skip
