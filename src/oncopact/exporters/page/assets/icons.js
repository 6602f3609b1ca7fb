// Each class has a shape and a colour, the same in the drawing and beside its name: the shape says what the colour says.

const SVG = "http://www.w3.org/2000/svg";

// corners between -1 and 1; a class without is a circle
const SHAPES = {
  Institution: [-0.85, -0.85, 0.85, -0.85, 0.85, 0.85, -0.85, 0.85],
  Conjugate: [-1, 0, -0.5, -0.87, 0.5, -0.87, 1, 0, 0.5, 0.87, -0.5, 0.87],
  Antibody: [-1, -0.9, -0.45, -0.9, 0, -0.25, 0.45, -0.9, 1, -0.9, 0.3, 0.2, 0.3, 0.95, -0.3, 0.95, -0.3, 0.2],
  Payload: [0, -1, 0.95, -0.31, 0.59, 0.81, -0.59, 0.81, -0.95, -0.31],
  Target: [0, -1, 0.27, -0.27, 1, 0, 0.27, 0.27, 0, 1, -0.27, 0.27, -1, 0, -0.27, -0.27],
  Technology: [-0.55, -0.7, 1, -0.7, 0.55, 0.7, -1, 0.7],
  Product: [-1, -0.55, 1, -0.55, 1, 0.55, -1, 0.55],
  Agreement: [0, -1, 1, 0, 0, 1, -1, 0],
  AgreementEvent: [-0.9, -0.5, 0, -0.9, 0.9, -0.5, 0.9, 0.5, 0, 0.9, -0.9, 0.5],
  Milestone: [0, -0.95, 1, 0.8, -1, 0.8],
  Payment: [-0.4, -0.95, 0.4, -0.95, 0.95, -0.4, 0.95, 0.4, 0.4, 0.95, -0.4, 0.95, -0.95, 0.4, -0.95, -0.4],
  Release: [-0.7, -0.95, 0.3, -0.95, 0.7, -0.55, 0.7, 0.95, -0.7, 0.95],
};

function icon(kind) {
  const drawn = document.createElementNS(SVG, "svg");
  drawn.setAttribute("viewBox", "-1.15 -1.15 2.3 2.3");
  drawn.setAttribute("class", `icon kind-${kind}`);
  drawn.setAttribute("aria-hidden", "true");
  const corners = SHAPES[kind];
  const shape = document.createElementNS(SVG, corners ? "polygon" : "circle");
  if (corners) shape.setAttribute("points", corners.join(" "));
  else shape.setAttribute("r", "0.95");
  drawn.append(shape);
  return drawn;
}

function className(kind) {
  return kind === "AgreementEvent" ? "Event" : kind;
}

// The value that a colour of the styles has in the present theme.
function colour(name) {
  const probe = make("span", { class: "unseen" });
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found;
}
