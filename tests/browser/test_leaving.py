"""Who is on the way to another page is not polled for, whenever a component was placed."""

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
  return [window.before(), leaving()()];
}"""


def test_after_back_polls_are_held_until_the_page_of_the_address_stands_there(blank):
    assert blank.evaluate(AT, ["Train", "/Train"]) == [False, False]
    assert blank.evaluate(AT, ["Train", "/Gradients"]) == [True, True]  # one placed only now, too
    assert blank.evaluate(AT, ["Gradients", "/Gradients"]) == [False, False]
    assert blank.evaluate(AT, ["Gradients", "/"]) == [True, True]
    assert blank.evaluate(AT, ["", "/"]) == [False, False]


def test_where_nothing_says_which_page_stands_there_polls_go_on(blank):
    assert blank.evaluate(AT, [None, "/Train"]) == [False, False]
