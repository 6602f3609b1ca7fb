// The drawing of the network: what is shown and marked, where it looks, what is labelled, and its style.

let drawing;
let drawn = "";

// ---------------------------------------------------------------- the drawing

function draw(shown, hits, chosen) {
  const view = chosenView();
  const ids = new Set(shown.map((node) => node.at));
  if (drawn !== view) {
    drawing?.destroy();
    drawn = view;
    drawing = startDrawing(view);
    by("canvas").dataset.view = view;
  }
  drawing.batch(() => {
    drawing.nodes().forEach((element) => {
      const at = element.data("at");
      element.toggleClass("off", !ids.has(at) && at !== chosen?.at);
      element.toggleClass("hit", Boolean(hits) && hits.has(nodes[at]));
      element.toggleClass("faded", Boolean(hits) && !hits.has(nodes[at]));
    });
    drawing.edges().forEach((edge) => {
      edge.toggleClass("faded", Boolean(hits) && !(edge.source().hasClass("hit") && edge.target().hasClass("hit")));
    });
    drawing.elements().removeClass("chosen near");
    const element = chosen && drawing.getElementById(String(chosen.at));
    if (element?.length) {
      const near = element.closedNeighborhood();
      drawing.elements().not(near).addClass("faded");
      near.removeClass("faded").addClass("near");
      element.removeClass("near").addClass("chosen");
    }
  });
  move(shown, hits, chosen);
  labelSoon();
}

let framed = "";

// The drawing moves only when what it shows has changed: to the thing chosen, else to what is shown.
function move(shown, hits, chosen) {
  const key = [drawn, chosen?.at ?? "", hits ? [...hits].map((node) => node.at).join() : "", shown.length].join(" ");
  if (key === framed) return;
  framed = key;
  let around = drawing.nodes().not(".off");
  if (chosen) around = drawing.getElementById(String(chosen.at)).closedNeighborhood();
  else if (hits?.size) around = drawing.nodes(".hit").not(".off");
  frameOn(around.nodes());
}

function frameOn(around) {
  if (!around.length) return;
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  drawing.stop();
  drawing.resize();
  const places = around.map((element) => element.position());
  const [left, right] = ends(places.map(({ x }) => x));
  const [top, bottom] = ends(places.map(({ y }) => y));
  const room = { width: drawing.width() - 110, height: drawing.height() - 110 };
  const zoom = Math.max(drawing.minZoom(), Math.min(1.4, room.width / (right - left), room.height / (bottom - top)));
  const pan = {
    x: drawing.width() / 2 - ((left + right) / 2) * zoom,
    y: drawing.height() / 2 - ((top + bottom) / 2) * zoom,
  };
  if (still || drawing.nodes().not(".off").length > 400) drawing.viewport({ zoom, pan });
  else drawing.animate({ zoom, pan }, { duration: 250 });
}

function ends(numbers) {
  return [Math.min(...numbers), Math.max(...numbers)];
}

function startDrawing(view) {
  const made = cytoscape({
    container: by("canvas"),
    elements: view === "things" ? thingElements() : dealElements(),
    layout: { name: "preset", fit: false },
    style: drawingStyle(),
    minZoom: 0.03,
    maxZoom: 3,
    autoungrabify: true,
    boxSelectionEnabled: false,
    hideEdgesOnViewport: things.length > 3000,
  });
  made.on("tap", "node", (event) => go({ node: nodes[event.target.data("at")].id }));
  made.on("tap", "edge", (event) => go({ node: nodes[event.target.data("about")].id }));
  made.on("tap", (event) => {
    if (event.target === made && current().node) go({ node: undefined });
  });
  made.on("mouseover", "node", (event) => {
    event.target.style("font-size", 13 / made.zoom());
    event.target.addClass("over");
  });
  made.on("mouseout", "node", (event) => event.target.removeClass("over"));
  made.on("viewport resize", labelSoon);
  return made;
}

