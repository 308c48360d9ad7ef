"""What stands beneath ``/publish/`` and is about drafts."""

from django.urls import path

from apps.web.failures import as_page
from apps.web.publish.drafts import beginning, bulk, files, listing, page, people, plan

app_name = "drafts"
_DRAFT = "drafts/<uuid:draft_id>/"
urlpatterns = [
    path("drafts/", as_page(listing.Drafts), name="drafts"),
    path(_DRAFT, as_page(page.OneDraft), name="draft"),
    path(f"{_DRAFT}files/", as_page(files.DraftFiles), name="files"),
    path(f"{_DRAFT}people/", as_page(people.DraftPeople), name="people"),
    path(f"{_DRAFT}plan/", as_page(plan.DraftPlan), name="plan"),
    path(f"{_DRAFT}copy/", as_page(beginning.Copy), name="copy"),
    path(f"{_DRAFT}take-back/", as_page(beginning.TakeBack), name="take_back"),
    path(f"{_DRAFT}revise/", as_page(beginning.Revise), name="revise"),
    path(f"{_DRAFT}delete/", as_page(beginning.Delete), name="delete"),
    path("<slug:form_slug>/new/", as_page(beginning.New), name="new"),
    path("<slug:form_slug>/bulk/", as_page(bulk.Bulk), name="bulk"),
]
