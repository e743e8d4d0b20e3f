import { data, byId } from "./data.js";
import { readAddress, writeAddress } from "./address.js";
import { body, elementOf, records } from "./rows.js";
import { decisionCount, decisionsByDocument, download, loadDecisions, onDecisionElsewhere, servedBy } from "./decisions.js";

// Sorts and filters the table of documents, and tells how far its review has come. Without this script the table stands as it
// is, worst first.
const AT_ONCE = 200;
const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });
let matching = records;
let atMost = AT_ONCE;

const draw = () => {
  body.replaceChildren(...matching.slice(0, atMost).map(elementOf));
  byId("more").hidden = matching.length <= atMost;
  byId("shown").textContent =
    matching.length === records.length ? "" : `${matching.length.toLocaleString("en")} of ${records.length.toLocaleString("en")} shown`;
  showDecisions();
};

const showDecisions = () => {
  const counts = decisionsByDocument();
  for (const record of matching.slice(0, atMost)) {
    const count = counts.get(record.document);
    record.element.querySelector(".row-decisions").textContent = count ? ` · ${count.toLocaleString("en")} decided` : "";
  }
  const count = decisionCount();
  byId("review").hidden = !count;
  byId("decided").textContent = `${count.toLocaleString("en")} ${count === 1 ? "decision" : "decisions"} ${servedBy ? "on disk" : "in this browser"}.`;
};

const apply = () => {
  const { settings } = readAddress();
  const words = (settings.get("filter") || "").toLowerCase().split(/\s+/).filter(Boolean);
  const least = Number(settings.get("least")) || 0;
  matching = records.filter((record) => record.level >= least && words.every((word) => record.searched.includes(word)));
  const heads = [...byId("table").tHead.rows[0].cells];
  const column = heads.findIndex((head) => head.dataset.name && head.dataset.name === settings.get("sort"));
  const descending = settings.get("order") === "descending";
  for (const [index, head] of heads.entries()) {
    if (index === column) head.setAttribute("aria-sort", descending ? "descending" : "ascending");
    else head.removeAttribute("aria-sort");
  }
  if (column >= 0) {
    const numeric = heads[column].dataset.sort === "number";
    const compare = numeric ? (left, right) => left - right : collator.compare;
    matching.sort((left, right) => {
      const order = compare(left.values[column], right.values[column]);
      return (descending ? -order : order) || left.order - right.order;
    });
  }
  atMost = AT_ONCE;
  draw();
};

const set = (changes) => {
  const { settings } = readAddress();
  for (const [name, value] of Object.entries(changes)) {
    if (value) settings.set(name, value);
    else settings.delete(name);
  }
  writeAddress({ target: "", settings });
  apply();
};

const start = async () => {
  byId("controls").hidden = false;
  for (const nav of document.querySelectorAll(".shards")) nav.hidden = records.length === data.documents;
  const fields = { filter: byId("filter"), least: byId("least") };
  const fromAddress = () => {
    const { settings } = readAddress();
    fields.filter.value = settings.get("filter") || "";
    fields.least.value = settings.get("least") || "";
    if (fields.least.selectedIndex < 0) fields.least.selectedIndex = 0;
    apply();
  };
  for (const [name, field] of Object.entries(fields)) field.addEventListener("input", () => set({ [name]: field.value }));
  for (const head of byId("table").tHead.rows[0].cells) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const before = head.getAttribute("aria-sort");
      const descending = before ? before === "ascending" : head.dataset.sort === "number";
      set({ sort: head.dataset.name, order: descending ? "descending" : "ascending" });
    });
  }
  byId("more").addEventListener("click", () => {
    const first = matching[atMost];
    atMost += AT_ONCE;
    draw();
    first.element.querySelector("a").focus();
  });
  byId("download").addEventListener("click", download);
  addEventListener("hashchange", fromAddress);
  onDecisionElsewhere(showDecisions);
  fromAddress();
  await loadDecisions();
  showDecisions();
};

if (body) start();
