// What every page does: "more" closes when something else is touched, and the token goes along with every fetch.

const more = document.querySelector(".more");
if (more) {
  document.addEventListener("click", (event) => {
    if (more.open && !more.contains(event.target)) more.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && more.open) {
      more.open = false;
      more.querySelector("summary").focus();
    }
  });
}

/** The headers that a request of a script needs, so that it counts as ours. */
export function ours() {
  return JSON.parse(document.body.getAttribute("hx-headers"));
}

// What a server says went wrong stands at the head of the page; be there.
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target.id === "said") event.detail.target.scrollIntoView({ block: "center" });
});

// A piece that came in the place of another takes the focus over, so that a keyboard stays where it was.
document.addEventListener("htmx:afterSettle", (event) => {
  if (document.activeElement === document.body) {
    event.detail.elt.querySelector?.(".told button, .actions .main")?.focus({ preventScroll: true });
  }
});

let unreachable = false;

/** Take away what was said at the head of the page: the next thing is done, and it is not true any more. */
function unsay() {
  const said = document.getElementById("said");
  said?.replaceChildren();
  said?.classList.remove("trouble");
  unreachable = false;
}

// Without a network or with evenstride stopped, say so in words.
document.addEventListener("htmx:sendError", () => {
  const said = document.getElementById("said");
  said.textContent = document.body.dataset.unreachable;
  said.classList.add("trouble");
  unreachable = true;
});

// What somebody does takes away what was said of the thing before. What a page asks for by itself leaves it there to be
// read, but for the words that evenstride is out of reach, which an answer disproves.
document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.detail.requestConfig.triggeringEvent?.isTrusted) unsay();
});
document.addEventListener("submit", unsay);
document.addEventListener("htmx:afterRequest", (event) => {
  if (unreachable && event.detail.xhr.status) unsay();
});

// What takes a moment says so, and is sent once.
document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-slow]")) return;
  const button = event.submitter ?? event.target.querySelector("button");
  const words = event.target.dataset.slow || document.querySelector("[data-working]")?.dataset.working;
  setTimeout(() => { // after the form has been read
    event.target.querySelectorAll("button").forEach((one) => { one.disabled = true; });
    if (!words) return;
    const said = event.target.querySelector(".said-of");
    if (said) said.textContent = words; else button.textContent = words;
  });
});
