"""What stands beneath ``/<index>/manage/``."""

from django.urls import path
from django.views.decorators.cache import never_cache

from apps.web.failures import View, as_pages
from apps.web.manage import access_log, catalogue, form_editor, presentation, roles, settings, tasks, versions, view_as
from apps.web.manage.base import Home, ManagePage


def _page(page: type[ManagePage]) -> View:
    """Its failures are pages; what is not shown is answered as an address where nothing is."""
    return as_pages(never_cache(page.as_view()))


app_name = "manage"
urlpatterns = [
    path("", _page(Home), name="home"),
    path("catalogue/", _page(catalogue.Catalogue), name="catalogue"),
    path("catalogue/show/", _page(catalogue.ShowPath), name="show_path"),
    path("presentation/", _page(presentation.Editor), name="presentation"),
    path("presentation.json", _page(presentation.Export), name="export"),
    path("presentation/form/", _page(form_editor.FormEditor), name="form"),
    path("presentation/edit/", _page(presentation.Edit), name="edit"),
    path("presentation/import/", _page(presentation.Import), name="import"),
    path("presentation/preview/", _page(presentation.Preview), name="preview"),
    path("presentation/history/", _page(versions.History), name="history"),
    path("presentation/history/<int:number>/", _page(versions.OneVersion), name="presentation_version"),
    path("presentation/restore/", _page(versions.Restore), name="restore"),
    path("tasks/", _page(tasks.Tasks), name="tasks"),
    path("tasks/<uuid:task_id>/", _page(tasks.OneTask), name="task"),
    path("tasks/<uuid:task_id>/failures.csv", _page(tasks.Failures), name="failures"),
    path("roles/", _page(roles.Roles), name="roles"),
    path("roles/<uuid:role_id>/withdraw/", _page(roles.Withdraw), name="withdraw"),
    path("view-as/", _page(view_as.ViewAs), name="view_as"),
    path("view-as/stop/", _page(view_as.Stop), name="view_as_stop"),
    path("log/", _page(access_log.AccessLog), name="access_log"),
    path("settings/", _page(settings.Settings), name="settings"),
    path("settings/rebuild/", _page(settings.Rebuild), name="rebuild"),
    path("settings/delete/", _page(settings.Delete), name="delete"),
    path("settings/reopen/", _page(settings.Reopen), name="reopen"),
]
