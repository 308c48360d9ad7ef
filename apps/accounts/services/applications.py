"""Programs: made, given secrets, taken away."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.db import transaction

from apps.accounts.errors import InvalidApplication, NoSuchApplication
from apps.accounts.models import PORTAL, Application, Credential, Identity, User
from apps.accounts.services import audit
from apps.accounts.services.secrets import hash_of, is_same, new_secret

Kind = Application.Kind
CLIENTS_PROVIDER = "clients.auth.globus.org"
"""What the usernames of programs end in: clients tell them by it."""

COMMAND_LINE = UUID("95fdeba8-fac2-42bd-a357-e068d82ff78e")
TEMPLATES: dict[UUID, str] = {COMMAND_LINE: "Globus CLI"}
"""Programs that every installation registers itself from. The id is a constant of the ``globus`` command."""
CODE_PAGE = "/api/auth/v2/web/auth-code"
LOOPBACK = ("localhost", "127.0.0.1", "::1")
_DANGEROUS = {"javascript", "data", "vbscript", "file", "about", "blob"}


def code_page() -> str:
    """The page that shows a code to be copied, for programs that have no address to be sent to."""
    return f"{settings.PUBLIC_URL}{CODE_PAGE}"


@transaction.atomic
def make_application(
    *, owner: User, name: str, kind: str, redirect_uris: Iterable[str] = (), scopes: Iterable[str] = ()
) -> tuple[Application, str | None]:
    """Make an application, and its first secret unless it is one that can keep none. The secret is told this once.

    Raises:
        InvalidApplication: a redirect URI is none, or sends people over an open line to another machine.
    """
    uris = [_redirect_uri(uri) for uri in redirect_uris]
    application = Application(owner=owner, name=name, kind=kind, redirect_uris=uris, scopes=list(scopes))
    if not application.is_public:
        application.account = make_program(id=application.pk, name=application.name)
    application.save()
    _tell("application.made", application, type=kind)
    return application, None if application.is_public else add_credential(application, name="first")[1]


def make_program(*, id: UUID, name: str) -> User:
    """An account for something that acts for itself; nobody can sign in as it. ``id`` is that of its identity, too."""
    account = User(username=str(id), name=name[:150], is_program=True)
    account.set_unusable_password()
    account.save()
    Identity.objects.create(
        id=id, user=account, username=f"{id}@{CLIENTS_PROVIDER}", provider=CLIENTS_PROVIDER, name=name[:150]
    )
    return account


@transaction.atomic
def rename_program(account: User, *, name: str) -> None:
    account.name = name[:150]
    account.save(update_fields=["name"])
    Identity.objects.filter(user=account).update(name=account.name)


def portal() -> User:
    """The portal itself, to which belongs what comes with it."""
    known = User.objects.filter(username=str(PORTAL)).first()
    return known or make_program(id=PORTAL, name="Vitrine")


@transaction.atomic
def make_instance(template_id: UUID, *, name: str) -> tuple[Application, Credential, str]:
    """Register one installation of a program that is known by its template.

    Raises:
        NoSuchApplication: there is no such template.
    """
    template = find_application(template_id)
    if template is None or template.pk not in TEMPLATES:
        raise NoSuchApplication
    application = Application.objects.create(name=name[:100], kind=Kind.CONFIDENTIAL, template=template)
    credential, secret = add_credential(application, name="first")
    _tell("application.registered", application, template=template.name)
    return application, credential, secret


@transaction.atomic
def add_credential(application: Application, *, name: str) -> tuple[Credential, str]:
    """One more secret, which is told this once and kept nowhere."""
    secret = new_secret()
    credential = Credential.objects.create(application=application, name=name, hash=hash_of(secret))
    if name != "first":
        _tell("application.secret_made", application, credential=str(credential.pk))
    return credential, secret


@transaction.atomic
def remove_credential(application: Application, credential_id: UUID) -> None:
    """Whoever shows this secret is refused from now on; doing it twice changes nothing."""
    if application.credentials.filter(pk=credential_id).delete()[0]:
        _tell("application.secret_revoked", application, credential=str(credential_id))


@transaction.atomic
def delete_application(application: Application) -> None:
    """Take it away with its secrets, its tokens and all consents to it. Its identity is never given to anybody else,
    and no longer counts anywhere."""
    _tell("application.deleted", application)
    account = application.account
    application.delete()
    if account is not None:
        account.is_active = False
        account.save(update_fields=["is_active"])


def find_application(client_id: UUID | str) -> Application | None:
    """The application with this id; a template is made when it is first asked for."""
    try:
        wanted = client_id if isinstance(client_id, UUID) else UUID(client_id)
    except ValueError:
        return None
    if wanted in TEMPLATES:
        known = {"name": TEMPLATES[wanted], "kind": Kind.NATIVE}
        return Application.objects.get_or_create(pk=wanted, defaults=known)[0]
    return Application.objects.select_related("account").filter(pk=wanted).first()


def applications_of(owner: User) -> list[Application]:
    return list(owner.applications.prefetch_related("credentials"))


def application_of(owner: User, application_id: UUID) -> Application:
    """
    Raises:
        NoSuchApplication: the owner has none with this id.
    """
    found = owner.applications.filter(pk=application_id).first()
    if found is None:
        raise NoSuchApplication
    return found


def set_redirect_uris(application: Application, redirect_uris: Iterable[str]) -> None:
    """
    Raises:
        InvalidApplication: one of them is none.
    """
    application.redirect_uris = [_redirect_uri(uri) for uri in redirect_uris]
    application.save(update_fields=["redirect_uris"])
    _tell("application.changed", application, redirect_uris=application.redirect_uris)


def has_secret(application: Application, secret: str) -> bool:
    """Whether this is one of its secrets."""
    return any(is_same(secret, credential.hash) for credential in application.credentials.all())


def may_redirect_to(application: Application, uri: str) -> bool:
    """Whether people may be sent there: the very address that was registered, but any port on their own machine.

    An installation that registered itself, and a native program, may always use the page that shows the code and the
    root of a server on the user's own machine (RFC 8252, 7.3).
    """
    allowed = list(application.redirect_uris)
    if application.is_public or application.template_id is not None:
        allowed += [code_page(), *(f"http://{f'[{host}]' if ':' in host else host}/" for host in LOOPBACK)]
    return any(_is_same_address(uri, one) for one in allowed)


def _is_same_address(uri: str, registered: str) -> bool:
    if uri == registered:
        return True
    try:
        one, other = urlsplit(uri), urlsplit(registered)
        one.port  # noqa: B018 (raises where it is no number)
    except ValueError:
        return False
    is_loopback = other.scheme == "http" and other.hostname in LOOPBACK
    is_plain = one.username is None and not one.fragment and one.scheme == "http"
    here, there = ((part.hostname, part.path or "/", part.query) for part in (one, other))
    return is_loopback and is_plain and here == there


def _redirect_uri(uri: str) -> str:
    try:
        parts = urlsplit(uri)
    except ValueError as error:
        raise InvalidApplication(f"{uri[:200]} is no address.", place="redirect_uris") from error
    scheme = parts.scheme
    if not scheme or parts.fragment or scheme in _DANGEROUS or any(sign.isspace() for sign in uri):
        raise InvalidApplication(
            f"{uri[:200]} is no address to send people to. Write it whole, without #.", place="redirect_uris"
        )
    if scheme in {"http", "https"} and not parts.hostname:
        raise InvalidApplication(f"{uri[:200]} names no host.", place="redirect_uris")
    if scheme == "http" and parts.hostname not in LOOPBACK:
        raise InvalidApplication(f"{uri[:200]} would send codes over an open line. Use https.", place="redirect_uris")
    return uri


def _tell(action: str, application: Application, **details: Any) -> None:
    audit.record(action, kind="application", id=application.pk, name=application.name, **details)
