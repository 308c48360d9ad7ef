from django.urls import include, path
from django.views.decorators.cache import never_cache

from apps.web import accent_view
from apps.web.administration.audit import Audit
from apps.web.downloads.view import download
from apps.web.failures import as_pages
from apps.web.home import view as home_view
from apps.web.record import view as record_view
from apps.web.results import suggest_view
from apps.web.results import view as views

app_name = "web"
urlpatterns = [
    path("", home_view.home, name="home"),
    path("account/audit/", as_pages(never_cache(Audit.as_view())), name="audit"),
    path("accent/<str:colour>.css", accent_view.accent, name="accent"),
    path("<str:name>/", views.results, name="index"),
    path("<str:name>/suggest/", suggest_view.suggest, name="suggest"),
    path("<str:name>/download/", download, name="download"),
    path("<str:name>/manage/", include("apps.web.manage.urls")),
    path("<str:name>/detail/<path:subject>/", record_view.record, name="record"),
]
