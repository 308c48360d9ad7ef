"""What a person does in their browser when a program sends them there."""

from tests.conftest import PASSWORD
from tests.waiting import until


def allow(page, address, username="", answer="Allow"):
    """Open the address, sign in as it asks, and let the program in.

    Without a username somebody is signed in already, and only shows again that it is them.
    """
    page.goto(address)
    show_who_one_is(page, username)
    page.get_by_role("button", name=answer, exact=True).click()


def show_who_one_is(page, username=""):
    """Sign in on the page that is open."""
    if username:
        page.fill("[name=login]", username)
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("main").get_by_role("button").first.click()


def sign_in(laptop, page, username="", command=("globus", "login")):
    """Run a command that opens the browser, and answer there."""
    with laptop.start(*command) as running:
        allow(page, until(laptop.address), username)
        page.get_by_text("Login successful").wait_for()
        said, complained = running.communicate(timeout=30)
    assert running.returncode == 0, (said, complained)


def sign_in_by_code(laptop, page, username="", command=("globus", "login", "--no-local-server")):
    """Run a command that tells an address and waits for the code that is shown there."""
    with laptop.start(*command) as running:
        lines = iter(running.stdout.readline, "")
        allow(page, next(line.strip() for line in lines if line.startswith("http")), username)
        said, complained = running.communicate(f"{page.locator('#code').inner_text()}\n", timeout=30)
    assert running.returncode == 0, (said, complained)
