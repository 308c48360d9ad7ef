"""Who is let in at a path: what there is, one more, one changed or removed; and a collection made of a folder."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from apps.common.errors import PortalError
from apps.storage import services as storage
from apps.storage.errors import NoticeNotSent
from apps.storage.models import AccessRule, Collection
from apps.web import links
from apps.web.files import words
from apps.web.files.address import ROOT, folder_key, manager_url
from apps.web.files.chosen import ChosenPage
from apps.web.files.forms import GuestForm, RuleForm, ShareForm
from apps.web.people.candidates import candidates, sought
from apps.web.people.names import Name, named


@dataclass(frozen=True, slots=True)
class RuleView:
    """``place`` is where it lets in; ``reach`` says how that lies to the path that is looked at."""

    id: UUID
    name: Name
    place: str
    reach: str
    permissions: str
    until: datetime | None
    is_over: bool
    form: RuleForm
    url: str


class SharePage(ChosenPage):
    """For whoever may read the path; what rules there are only those see who administer the collection."""

    template = "web/files/share.html"

    def url(self, name: str, *parts: object, **asked: str) -> str:
        query = urlencode({"path": folder_key(self.path), "back": self.back} | asked)
        return f"{reverse(f'web:files:{name}', args=[self.collection.pk, *parts])}?{query}"

    def again(self) -> HttpResponse:
        return redirect(self.url("share"))

    def show(self, form: ShareForm, guest: GuestForm, *, status: int = 200) -> HttpResponse:
        storage.require(self.user, "r", self.collection, self.path)
        find = sought(self.request)
        administers = storage.administers(self.user, self.collection)
        return self.page(
            form=form,
            guest=guest,
            find=find,
            administers=administers,
            candidates=candidates(self.user, find) if administers else (),
            rules=self._rules() if administers else (),
            may_mail=bool(settings.EMAIL_HOST),
            share_url=self.url("share"),
            find_url=reverse("web:files:share", args=[self.collection.pk]),
            guest_url=self.url("guest"),
            status=status,
        )

    def _rules(self) -> list[RuleView]:
        found = [rule for rule in storage.rules_of(self.collection, actor=self.user) if self._reach(rule)]
        names = named({rule.principal for rule in found}, self.user)
        now = timezone.now()
        return [
            RuleView(
                id=rule.pk,
                name=names[rule.principal],
                place=words.readable(str(rule.place)),
                reach=self._reach(rule),
                permissions=rule.get_permissions_display(),
                until=rule.expires_at,
                is_over=rule.expires_at is not None and rule.expires_at <= now,
                form=RuleForm.of(rule),
                url=self.url("rule", rule.pk),
            )
            for rule in found
        ]

    def _reach(self, rule: AccessRule) -> str:
        """ "" for one that lets nobody in here."""
        if rule.place == self.path:
            return "here"
        if self.path.is_within(rule.place):
            return "from above"
        return "further down" if rule.place.is_within(self.path) else ""


class Share(SharePage):
    def get(self, request: HttpRequest) -> HttpResponse:
        name = words.readable(self.path.name) or self.collection.name
        return self.show(ShareForm(), GuestForm(initial={"name": name}))

    def post(self, request: HttpRequest) -> HttpResponse:
        if "principal" not in request.POST and "permissions" not in request.POST:
            return self._of_chosen()
        form = ShareForm(request.POST)
        if not form.is_valid():
            return self.show(form, GuestForm(), status=400)
        given = form.cleaned_data
        rule = storage.add_rule(
            collection=self.collection,
            actor=self.user,
            principal=given["principal"],
            path=self.path,
            permissions=given["permissions"],
            expires_at=given["until"],
        )
        name = named([rule.principal], self.user)[rule.principal]
        verb = "read and write" if rule.permissions == "rw" else "read"
        self.tell(f"{name.text} may {verb} {words.readable(str(self.path))} now.")
        if given["is_told"]:
            self._notice(rule, given["message"])
        return self.again()

    def _of_chosen(self) -> HttpResponse:
        chosen = self.chosen()
        if len(chosen) > 1:
            self.tell_problem("Share one file or folder at a time, or the folder that they are in.")
            return self.go_back()
        self.path = chosen[0] if chosen else self.path
        return self.again()

    def _notice(self, rule: AccessRule, message: str) -> None:
        link = links.absolute(manager_url(self.collection.pk, self.path))
        try:
            storage.send_notice(rule=rule, actor=self.user, link=link, message=message)
        except NoticeNotSent as error:
            self.tell_problem(error.message)


class OneRule(SharePage):
    """Changes a rule, or removes it."""

    def post(self, request: HttpRequest, rule_id: UUID) -> HttpResponse:
        rule = storage.get_rule(self.collection, rule_id, actor=self.user)
        if "remove" in request.POST:
            storage.remove_rule(rule=rule, actor=self.user)
            self.tell("The rule is removed. It lets nobody in any more.")
            return self.again()
        form = RuleForm(request.POST)
        if not form.is_valid():
            self.tell_problem(str(form.errors["until"][0] if "until" in form.errors else "Choose what they may do."))
            return self.again()
        given = form.cleaned_data
        storage.change_rule(rule=rule, actor=self.user, permissions=given["permissions"], expires_at=given["until"])
        self.tell("The rule is changed.")
        return self.again()


class Guest(SharePage):
    """Makes a collection of the folder, whose owner the actor is: they let in whom they want."""

    def post(self, request: HttpRequest) -> HttpResponse:
        form = GuestForm(request.POST)
        if not form.is_valid():
            return self.show(ShareForm(), form, status=400)
        try:
            made: Collection = storage.share_folder(
                actor=self.user, parent=self.collection, path=self.path, **form.cleaned_data
            )
        except PortalError as error:
            form.add_error(None, error.message)
            return self.show(ShareForm(), form, status=400)
        self.tell(f"{made.name} is a collection of yours now. Let others in.")
        back = urlencode({"back": manager_url(made.pk, ROOT)})
        return redirect(f"{reverse('web:files:share', args=[made.pk])}?{back}")
