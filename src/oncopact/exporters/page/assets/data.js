// The page's data: rows from `content.py` with their parts named, and the releases' texts, read when they are opened.

const content = JSON.parse(document.getElementById("content").textContent);

const classes = content.classes.map(([name, plural]) => ({ name, plural }));
const properties = content.properties.map(([name, label, inverse]) => ({ name, label, inverse }));
const rules = content.rules.map(([name, description]) => ({ name, description }));

const nodes = content.nodes.map((row, at) => {
  const [id, kind, label, short, years, place, partnerPlace, grounds, facts, same] = row;
  return {
    at,
    id,
    kind: classes[kind].name,
    label,
    short,
    years,
    place,
    partnerPlace,
    grounds,
    facts: facts.map((fact) => factOf(at, fact)),
    same: same.map(([certain, other, rule, words]) => ({ certain, other, rule, words })),
  };
});

const releases = content.releases.map(([node, id, issued, source, hasText], at) => ({
  at,
  node: nodes[node],
  id,
  issued,
  source,
  hasText,
  title: nodes[node].label,
}));

const evidence = content.evidence.map((row, at) => {
  const [release, start, end, rule, section, basis, modality, negated, id, node, property, value, quote] = row;
  return {
    at,
    release: releases[release],
    start,
    end,
    rule: rules[rule],
    section: content.sections[section] || "",
    basis,
    modality,
    negated,
    id,
    node: nodes[node],
    property: properties[property],
    value: readValue(value),
    quote,
  };
});

const happenings = content.happenings.map(([when, what, words, node, seen, year]) => ({
  when,
  what,
  words,
  node: nodes[node],
  seen: evidence[seen],
  year,
}));
const timelines = new Map(content.timelines.map(([node, rows]) => [nodes[node], rows.map((row) => happenings[row])]));
const lists = content.tables.map(([name, columns, rows]) => ({
  name,
  columns: columns.map(([head, kind]) => ({ head, kind })),
  rows: rows.map(([node, ...cells]) => ({ node: nodes[node], cells })),
}));

const nodeById = new Map(nodes.map((node) => [node.id, node]));
const releaseById = new Map(releases.map((release) => [release.id, release]));
const evidenceById = new Map(evidence.map((seen) => [seen.id, seen]));
const evidenceOf = grouped(evidence, (seen) => seen.release);
const pointing = grouped(
  nodes.flatMap((node) => node.facts).filter((fact) => fact.value.node !== undefined),
  (fact) => nodes[fact.value.node],
);

function factOf(subject, [property, value, turtle, grounds, known]) {
  return { subject, property: properties[property], value: readValue(value), turtle, grounds, known };
}

// a value is the number of a node or plain words
function readValue(value) {
  return typeof value === "number" ? { node: value } : { words: value };
}

function valueLabel(value) {
  return value.node === undefined ? value.words : nodes[value.node].label;
}

function grouped(items, keyOf) {
  const found = new Map();
  for (const item of items) {
    const key = keyOf(item);
    if (!found.has(key)) found.set(key, []);
    found.get(key).push(item);
  }
  return found;
}

// ---------------------------------------------------------------- texts

const texts = new Map();

// A release's text as code points, in which all offsets count, and its structure; undefined where the page has it not.
function textOf(release) {
  if (!release.hasText) return undefined;
  if (!texts.has(release.at)) {
    const block = JSON.parse(document.getElementById(`text-${release.id}`).textContent);
    const points = Array.from(block.text);
    const paragraphs = block.paragraphs.map(([section, start, end, bounds]) => ({
      section: content.sections[section] || "",
      start,
      end,
      sentences: pairs(bounds),
    }));
    texts.set(release.at, { points, paragraphs });
  }
  return texts.get(release.at);
}

function pairs(bounds) {
  const found = [];
  for (let at = 0; at < bounds.length; at += 2) found.push({ start: bounds[at], end: bounds[at + 1] });
  return found;
}

function cut(text, start, end) {
  return text.points.slice(start, end).join("");
}

// The words of an evidence and the sentence around them: before, the words, after.
function inSentence(seen) {
  const text = textOf(seen.release);
  if (text === undefined) return { before: "", words: seen.quote, after: "" };
  const around = text.paragraphs
    .flatMap((paragraph) => paragraph.sentences)
    .filter((sentence) => meets(sentence, seen));
  const start = around.length ? Math.min(around[0].start, seen.start) : seen.start;
  const end = around.length ? Math.max(around[around.length - 1].end, seen.end) : seen.end;
  return {
    before: cut(text, start, seen.start),
    words: cut(text, seen.start, seen.end),
    after: cut(text, seen.end, end),
  };
}

function meets(one, other) {
  return one.start < other.end && other.start < one.end;
}

function yearsOf(items) {
  return [...new Set(items.flatMap((item) => item.years))].sort((a, b) => a - b);
}
