// The lists of agreements, milestones, payments and releases: sorted by any column, narrowed down by words.

const HEADS = { agreements: "Agreements", milestones: "Milestones", payments: "Payments", releases: "Releases" };
const ROWS = 200;
// a column and the way it is sorted; at first the latest comes first
const sorting = new Map(lists.map(({ name, columns }) => [name, { at: columns.length - 1, down: true }]));
let narrowed = "";
let rowsShown = ROWS;

sorting.set("releases", { at: 0, down: true });
lists.push({
  name: "releases",
  columns: [
    { head: "Issued", kind: "date" },
    { head: "Release", kind: "title" },
    { head: "Publisher", kind: "nodes" },
    { head: "Evidence", kind: "sum" },
    { head: "File", kind: "words" },
  ],
  rows: releases.map((release) => {
    const number = evidenceOf.get(release)?.length ?? 0;
    const publishers = release.node.facts.filter((fact) => fact.property.name === "dcterms:publisher");
    return {
      node: release.node,
      release,
      cells: [
        release.issued,
        release.title,
        publishers.map((fact) => fact.value.node),
        ["", number, String(number)],
        release.source,
      ],
    };
  }),
});

function setUpLists() {
  by("narrow").addEventListener("input", () => {
    narrowed = plain(by("narrow").value).trim();
    rowsShown = ROWS;
    showList(current());
  });
}

function showList(state) {
  const list = lists.find((item) => item.name === state.view);
  if (by("list").dataset.name !== list.name) {
    by("list").dataset.name = list.name;
    by("narrow").value = narrowed = "";
    rowsShown = ROWS;
  }
  fill(by("head-list"), HEADS[list.name]);
  const rows = sorted(
    list,
    list.rows.filter((row) => !narrowed || plain(row.cells.map(cellText).join(" ")).includes(narrowed)),
  );
  fill(
    by("rows"),
    narrowed ? `${rows.length} of ${counted(list.rows.length, "row", "rows")}` : counted(rows.length, "row", "rows"),
  );
  const more = make("button", { type: "button", class: "more" }, `Show ${rows.length - rowsShown} more`);
  more.addEventListener("click", () => {
    rowsShown = rows.length;
    showList(current());
  });
  fill(by("list"), tableOf(list, rows.slice(0, rowsShown), state), ...(rows.length > rowsShown ? [more] : []));
}

function tableOf(list, rows, state) {
  const order = sorting.get(list.name);
  const heads = list.columns.map(({ head }, at) => {
    const way = order.at === at ? (order.down ? "descending" : "ascending") : "none";
    const sort = () => {
      sorting.set(list.name, { at, down: way === "ascending" });
      showList(current());
      by("list").querySelectorAll("th button")[at].focus();
    };
    const sign = { ascending: "▲", descending: "▼", none: "" }[way];
    const button = make(
      "button",
      { type: "button", on: { click: sort } },
      head,
      make("span", { "aria-hidden": "true", class: "way" }, sign),
    );
    return make("th", { scope: "col", role: "columnheader", "aria-sort": way }, button);
  });
  const body = rows.map((row) =>
    make(
      "tr",
      { role: "row", class: row.node.id === state.node && "current" },
      ...list.columns.map(({ head, kind }, at) =>
        make(
          "td",
          { role: "cell", class: kind, "data-head": head },
          make("div", {}, ...cellOf(kind, row, row.cells[at])),
        ),
      ),
    ),
  );
  return make(
    "table",
    { role: "table", "aria-labelledby": "head-list" },
    make("thead", { role: "rowgroup" }, make("tr", { role: "row" }, ...heads)),
    make("tbody", { role: "rowgroup" }, ...body),
  );
}

function cellOf(kind, row, cell) {
  switch (kind) {
    case "link":
      return [
        make(
          "a",
          { class: "thing", href: address({ ...current(), node: row.node.id }) },
          icon(row.node.kind),
          words(cell),
        ),
      ];
    case "title":
      return [make("a", { href: releaseAddress(row.release) }, words(cell))];
    case "nodes":
      return cell.map((at) => nodeLink(nodes[at]));
    case "sum":
      return [words(cell[2])];
    default:
      return cell ? [words(cell)] : [];
  }
}

function releaseAddress(release) {
  return release.hasText
    ? address({ view: "releases", release: release.id })
    : address({ view: "releases", node: release.node.id });
}

function cellText(cell) {
  if (!Array.isArray(cell)) return cell;
  return typeof cell[2] === "string" ? cell[2] : cell.map((at) => nodes[at].label).join(" ");
}

// Empty cells come last in both directions; sums are compared within a currency.
function sorted(list, rows) {
  const order = sorting.get(list.name);
  const sign = order.down ? -1 : 1;
  const compared = list.columns[order.at].kind === "sum" ? compareSums : compareWords;
  return [...rows].sort((one, other) => compared(one.cells[order.at], other.cells[order.at], sign));
}

function compareSums([firstUnit, first], [secondUnit, second], sign) {
  if (firstUnit !== secondUnit) return firstUnit < secondUnit ? -1 : 1;
  return sign * (first - second);
}

const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

function compareWords(one, other, sign) {
  const [first, second] = [cellText(one), cellText(other)];
  if (!first || !second) return Number(!first) - Number(!second);
  return sign * collator.compare(first, second);
}
