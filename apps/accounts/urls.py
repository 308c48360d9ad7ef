from django.urls import path

from apps.accounts.views import groups, overview, tokens

urlpatterns = [
    path("", overview.Overview.as_view(), name="account"),
    path("tokens/", tokens.Tokens.as_view(), name="account_tokens"),
    path("tokens/<uuid:token_id>/revoke/", tokens.RevokeToken.as_view(), name="account_revoke_token"),
    path("groups/", groups.Groups.as_view(), name="account_groups"),
    path("groups/<uuid:group_id>/", groups.GroupPage.as_view(), name="account_group"),
    path(
        "groups/<uuid:group_id>/members/<uuid:identity_id>/remove/",
        groups.RemoveMember.as_view(),
        name="account_remove_member",
    ),
]
