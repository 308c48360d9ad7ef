"""Whatever is sent to the forms of timers, they say what is wrong with it, and what they take strikes."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.timers.models import Timer
from tests.web.timers.conftest import SENT

pytestmark = pytest.mark.django_db
steady = settings(deadline=None, derandomize=True, max_examples=100, suppress_health_check=list(HealthCheck))
WORDS = [
    *(
        "",
        " ",
        "\0",
        "never",
        "9" * 40,
        "-1",
        "1e9",
        "½",
        "٣",
        "every 2 hours",
        "999999999 weeks",
        "P99999999W",
        "0.001 s",
    ),
    *("2027-03-28T02:30", "2027-10-31T02:30", "0001-01-01T00:00", "9999-12-31T23:59", "2027-01-01T00:00Z", "2027-W01"),
    *("* * * * *", "0 0 31 2 *", "0 0 29 2 *", "*/0 * * * *", "0 0 L * 5#5", "@daily", "* * * * * *", "60 * * * *"),
    *("once", "cron", "every", "after", "on", "skip", "all", "Pacific/Apia", "Africa/Cairo", "US/Eastern", "../UTC"),
]
NAMES = [*(name for name in SENT if name != "do"), "at", "cron", "starts_at", "turns", "until", "jitter"]
fields = st.dictionaries(st.sampled_from(NAMES), st.sampled_from(WORDS), max_size=5)


@pytest.fixture
def page(submit):
    return f"/timers/new/transfer/{submit().pk}/"


@steady
@given(fields)
def test_rubbish_is_told_and_what_is_taken_strikes(mine, page, sent):
    Timer.objects.all().delete()

    answer = mine.post(page, {**SENT, **sent})

    assert answer.status_code in {200, 302, 400}
    made = Timer.objects.first()
    assert (made is not None) == (answer.status_code == 302)
    if made is not None:
        assert (made.state, made.turn_at is not None, mine.get(answer.url).status_code) == ("active", True, 200)
        assert mine.get(f"{answer.url}change/").status_code == mine.get("/timers/calendar/").status_code == 200
