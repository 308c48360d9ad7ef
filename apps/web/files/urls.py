"""What stands beneath ``/collections/``."""

from django.urls import path
from django.views import View as ClassView
from django.views.decorators.cache import never_cache

from apps.web.failures import View, as_pages
from apps.web.files import actions, collections, download, manager, share, tasks, upload
from apps.web.files.previews.view import OneFile


def _page(page: type[ClassView]) -> View:
    """Its failures are pages; what is not shown is answered as an address where nothing is."""
    return as_pages(never_cache(page.as_view()))


app_name = "files"
urlpatterns = [
    path("", _page(collections.Collections), name="collections"),
    path("<uuid:collection_id>/", _page(manager.Manager), name="manager"),
    path("<uuid:collection_id>/new-folder/", _page(actions.NewFolder), name="new_folder"),
    path("<uuid:collection_id>/upload/", _page(upload.Upload), name="upload"),
    path("<uuid:collection_id>/rename/", _page(actions.Rename), name="rename"),
    path("<uuid:collection_id>/delete/", _page(tasks.Delete), name="delete"),
    path("<uuid:collection_id>/transfer/", _page(tasks.Transfer), name="transfer"),
    path("<uuid:collection_id>/share/", _page(share.Share), name="share"),
    path("<uuid:collection_id>/share/<uuid:rule_id>/", _page(share.OneRule), name="rule"),
    path("<uuid:collection_id>/share/guest/", _page(share.Guest), name="guest"),
    path("<uuid:collection_id>/download/", _page(download.Download), name="download"),
    path("<uuid:collection_id>/preview", _page(OneFile), name="preview"),
]
