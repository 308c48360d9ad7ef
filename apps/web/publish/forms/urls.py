"""What stands beneath ``/publish/`` and is about forms."""

from django.urls import path

from apps.web.failures import as_page
from apps.web.publish.forms import bringing, editor, listing, page, people, setup, versions

app_name = "forms"
_FORM = "forms/<slug:slug>/"
urlpatterns = [
    path("", as_page(listing.Home), name="home"),
    path("forms/", as_page(listing.Forms), name="forms"),
    path("forms/new/", as_page(editor.New), name="new"),
    path("forms/import/", as_page(bringing.Import), name="import"),
    path(_FORM, as_page(page.OneForm), name="form"),
    path(f"{_FORM}edit/", as_page(editor.Edit), name="edit"),
    path(f"{_FORM}setup/", as_page(setup.Setup), name="setup"),
    path(f"{_FORM}open/", as_page(page.Opening), name="open"),
    path(f"{_FORM}versions/", as_page(versions.Versions), name="versions"),
    path(f"{_FORM}people/", as_page(people.People), name="people"),
    path(f"{_FORM}export.json", as_page(page.Export), name="export"),
    path(f"{_FORM}delete/", as_page(page.DeleteForm), name="delete"),
]
