// Elements from data: everything that releases say goes in as text, never as markup.

// `make("a", { class: "link", href: "#x", on: { click } }, "words", element)`
function make(tag, options = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(options)) {
    if (name === "on") {
      for (const [event, handler] of Object.entries(value)) made.addEventListener(event, handler);
    } else if (value === true) {
      made.setAttribute(name, "");
    } else if (value !== false && value !== undefined) {
      made.setAttribute(name, String(value));
    }
  }
  made.append(...children.filter((child) => child !== undefined && child !== ""));
  return made;
}

// Words from a release or the vocabulary, kept apart from their surroundings whatever way they are written.
function words(text, options = {}) {
  return make("bdi", options, text);
}

function by(id) {
  return document.getElementById(id);
}

function fill(element, ...children) {
  element.replaceChildren(...children.filter((child) => child !== undefined));
  return element;
}

// Attributes cannot isolate the direction of writing, so marks that turn it are left out of them.
function spoken(text) {
  return text.replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "").replace(/\s+/g, " ");
}

function counted(number, one, many) {
  return `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
}

// What is looked for, without case and accents.
function plain(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

function nodeLink(node, options = {}) {
  return make(
    "a",
    { class: "thing", href: address({ ...current(), node: node.id, sentence: undefined }), ...options },
    icon(node.kind),
    words(node.label),
  );
}
