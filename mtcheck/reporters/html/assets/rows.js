import { data, byId } from "./data.js";

// The rows of the index. A small report has them all in its table; a large one has the worst there, and all of them as data:
// [address, title, path, record, languages, stripes, counts by severity, penalty a thousand words, words].
const table = byId("table");
export const body = table?.tBodies[0];
const severities = ["critical", "major", "minor", "neutral"];

const fromElement = (element, order) => ({
  element,
  order,
  document: element.dataset.document,
  level: Number(element.dataset.level),
  values: [...element.cells].map((cell) => (cell.classList.contains("figure") ? Number(cell.dataset.value) : cell.dataset.value)),
  searched: (element.cells[0].textContent + " " + element.cells[1].textContent).toLowerCase(),
});

const fromData = (row, order) => {
  const [href, title, path, record, languages, stripes, counts, rate, words] = row;
  return {
    element: null,
    order,
    row: { href, title, path, record, languages, stripes, counts, rate, words },
    document: record || path,
    level: counts[0] + counts[1] ? 2 : counts[2] + counts[3] ? 1 : 0,
    values: [title, languages.split(" ")[0], ...counts, rate ?? -1, words],
    searched: `${title} ${path} ${record} ${languages}`.toLowerCase(),
  };
};

const isolated = (text) => {
  const element = document.createElement("bdi");
  element.textContent = text;
  return element;
};

const figure = (cell, value, shown) => {
  cell.dataset.value = value;
  cell.textContent = shown;
};

// The table's own first row is the mold: what is scanned text is set as text, never as markup.
const made = ({ row, level, order }) => {
  const element = body.rows[0].cloneNode(true);
  element.dataset.order = order;
  element.dataset.level = level;
  const [documentCell, languages, ...figures] = element.cells;
  documentCell.dataset.value = row.title;
  const link = documentCell.querySelector("a");
  link.href = row.href;
  link.textContent = row.title;
  documentCell.querySelector(".path").replaceChildren(isolated(row.path), ...(row.record ? [" ", isolated(row.record)] : []));
  documentCell.querySelector(".row-decisions").textContent = "";
  languages.querySelector(".language-names").textContent = row.languages;
  const ribbon = languages.querySelector("svg");
  let start = 0;
  ribbon.replaceChildren(
    ...row.stripes.map(([color, width]) => {
      const stripe = document.createElementNS("http://www.w3.org/2000/svg", "rect");
      for (const [name, value] of Object.entries({ class: color, x: start, width, y: 0, height: 10 })) stripe.setAttribute(name, value);
      start += width;
      return stripe;
    }),
  );
  row.counts.forEach((count, index) => {
    figures[index].dataset.value = count;
    const shown = document.createElement("span");
    shown.className = count ? `severity ${severities[index]}` : "none";
    shown.textContent = count.toLocaleString("en");
    figures[index].replaceChildren(shown);
  });
  figure(figures[4], row.rate ?? -1, row.rate === null ? "–" : String(Math.round(row.rate * 10) / 10));
  figure(figures[5], row.words, row.words.toLocaleString("en"));
  return element;
};

export const elementOf = (record) => {
  record.element ??= made(record);
  return record.element;
};

const standing = body ? [...body.rows] : [];
export const records = data.rows
  ? data.rows.map((row, order) => ({ ...fromData(row, order), element: standing[order] || null }))
  : standing.map(fromElement);
