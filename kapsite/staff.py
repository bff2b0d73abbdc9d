"""Who may do what: the four groups, and the first owner's account."""

import secrets
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.db.models import Q
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from contact import roles

from .models import User

OWNER, EDITOR, REVIEWER, INTAKE = roles.OWNER, roles.EDITOR, roles.REVIEWER, roles.INTAKE
ADMIN_ACCESS = {"wagtailadmin.access_admin"}


def _all_of(app: str, *models: str) -> set[str]:
    return {
        f"{app}.{verb}_{model}" for model in models for verb in ("add", "change", "delete", "view")
    }


EVIDENCE = _all_of("pages", "source", "clinician", "topic", "series")
EDITING = EVIDENCE | {"wagtailredirects.add_redirect", "wagtailredirects.change_redirect"}
RUNNING = (
    _all_of("kapsite", "user")
    | _all_of("auth", "group")
    | _all_of("wagtailredirects", "redirect")
    | {"pages.change_practicesettings", "wagtailcore.change_site"}
)

# Permissions on models. What a group may do with inquiries is `contact`'s to say.
PERMISSIONS: dict[str, set[str]] = {
    OWNER: ADMIN_ACCESS | EDITING | RUNNING,
    EDITOR: ADMIN_ACCESS | EDITING,
    REVIEWER: ADMIN_ACCESS | EVIDENCE,
    INTAKE: ADMIN_ACCESS,
}
# Permissions on every page of the tree. The intake team has none: it cannot publish.
PAGE_PERMISSIONS: dict[str, set[str]] = {
    OWNER: {"add", "change", "publish", "lock", "unlock", "bulk_delete"},
    EDITOR: {"add", "change", "publish"},
    REVIEWER: {"change", "publish", "lock"},
}
FILE_VERBS = ("add", "change", "choose")
# Permissions on every file. Wagtail asks for those of its own image model, whatever ours is called.
FILE_PERMISSIONS = {f"{verb}_{kind}" for kind in ("image", "document") for verb in FILE_VERBS}


@transaction.atomic
def set_up_groups() -> None:
    """Make the four groups with their permissions. What an owner added to one by hand stays."""
    root, files = Page.get_first_root_node(), Collection.get_first_root_node()
    for name, permissions in PERMISSIONS.items():
        group, _created = Group.objects.get_or_create(name=name)
        group.permissions.add(*_permissions(permissions.union(roles.PERMISSIONS[name])))
        for permission in Permission.objects.filter(
            content_type__app_label="wagtailcore",
            content_type__model="page",
            codename__in={f"{verb}_page" for verb in PAGE_PERMISSIONS.get(name, ())},
        ):
            GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
        if name in PAGE_PERMISSIONS:
            for permission in Permission.objects.filter(
                content_type__app_label__in=["wagtailimages", "wagtaildocs"],
                codename__in=FILE_PERMISSIONS,
            ):
                GroupCollectionPermission.objects.get_or_create(
                    group=group, collection=files, permission=permission
                )
    # Wagtail's own two groups would stand beside ours and mean nothing here.
    Group.objects.filter(name__in=["Editors", "Moderators"], user=None).delete()


@transaction.atomic
def set_up_review() -> None:
    """Make "Clinical review" the one workflow of the whole tree, in place of Wagtail's sample."""
    if Workflow.objects.filter(name="Clinical review").exists():
        return
    workflow = Workflow.objects.create(name="Clinical review")
    task = GroupApprovalTask.objects.create(name="Clinical review")
    task.groups.add(*Group.objects.filter(name__in=[REVIEWER, OWNER]))
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    root = Page.get_first_root_node()
    WorkflowPage.objects.update_or_create(page=root, defaults={"workflow": workflow})
    Workflow.objects.exclude(pk=workflow.pk).update(active=False)


def _permissions(names: set[str]) -> list[Permission]:
    """The permissions called `app.codename`. Raises LookupError for one that does not exist."""
    wanted = Q()
    for app, codename in (name.split(".") for name in names):
        wanted |= Q(content_type__app_label=app, codename=codename)
    found = list(Permission.objects.filter(wanted).select_related("content_type"))
    missing = names - {f"{p.content_type.app_label}.{p.codename}" for p in found}
    if missing:
        raise LookupError(f"No such permission: {', '.join(sorted(missing))}.")
    return found


def create_first_owner(announce: Callable[[str], None]) -> bool:
    """Make the first owner's account unless somebody can sign in as owner already.

    `announce` is called with the one line that says the address and, where the password was
    generated, the password. It is called before the account is committed: a set-up killed in
    between shows a password that does not work and then another that does, never none.
    Returns whether an account was made. Raises ValidationError for an OWNER_PASSWORD that is too
    weak for a public site.
    """
    if (
        User.objects.filter(is_active=True)
        .filter(Q(is_superuser=True) | Q(groups__name=OWNER))
        .exists()
    ):
        return False
    password = settings.OWNER_PASSWORD or secrets.token_urlsafe(15)
    if settings.IS_PUBLIC:
        validate_password(password)
    shown = "(password from OWNER_PASSWORD)" if settings.OWNER_PASSWORD else password
    with transaction.atomic():
        owner = User.objects.create_superuser(settings.OWNER_EMAIL, password)
        owner.groups.add(Group.objects.get(name=OWNER))
        announce(f"Owner: {owner.email} {shown}")
    return True
