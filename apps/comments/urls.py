"""URLs under /plans/<plan>/comments/. The place of a new thread stands in the query; see
places.query."""

from django.urls import path

from apps.comments.views import reading, writing

app_name = "comments"
urlpatterns = [
    path("<uid:plan>/comments/", reading.ThreadList.as_view(), name="list"),
    path("<uid:plan>/comments/read/", reading.ReadAll.as_view(), name="read_all"),
    path("<uid:plan>/comments/start/", writing.Start.as_view(), name="start"),
    path(
        "<uid:plan>/comments/<section:section>/", reading.SectionComments.as_view(), name="section"
    ),
    path("<uid:plan>/comments/threads/<uid:thread>/", reading.ThreadLink.as_view(), name="thread"),
    path("<uid:plan>/comments/threads/<uid:thread>/reply/", writing.Reply.as_view(), name="reply"),
    path(
        "<uid:plan>/comments/threads/<uid:thread>/resolve/",
        writing.Resolve.as_view(),
        name="resolve",
    ),
    path(
        "<uid:plan>/comments/threads/<uid:thread>/reopen/", writing.Reopen.as_view(), name="reopen"
    ),
    path(
        "<uid:plan>/comments/threads/<uid:thread>/assign/", writing.Assign.as_view(), name="assign"
    ),
    path("<uid:plan>/comments/texts/<uid:comment>/", writing.Edit.as_view(), name="edit"),
]
