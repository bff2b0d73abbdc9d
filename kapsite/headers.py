"""The headers that every response carries, whoever made it: a page, a file, an error.

The strict part is the content security policy. A public page may show its own style sheet (named
by its hash, since a page is kept and sent to everybody, so a nonce would be no secret), its own
images and fonts, and send its forms here; it runs no script. Staff see Wagtail's user bar on it,
whose scripts and styles are files of this site.

The admin runs scripts from files of this site and no others: none inside a page, no `eval`. Where
Wagtail writes one into a page, `kapsite.quiet_scripts` has it started from a file, so there is no
nonce to give out, and none to steal. Three things are left open there, each for Wagtail:

- Style sheets inside a page (`style-src-elem 'unsafe-inline'`), only where a rich text is edited:
  Draftail makes one for each paragraph, with a random name in it.
- Style attributes (`style-src-attr 'unsafe-inline'`): its widgets and help texts set some.
- Images in the page itself (`data:`, `blob:`): icons, and what is about to be uploaded.

One handler in an attribute is allowed by its hash, for the tool that crops images. It says
`return;`, to find out whether the screen can be touched.

What is about a person is never stored by a browser or a proxy (`no-store`): the admin, every
answer to somebody who is signed in or has a session, and every answer to a form.
"""

import base64
import hashlib
from collections.abc import Callable
from functools import cache

from csp.constants import HEADER, NONE, SELF, UNSAFE_HASHES, UNSAFE_INLINE
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.security import SecurityMiddleware

from pages.styles import style_sheet

ADMIN = "/admin/"
RICH_TEXT = b"wagtailadmin/js/draftail."  # The script of its editor; a fingerprint may follow.
SAFE_METHODS = {"GET", "HEAD", "OPTIONS", "TRACE"}

# What would tell where somebody is, see or hear them, follow what interests them, or reach a
# device: no page here uses it, so nothing that gets into one can. The list is short because every
# page carries it, and an article with its headers has to fit into what a server sends at first.
REFUSED_FEATURES = (
    "accelerometer", "browsing-topics", "camera", "display-capture", "geolocation", "gyroscope",
    "magnetometer", "microphone", "payment", "usb",
)  # fmt: skip
STANDARD = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in REFUSED_FEATURES),
}


class Headers:
    """Gives every response its headers. Stands in front of all other middleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self._transport = SecurityMiddleware(get_response)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        # An error further out than Django's own middleware has not been through it.
        self._transport.process_response(request, response)  # type: ignore[arg-type]
        for name, value in STANDARD.items():
            response.setdefault(name, value)
        _set_policy(request, response)
        if is_personal(request) and "no-store" not in response.get("Cache-Control", ""):
            response["Cache-Control"] = "no-store, private"
        return response


def _set_policy(request: HttpRequest, response: HttpResponseBase) -> None:
    """The policy for what is shown, and the older header that says the same of frames."""
    if settings.DEBUG and response.status_code in {404, 500}:
        return  # Django's own page for developers has styles and scripts inside.
    name = _name_of_view(request)
    if name == "wagtaildocs_serve":
        response[HEADER] = of_a_document()
    elif HEADER not in response:
        response[HEADER] = _policy_for(request, response, name)
    in_a_frame = "frame-ancestors 'self'" in response[HEADER]
    response["X-Frame-Options"] = "SAMEORIGIN" if in_a_frame else "DENY"


def _policy_for(request: HttpRequest, response: HttpResponseBase, view: str) -> str:
    """What the page behind this request may do; `view` is the name of its address."""
    own_style = hash_of(style_sheet())
    if getattr(request, "is_preview", False) or view == "wagtailadmin_block_preview":
        return of_a_preview(own_style)
    if request.path.startswith(ADMIN):
        return of_the_admin(own_style, edits_text(response), in_a_frame="preview" in view)
    return for_staff(own_style) if _signed_in(request) else of_a_page(own_style)


def edits_text(response: HttpResponseBase) -> bool:
    """Whether a rich text can be edited in what is shown."""
    return isinstance(response, HttpResponse) and RICH_TEXT in response.content


def is_personal(request: HttpRequest) -> bool:
    """Whether the answer is about one person, or may be."""
    return (
        request.method not in SAFE_METHODS
        or request.path.startswith(ADMIN)
        or _signed_in(request)
        or _has_session(request)
    )


def _signed_in(request: HttpRequest) -> bool:
    """Whether the answer was made for somebody who is signed in.

    Looks at what Django has looked up already, and looks up nothing: an image asks for no user,
    is the same for everybody, and may be kept.
    """
    user = getattr(request, "_cached_user", None)
    return user is not None and user.is_authenticated


def _has_session(request: HttpRequest) -> bool:
    session = getattr(request, "session", None)
    return session is not None and session.accessed and not session.is_empty()


def _name_of_view(request: HttpRequest) -> str:
    match = request.resolver_match
    return (match and match.url_name) or ""


@cache
def hash_of(text: str) -> str:
    """How a policy names a style sheet that stands in a page."""
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _policy(**directives: list[str]) -> str:
    """A policy that begins by refusing everything. Always spelled the same: tags are made of it."""
    refused = {"default-src": [NONE], "base-uri": [NONE], "frame-ancestors": [NONE]}
    allowed = {name.replace("_", "-"): sources for name, sources in directives.items()}
    parts = build_policy(refused | allowed).split("; ")
    return "; ".join(sorted(parts, key=lambda part: (not part.startswith("default-src"), part)))


@cache
def of_a_page(own_style: str) -> str:
    """What a public page may do. `own_style` is the hash of its style sheet."""
    return _policy(
        style_src=[own_style],
        img_src=[SELF],
        font_src=[SELF],
        manifest_src=[SELF],
        # No script is there to use it. Whoever audits a page in a browser reads robots.txt so.
        connect_src=[SELF],
        form_action=[SELF],
    )


@cache
def for_staff(own_style: str, in_a_frame: bool = False) -> str:
    """What a public page may do besides, so that Wagtail's user bar works on it."""
    return _policy(
        script_src=[SELF],
        style_src=[SELF, own_style],
        # The bar checks accessibility in the page itself and marks what it finds.
        style_src_attr=[UNSAFE_INLINE],
        img_src=[SELF, "data:"],
        font_src=[SELF],
        connect_src=[SELF],
        manifest_src=[SELF],
        form_action=[SELF],
        frame_ancestors=[SELF if in_a_frame else NONE],
    )


def of_a_preview(own_style: str) -> str:
    """The same for a page that is not published yet; the admin shows it in a frame."""
    return for_staff(own_style, in_a_frame=True)


@cache
def of_the_admin(own_style: str, rich_text: bool = False, in_a_frame: bool = False) -> str:
    """The strictest that Wagtail's admin works under; the module says what is left open and why.

    `rich_text` is for where one is edited, `in_a_frame` for the message that stands in the
    preview's frame when there is no preview.
    """
    return _policy(
        script_src=[SELF],
        script_src_attr=[UNSAFE_HASHES, hash_of("return;")],
        # A hash beside it would take the effect from 'unsafe-inline'.
        style_src_elem=[SELF, UNSAFE_INLINE if rich_text else own_style],
        style_src_attr=[UNSAFE_INLINE],
        img_src=[SELF, "data:", "blob:"],
        font_src=[SELF],
        connect_src=[SELF],
        frame_src=[SELF],
        form_action=[SELF],
        frame_ancestors=[SELF if in_a_frame else NONE],
    )


@cache
def of_a_document() -> str:
    """What a file of staff's may do when a browser opens it all the same: nothing."""
    return _policy(sandbox=[""])
