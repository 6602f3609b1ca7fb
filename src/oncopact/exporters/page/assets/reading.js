// The reading view: a release with names and facts marked. Each sentence that states something is a link to its facts.

const PRINTED = new Set(["contacts", "table", "furniture", "signature"]);
const SECTIONS = {
  "safe-harbour": "Forward-looking statements: no facts are read from here",
  about: "About",
  contacts: "Contacts: no facts are read from here",
  table: "Table",
  terms: "Terms",
  footnote: "Footnotes",
  furniture: "Not part of the release's text",
  signature: "Signature",
};
const marks = new Map();

function sentenceAt(release, start) {
  if (start === undefined) return undefined;
  return textOf(release)
    ?.paragraphs.flatMap((paragraph) => paragraph.sentences)
    .find((sentence) => sentence.start === Number(start));
}

function showReading(state) {
  const release = releaseById.get(state.release);
  if (by("reading").dataset.release !== release.id) {
    by("reading").dataset.release = release.id;
    marks.clear();
    fill(by("reading"), ...headOf(release), articleOf(release));
  }
  for (const link of by("reading").querySelectorAll("a.sentence")) {
    if (link.dataset.start !== state.sentence) {
      link.removeAttribute("aria-current");
    } else if (!link.hasAttribute("aria-current")) {
      link.setAttribute("aria-current", "true");
      link.scrollIntoView({ block: "nearest" });
    }
  }
  markOnly(evidenceById.get(state.mark), true);
}

function headOf(release) {
  const at = releases.indexOf(release);
  const next = [releases[at - 1], releases[at + 1]];
  const ways = [
    make("a", { href: address({ view: "releases" }) }, "All releases"),
    next[0] && make("a", { href: releaseAddress(next[0]) }, "Previous"),
    next[1] && make("a", { href: releaseAddress(next[1]) }, "Next"),
    make(
      "a",
      { href: address({ view: "releases", release: release.id, node: release.node.id }) },
      "Facts of the release",
    ),
  ].filter(Boolean);
  return [
    make("p", { class: "ways" }, ...ways),
    make("h2", { id: "head-reading", tabindex: "-1" }, words(release.title)),
    make("p", { class: "quiet" }, words([release.issued, release.source].filter(Boolean).join(" · "))),
    make(
      "p",
      { class: "legend" },
      make("mark", { class: "name" }, "name"),
      " ",
      make("mark", { class: "said" }, "fact"),
      " Choose a sentence to see what is read from it.",
    ),
  ];
}

// ---------------------------------------------------------------- the text

function articleOf(release) {
  const text = textOf(release);
  const found = evidenceOf.get(release) ?? [];
  const sections = [];
  for (const paragraph of text.paragraphs) {
    const last = sections[sections.length - 1];
    if (last?.kind === paragraph.section) last.paragraphs.push(paragraph);
    else sections.push({ kind: paragraph.section, paragraphs: [paragraph] });
  }
  return make("article", { lang: "en" }, ...sections.map((section) => sectionOf(release, text, found, section)));
}

function sectionOf(release, text, found, { kind, paragraphs }) {
  const head = SECTIONS[kind];
  return make(
    "section",
    { class: `part part-${kind || "other"}`, "aria-label": head },
    ...(head ? [make("p", { class: "part-head", "aria-hidden": "true" }, head)] : []),
    ...paragraphs.map((paragraph) => paragraphOf(release, text, found, paragraph)),
  );
}

function paragraphOf(release, text, found, paragraph) {
  const here = found.filter((seen) => meets(paragraph, seen));
  const parts = [];
  let at = paragraph.start;
  for (const sentence of paragraph.sentences) {
    if (sentence.start > at) parts.push(cut(text, at, sentence.start));
    const read = here.filter((seen) => meets(sentence, seen));
    parts.push(
      read.length ? sentenceOf(release, text, sentence, read) : words(cut(text, sentence.start, sentence.end)),
    );
    at = Math.max(at, sentence.end);
  }
  if (at < paragraph.end) parts.push(cut(text, at, paragraph.end));
  return make("p", { class: PRINTED.has(paragraph.section) ? "printed" : undefined, dir: "ltr" }, ...parts);
}

function sentenceOf(release, text, sentence, read) {
  const bounds = new Set([sentence.start, sentence.end]);
  for (const seen of read) {
    bounds.add(Math.max(seen.start, sentence.start));
    bounds.add(Math.min(seen.end, sentence.end));
  }
  const cuts = [...bounds].sort((a, b) => a - b);
  const pieces = cuts.slice(1).map((end, index) => pieceOf(text, cuts[index], end, read));
  const href = address({ view: "releases", release: release.id, sentence: sentence.start });
  return make(
    "a",
    { class: "sentence", href, "data-start": sentence.start },
    make("bdi", {}, ...pieces),
    make("span", { class: "unseen" }, ` (${counted(read.length, "fact", "facts")})`),
  );
}

function pieceOf(text, start, end, read) {
  const over = read.filter((seen) => meets({ start, end }, seen));
  const piece = cut(text, start, end);
  if (!over.length) return piece;
  const named = over.some((seen) => NAMES.has(seen.property?.name));
  const said = over.some((seen) => !NAMES.has(seen.property?.name));
  const mark = make("mark", { class: [named && "name", said && "said"].filter(Boolean).join(" ") }, piece);
  for (const seen of over) {
    if (!marks.has(seen.at)) marks.set(seen.at, []);
    marks.get(seen.at).push(mark);
  }
  return mark;
}

// Mark the words of one evidence more strongly than the others, and bring them into sight.
function markOnly(seen, scroll = false) {
  for (const mark of by("reading").querySelectorAll("mark.active")) mark.classList.remove("active");
  const found = (seen && marks.get(seen.at)) ?? [];
  for (const mark of found) mark.classList.add("active");
  if (scroll && found[0]) found[0].scrollIntoView({ block: "center" });
}
