"""What stands beneath ``/collections/``."""

from django.urls import path

from apps.web.failures import as_page
from apps.web.files import actions, collections, download, manager, settings, share, tasks, upload
from apps.web.files.previews.view import OneFile

app_name = "files"
urlpatterns = [
    path("", as_page(collections.Collections), name="collections"),
    path("<uuid:collection_id>/", as_page(manager.Manager), name="manager"),
    path("<uuid:collection_id>/new-folder/", as_page(actions.NewFolder), name="new_folder"),
    path("<uuid:collection_id>/upload/", as_page(upload.Upload), name="upload"),
    path("<uuid:collection_id>/rename/", as_page(actions.Rename), name="rename"),
    path("<uuid:collection_id>/delete/", as_page(tasks.Delete), name="delete"),
    path("<uuid:collection_id>/transfer/", as_page(tasks.Transfer), name="transfer"),
    path("<uuid:collection_id>/share/", as_page(share.Share), name="share"),
    path("<uuid:collection_id>/share/<uuid:rule_id>/", as_page(share.OneRule), name="rule"),
    path("<uuid:collection_id>/share/guest/", as_page(share.Guest), name="guest"),
    path("<uuid:collection_id>/settings/", as_page(settings.Settings), name="settings"),
    path("<uuid:collection_id>/settings/credentials/", as_page(settings.Credentials), name="credentials"),
    path("<uuid:collection_id>/settings/delete/", as_page(settings.DeleteCollection), name="delete_collection"),
    path("<uuid:collection_id>/download/", as_page(download.Download), name="download"),
    path("<uuid:collection_id>/preview", as_page(OneFile), name="preview"),
]
