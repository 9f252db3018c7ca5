"""Who is on the way to another page is not polled for, whenever a component was placed."""

import pytest

AT = """async ([page, path]) => {
  const { leaving } = await import("/drawing/leaving.js");
  window.before ??= leaving();
  const style = document.querySelector("style") ?? document.head.appendChild(
    document.createElement("style"));
  style.textContent = page === null ? "" : `:root { --page: "${page}"; }`;
  if (path !== location.pathname) {
    history.pushState({}, "", path);
    dispatchEvent(new PopStateEvent("popstate"));
  }
  return [window.before(false), leaving()(false)];
}"""


def test_after_back_polls_are_held_until_the_page_of_the_address_stands_there(blank):
    assert blank.evaluate(AT, ["Train", "/Train"]) == [False, False]
    assert blank.evaluate(AT, ["Train", "/Gradients"]) == [True, True]  # one placed only now, too
    assert blank.evaluate(AT, ["Gradients", "/Gradients"]) == [False, False]
    assert blank.evaluate(AT, ["Gradients", "/"]) == [True, True]
    assert blank.evaluate(AT, ["", "/"]) == [False, False]


def test_where_nothing_says_which_page_stands_there_polls_go_on(blank):
    assert blank.evaluate(AT, [None, "/Train"]) == [False, False]


AGAIN = """async ([state, isAgain]) => {
  const { leaving } = await import("/drawing/leaving.js");
  let app = document.querySelector("[data-testid=stApp]");
  if (app === null) {
    app = document.body.appendChild(document.createElement("div"));
    app.dataset.testid = "stApp";
  }
  app.dataset.testScriptState = state;
  return leaving()(isAgain);
}"""


@pytest.mark.parametrize(
    ("state", "isAgain", "isHeld"),
    [
        ("running", True, True),
        ("rerunRequested", True, True),
        ("notRunning", True, False),
        ("running", False, False),
    ],
)
def test_what_has_no_answer_yet_is_not_asked_again_while_the_server_is_at_work(
    blank, state, isAgain, isHeld
):
    assert blank.evaluate(AGAIN, [state, isAgain]) is isHeld


NAMED = "getComputedStyle(document.documentElement).getPropertyValue('--page').trim()"


@pytest.mark.parametrize("name", ["", "Train", "By_hand"])
def test_a_page_says_its_own_name_however_one_came(visit, name):
    page = visit(f"/{name}")
    page.wait_for_function(f"{NAMED} === '\"{name}\"'")
    page.get_by_role("link", name="Cells", exact=True).dispatch_event("click")
    page.wait_for_function(f"{NAMED} === '\"Cells\"'")
    page.go_back()
    page.wait_for_function(f"{NAMED} === '\"{name}\"'")
