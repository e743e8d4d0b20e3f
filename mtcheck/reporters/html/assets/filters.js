import { byId } from "./data.js";
import { readAddress, writeAddress } from "./address.js";
import { cards } from "./cards.js";
import { paintOnly } from "./highlights.js";

// Which findings are in sight. The settings stand in the address, and every count says what would be seen with it.
const SEVERITIES = ["critical", "major", "minor", "neutral"];
const wanted = { severity: new Set(SEVERITIES), check: "", state: "", filter: "" };
const texts = new Map();

const textOf = (card) => {
  if (!texts.has(card)) texts.set(card, card.element.textContent.toLowerCase());
  return texts.get(card);
};

const tests = {
  severity: (card) => wanted.severity.has(card.severity),
  check: (card) => !wanted.check || card.codes.includes(wanted.check),
  state: (card) => !wanted.state || card.state === wanted.state,
  filter: (card) => !wanted.filter || wanted.filter.toLowerCase().split(/\s+/).every((word) => textOf(card).includes(word)),
};

// Return how many cards each value of one setting would show, with all the other settings as they are.
const counted = (setting, valuesOf) => {
  const others = Object.keys(tests).filter((name) => name !== setting);
  const counts = new Map();
  for (const card of cards) {
    if (!others.every((name) => tests[name](card))) continue;
    for (const value of valuesOf(card)) counts.set(value, (counts.get(value) || 0) + 1);
    counts.set("", (counts.get("") || 0) + 1);
  }
  return counts;
};

const countOptions = (select, counts) => {
  for (const option of select.options) {
    if (option.dataset.name) option.textContent = `${option.dataset.name} (${counts.get(option.value) || 0})`;
  }
};

export const applyFilters = () => {
  let count = 0;
  for (const card of cards) {
    const shown = Object.values(tests).every((test) => test(card));
    if (shown !== card.shown) {
      card.shown = shown;
      card.element.classList.toggle("filtered", !shown);
      byId("at-" + card.number)?.classList.toggle("filtered", !shown);
    }
    if (card.shown) count += 1;
  }
  const painted = new Map(cards.filter((card) => card.shown && card.state !== "dismissed").map((card) => [card.number, card]));
  paintOnly((number) => painted.get(number) || null);
  const bySeverity = counted("severity", (card) => [card.severity]);
  for (const button of document.querySelectorAll("button[data-severity]")) {
    button.setAttribute("aria-pressed", String(wanted.severity.has(button.dataset.severity)));
    button.querySelector(".count").textContent = (bySeverity.get(button.dataset.severity) || 0).toLocaleString("en");
  }
  countOptions(byId("check"), counted("check", (card) => card.codes));
  countOptions(byId("state"), counted("state", (card) => [card.state]));
  byId("shown").textContent = count === cards.length ? "" : `${count} of ${cards.length} shown`;
  byId("clear").hidden = count === cards.length;
  byId("none-shown").hidden = count > 0;
};

const FIELDS = ["check", "state", "filter"];

const toAddress = () => {
  const { target, settings } = readAddress();
  if (wanted.severity.size < SEVERITIES.length) {
    settings.set("severity", SEVERITIES.filter((each) => wanted.severity.has(each)).join(","));
  } else {
    settings.delete("severity");
  }
  for (const name of FIELDS) {
    if (wanted[name]) settings.set(name, wanted[name]);
    else settings.delete(name);
  }
  writeAddress({ target, settings });
};

export const filtersFromAddress = () => {
  const { settings } = readAddress();
  const severities = (settings.get("severity") || "").split(",").filter((each) => SEVERITIES.includes(each));
  wanted.severity = new Set(settings.has("severity") ? severities : SEVERITIES);
  for (const name of FIELDS) {
    byId(name).value = settings.get(name) || "";
    // A check that this page has not, or a word that is no state, leaves the list empty: then nothing is filtered by it.
    wanted[name] = byId(name).value || "";
    if (!wanted[name]) byId(name).value = "";
  }
  applyFilters();
};

// After a link within the page, whose address says nothing of filters: they stay as they are, and go back into the address.
export const keepFilters = () => toAddress();

// Bring a card in sight that a link leads to, though a filter would hide it.
export const unfilter = () => {
  wanted.severity = new Set(SEVERITIES);
  for (const name of FIELDS) {
    wanted[name] = "";
    byId(name).value = "";
  }
  toAddress();
  applyFilters();
};

export const startFilters = () => {
  for (const button of document.querySelectorAll("button[data-severity]")) {
    button.addEventListener("click", () => {
      const { severity } = button.dataset;
      if (!wanted.severity.delete(severity)) wanted.severity.add(severity);
      toAddress();
      applyFilters();
    });
  }
  for (const name of FIELDS) {
    byId(name).addEventListener("input", () => {
      wanted[name] = byId(name).value.trim();
      toAddress();
      applyFilters();
    });
  }
  byId("clear").addEventListener("click", () => {
    unfilter();
    byId("filter").focus();
  });
};
