// Where the reader is: `#view?node=…&release=…`, so that the way back works and a place can be sent to others.

const VIEWS = ["network", "agreements", "milestones", "payments", "timeline", "releases"];
const PARTS = ["release", "of", "node", "sentence", "mark"];

function current() {
  const [view, query = ""] = location.hash.replace(/^#/, "").split("?");
  const given = new URLSearchParams(query);
  const state = { view: VIEWS.includes(view) ? view : "network" };
  for (const part of PARTS) state[part] = given.get(part) ?? undefined;
  return state;
}

function address(state) {
  const given = new URLSearchParams();
  for (const part of PARTS) if (state[part] !== undefined) given.set(part, state[part]);
  const query = given.toString().replaceAll("%2F", "/");
  return `#${state.view}${query ? `?${query}` : ""}`;
}

function go(change) {
  location.hash = address({ ...current(), ...change });
}
