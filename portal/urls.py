"""Where each app stands. Pages of an index come last, because they take what is left."""

from django.contrib import admin
from django.urls import include, path

from apps.common.api import NoSuchRoute
from apps.flows.api.run_index import RUN_INDEX, RunIndex

urlpatterns = [
    path("admin/", admin.site.urls),
    path("api/auth/", include("apps.accounts.api.urls")),
    path("api/groups/", include("apps.accounts.groups_api.urls")),
    path(f"api/search/v1/index/{RUN_INDEX}/search", RunIndex.as_view()),
    path("api/search/", include("apps.search.api.urls")),
    path("files/", include("apps.storage.urls")),
    path("api/transfer/", include("apps.transfer.api.urls")),
    path("id/", include("apps.flows.urls")),
    path("api/flows/", include("apps.flows.api.urls")),
    path("api/timers/", include("apps.timers.api.urls")),
    path("api/triggers/", include("apps.triggers.api.urls")),
    path("api/actions/", include("apps.flows.api.actions.urls")),
    path("api/publish/", include("apps.publish.api.urls")),
    path("api/", include([NoSuchRoute.route()])),
    path("account/", include("apps.accounts.urls")),
    path("account/", include("allauth.urls")),
    path("", include("apps.web.urls")),
]
