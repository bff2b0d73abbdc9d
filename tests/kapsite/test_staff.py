"""Four groups, each with what its work needs and no more; and one first owner."""

import re

import pytest
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group, Permission
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import RequestFactory
from django.urls import reverse
from wagtail.models import GroupCollectionPermission, GroupPagePermission, Page, Workflow

from kapsite import staff
from kapsite.models import User
from pages.models import PracticeSettings, Source

pytestmark = pytest.mark.usefixtures("planted")

ROLES = ["owner", "editor", "reviewer", "triager", "outsider"]


@pytest.fixture
def person(request, role):
    """The browser of whoever the test is about."""
    return request.getfixturevalue(role)


def may(client, address: str) -> bool:
    """Whether an address of the admin opens. One that does not leads away."""
    answer = client.get(address)
    assert answer.status_code in {200, 302, 403}
    return answer.status_code == 200


def opened(*roles: str) -> list[tuple[str, bool]]:
    """Every role, and whether it is one of those given."""
    return [(role, role in roles) for role in ROLES]


@pytest.mark.parametrize(("role", "allowed"), opened("owner", "editor", "reviewer", "triager"))
def test_who_gets_into_the_admin(person, allowed):
    assert may(person, reverse("wagtailadmin_home")) is allowed


@pytest.mark.parametrize(("role", "allowed"), opened("owner", "editor", "reviewer"))
def test_who_edits_pages(person, allowed, page_at):
    assert may(person, reverse("wagtailadmin_pages:edit", args=[page_at("/about/").pk])) is allowed


@pytest.mark.parametrize(("role", "allowed"), opened("owner", "editor", "reviewer"))
def test_who_publishes_pages(person, allowed, page_at):
    page = page_at("/about/")
    page.unpublish()
    form = {"title": page.title, "slug": page.slug, "body-count": "0", "action-publish": "1"}
    person.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form)
    page.refresh_from_db()
    assert page.live is allowed


@pytest.mark.parametrize(("role", "allowed"), opened("owner", "editor"))
def test_who_adds_pages(person, allowed, planted):
    place = ["pages", "standardpage", planted.pk]
    assert may(person, reverse("wagtailadmin_pages:add", args=place)) is allowed


@pytest.mark.parametrize(("role", "allowed"), opened("owner", "editor", "reviewer"))
def test_who_adds_images_and_documents(person, allowed):
    assert may(person, reverse("wagtailimages:add")) is allowed
    assert may(person, reverse("wagtaildocs:add")) is allowed


@pytest.mark.parametrize(("role", "allowed"), opened("owner", "editor", "reviewer"))
def test_who_edits_sources(person, allowed):
    source = Source.objects.first()
    assert (
        may(person, reverse(source.snippet_viewset.get_url_name("edit"), args=[source.pk]))
        is allowed
    )


@pytest.mark.parametrize(("role", "allowed"), opened("owner"))
def test_who_changes_the_practices_settings(person, allowed):
    screen = ["pages", "practicesettings", PracticeSettings.load().pk]
    assert may(person, reverse("wagtailsettings:edit", args=screen)) is allowed


@pytest.mark.parametrize(("role", "allowed"), opened("owner"))
def test_who_manages_accounts_and_groups(person, allowed):
    assert may(person, reverse("wagtailusers_users:index")) is allowed
    assert may(person, reverse("wagtailusers_groups:index")) is allowed


@pytest.mark.parametrize(("role", "allowed"), opened("owner", "editor"))
def test_who_adds_redirects(person, allowed):
    assert may(person, reverse("wagtailredirects:add")) is allowed


@pytest.mark.parametrize(("role", "allowed"), opened("owner", "triager"))
def test_who_sees_inquiries(person, allowed):
    assert may(person, reverse("inquiry:index")) is allowed


@pytest.mark.parametrize(("role", "allowed"), opened("owner", "reviewer"))
def test_who_may_approve_in_the_clinical_review(role, allowed):
    groups = {"owner": staff.OWNER, "reviewer": staff.REVIEWER, "editor": staff.EDITOR}
    task = Workflow.objects.get(active=True).tasks.get().specific
    assert task.groups.filter(name=groups.get(role, staff.INTAKE)).exists() is allowed


