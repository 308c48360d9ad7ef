"""One group: its people, who wants to come in, what is below it, and its settings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from apps.accounts import services
from apps.accounts.errors import CannotJoin, InvalidGroup, NoSuchGroup, NotMember
from apps.accounts.forms.groups import GroupForm, GroupSettingsForm, MemberForm
from apps.accounts.models import Group, Membership, User
from apps.accounts.views.base import AccountPage
from apps.common.errors import Conflict
from apps.common.paging import page_of

PEOPLE_A_PAGE = 50
BELOW = "below_%s"
"""Ids of the fields of a new subgroup, which stands on one page with the group's own."""
Role, Status = Membership.Role, Membership.Status


@dataclass(frozen=True, slots=True)
class Person:
    """A line of the table of people. ``may_change`` and ``may_remove`` are about who reads it."""

    place: Membership
    is_you: bool
    may_change: bool
    may_remove: bool

    @property
    def roles(self) -> list[tuple[str, str, bool]]:
        """Each role with its label, and whether it is the person's."""
        return [(value, label, value == self.place.role) for value, label in Role.choices]


_WAYS = (
    ("accept", "accept", "Accept"),
    ("decline", "decline", "Decline"),
    ("join", "join", "Join"),
    ("request_join", "request", "Ask to join"),
    ("leave", "leave", "Take back"),
)


@dataclass(frozen=True, slots=True)
class Standing:
    """What the reader is to the group: the statuses of their places in it, and what they may do."""

    role: str | None
    actions: list[str]
    statuses: set[str]
    identity_ids: set[UUID]
    as_whom: UUID

    @property
    def is_outside(self) -> bool:
        return Status.ACTIVE not in self.statuses

    @property
    def headline(self) -> str:
        if Status.INVITED in self.statuses:
            return "You are invited"
        return "You asked to join" if Status.PENDING in self.statuses else "You are not in this group"

    @property
    def steps(self) -> list[tuple[str, str]]:
        """What one who is outside may do, each with its verb. Whoever may join need not ask."""
        can = set(self.actions) - ({"request_join"} if "join" in self.actions else set())
        if Status.INVITED in self.statuses:
            can -= {"join"}
        return [(step, verb) for action, step, verb in _WAYS if action in can]

    @property
    def is_admin(self) -> bool:
        return self.role == Role.ADMIN

    @property
    def may_manage(self) -> bool:
        return self.role in {Role.MANAGER, Role.ADMIN}

    def person(self, place: Membership) -> Person:
        is_you = place.identity_id in self.identity_ids
        may_remove = not is_you and (self.is_admin or (self.may_manage and not place.may_manage))
        return Person(place, is_you, self.is_admin, may_remove)


def standing(user: User, group: Group) -> Standing:
    mine = services.places_of(user, [group]).get(group.pk, [])
    waiting = next((place.identity_id for place in mine if place.status in {Status.INVITED, Status.PENDING}), None)
    identity_ids = services.identity_ids_of(user)
    return Standing(
        role=services.role_in(user, group),
        actions=services.allowed_actions(user, group),
        statuses={place.status for place in mine},
        identity_ids=set(identity_ids),
        as_whom=waiting or identity_ids[0],
    )


class GroupView(AccountPage):
    """A page of a group that one may see."""

    def group(self, group_id: UUID) -> Group:
        return services.get_group(group_id, actor=self.user)

    def own_group(self, group_id: UUID) -> Group:
        """The group, for who administers it."""
        group = self.group(group_id)
        services.require_admin(group=group, actor=self.user)
        return group


class GroupPage(GroupView):
    """Its people, and forms for what the reader may do."""

    template = "accounts/group.html"

    def get(self, request: HttpRequest, group_id: UUID) -> HttpResponse:
        group = self.group(group_id)
        me = standing(self.user, group)
        return self.show(group, me, MemberForm(may_choose_role=me.is_admin))

    def post(self, request: HttpRequest, group_id: UUID) -> HttpResponse:
        """Add or invite somebody."""
        group = self.group(group_id)
        me = standing(self.user, group)
        form = MemberForm(request.POST, may_choose_role=me.is_admin)
        if form.is_valid():
            asked = dict(form.cleaned_data)
            is_asked = asked.pop("is_asked")
            try:
                (services.invite if is_asked else services.add_member)(group=group, actor=self.user, **asked)
            except Conflict as error:
                form.add_error("identity", error.message)
            else:
                done = "is invited" if is_asked else "is in the group now"
                messages.success(request, f"{asked['identity']} {done}.")
                return redirect("account_group", group_id=group_id)
        return self.show(group, me, form)

    def show(self, group: Group, me: Standing, form: MemberForm) -> HttpResponse:
        places = services.members_of(group, actor=self.user)
        people, pages = page_of(places.filter(status=Status.ACTIVE), self.request, size=PEOPLE_A_PAGE)
        return self.page(
            group=group,
            me=me,
            form=form,
            pages=pages,
            lines=[me.person(place) for place in people],
            pending=places.filter(status=Status.PENDING) if me.may_manage else [],
            invited=places.filter(status=Status.INVITED) if me.may_manage else [],
            above=services.group_above(group, actor=self.user),
            subgroups=services.subgroups_of(group, actor=self.user),
            is_shown_whole=me.may_manage or group.members_visibility == Group.MembersVisibility.MEMBERS,
        )


