"""What stands beneath ``/publish/`` and is about reviews."""

from django.urls import path

from apps.web.failures import as_page
from apps.web.publish.review import comments, links, listing, page, plan, referee

app_name = "review"
_ONE = "review/<uuid:submission_id>/"
urlpatterns = [
    path("review/", as_page(listing.Waiting), name="waiting"),
    path(_ONE, as_page(page.OneReview), name="one"),
    path(f"{_ONE}comments/", as_page(comments.Comments), name="comments"),
    path(f"{_ONE}comments/<int:comment_id>/", as_page(comments.Settle), name="settle"),
    path(f"{_ONE}links/", as_page(links.Links), name="links"),
    path(f"{_ONE}links/<uuid:link_id>/", as_page(links.WithdrawLink), name="withdraw_link"),
    path("review/<uuid:draft_id>/plan/", as_page(plan.ReviewPlan), name="plan"),
    path("referee/<str:secret>/", as_page(referee.Referee), name="referee"),
]
