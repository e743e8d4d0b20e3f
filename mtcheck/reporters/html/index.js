"use strict";
// Sorts and filters the table of documents. Without this script the table stands as it is, worst first.
(() => {
  const table = document.getElementById("table");
  if (!table) return;
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const filter = document.getElementById("filter");
  const least = document.getElementById("least");
  const shown = document.getElementById("shown");
  const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });
  const texts = new Map(rows.map((row) => [row, (row.cells[0].textContent + " " + row.cells[1].textContent).toLowerCase()]));
  document.getElementById("filters").hidden = false;

  const apply = () => {
    const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const row of rows) {
      row.hidden = Number(row.dataset.level) < Number(least.value) || !words.every((word) => texts.get(row).includes(word));
      if (!row.hidden) count += 1;
    }
    shown.textContent = count === rows.length ? "" : count + " of " + rows.length + " shown";
  };
  filter.addEventListener("input", apply);
  least.addEventListener("change", apply);

  for (const [column, head] of [...table.tHead.rows[0].cells].entries()) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const numeric = head.dataset.sort === "number";
      const before = head.getAttribute("aria-sort");
      const descending = before ? before === "ascending" : numeric;
      for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", descending ? "descending" : "ascending");
      const value = (row) => row.cells[column].dataset.value;
      rows.sort((left, right) => {
        const order = numeric ? Number(value(left)) - Number(value(right)) : collator.compare(value(left), value(right));
        return (descending ? -order : order) || Number(left.dataset.order) - Number(right.dataset.order);
      });
      body.append(...rows);
    });
  }
  apply();
})();
