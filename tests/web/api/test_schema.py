"""The interface keeps what its own description says, whatever a program sends."""

from __future__ import annotations

import datetime as dt
import json

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.utils import timezone
from hypothesis import HealthCheck, given, settings as examples

from evenrise.config.api import api
from evenrise.workspace.people.actions.tokens import make_token
from evenrise.workspace.people.tokens import TokenScope


schema = schemathesis.openapi.from_dict(api.get_openapi_schema(path_prefix="/api/v1/"))
OPERATIONS = [found.ok() for found in schema.get_all_operations()]
NAMES = [f"{one.method} {one.path}" for one in OPERATIONS]
EVERYDAY = examples(
    max_examples=15,
    deadline=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.filter_too_much,
    ],
)


@pytest.fixture
def _application(db_district):
    """The calls go to the application itself, in this test's own transaction.

    A server tidies its connections between two requests; here, as in Django's own test
    client, that would end the connection in the middle of the test's transaction.
    """
    schema.app = get_wsgi_application()
    moments = (request_started, request_finished)
    for moment in moments:
        moment.disconnect(close_old_connections)
    yield
    for moment in moments:
        moment.connect(close_old_connections)


@pytest.fixture
def key(cast, settings, db_district):
    """A superintendent's key, with all scopes."""
    settings.DEMO = True
    ends_on = timezone.localdate() + dt.timedelta(days=3)
    scopes = [scope.value for scope in TokenScope]
    _token, secret = make_token(
        cast["superintendent"], name="a test", scopes=scopes, ends_on=ends_on
    )
    return secret


def test_the_description_is_the_served_one(client, db):
    served = client.get("/api/v1/openapi.json").json()
    made = json.dumps(api.get_openapi_schema(path_prefix="/api/v1/"), default=str)
    assert served["paths"].keys() == json.loads(made)["paths"].keys()
    assert served["components"] == json.loads(made)["components"]


@pytest.mark.parametrize("operation", OPERATIONS, ids=NAMES)
@pytest.mark.usefixtures("_application")
def test_every_answer_is_as_described(operation, key):
    @EVERYDAY
    @given(case=operation.as_strategy())
    def asked(case):
        case.call_and_validate(
            app=schema.app, headers={"Authorization": f"Bearer {key}"}
        )

    asked()


@pytest.mark.parametrize("operation", OPERATIONS, ids=NAMES)
@pytest.mark.usefixtures("_application")
def test_without_a_key_nothing_opens(operation, db):
    @EVERYDAY
    @given(case=operation.as_strategy())
    def asked(case):
        assert case.call(app=schema.app).status_code in {400, 401, 404}

    asked()
