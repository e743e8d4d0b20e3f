// The findings in the text. The page comes with <mark> elements; where the browser can paint ranges of plain text (the CSS
// Custom Highlight API) they are taken out again, so that no element cuts a word, and the same stretches are painted.

const painting = typeof Highlight === "function" && Boolean(CSS.highlights);

// A stretch of the text over which the same findings lie. `ranges` are what is painted, `element` the mark where it is not;
// `whole` is how it looks with all of them in sight, `look` how it looks now.
const stretches = [];
const ofNumber = new Map();
const ofRelated = new Map();
const ofSentence = new Map();
const atText = new WeakMap();
const layers = new Map();
const LAYER_ORDER = ["related", "sentence", "current"];

const SEVERITY_ORDER = ["critical", "major", "minor", "neutral"];

const words = (text) => (text || "").split(" ").filter(Boolean);

const stretchOf = (element) => {
  const stretch = {
    element,
    ranges: [],
    numbers: words(element.dataset.findings),
    related: words(element.dataset.related),
    sentence: element.dataset.sentence || "",
    look: null,
    whole: null,
  };
  const severity = SEVERITY_ORDER.find((each) => element.classList.contains(each));
  if (severity) stretch.whole = { severity, wide: element.classList.contains("wide") };
  stretches.push(stretch);
  const enter = (map, key) => map.set(key, [...(map.get(key) || []), stretch]);
  for (const number of stretch.numbers) enter(ofNumber, number);
  for (const number of stretch.related) enter(ofRelated, number);
  if (stretch.sentence) enter(ofSentence, stretch.sentence);
  return stretch;
};

const MARKED = "mark[data-findings], .related-span, span[data-sentence]";

// Put the text of one block back together, and note which parts of it the stretches cover.
const flatten = (block) => {
  const nodes = [];
  let text = "";
  let pending = [];
  const flush = () => {
    if (!text) return;
    const node = document.createTextNode(text);
    if (pending.length) atText.set(node, pending);
    for (const { stretch, start, end } of pending) {
      stretch.ranges.push(new StaticRange({ startContainer: node, startOffset: start, endContainer: node, endOffset: end }));
    }
    nodes.push(node);
    text = "";
    pending = [];
  };
  const walk = (node, covering) => {
    if (node.nodeType === Node.TEXT_NODE) {
      const start = text.length;
      text += node.data;
      for (const stretch of covering) pending.push({ stretch, start, end: text.length });
    } else if (node.nodeType === Node.ELEMENT_NODE && node.matches(MARKED)) {
      const inner = [...covering, stretchOf(node)];
      for (const child of [...node.childNodes]) walk(child, inner);
    } else {
      flush();
      nodes.push(node);
      const letters = node.firstChild;
      if (letters && covering.length) {
        const end = letters.data.length;
        atText.set(letters, covering.map((stretch) => ({ stretch, start: 0, end })));
        for (const stretch of covering) {
          stretch.ranges.push(new StaticRange({ startContainer: letters, startOffset: 0, endContainer: letters, endOffset: end }));
        }
      }
    }
  };
  for (const child of [...block.childNodes]) walk(child, []);
  flush();
  block.replaceChildren(...nodes);
};

const layer = (name) => {
  if (!layers.has(name)) {
    const highlight = new Highlight();
    highlight.priority = LAYER_ORDER.indexOf(name) + 1;
    layers.set(name, highlight);
    CSS.highlights.set(name, highlight);
  }
  return layers.get(name);
};

const CLASS_OF_LAYER = { current: "current", related: "current-related", sentence: "current-sentence" };

const paint = (stretch, name, on) => {
  if (painting) {
    for (const range of stretch.ranges) layer(name)[on ? "add" : "delete"](range);
  } else {
    stretch.element.classList.toggle(CLASS_OF_LAYER[name], on);
  }
};

const layerOf = ({ severity, wide }) => (wide ? "wide-" : "") + severity;

// Paint a stretch as { severity, wide } says, or not at all for null.
const paintBase = (stretch, look) => {
  const before = stretch.look;
  if (before && look && layerOf(before) === layerOf(look)) return;
  stretch.look = look;
  if (painting) {
    for (const range of stretch.ranges) {
      if (before) layer(layerOf(before)).delete(range);
      if (look) layer(layerOf(look)).add(range);
    }
    return;
  }
  const { classList } = stretch.element;
  if (before) classList.remove(before.severity, "wide");
  classList.toggle("off", !look);
  if (look) classList.add(look.severity, ...(look.wide ? ["wide"] : []));
};

export const startHighlights = () => {
  if (!painting) {
    for (const element of document.querySelectorAll(MARKED)) {
      const stretch = stretchOf(element);
      stretch.look = stretch.whole;
    }
    return;
  }
  for (const block of document.querySelectorAll(".words")) if (block.querySelector(MARKED)) flatten(block);
  for (const stretch of stretches) if (stretch.whole) paintBase(stretch, stretch.whole);
};

// Of what was painted last in a layer, nothing stays.
const last = { current: [], related: [], sentence: [] };
const repaint = (name, chosen) => {
  for (const stretch of last[name]) paint(stretch, name, false);
  for (const stretch of chosen) paint(stretch, name, true);
  last[name] = chosen;
};

export const paintCurrent = (number) => {
  repaint("current", ofNumber.get(number) || []);
  repaint("related", ofRelated.get(number) || []);
};

export const paintSentence = (sentence) => repaint("sentence", ofSentence.get(sentence) || []);

// Paint what is left of each stretch when only some findings are in sight: `lookOf` gives the look of a card's number, or null.
export const paintOnly = (lookOf) => {
  for (const stretch of stretches) {
    if (!stretch.whole) continue;
    const left = stretch.numbers.map(lookOf).filter(Boolean);
    if (left.length === stretch.numbers.length) {
      paintBase(stretch, stretch.whole);
      continue;
    }
    const narrow = left.filter((look) => !look.wide);
    const worst = SEVERITY_ORDER.find((severity) => (narrow.length ? narrow : left).some((look) => look.severity === severity));
    paintBase(stretch, worst ? { severity: worst, wide: !narrow.length } : null);
  }
};

// Return the numbers of the findings under a mouse event, innermost first.
export const numbersUnder = (event) => {
  if (!painting) {
    const mark = event.target.closest?.("mark[data-findings]");
    return mark ? words(mark.dataset.findings) : [];
  }
  if (!event.target.closest?.(".words")) return [];
  const caret = document.caretPositionFromPoint?.(event.clientX, event.clientY);
  const range = caret ? null : document.caretRangeFromPoint?.(event.clientX, event.clientY);
  const node = caret ? caret.offsetNode : range?.startContainer;
  const offset = caret ? caret.offset : range?.startOffset;
  for (const { stretch, start, end } of (node && atText.get(node)) || []) {
    if (stretch.numbers.length && start <= offset && offset <= end && liesUnder(node, start, end, event)) {
      return stretch.numbers;
    }
  }
  return [];
};

// The caret is the nearest to the mouse, which may be far from it: at the end of a short line, say.
const liesUnder = (node, start, end, { clientX, clientY }) => {
  const range = document.createRange();
  range.setStart(node, start);
  range.setEnd(node, end);
  return [...range.getClientRects()].some(
    (box) => box.left <= clientX && clientX <= box.right && box.top <= clientY && clientY <= box.bottom,
  );
};
