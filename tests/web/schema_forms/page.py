"""A page with one form that has everything, in the portal: for browsers."""

import json

from django.http import HttpResponse
from django.template import engines
from django.urls import path

from apps.web.schema_forms.form import SchemaForm
from apps.web.schema_forms.proposing import Proposal
from apps.web.schema_forms.vocabularies import Term, Terms, answer
from apps.web.who import Who
from portal.urls import urlpatterns as of_portal

PROTEINS = Terms(tuple(Term(name) for name in ("PDL1", "Lysozyme", "Nsp10/16")), is_open=True)
GROUPS = Terms(tuple(Term(f"P {n}", f"Group {n}", f"number {n}") for n in range(1, 231)), url="/a-form/space-groups/")
SCHEMA = {
    "type": "object",
    "x-layout": {
        "sections": [
            {"title": "What it is", "description": "In few words.", "fields": ["title", "day", "kind", "speed"]},
            {"title": "Sample", "fields": ["protein", "group", "energy", "people", "size", "shape", "tags"]},
            {"title": "Notes of the team", "fields": ["notes"]},
        ]
    },
    "properties": {
        "title": {"type": "string", "minLength": 3, "title": "Title", "examples": ["Bounce 7"]},
        "day": {"type": "string", "format": "date", "title": "Day", "x-layout": {"width": "half"}},
        "kind": {"enum": ["jet", "chip"], "title": "Kind"},
        "protein": {"type": "string", "title": "Protein", "x-vocabulary": "proteins"},
        "group": {"type": "string", "title": "Space group", "x-vocabulary": "groups"},
        "energy": {"type": "number", "title": "Energy", "x-unit": "keV", "description": "Of the beam."},
        "people": {
            "type": "array",
            "title": "People",
            "items": {
                "type": "object",
                "title": "Person",
                "properties": {"name": {"type": "string"}, "orcid": {"type": "string", "format": "orcid"}},
                "required": ["name"],
            },
        },
        "size": {"type": "array", "prefixItems": [{"type": "number", "title": "Width"}, {"type": "number"}]},
        "shape": {
            "title": "Shape",
            "oneOf": [
                {"title": "Round", "type": "object", "properties": {"r": {"type": "number"}}, "required": ["r"]},
                {"title": "Word", "type": "string"},
            ],
        },
        "tags": {"type": "array", "uniqueItems": True, "items": {"enum": ["cold", "warm"]}, "title": "Tags"},
        "notes": {"type": "string", "title": "Notes", "x-restricted": True, "x-layout": {"widget": "markdown"}},
        "licence": {"enum": ["CC0", "CC BY"], "x-layout": {"widget": "radio"}, "title": "Licence"},
        "identifier": {"type": "string", "readOnly": True, "default": "10.1000/456"},
        "old": {"type": "string", "deprecated": True, "title": "Old number"},
        "when": {"type": "string", "format": "date-time"},
        "settings": {"type": "object", "additionalProperties": {"type": "string"}, "title": "Settings"},
        "is_open": {"type": "boolean", "title": "Open to all"},
        "any": {"title": "Anything"},
    },
    "required": ["title", "kind"],
    "if": {"properties": {"kind": {"const": "jet"}}, "required": ["kind"]},
    "then": {"properties": {"speed": {"type": "number", "title": "Speed", "x-unit": "m/s"}}, "required": ["speed"]},
}
PAGE = """{% extends "base.html" %}{% load static %}{% block title %}A form{% endblock %}
{% block head %}<link rel="stylesheet" href="{% static 'css/schema_forms.css' %}">
<script src="{% static 'suggest.js' %}" defer></script>
<script src="{% static 'schema_forms.js' %}" defer></script>{% endblock %}
{% block content %}<div class="page-head"><h1>A form</h1></div>
<form class="stack" method="post" novalidate data-schema-form>
<button hidden name="do" value="check">Check</button>{% csrf_token %}
{% include "web/schema_forms/_wrong.html" with wrong=view.wrong only %}
{% include "web/schema_forms/_form.html" with view=view only %}
<button class="button primary" name="do" value="save">Save</button></form>
<pre class="code" id="value">{{ value }}</pre>{% endblock %}"""


def make_form(user):
    return SchemaForm(
        SCHEMA,
        user,
        vocabularies={"proteins": PROTEINS, "groups": GROUPS},
        audiences={"restricted": Who("group", "Seen by the team"), "": Who("public", "Seen by everyone")},
        proposals={"/day": Proposal("2021-04-21", "run7.json"), "/energy": Proposal(12.66, "the file header")},
    )


def page(request):
    form, button = make_form(request.user), request.POST.get("do", "")
    typed = form.sent(request.POST.dict()) if request.method == "POST" else form.typed()
    value = ""
    if button in {"save", "check"}:
        found = form.read(typed)
        value = "" if found.faults else json.dumps([found.value, sorted(form.proposed(found))])
        view = form.shown(typed, found.faults)
    else:
        view = form.after(typed, button) if button else form.shown(typed)
    return HttpResponse(engines["django"].from_string(PAGE).render({"view": view, "value": value}, request))


urlpatterns = [
    path("a-form/", page),
    path("a-form/space-groups/", lambda request: answer(GROUPS, request)),
    *of_portal,
]