function nodeElement(node, [x, y], degree) {
  return {
    group: "nodes",
    data: { id: String(node.at), at: node.at, label: node.short, degree: Math.min(degree, 24) },
    classes: connected[chosenView()].has(node.at) ? node.kind : `${node.kind} off`,
    position: { x, y },
  };
}

function thingElements() {
  const degrees = degreesOf(content.edges);
  return [
    ...things.map((node) => nodeElement(node, node.place, degrees.get(node.at) ?? 0)),
    ...content.edges.map(([start, end, property, known], at) => ({
      group: "edges",
      data: {
        id: `e${at}`,
        source: String(start),
        target: String(end),
        label: properties[property].label,
        about: start,
      },
      classes: known ? "known" : "",
    })),
  ];
}

function dealElements() {
  const degrees = degreesOf(content.deals);
  return [
    ...things
      .filter((node) => node.partnerPlace)
      .map((node) => nodeElement(node, node.partnerPlace, degrees.get(node.at) ?? 0)),
    ...content.deals.map(([start, end, about, directed], at) => ({
      group: "edges",
      data: { id: `e${at}`, source: String(start), target: String(end), label: nodes[about].short, about },
      classes: directed ? "" : "mutual",
    })),
  ];
}

function degreesOf(edges) {
  const degrees = new Map();
  for (const [start, end] of edges) {
    for (const at of [start, end]) degrees.set(at, (degrees.get(at) ?? 0) + 1);
  }
  return degrees;
}

// ---------------------------------------------------------------- labels

let labelling = 0;

function labelSoon() {
  clearTimeout(labelling);
  labelling = setTimeout(label, 60);
}

// As on a map: what matters most is labelled first, always in readable letters, and no label covers another.
function label() {
  const size = 12;
  const zoom = drawing.zoom();
  const { x1, y1, x2, y2 } = drawing.extent();
  const inside = ({ x, y }) => x1 < x && x < x2 && y1 < y && y < y2;
  const taken = new Map();
  const kept = [];
  for (const element of labelOrder()) {
    if (!inside(element.position()) || (zoom < 0.5 && isUnnamed(element))) continue;
    const box = labelBox(element, size, zoom);
    if (element.hasClass("chosen") || isFree(taken, box)) {
      take(taken, box);
      kept.push(element);
    }
  }
  drawing.batch(() => {
    drawing.nodes(".labelled").removeClass("labelled");
    for (const element of kept)
      element.addClass("labelled").style({ "font-size": size / zoom, "text-max-width": LABEL_WIDTH / zoom });
  });
}

const LABEL_WIDTH = 120;
const CELL = 40;

// 'licence' and 'upfront' say nothing from afar.
function isUnnamed(element) {
  return !element.is(".chosen, .near, .hit") && element.is(".Agreement, .Milestone, .Payment");
}

function labelOrder() {
  const rank = (element) =>
    (element.hasClass("chosen") ? 3e3 : element.hasClass("near") ? 2e3 : element.hasClass("hit") ? 1e3 : 0) +
    element.data("degree");
  return drawing
    .nodes()
    .filter((element) => !element.hasClass("off") && !element.hasClass("faded"))
    .toArray()
    .sort((one, other) => rank(other) - rank(one) || one.data("at") - other.data("at"));
}

// Where a label stands on the screen, from the number of its letters.
function labelBox(element, size, zoom) {
  const { x, y } = element.renderedPosition();
  const width = element.data("label").length * size * 0.56;
  const lines = Math.ceil(width / LABEL_WIDTH);
  const half = Math.min(width, LABEL_WIDTH) / 2 + 3;
  const top = y + (element.numericStyle("height") / 2) * zoom;
  return { left: x - half, right: x + half, top, bottom: top + lines * size * 1.15 + 4 };
}

function cellsOf({ left, right, top, bottom }) {
  const found = [];
  for (let column = Math.floor(left / CELL); column <= right / CELL; column += 1) {
    for (let row = Math.floor(top / CELL); row <= bottom / CELL; row += 1) found.push(`${column} ${row}`);
  }
  return found;
}

