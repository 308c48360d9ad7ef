"""Routes of the API of triggers."""

from django.urls import path

from apps.triggers.api import base, sending, triggers

ONE = "triggers/<str:trigger_id>"
urlpatterns = [
    path("triggers", triggers.Triggers.as_view()),
    path("triggers/try", triggers.Try.as_view()),
    path(ONE, triggers.OneTrigger.as_view()),
    path(f"{ONE}/begin", triggers.Begin.as_view()),
    path(f"{ONE}/pause", triggers.Pause.as_view()),
    path(f"{ONE}/secret", triggers.Secret.as_view()),
    path(f"{ONE}/firings", triggers.Firings.as_view()),
    path(f"{ONE}/files", triggers.Files.as_view()),
    path(f"{ONE}/messages", sending.Messages.as_view()),
    path(f"{ONE}/webhook", sending.Webhook.as_view(), name="webhook-of-trigger"),
    base.NoSuchTriggersRoute.route(),
]
