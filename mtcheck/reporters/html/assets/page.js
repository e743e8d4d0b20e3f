import { byId } from "./data.js";
import { readAddress } from "./address.js";
import { startHighlights, paintSentence } from "./highlights.js";
import { cards, cardOf, reveal, select, startCards } from "./cards.js";
import { filtersFromAddress, keepFilters, startFilters, unfilter } from "./filters.js";
import { startReview } from "./review.js";
import { startKeys } from "./keys.js";

// Without these scripts the page still has its marks and its links.
const follow = () => {
  const { target } = readAddress();
  const element = target && byId(target);
  paintSentence(element && target.startsWith("sentence-") ? target.slice("sentence-".length) : "");
  if (!element) return;
  const card = cardOf(element);
  if (!card) {
    reveal(element, element.tagName === "DETAILS" ? "start" : "center");
    return;
  }
  if (!card.shown) unfilter();
  select(card, { address: target });
};

document.documentElement.classList.add("scripted");
startHighlights();
if (cards.length) {
  startCards();
  startFilters();
  startKeys();
  filtersFromAddress();
  startReview();
}
addEventListener("hashchange", () => {
  if (cards.length && readAddress().settings.toString()) filtersFromAddress();
  else if (cards.length) keepFilters();
  follow();
});
follow();

// Print shows everything.
addEventListener("beforeprint", () => {
  for (const fold of document.querySelectorAll("details")) fold.open = true;
});