function isFree(taken, box) {
  const apart = (other) =>
    other.right < box.left || box.right < other.left || other.bottom < box.top || box.bottom < other.top;
  return cellsOf(box).every((cell) => (taken.get(cell) ?? []).every(apart));
}

function take(taken, box) {
  for (const cell of cellsOf(box)) taken.set(cell, [...(taken.get(cell) ?? []), box]);
}

// ---------------------------------------------------------------- how it looks

function drawingStyle() {
  const [text, ground, line, strong] = ["--text", "--ground", "--edge", "--accent"].map(colour);
  const kinds = classes.map(({ name }) => ({
    selector: `node.${name}`,
    style: {
      "background-color": colour(`--kind-${name}`),
      ...(SHAPES[name] ? { shape: "polygon", "shape-polygon-points": SHAPES[name].join(" ") } : { shape: "ellipse" }),
    },
  }));
  return [
    {
      selector: "node",
      style: {
        width: "mapData(degree, 0, 24, 24, 64)",
        height: "mapData(degree, 0, 24, 24, 64)",
        color: text,
        "font-family": "system-ui, sans-serif",
        "font-size": 12,
        "text-valign": "bottom",
        "text-margin-y": 3,
        "text-wrap": "wrap",
        "text-max-width": 130,
        "text-outline-color": ground,
        "text-outline-width": 2,
        "border-width": 1.5,
        "border-color": ground,
      },
    },
    ...kinds,
    {
      selector: "edge",
      style: {
        width: 1.4,
        "line-color": line,
        "curve-style": drawn === "deals" ? "bezier" : "straight",
        "target-arrow-shape": "triangle",
        "target-arrow-color": line,
        "arrow-scale": 0.9,
        color: text,
        "font-size": 9,
        "font-family": "system-ui, sans-serif",
        "min-zoomed-font-size": 8,
        "text-rotation": "autorotate",
        "text-outline-color": ground,
        "text-outline-width": 2,
        opacity: 0.75,
      },
    },
    { selector: "edge.known", style: { "line-style": "dashed" } },
    { selector: "edge.mutual", style: { "target-arrow-shape": "none" } },
    { selector: ".off", style: { display: "none" } },
    { selector: "node.faded", style: { opacity: 0.18 } },
    { selector: "edge.faded", style: { opacity: 0.1 } },
    { selector: "node.hit", style: { "border-width": 4, "border-color": strong } },
    { selector: "node.labelled, node.over", style: { label: "data(label)" } },
    { selector: "node.near, node.over", style: { "z-index": 9 } },
    { selector: "edge.near, edge:active", style: { width: 2.4, opacity: 1, label: "data(label)" } },
    {
      selector: "node.chosen",
      style: { "border-width": 5, "border-color": strong, "font-weight": "bold", "z-index": 10 },
    },
  ];
}

function setUpDrawing() {
  const zoom = (factor) => {
    const middle = { x: drawing.width() / 2, y: drawing.height() / 2 };
    drawing.zoom({ level: drawing.zoom() * factor, renderedPosition: middle });
  };
  const whole = () => frameOn(drawing.nodes().not(".off"));
  by("closer").addEventListener("click", () => zoom(1.4));
  by("farther").addEventListener("click", () => zoom(1 / 1.4));
  by("whole").addEventListener("click", whole);
  const keys = {
    ArrowLeft: () => drawing.panBy({ x: 80, y: 0 }),
    ArrowRight: () => drawing.panBy({ x: -80, y: 0 }),
    ArrowUp: () => drawing.panBy({ x: 0, y: 80 }),
    ArrowDown: () => drawing.panBy({ x: 0, y: -80 }),
    "+": () => zoom(1.4),
    "=": () => zoom(1.4),
    "-": () => zoom(1 / 1.4),
    0: whole,
  };
  by("canvas").addEventListener("keydown", (event) => {
    if (!keys[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    keys[event.key]();
  });
  new ResizeObserver(() => drawing?.resize()).observe(by("canvas"));
}

function repaintDrawing() {
  drawing?.style(drawingStyle());
}
