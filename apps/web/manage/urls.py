"""What stands beneath ``/<index>/manage/``."""

from django.urls import path

from apps.web.failures import as_page
from apps.web.manage import access_log, catalogue, form_editor, presentation, roles, settings, tasks, versions, view_as
from apps.web.manage.base import Home

app_name = "manage"
urlpatterns = [
    path("", as_page(Home), name="home"),
    path("catalogue/", as_page(catalogue.Catalogue), name="catalogue"),
    path("catalogue/show/", as_page(catalogue.ShowPath), name="show_path"),
    path("presentation/", as_page(presentation.Editor), name="presentation"),
    path("presentation.json", as_page(presentation.Export), name="export"),
    path("presentation/form/", as_page(form_editor.FormEditor), name="form"),
    path("presentation/edit/", as_page(presentation.Edit), name="edit"),
    path("presentation/import/", as_page(presentation.Import), name="import"),
    path("presentation/preview/", as_page(presentation.Preview), name="preview"),
    path("presentation/history/", as_page(versions.History), name="history"),
    path("presentation/history/<int:number>/", as_page(versions.OneVersion), name="presentation_version"),
    path("presentation/restore/", as_page(versions.Restore), name="restore"),
    path("tasks/", as_page(tasks.Tasks), name="tasks"),
    path("tasks/<uuid:task_id>/", as_page(tasks.OneTask), name="task"),
    path("tasks/<uuid:task_id>/failures.csv", as_page(tasks.Failures), name="failures"),
    path("roles/", as_page(roles.Roles), name="roles"),
    path("roles/<uuid:role_id>/withdraw/", as_page(roles.Withdraw), name="withdraw"),
    path("view-as/", as_page(view_as.ViewAs), name="view_as"),
    path("view-as/stop/", as_page(view_as.Stop), name="view_as_stop"),
    path("log/", as_page(access_log.AccessLog), name="access_log"),
    path("settings/", as_page(settings.Settings), name="settings"),
    path("settings/rebuild/", as_page(settings.Rebuild), name="rebuild"),
    path("settings/delete/", as_page(settings.Delete), name="delete"),
    path("settings/reopen/", as_page(settings.Reopen), name="reopen"),
]
