// Starts the page, and shows what the address says.

const TITLES = { network: "Network", timeline: "Timeline", ...HEADS };
let before;

function setUp() {
  fill(by("title"), words(content.title));
  const number = (kind) => nodes.filter((node) => node.kind === kind).length;
  const parts = [
    counted(releases.length, "release", "releases"),
    counted(number("Company"), "company", "companies"),
    counted(number("Agreement"), "agreement", "agreements"),
    counted(number("Milestone"), "milestone", "milestones"),
    counted(number("Payment"), "payment", "payments"),
  ];
  fill(by("counts"), parts.join(" · "));
  setUpNetwork();
  setUpDrawing();
  setUpLists();
  setUpTimeline();
  by("skip").addEventListener("click", (event) => {
    event.preventDefault();
    by("main").focus();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !panel.hidden && event.target.type !== "search") by("close").click();
  });
  window.addEventListener("hashchange", show);
}

function show() {
  const state = current();
  const reading = state.view === "releases" && releaseById.get(state.release)?.hasText;
  const listing = state.view in HEADS && !reading;
  const shown = { network: state.view === "network", list: listing, timeline: state.view === "timeline", reading };
  for (const [name, on] of Object.entries(shown)) by(`view-${name}`).hidden = !on;
  fill(
    by("views"),
    ...VIEWS.map((view) =>
      make(
        "li",
        {},
        make("a", { href: address({ view }), "aria-current": view === state.view && "page" }, TITLES[view]),
      ),
    ),
  );
  const release = reading ? releaseById.get(state.release) : undefined;
  document.title = `${release ? release.title : TITLES[state.view]} – ${content.title}`;
  showPanel(state, before);
  if (shown.network) showNetwork(state);
  if (shown.list) showList(state);
  if (shown.timeline) showTimeline(state);
  if (shown.reading) showReading(state);
  moveFocus(state, before);
  leavePanel();
  before = state;
}

// A reader who follows a link to another view stands at its head.
function moveFocus(state, previous) {
  if (!previous) return;
  const elsewhere = state.view !== previous.view || state.release !== previous.release;
  if (!elsewhere) return;
  scrollTo(0, 0);
  if (state.node || state.mark || state.sentence) return;
  const head = document.querySelector("#main > section:not([hidden]) h2");
  (head?.tabIndex === -1 && head.hasAttribute("tabindex") ? head : by("main")).focus({ preventScroll: true });
}

// ---------------------------------------------------------------- light and dark

const THEMES = ["auto", "light", "dark"];

function setUpTheme() {
  let theme = kept();
  const apply = () => {
    if (theme === "auto") document.documentElement.removeAttribute("data-theme");
    else document.documentElement.setAttribute("data-theme", theme);
    fill(by("theme"), `Theme: ${theme}`);
    repaintDrawing();
  };
  by("theme").addEventListener("click", () => {
    theme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length];
    keep(theme);
    apply();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", apply);
  apply();
}

// a browser may forbid a page from disk to keep anything; the theme is then the system's
function kept() {
  try {
    const theme = localStorage.getItem("oncopact-theme");
    return THEMES.includes(theme) ? theme : "auto";
  } catch {
    return "auto";
  }
}

function keep(theme) {
  try {
    localStorage.setItem("oncopact-theme", theme);
  } catch {
    // nothing is kept
  }
}

setUp();
setUpTheme();
show();
