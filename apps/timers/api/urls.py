"""Routes of the Timers API, as CONTRACT and clients know them."""

from django.urls import path

from apps.timers.api import jobs

urlpatterns = [
    path("v2/timer", jobs.NewTimer.as_view()),
    path("jobs/", jobs.Jobs.as_view()),
    path("jobs/<str:job_id>", jobs.OneJob.as_view()),
    path("jobs/<str:job_id>/pause", jobs.Pause.as_view()),
    path("jobs/<str:job_id>/resume", jobs.Resume.as_view()),
    jobs.NoSuchTimersRoute.route(),
]
