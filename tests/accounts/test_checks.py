import pytest

from apps.accounts import checks


@pytest.mark.parametrize(
    ("chosen", "backend", "ids"),
    [
        ("none", "console", []),
        ("mandatory", "smtp", []),
        ("mandatory", "console", ["accounts.W001"]),
        ("always", "smtp", ["accounts.E001"]),
    ],
)
def test_a_verification_that_cannot_work_is_told_at_the_start(settings, chosen, backend, ids):
    settings.ACCOUNT_EMAIL_VERIFICATION = chosen
    settings.EMAIL_BACKEND = f"django.core.mail.backends.{backend}.EmailBackend"

    assert [found.id for found in checks.verification_is_possible()] == ids


@pytest.mark.parametrize(("chosen", "is_good"), [("open", True), ("invitation", True), ("yes", False)])
def test_a_way_to_sign_up_that_is_none_is_told_at_the_start(settings, chosen, is_good):
    settings.SIGNUP = chosen

    assert (checks.signup_is_known() == []) is is_good


@pytest.mark.parametrize(
    ("name", "is_good"), [("vitrine.local", True), ("a@b.c", False), ("", False), ("Vitrine.Local", False)]
)
def test_a_provider_that_cannot_end_a_username_is_told_at_the_start(settings, name, is_good):
    settings.IDENTITY_PROVIDER = name

    assert (checks.provider_is_a_name() == []) is is_good
