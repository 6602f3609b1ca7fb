// The panel: a thing with its facts, or a sentence with what is read from it; each fact shows its sentence, rule and triples.

const panel = by("panel");
let openedFrom;
let leaving = false;

function showPanel(state, previous) {
  const node = nodeById.get(state.node);
  const release = releaseById.get(state.release);
  const sentence = state.view === "releases" && release && !node ? sentenceAt(release, state.sentence) : undefined;
  const key = node ? `node ${node.id}` : sentence ? `sentence ${release.id} ${sentence.start}` : "";
  panel.hidden = !key;
  by("stage").classList.toggle("with-panel", Boolean(key));
  if (!key) {
    panel.dataset.key = "";
    fill(panel);
    return;
  }
  if (panel.dataset.key === key) return;
  if (!panel.dataset.key)
    openedFrom = { element: document.activeElement, href: document.activeElement.getAttribute("href") };
  panel.dataset.key = key;
  fill(panel, closing(), ...(node ? aboutNode(node) : aboutSentence(release, sentence)));
  panel.scrollTop = 0;
  if (previous) by("head-panel").focus({ preventScroll: true });
}

function closing() {
  const shut = () => {
    leaving = true;
    go({ node: undefined, sentence: undefined });
  };
  return make("button", { type: "button", class: "close", id: "close", on: { click: shut } }, "Close");
}

// Who closes the panel stands where it was opened, be it on the link that was drawn again in the old one's place.
function leavePanel() {
  if (!leaving) return;
  leaving = false;
  const { element, href } = openedFrom;
  const again = href && [...document.querySelectorAll("main a")].find((link) => link.getAttribute("href") === href);
  const back = element?.isConnected && element !== document.body ? element : again;
  (back || by("main")).focus();
}

// ---------------------------------------------------------------- a thing

function aboutNode(node) {
  const state = current();
  const release = releases.find((item) => item.node === node);
  const ways = [
    node.place && make("a", { href: address({ view: "network", node: node.id }) }, "In the network"),
    timelines.has(node) && make("a", { href: address({ view: "timeline", of: node.id, node: node.id }) }, "Timeline"),
    release?.hasText &&
      state.release !== release.id &&
      make("a", { href: address({ view: "releases", release: release.id, node: node.id }) }, "Read it"),
  ].filter(Boolean);
  return [
    make("p", { class: "kind" }, icon(node.kind), className(node.kind), " ", make("code", {}, node.id)),
    make("h2", { id: "head-panel", tabindex: "-1" }, words(node.label)),
    ways.length ? make("p", { class: "ways" }, ...ways) : undefined,
    ...node.same.map(sameAs),
    ...(node.grounds.length ? [make("h3", {}, "Stated by"), statedBy(node)] : []),
    make("h3", {}, "Facts"),
    factList(
      node.facts.map((fact) => ({ fact, head: fact.property.label, value: fact.value })),
      "No facts.",
    ),
    ...pointingHere(node),
  ];
}

function sameAs(same) {
  const other = nodeById.get(same.other);
  const named = other ? nodeLink(other) : make("code", {}, same.other);
  const said = same.certain ? "The same as " : "Perhaps the same as ";
  return make("p", { class: "note" }, said, named, make("br"), words(same.words), ` (rule ${same.rule})`);
}

function statedBy(node) {
  const rows = node.grounds.map((at) => evidence[at]);
  return limited(rows, 3, (seen) => grounds(seen), "div", "places");
}

function pointingHere(node) {
  const found = grouped(pointing.get(node) ?? [], (fact) => fact.property);
  return [...found].flatMap(([property, facts]) => [
    make("h3", {}, property.inverse, " ", make("span", { class: "quiet" }, String(facts.length))),
    factList(
      facts.map((fact) => ({ fact, head: "", value: { node: fact.subject } })),
      "",
    ),
  ]);
}

// ---------------------------------------------------------------- facts

