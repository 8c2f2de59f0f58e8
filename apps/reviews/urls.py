"""URLs of reviews, under /plans/."""

from django.urls import path

from apps.reviews.views import (
    answering,
    asking,
    assessing,
    deciding,
    judging,
    reading,
    remarking,
    reviewing,
)

app_name = "reviews"
urlpatterns = [
    path("<uid:plan>/reviews/", asking.RequestList.as_view(), name="list"),
    path("<uid:plan>/reviews/ask/", asking.Ask.as_view(), name="ask"),
    path(
        "<uid:plan>/reviews/requests/<uid:asking>/",
        reading.RequestPage.as_view(),
        name="request",
    ),
    path("<uid:plan>/reviews/board/", deciding.Board.as_view(), name="board"),
    path(
        "<uid:plan>/reviews/board/<int:number>/criteria/<uid:criterion>/",
        deciding.Decide.as_view(),
        name="decide",
    ),
    path(
        "<uid:plan>/reviews/board/<int:number>/sections/<section:section>/",
        deciding.Decide.as_view(),
        name="decide_section",
    ),
    path("<uid:plan>/reviews/letter/", answering.LetterPage.as_view(), name="letter"),
    path("<uid:plan>/reviews/pictures/", assessing.Pictures.as_view(), name="pictures"),
    path("<uid:plan>/reviews/own-scores/<int:number>/", assessing.Assess.as_view(), name="assess"),
    path("<uid:plan>/reviews/<uid:review>/", reading.ReviewPage.as_view(), name="review"),
    path("<uid:plan>/reviews/<uid:review>/accept/", asking.Accept.as_view(), name="accept"),
    path("<uid:plan>/reviews/<uid:review>/decline/", asking.Decline.as_view(), name="decline"),
    path("<uid:plan>/reviews/<uid:review>/withdraw/", asking.Withdraw.as_view(), name="withdraw"),
    path(
        "<uid:plan>/reviews/<uid:review>/sections/<section:section>/",
        judging.SectionStep.as_view(),
        name="section",
    ),
    path("<uid:plan>/reviews/<uid:review>/comment/", remarking.Remark.as_view(), name="remark"),
    path("<uid:plan>/reviews/<uid:review>/scores/", reviewing.ScoresStep.as_view(), name="scores"),
    path("<uid:plan>/reviews/<uid:review>/finish/", reviewing.FinishStep.as_view(), name="finish"),
    path(
        "<uid:plan>/reviews/<uid:review>/reply/<section:section>/",
        reading.Reply.as_view(),
        name="reply",
    ),
    path("<uid:plan>/reviews/<uid:review>/opinion/", reading.GiveOpinion.as_view(), name="opinion"),
]
