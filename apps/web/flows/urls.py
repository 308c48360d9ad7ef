"""What stands beneath ``/flows/``."""

from django.urls import path

from apps.web.failures import as_page
from apps.web.flows import details, listing, page, people, questions, simulate, start, versions, vocabularies
from apps.web.flows.editor import pages as editor
from apps.web.flows.run import listing as run_listing
from apps.web.flows.run import log, steering
from apps.web.flows.run import page as run_page

app_name = "flows"
_FLOW, _RUN = "<uuid:flow_id>/", "runs/<uuid:run_id>/"
urlpatterns = [
    path("", as_page(listing.Flows), name="flows"),
    path("new/", as_page(editor.New), name="new"),
    path("simulate/", as_page(simulate.Simulate), name="simulate_text"),
    path("inputs/", as_page(questions.Questions), name="questions"),
    path("inputs/<uuid:input_id>/", as_page(questions.OneQuestion), name="question"),
    path("terms/<str:name>/", as_page(vocabularies.TermsFound), name="terms"),
    path("landing/<str:suffix>/", as_page(questions.Landing), name="landing"),
    path("options/<str:suffix>/", as_page(questions.OneOption), name="option"),
    path("runs/", as_page(run_listing.Runs), name="runs"),
    path(_RUN, as_page(run_page.OneRun), name="run"),
    path(f"{_RUN}live/", as_page(run_page.Live), name="live"),
    path(f"{_RUN}log/", as_page(log.Log), name="log"),
    path(f"{_RUN}log.ndjson", as_page(log.LogFile), name="log_file"),
    path(f"{_RUN}pause/", as_page(steering.Pause), name="pause"),
    path(f"{_RUN}resume/", as_page(steering.Resume), name="resume"),
    path(f"{_RUN}cancel/", as_page(steering.Cancel), name="cancel"),
    path(f"{_RUN}redrive/", as_page(steering.Redrive), name="redrive"),
    path(f"{_RUN}change/", as_page(steering.Change), name="change"),
    path(f"{_RUN}people/", as_page(people.RunPeople), name="run_people"),
    path(f"{_RUN}delete/", as_page(steering.Delete), name="delete_run"),
    path(_FLOW, as_page(page.OneFlow), name="flow"),
    path(f"{_FLOW}definition.json", as_page(page.Definition), {"ending": "json"}, name="definition_json"),
    path(f"{_FLOW}definition.yaml", as_page(page.Definition), {"ending": "yaml"}, name="definition_yaml"),
    path(f"{_FLOW}start/", as_page(start.Start), name="start"),
    path(f"{_FLOW}edit/", as_page(editor.Edit), name="edit"),
    path(f"{_FLOW}simulate/", as_page(simulate.SimulateFlow), name="simulate"),
    path(f"{_FLOW}versions/", as_page(versions.Versions), name="versions"),
    path(f"{_FLOW}people/", as_page(people.FlowPeople), name="people"),
    path(f"{_FLOW}details/", as_page(details.Details), name="details"),
    path(f"{_FLOW}delete/", as_page(details.DeleteFlow), name="delete"),
]