// Rows of { fact, head, value }; a click on one shows why.
function factList(rows, none) {
  if (!rows.length) return make("p", { class: "quiet" }, none);
  return limited(rows, 24, factRow, "ul", "facts");
}

let whys = 0;

function factRow({ fact, head, value }) {
  whys += 1;
  const id = `why-${whys}`;
  const why = make("div", { class: "why", id, hidden: true });
  const own = groundsOf(fact);
  const told = new Set(own.map((at) => evidence[at].release)).size;
  const number = fact.known ? "vocabulary" : told ? counted(told, "release", "releases") : "derived";
  const button = make(
    "button",
    { type: "button", class: head ? "fact" : "fact headless", "aria-expanded": "false", "aria-controls": id },
    ...(head ? [make("span", { class: "head" }, head), " "] : []),
    make(
      "span",
      { class: "rest" },
      words(valueLabel(value), { class: "value" }),
      " ",
      make("span", { class: "number" }, number),
    ),
  );
  button.addEventListener("click", () => {
    const open = why.hidden;
    if (open && !why.childNodes.length) fill(why, ...because(fact, own));
    why.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
  });
  const link =
    value.node === undefined
      ? undefined
      : make(
          "a",
          {
            class: "open",
            href: address({ ...current(), node: nodes[value.node].id, sentence: undefined }),
            "aria-label": `Open ${spoken(nodes[value.node].label)}`,
          },
          icon(nodes[value.node].kind),
          make("span", { "aria-hidden": "true" }, "›"),
        );
  return make("li", {}, make("div", { class: "row" }, button, ...(link ? [link] : [])), why);
}

// A fact without words of its own is stated together with its subject; an event, with its agreement.
function groundsOf(fact) {
  if (fact.grounds.length || fact.known) return fact.grounds;
  const subject = nodes[fact.subject];
  const whole = subject.facts.find((other) => other.property.name === "op:ofAgreement");
  return subject.grounds.length || !whole ? subject.grounds : nodes[whole.value.node].grounds;
}

function because(fact, own) {
  const shown = own.map((at) => evidence[at]);
  const parts = [];
  if (fact.known) parts.push(make("p", { class: "quiet" }, "Known from the vocabulary; no release states it."));
  else if (!shown.length)
    parts.push(
      make("p", { class: "quiet" }, "No sentence states it by itself; it follows from the release as a whole."),
    );
  else if (!fact.grounds.length) parts.push(make("p", { class: "quiet" }, "Stated together with the whole:"));
  if (shown.length) parts.push(limited(shown, 5, grounds, "div", "places"));
  parts.push(make("pre", { dir: "ltr" }, tripleOf(fact)));
  return parts;
}

// One evidence: its sentence with the words marked, where it stands, and what read it.
function grounds(seen) {
  const { before, words: quoted, after } = inSentence(seen);
  const marks = [
    seen.modality !== "asserted" && seen.modality,
    seen.negated && "denied",
    seen.basis === "name_encoded" && "encoded in the name",
  ].filter(Boolean);
  const read = seen.release.hasText
    ? make(
        "a",
        {
          class: "read",
          href: address({ ...current(), view: "releases", release: seen.release.id, mark: seen.id, of: undefined }),
        },
        words(seen.release.title),
      )
    : words(seen.release.title);
  return make(
    "figure",
    {},
    make("blockquote", {}, make("bdi", {}, before, make("mark", {}, quoted), after)),
    make(
      "figcaption",
      {},
      read,
      make(
        "span",
        { class: "quiet" },
        ` ${[seen.release.issued, seen.section, `characters ${seen.start}–${seen.end}`].filter(Boolean).join(" · ")}`,
      ),
      make(
        "span",
        { class: "rule" },
        "Rule ",
        make("code", {}, seen.rule.name),
        marks.length ? ` (${marks.join(", ")})` : "",
        seen.rule.description ? `: ${seen.rule.description}` : "",
      ),
    ),
    make(
      "details",
      { class: "triples" },
      make("summary", {}, "Evidence as triples"),
      make("pre", { dir: "ltr" }, evidenceTriples(seen).join("\n")),
    ),
  );
}

