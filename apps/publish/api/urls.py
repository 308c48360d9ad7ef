"""Routes of the API of publishing."""

from django.urls import path

from apps.publish.api import base, comments, deciding, filling, forms, page, submissions, versions

ONE = "submissions/<str:submission_id>"
urlpatterns = [
    path("", page.ApiPage.as_view(), name="publish-api"),
    path("openapi.json", page.Description.as_view(), name="publish-openapi"),
    path("forms", forms.Forms.as_view()),
    path("forms/<str:form>", forms.OneForm.as_view()),
    path("forms/<str:form>/schema", forms.FormSchema.as_view()),
    path("forms/<str:form>/document", forms.FormDocument.as_view()),
    path("forms/<str:form>/check", forms.CheckedByForm.as_view()),
    path("forms/<str:form>/table", forms.Table.as_view()),
    path("submissions", submissions.Submissions.as_view()),
    path(ONE, submissions.OneSubmission.as_view()),
    path(f"{ONE}/copy", submissions.Copies.as_view()),
    path(f"{ONE}/roles", submissions.Roles.as_view()),
    path(f"{ONE}/files", filling.Files.as_view()),
    path(f"{ONE}/propose", filling.Proposals.as_view()),
    path(f"{ONE}/accept", filling.Acceptance.as_view()),
    path(f"{ONE}/check", filling.Check.as_view()),
    path(f"{ONE}/plan", filling.PlanOf.as_view()),
    path(f"{ONE}/submit", deciding.Submit.as_view()),
    path(f"{ONE}/take_back", deciding.TakeBack.as_view()),
    path(f"{ONE}/approve", deciding.Approve.as_view()),
    path(f"{ONE}/send_back", deciding.SendBack.as_view()),
    path(f"{ONE}/comments", comments.Comments.as_view()),
    path(f"{ONE}/revise", deciding.Revise.as_view()),
    path(f"{ONE}/withdraw", deciding.Withdraw.as_view()),
    path(f"{ONE}/status", deciding.Status.as_view()),
    path(f"{ONE}/versions", versions.Versions.as_view()),
    path(f"{ONE}/versions/<str:number>", versions.OneVersion.as_view()),
    base.NoSuchPublishRoute.route(),
]
