from django.urls import path

from apps.accounts import views

urlpatterns = [
    path("", views.Overview.as_view(), name="account"),
    path("tokens/", views.Tokens.as_view(), name="account_tokens"),
    path("tokens/<uuid:token_id>/revoke/", views.RevokeToken.as_view(), name="account_revoke_token"),
    path("groups/", views.Groups.as_view(), name="account_groups"),
    path("groups/<uuid:group_id>/", views.GroupPage.as_view(), name="account_group"),
    path(
        "groups/<uuid:group_id>/members/<uuid:identity_id>/remove/",
        views.RemoveMember.as_view(),
        name="account_remove_member",
    ),
]
