"""What will happen when a submission is approved."""

from __future__ import annotations

from django.urls import reverse

from apps.publish import services as publish
from apps.web.publish.drafts.plan import DraftPlan
from apps.web.publish.drafts.preview import Preview


class ReviewPlan(DraftPlan):
    """As its author sees it, to be read alone; for those who write it and its reviewers."""

    role = "viewer"
    template = "web/publish/review/plan.html"
    http_method_names = ["get", "head"]

    def url(self, name: str = "draft") -> str:
        return reverse("web:review:one", args=[self.draft.pk]) if name == "draft" else super().url(name)

    def _previews(self, _plan: publish.Plan) -> list[Preview]:
        """The page of the review shows the content."""
        return []