STEPS: dict[str, tuple[Callable[..., Membership], str]] = {
    # step: (what does it, what is said then)
    "accept": (services.accept_invitation, "You are in “{group}” now."),
    "approve": (services.approve, "{person} is in the group now."),
    "decline": (services.decline_invitation, "You declined the invitation to “{group}”."),
    "join": (services.join, "You are in “{group}” now."),
    "leave": (services.leave, "You left “{group}”."),
    "reject": (services.reject, "The request of {person} is rejected."),
    "remove": (services.remove_member, "{person} is not in the group any more."),
    "request": (services.ask_to_join, "You asked to join “{group}”. Its managers decide."),
    "role": (services.change_role, "{person} has another role now."),
}


class Step(GroupView):
    """One step of one identity into the group, out of it, or within."""

    def post(self, request: HttpRequest, group_id: UUID, identity_id: UUID, step: str) -> HttpResponse:
        if step not in STEPS:
            raise Http404("There is no such step.")
        group, identity = self.group(group_id), services.get_identity(identity_id)
        take, said = STEPS[step]
        role = {"role": request.POST.get("role", "")} if step == "role" else {}
        if role and role["role"] not in Role.values:
            raise Http404("There is no such role.")
        try:
            take(group=group, identity=identity, actor=self.user, **role)
        except (Conflict, CannotJoin, NotMember) as error:
            messages.error(request, error.message)
        else:
            messages.success(request, said.format(group=group.name, person=identity.username))
        return self.back(group_id)

    def back(self, group_id: UUID) -> HttpResponse:
        """To the group, if one still sees it."""
        try:
            self.group(group_id)
        except NoSuchGroup:
            return redirect("account_groups")
        return redirect("account_group", group_id=group_id)


class GroupSettings(GroupView):
    template = "accounts/group_settings.html"

    def get(self, request: HttpRequest, group_id: UUID) -> HttpResponse:
        group = self.own_group(group_id)
        return self.page(group=group, form=GroupSettingsForm.of(group), below=GroupForm(auto_id=BELOW))

    def post(self, request: HttpRequest, group_id: UUID) -> HttpResponse:
        group, form = self.own_group(group_id), GroupSettingsForm(request.POST)
        if not form.is_valid():
            return self.page(group=group, form=form, below=GroupForm(auto_id=BELOW))
        policies = form.policies(services.policies_of(group))
        services.change_group(group=group, actor=self.user, policies=policies, **form.texts())
        messages.success(request, "The settings are saved.")
        return redirect("account_group", group_id=group_id)


class NewSubgroup(GroupView):
    template = "accounts/group_settings.html"

    def post(self, request: HttpRequest, group_id: UUID) -> HttpResponse:
        group, form = self.own_group(group_id), GroupForm(request.POST, auto_id=BELOW)
        if form.is_valid():
            try:
                made = services.make_group(owner=self.user, parent=group, **form.cleaned_data)
            except InvalidGroup as error:
                form.add_error(None, error.message)
            else:
                return redirect("account_group", group_id=made.pk)
        return self.page(group=group, form=GroupSettingsForm.of(group), below=form)


class DeleteGroup(GroupView):
    """Asks first."""

    template = "accounts/delete_group.html"

    def get(self, request: HttpRequest, group_id: UUID) -> HttpResponse:
        group = self.own_group(group_id)
        people = services.members_of(group, actor=self.user).filter(status=Status.ACTIVE).count()
        return self.page(group=group, people=people)

    def post(self, request: HttpRequest, group_id: UUID) -> HttpResponse:
        group = self.own_group(group_id)
        try:
            services.delete_group(group=group, actor=self.user)
        except Conflict as error:
            messages.error(request, error.message)
            return redirect("account_group", group_id=group_id)
        messages.success(request, f"“{group.name}” is deleted.")
        return redirect("account_groups")
