"""Routes of the Flows API, as CONTRACT and clients know them."""

from django.urls import path

from apps.flows.api import base, flows, inputs, registered_apis, runs, starting

urlpatterns = [
    path("flows", flows.Flows.as_view()),
    path("flows/validate", flows.CheckedFlow.as_view()),
    path("flows/<str:flow_id>", flows.OneFlow.as_view()),
    path("flows/<str:flow_id>/run", starting.StartRun.as_view()),
    path("flows/<str:flow_id>/validate_run", starting.CheckedRun.as_view()),
    path("runs", runs.Runs.as_view()),
    path("batch/runs", runs.Batch.as_view()),
    path("runs/<str:run_id>", runs.OneRun.as_view()),
    path("runs/<str:run_id>/definition", runs.Definition.as_view()),
    path("runs/<str:run_id>/log", runs.Log.as_view()),
    path("runs/<str:run_id>/cancel", runs.CancelRun.as_view()),
    path("runs/<str:run_id>/resume", starting.ResumeRun.as_view()),
    path("runs/<str:run_id>/release", runs.ReleaseRun.as_view()),
    path("registered_apis", registered_apis.RegisteredApis.as_view()),
    path("registered_apis/<str:registered_api_id>", registered_apis.RegisteredApi.as_view()),
    # The same by the addresses of actions: a flow is one, whose address is its own (F17).
    path("flows/<str:flow_id>/runs", runs.Runs.as_view()),
    path("flows/<str:flow_id>/runs/<str:run_id>/log", runs.Log.as_view()),
    path("flows/<str:flow_id>/<str:run_id>/status", runs.OneRun.as_view()),
    path("flows/<str:flow_id>/<str:run_id>/log", runs.Log.as_view()),
    path("flows/<str:flow_id>/<str:run_id>/cancel", runs.CancelRun.as_view()),
    path("flows/<str:flow_id>/<str:run_id>/resume", starting.ResumeRun.as_view()),
    path("flows/<str:flow_id>/<str:run_id>/release", runs.ReleaseRun.as_view()),
    path("web_inputs", inputs.Inputs.as_view()),
    path("web_inputs/<str:web_input_id>", inputs.OneInput.as_view()),
    path("web_inputs/<str:web_input_id>/respond", inputs.Respond.as_view()),
    base.NoSuchFlowsRoute.route(),
]
