from django.urls import path
from django.views.generic import RedirectView

from apps.accounts.views import (
    applications,
    command_line,
    device,
    group,
    groups,
    identities,
    invitations,
    overview,
    sessions,
    tokens,
)

urlpatterns = [
    path("", overview.Overview.as_view(), name="account"),
    path("identities/", identities.Identities.as_view(), name="account_identities"),
    path("3rdparty/", RedirectView.as_view(pattern_name="account_identities")),  # allauth's own page of them
    path("sessions/", sessions.Sessions.as_view(), name="account_sessions"),
    path("sessions/end/", sessions.EndOtherSessions.as_view(), name="account_end_other_sessions"),
    path("sessions/<int:session_id>/end/", sessions.EndSession.as_view(), name="account_end_session"),
    path("invitations/", invitations.Invitations.as_view(), name="account_invitations"),
    path(
        "invitations/<uuid:invitation_id>/revoke/",
        invitations.RevokeInvitation.as_view(),
        name="account_revoke_invitation",
    ),
    path("invitation/<str:secret>/", invitations.OpenInvitation.as_view(), name="account_open_invitation"),
    path("tokens/", tokens.Tokens.as_view(), name="account_tokens"),
    path("tokens/<uuid:token_id>/revoke/", tokens.RevokeToken.as_view(), name="account_revoke_token"),
    path("applications/", applications.Applications.as_view(), name="account_applications"),
    path("applications/<uuid:application_id>/", applications.OneApplication.as_view(), name="account_application"),
    path(
        "applications/<uuid:application_id>/delete/",
        applications.DeleteApplication.as_view(),
        name="account_delete_application",
    ),
    path(
        "applications/<uuid:application_id>/secrets/",
        applications.AddCredential.as_view(),
        name="account_add_credential",
    ),
    path(
        "applications/<uuid:application_id>/secrets/<uuid:credential_id>/revoke/",
        applications.RemoveCredential.as_view(),
        name="account_remove_credential",
    ),
    path("connections/", applications.Connections.as_view(), name="account_connections"),
    path("connections/<uuid:application_id>/disconnect/", applications.Disconnect.as_view(), name="account_disconnect"),
    path("command-line/", command_line.CommandLine.as_view(), name="account_command_line"),
    path("command-line/vitrine-cli.zip", command_line.CommandArchive.as_view(), name="command_archive"),
    path("device/", device.Device.as_view(), name="account_device"),
    path("groups/", groups.Groups.as_view(), name="account_groups"),
    path("groups/find/", groups.FindGroups.as_view(), name="account_find_groups"),
    path("groups/<uuid:group_id>/", group.GroupPage.as_view(), name="account_group"),
    path("groups/<uuid:group_id>/settings/", group.GroupSettings.as_view(), name="account_group_settings"),
    path("groups/<uuid:group_id>/subgroups/", group.NewSubgroup.as_view(), name="account_new_subgroup"),
    path("groups/<uuid:group_id>/delete/", group.DeleteGroup.as_view(), name="account_delete_group"),
    path(
        "groups/<uuid:group_id>/members/<uuid:identity_id>/<str:step>/",
        group.Step.as_view(),
        name="account_group_step",
    ),
]