def test_clinical_review_is_the_workflow_of_every_page():
    assert {page.get_workflow().name for page in Page.objects.filter(depth__gt=1)} == {
        "Clinical review"
    }


def permissions() -> list[list]:
    """Everything that the groups may do."""
    return [
        sorted(Group.objects.values_list("name", "permissions__codename")),
        sorted(GroupPagePermission.objects.values_list("group", "page", "permission")),
        sorted(GroupCollectionPermission.objects.values_list("group", "collection", "permission")),
        sorted(Workflow.objects.values_list("name", "active", "workflow_tasks")),
    ]


def test_groups_made_twice_are_the_same_groups():
    before = permissions()
    staff.set_up_groups()
    staff.set_up_review()
    assert permissions() == before
    assert set(Group.objects.values_list("name", flat=True)) == set(staff.PERMISSIONS)


def test_what_an_owner_has_added_to_a_group_stays():
    group = Group.objects.get(name=staff.EDITOR)
    extra = Permission.objects.exclude(group=group).first()
    group.permissions.add(extra)
    staff.set_up_groups()
    assert extra in group.permissions.all()


def test_group_of_wagtails_that_has_people_stays():
    group = Group.objects.create(name="Editors")
    group.user_set.add(User.objects.create_user("ann@example.org"))
    Group.objects.create(name="Moderators")
    staff.set_up_groups()
    assert Group.objects.filter(name="Editors").exists()
    assert not Group.objects.filter(name="Moderators").exists()


@pytest.fixture
def said() -> list[str]:
    """What set-up announces."""
    return []


def test_first_owner_signs_in_with_the_password_that_was_shown(said, visitor):
    assert staff.create_first_owner(said.append)
    [line] = said
    email, password = re.fullmatch(r"Owner: (\S+) (\S{20})", line).groups()
    assert visitor.login(request=RequestFactory().post("/"), username=email, password=password)
    assert may(visitor, reverse("wagtailusers_users:index"))


def test_first_owner_is_made_once_and_shown_once(said):
    staff.create_first_owner(said.append)
    assert not staff.create_first_owner(said.append)
    assert len(said) == User.objects.count() == 1


def test_owner_without_the_groups_mark_of_a_superuser_counts(said, owner):
    assert not staff.create_first_owner(said.append)
    assert said == []


def test_owner_who_may_not_sign_in_does_not_count(said, owner, settings):
    settings.OWNER_EMAIL = "ann@example.org"
    User.objects.update(is_active=False)
    assert staff.create_first_owner(said.append)


def test_given_password_is_used_and_never_shown(said, settings, visitor):
    settings.OWNER_EMAIL, settings.OWNER_PASSWORD = "ann@example.org", "a long pass phrase"
    staff.create_first_owner(said.append)
    assert said == ["Owner: ann@example.org (password from OWNER_PASSWORD)"]
    assert visitor.login(
        request=RequestFactory().post("/"),
        username="ann@example.org",
        password="a long pass phrase",
    )


def test_weak_password_is_refused_on_a_public_site(said, settings):
    settings.IS_PUBLIC, settings.OWNER_PASSWORD = True, "password"
    with pytest.raises(ValidationError):
        staff.create_first_owner(said.append)
    assert not User.objects.exists()


def test_common_password_is_refused_however_long():
    with pytest.raises(ValidationError) as refused:
        validate_password("q1w2e3r4t5y6")
    assert [error.code for error in refused.value.error_list] == ["password_too_common"]


def test_password_is_stored_by_argon2id(settings):
    [_quick, *ours] = settings.PASSWORD_HASHERS
    settings.PASSWORD_HASHERS = ours
    assert make_password("a long pass phrase").startswith("argon2$argon2id$")


def test_people_sign_in_whatever_the_capitals(visitor):
    User.objects.create_user("Ann@Example.org", "a long pass phrase")
    assert visitor.login(
        request=RequestFactory().post("/"),
        username="ann@example.ORG",
        password="a long pass phrase",
    )
