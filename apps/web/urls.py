from django.urls import include, path

from apps.web import accent_view
from apps.web.administration import access
from apps.web.administration.audit import Audit
from apps.web.administration.delays import Delays
from apps.web.administration.functions import Functions
from apps.web.downloads.view import download
from apps.web.failures import as_page
from apps.web.harvest.feed import feed
from apps.web.harvest.oai import oai
from apps.web.harvest.sitemap import index_of_sitemaps, robots, sitemap
from apps.web.home import view as home_view
from apps.web.record import view as record_view
from apps.web.results import suggest_view
from apps.web.results import view as views

app_name = "web"
urlpatterns = [
    path("", home_view.home, name="home"),
    path("account/audit/", as_page(Audit), name="audit"),
    path("account/functions/", as_page(Functions), name="functions"),
    path("account/delays/", as_page(Delays), name="delays"),
    path("account/access/", as_page(access.Overview), name="access"),
    path("account/access/people/<uuid:identity_id>/", as_page(access.Person), name="access_person"),
    path("account/access/groups/<uuid:group_id>/", as_page(access.OneGroup), name="access_group"),
    path("account/access/indexes/<uuid:index_id>/", as_page(access.OneIndex), name="access_index"),
    path("accent/<str:colour>.css", accent_view.accent, name="accent"),
    path("collections/", include("apps.web.files.urls")),
    path("collections/bookmarks/", include("apps.web.bookmarks.urls")),
    path("publish/", include("apps.web.publish.forms.urls")),
    path("flows/", include("apps.web.flows.urls")),
    path("publish/", include("apps.web.publish.drafts.urls")),
    path("publish/", include("apps.web.publish.review.urls")),
    path("tasks/", include("apps.web.tasks.urls")),
    path("timers/", include("apps.web.timers.urls")),
    path("triggers/", include("apps.web.triggers.urls")),
    path("records/", include("apps.web.record.published.urls")),
    path("oai", oai, name="oai"),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", index_of_sitemaps, name="sitemaps"),
    path("<str:name>/", views.results, name="index"),
    path("<str:name>/suggest/", suggest_view.suggest, name="suggest"),
    path("<str:name>/download/", download, name="download"),
    path("<str:name>/feed/", feed, name="feed"),
    path("<str:name>/sitemap-<int:number>.xml", sitemap, name="sitemap"),
    path("<str:name>/manage/", include("apps.web.manage.urls")),
    path("<str:name>/detail/<path:subject>/", record_view.record, name="record"),
]
