"""The addresses of Globus Groups (G1 to G8, and what the ``globus group`` command asks besides)."""

from django.urls import path

from apps.accounts.groups_api import batch, views
from apps.accounts.groups_api.base import NoSuchGroupsRoute

GROUP = "v2/groups/<str:group_id>"

urlpatterns = [
    path("v2/groups", views.Groups.as_view()),
    path("v2/groups/my_groups", views.MyGroups.as_view()),
    path(GROUP, batch.OneGroup.as_view()),
    path(f"{GROUP}/policies", views.GroupPolicies.as_view()),
    path(f"{GROUP}/subscription_admin_verified", views.Verified.as_view()),
    path("v2/subscription_info/<str:subscription_id>", views.Subscription.as_view()),
    NoSuchGroupsRoute.route(),
]
