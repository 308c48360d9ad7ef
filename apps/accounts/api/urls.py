from django.urls import path

from apps.accounts.api import base, clients, discovery, people, tokens
from apps.accounts.views import authorize

urlpatterns = [
    path(".well-known/openid-configuration", discovery.Configuration.as_view()),
    path("jwk.json", discovery.Keys.as_view()),
    path("v2/oauth2/authorize", authorize.Authorize.as_view(), name="authorize"),
    path("v2/oauth2/device_authorization", tokens.DeviceAuthorization.as_view()),
    path("v2/oauth2/token", tokens.Exchange.as_view()),
    path("v2/oauth2/token/introspect", tokens.Introspect.as_view()),
    path("v2/oauth2/token/validate", tokens.Validate.as_view()),
    path("v2/oauth2/token/revoke", tokens.Revoke.as_view()),
    path("v2/oauth2/userinfo", people.UserInfo.as_view(), name="userinfo"),
    path("v2/web/auth-code", authorize.CodePage.as_view(), name="code_page"),
    path("v2/web/logout", authorize.SignOut.as_view()),
    path("v2/api/identities", people.Identities.as_view()),
    path("v2/api/identities/<str:identity_id>/consents", people.Consents.as_view()),
    path("v2/api/identity_providers", people.IdentityProviders.as_view()),
    path("v2/api/clients", clients.Clients.as_view()),
    path("v2/api/clients/<uuid:client_id>", clients.OneClient.as_view()),
    base.NoSuchAuthRoute.route(),
]