// ---------------------------------------------------------------- triples

function compactName(node) {
  return node.id.replace("/", ":");
}

function tripleOf(fact) {
  const object = fact.value.node === undefined ? fact.turtle : compactName(nodes[fact.value.node]);
  return `${compactName(nodes[fact.subject])} ${fact.property.name} ${object} .`;
}

function evidenceTriples(seen) {
  const lines = [
    `evidence:${seen.id} a op:Evidence ;`,
    `    op:evidenceFor ${compactName(seen.node)} ;`,
    `    op:inRelease release:${seen.release.id} ;`,
    `    op:start ${seen.start} ; op:end ${seen.end} ;`,
    `    op:rule "${seen.rule.name}" ; op:section "${seen.section}" ;`,
    `    op:basis "${seen.basis}" ; op:modality "${seen.modality}" ; op:negated ${seen.negated} .`,
  ];
  if (seen.property) lines.splice(2, 0, `    op:evidenceProperty ${seen.property.name} ;`);
  return lines;
}

// ---------------------------------------------------------------- a sentence

function aboutSentence(release, sentence) {
  const text = textOf(release);
  const found = (evidenceOf.get(release) ?? []).filter((seen) => meets(sentence, seen));
  return [
    make("p", { class: "kind" }, icon("Release"), "Sentence"),
    make(
      "h2",
      { id: "head-panel", tabindex: "-1" },
      counted(found.length, "fact", "facts"),
      " read from this sentence",
    ),
    make("blockquote", {}, words(cut(text, sentence.start, sentence.end))),
    make("h3", {}, "Facts"),
    limited(found, 60, sentenceFact, "ul", "facts"),
  ];
}

function sentenceFact(seen) {
  whys += 1;
  const id = `why-${whys}`;
  const why = make("div", { class: "why", id, hidden: true });
  const fact = seen.property && nodes[seen.node.at].facts.find((item) => item.grounds.includes(seen.at));
  const said = seen.property ? [seen.property.label, valueLabel(seen.value)] : ["stated", ""];
  const button = make(
    "button",
    { type: "button", class: "fact", "aria-expanded": "false", "aria-controls": id },
    make("span", { class: "head" }, icon(seen.node.kind), words(seen.node.label)),
    " ",
    make(
      "span",
      { class: "rest" },
      make("span", { class: "value" }, make("span", { class: "quiet" }, said[0]), " ", words(said[1])),
      " ",
      make("span", { class: "number" }, seen.rule.name),
    ),
  );
  button.addEventListener("click", () => {
    const open = why.hidden;
    if (open && !why.childNodes.length)
      fill(why, grounds(seen), ...(fact ? [make("pre", { dir: "ltr" }, tripleOf(fact))] : []));
    why.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
    markOnly(open ? seen : undefined);
  });
  const link = make(
    "a",
    {
      class: "open",
      href: address({ ...current(), node: seen.node.id, mark: seen.id, sentence: undefined }),
      "aria-label": `Open ${spoken(seen.node.label)}`,
    },
    make("span", { "aria-hidden": "true" }, "›"),
  );
  return make("li", {}, make("div", { class: "row" }, button, link), why);
}

// ---------------------------------------------------------------- long lists

// The first `most` items, the others behind a button.
function limited(items, most, draw, tag, name) {
  const list = make(tag, { class: name });
  list.append(...items.slice(0, most).map(draw));
  if (items.length <= most) return list;
  const more = make("button", { type: "button", class: "more" }, `Show ${items.length - most} more`);
  const place = tag === "ul" ? make("li", {}, more) : more;
  more.addEventListener("click", () => {
    const rest = items.slice(most).map(draw);
    place.replaceWith(...rest);
    rest[0].querySelector("button, a, summary")?.focus();
  });
  list.append(place);
  return list;
}
