// What happened, year by year: of everything, or of one company, product, technology or agreement.

const owners = [...timelines.keys()].sort((a, b) => collator.compare(a.label, b.label));
const ownerByWords = new Map(
  owners.map((node) => [`${spoken(node.label)} (${className(node.kind).toLowerCase()})`, node]),
);
let kindOfHappening = "";

function setUpTimeline() {
  fill(by("owners"), ...[...ownerByWords.keys()].map((value) => make("option", { value })));
  const kinds = [...new Set(happenings.map((item) => item.what))].sort();
  fill(
    by("what"),
    make("option", { value: "" }, "everything"),
    ...kinds.map((kind) => make("option", { value: kind }, kind)),
  );
  const choose = () => {
    const sought = by("of").value.trim();
    const found = ownerByWords.get(sought) ?? owners.find((node) => plain(node.label).startsWith(plain(sought)));
    go({ of: sought && found ? found.id : undefined });
  };
  by("of").addEventListener("change", choose);
  by("whose").addEventListener("submit", (event) => {
    event.preventDefault();
    choose();
  });
  by("what").addEventListener("change", () => {
    kindOfHappening = by("what").value;
    showTimeline(current());
  });
}

function showTimeline(state) {
  const owner = nodeById.get(state.of);
  const all = owner ? (timelines.get(owner) ?? []) : happenings;
  const shown = all.filter((item) => !kindOfHappening || item.what === kindOfHappening);
  fill(by("head-timeline"), "Timeline", ...(owner ? [" of ", words(owner.label)] : []));
  if (document.activeElement !== by("of")) {
    by("of").value = owner ? [...ownerByWords].find(([, node]) => node === owner)[0] : "";
  }
  fill(by("happened"), counted(shown.length, "event", "events"));
  const years = grouped(shown, (item) => item.year);
  const bars = barsOf(years);
  fill(by("bars"), bars);
  bars.scrollLeft = bars.scrollWidth; // the latest years, where not all have room
  fill(by("line"), ...[...years].map(([year, items]) => yearOf(year, items, state)));
}

// One bar a year, each a link to its events.
function barsOf(years) {
  const known = [...years.keys()].filter(Boolean);
  if (known.length < 2) return make("span");
  const most = Math.max(...[...years.values()].map((items) => items.length));
  const bars = [];
  for (let year = Math.min(...known); year <= Math.max(...known); year += 1) {
    const number = years.get(year)?.length ?? 0;
    const bar = make("span", { class: "bar" });
    bar.style.height = `${(number / most) * 100}%`;
    const label = `${year}: ${counted(number, "event", "events")}`;
    const button = make(
      "button",
      { type: "button", "aria-label": label, title: label, disabled: !number },
      make("span", { class: "plot" }, bar),
      make("span", { class: "year", "aria-hidden": "true" }, String(year)),
    );
    button.addEventListener("click", () => {
      const head = by(`year-${year}`);
      head.scrollIntoView({ block: "start" });
      head.focus({ preventScroll: true });
    });
    bars.push(make("li", {}, button));
  }
  return make("ol", { class: "bars", "aria-label": "Events by year" }, ...bars);
}

function yearOf(year, items, state) {
  return make(
    "section",
    { class: "of-year" },
    make("h3", { id: `year-${year}`, tabindex: "-1" }, year ? String(year) : "Without a date"),
    make("ol", {}, ...items.map((item) => happeningOf(item, state))),
  );
}

function happeningOf(item, state) {
  const link = make(
    "a",
    { class: "thing", href: address({ ...state, node: item.node.id }) },
    icon(item.node.kind),
    words(item.words),
  );
  const said = item.seen
    ? make("p", { class: "quiet" }, "“", words(spokenQuote(item.seen)), "” ", readLink(item.seen))
    : undefined;
  return make(
    "li",
    { class: item.node.id === state.node && "current" },
    make("time", {}, item.when || "—"),
    make("div", {}, make("p", {}, make("span", { class: "what" }, item.what), " ", link), ...(said ? [said] : [])),
  );
}

function spokenQuote(seen) {
  return inSentence(seen).words.replace(/\s+/g, " ");
}

function readLink(seen) {
  if (!seen.release.hasText) return words(seen.release.source);
  return make("a", { href: address({ view: "releases", release: seen.release.id, mark: seen.id }) }, "read");
}
