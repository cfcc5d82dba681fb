"""Where a school account's provider sends people back to.

The sign-in library trusts an id_token that came straight from the provider without
looking at its signature. We look, always: a district may put a server in between.
"""

from __future__ import annotations

from typing import Any

from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.views import (
    OpenIDConnectOAuth2Adapter,
)
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from evenrise.workspace.foundation.door import public


class CheckedOpenID(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """As the library does it, with the signature of every id_token checked."""

    def complete_login(
        self, request: HttpRequest, app: Any, token: Any, **kwargs: Any
    ) -> Any:
        """Go on only with a signed statement of who this is.

        Raises:
            OAuth2Error: when the provider sent none.
        """
        if not kwargs["response"].get("id_token"):
            raise OAuth2Error("The provider sent no id_token.")
        return super().complete_login(request, app, token, **kwargs)

    def _decode_id_token(self, app: Any, id_token: str) -> Any:
        return jwtkit.verify_and_decode(
            credential=id_token,
            keys_url=self.openid_config["jwks_uri"],
            issuer=self.openid_config["issuer"],
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
        )


@public
@require_safe
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Take what the provider says, and sign the person in or not."""
    try:
        view = OAuth2CallbackView.adapter_view(CheckedOpenID(request, provider_id))
        answer: HttpResponse = view(request)
    except SocialApp.DoesNotExist as problem:
        raise Http404 from problem
    return answer
