// The network: search and filters, the list of what fits, and the drawing. The list has for the keyboard what the drawing
// has for the pointer.

const PAGE = 60;
const things = nodes.filter((node) => node.place);
const NAMES = new Set(["skos:prefLabel", "skos:altLabel", "op:codeName", "op:brandName", "op:formerName", "op:ticker"]);
const searched = new Map(things.map((node) => [node, namesOf(node).map(plain)]));
const connected = {
  things: new Set(content.edges.flatMap((edge) => edge.slice(0, 2))),
  deals: new Set(content.deals.flatMap((edge) => edge.slice(0, 2))),
};
let listed = PAGE;

function namesOf(node) {
  return [
    node.label,
    ...node.facts.filter((fact) => NAMES.has(fact.property.name)).map((fact) => fact.value.words ?? ""),
  ];
}

// ---------------------------------------------------------------- filters

function setUpNetwork() {
  const present = classes.filter(({ name }) => things.some((node) => node.kind === name));
  fill(by("classes"), ...present.map(classChoice));
  const years = yearsOf(things);
  for (const [id, chosen] of [
    ["from", years[0]],
    ["to", years[years.length - 1]],
  ]) {
    fill(by(id), ...years.map((year) => make("option", { value: year, selected: year === chosen }, String(year))));
  }
  by("filters").addEventListener("submit", (event) => {
    event.preventDefault();
    const [first] = fitting();
    if (first) go({ node: first.id });
  });
  by("filters").addEventListener("input", () => {
    listed = PAGE;
    showNetwork(current());
  });
  by("further").addEventListener("click", () => {
    const at = listed;
    listed += PAGE;
    showNetwork(current());
    by("results").children[at]?.querySelector("a").focus();
  });
  if (matchMedia("(max-width: 60rem)").matches) by("more").open = false;
}

function classChoice({ name, plural }) {
  const number = things.filter((node) => node.kind === name).length;
  return make(
    "label",
    {},
    make("input", { type: "checkbox", name: "class", value: name, checked: true }),
    icon(name),
    ` ${plural} `,
    make("span", { class: "quiet" }, String(number)),
  );
}

function chosenView() {
  return document.querySelector("input[name=drawing]:checked").value;
}

// What the filters let through, search aside.
function shownThings() {
  const view = chosenView();
  const kinds = new Set([...document.querySelectorAll("input[name=class]:checked")].map((box) => box.value));
  const [from, to] = [Number(by("from").value), Number(by("to").value)];
  const all =
    from === Number(by("from").options[0]?.value) && to === Number(by("to").options[by("to").length - 1]?.value);
  const lone = by("lone").checked;
  return things.filter(
    (node) =>
      kinds.has(node.kind) &&
      (view === "things" || node.partnerPlace) &&
      (lone || connected[view].has(node.at)) &&
      (all || node.years.some((year) => from <= year && year <= to)),
  );
}

// What fits the search among all things, those in the drawing first: nothing that is searched for stays hidden.
function fitting() {
  const sought = plain(by("search").value).trim();
  const shown = shownThings();
  if (!sought) return [...shown].sort(byWeight);
  const rank = (node) => Math.min(...searched.get(node).map((name) => rankOf(name, sought)));
  const seen = new Set(shown);
  return things
    .map((node) => [rank(node), node])
    .filter(([at]) => at < 9)
    .sort(([a, one], [b, other]) => a - b || seen.has(other) - seen.has(one) || byWeight(one, other))
    .map(([, node]) => node);
}

function rankOf(name, sought) {
  const at = name.indexOf(sought);
  if (at < 0) return 9;
  if (name === sought) return 0;
  return at === 0 ? 1 : /\s|[-(/]/.test(name[at - 1]) ? 2 : 3;
}

function byWeight(one, other) {
  return weight(other) - weight(one) || one.at - other.at;
}

function weight(node) {
  return pointing.get(node)?.length ?? 0;
}

function showNetwork(state) {
  const found = fitting();
  const shown = shownThings();
  const sought = by("search").value.trim();
  fill(by("results"), ...found.slice(0, listed).map((node) => result(node, sought, state)));
  by("further").hidden = found.length <= listed;
  fill(
    by("found"),
    sought ? `${counted(found.length, "thing fits", "things fit")} the search; ` : "",
    `${counted(shown.length, "thing", "things")} in the drawing`,
  );
  draw(shown, sought ? new Set(found) : undefined, nodeById.get(state.node));
}

function result(node, sought, state) {
  const alias = sought && namesOf(node).find((name) => plain(name).includes(plain(sought)));
  const link = nodeLink(node, { "aria-current": state.node === node.id && "true" });
  link.append(make("span", { class: "unseen" }, `, ${className(node.kind)}`));
  const also = alias && alias !== node.label ? words(alias, { class: "quiet" }) : undefined;
  return make("li", {}, link, ...(also ? [" ", also] : []));
}
