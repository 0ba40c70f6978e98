"""Schemathesis asks what the description says of every route, signed in and not.

Putting the questions together takes longer than `make test` has: conftest.py leaves this file to `make soak`.
"""

from collections.abc import Iterator

import pytest
import schemathesis

from tests.app.test_description import SCHEMA, Asking, a_service_to_ask, few
from tests.clients import HERE


@pytest.fixture(scope="module")
def asking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asking]:
    yield from a_service_to_ask(tmp_path_factory.mktemp("described") / "described.db")


@pytest.mark.soak
@SCHEMA.parametrize()
@few(12)
def test_what_it_says_is_true_for_who_is_signed_in(case: schemathesis.Case, asking: Asking) -> None:
    response = case.call_and_validate(base_url=HERE, headers=asking.headers)

    assert response.status_code < 500


@pytest.mark.soak
@SCHEMA.parametrize()
@few(4)
def test_what_it_says_is_true_for_who_is_not(case: schemathesis.Case, asking: Asking) -> None:
    response = case.call_and_validate(base_url=HERE)

    assert response.status_code < 500
