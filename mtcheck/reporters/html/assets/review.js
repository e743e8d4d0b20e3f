import { announce, byId, remember, remembered } from "./data.js";
import { cards, currentCard, select, cardOf, onSelect, sideBySide } from "./cards.js";
import { decideAll, decisionOf, decisionCount, download, loadDecisions, onDecisionElsewhere, servedBy } from "./decisions.js";
import { applyFilters } from "./filters.js";

// Accepting and dismissing, seen and undone on the cards.
const REVIEWER = "mtcheck:reviewer";
const SAID = { accepted: "Accepted", dismissed: "Dismissed", open: "To decide again" };
const steps = [];

const reasonField = document.createElement("label");
reasonField.className = "reason";
const reasonInput = document.createElement("input");
reasonInput.maxLength = 2000;
reasonInput.autocomplete = "off";
reasonField.append("Reason ", reasonInput);

const reviewer = () => byId("reviewer").value.trim();

const describe = (decision) => {
  const parts = [SAID[decision.decision]];
  if (decision.spread) parts.push(` with the same text in ${decision.document}`);
  if (decision.reviewer) parts.push(` by ${decision.reviewer}`);
  if (decision.reason) parts.push(`: ${decision.reason}`);
  return parts.join("");
};

const showCard = (card) => {
  const held = card.findings.map(decisionOf);
  const first = held.find(Boolean);
  const decided = held.every(Boolean);
  card.state = decided ? (held.some((each) => each.decision === "accepted") ? "accepted" : "dismissed") : card.settled ? "settled" : "open";
  const words = decided ? describe(first) : "";
  // Of thousands of cards a decision changes a few.
  const drawn = `${card.state} ${words}`;
  if (card.drawn === drawn) return;
  card.drawn = drawn;
  const { element } = card;
  element.querySelector(".decided").textContent = words;
  element.classList.toggle("is-accepted", card.state === "accepted");
  element.classList.toggle("is-dismissed", card.state === "dismissed");
  element.querySelector('[data-decide="open"]').hidden = !decided;
  for (const name of ["accepted", "dismissed"]) {
    element.querySelector(`[data-decide="${name}"]`).setAttribute("aria-pressed", String(card.state === name));
  }
};

const plural = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;

export const showDecisions = () => {
  for (const card of cards) showCard(card);
  const left = cards.filter((card) => card.state === "open").length;
  byId("progress").textContent = left ? `${left} of ${cards.length} to decide` : "All decided.";
  const where = servedBy ? "written to disk as you decide" : "kept in this browser: download them when you are done";
  byId("kept").textContent = `${plural(decisionCount(), "decision")}, ${where}.`;
  applyFilters();
};

const decide = async (card, decision, reason, { isUndo = false } = {}) => {
  const before = card.findings.map((finding) => decisionOf(finding));
  const dismissedBefore = new Set(cards.filter((each) => each.state === "dismissed"));
  const kept = await decideAll(card.findings, decision, reason, reviewer());
  if (!kept && servedBy) {
    announce("Not saved: mtcheck review does not answer. Start it again and decide once more.");
    return false;
  }
  if (!isUndo) steps.push({ card, before });
  showDecisions();
  const along = cards.filter((each) => each !== card && each.state === "dismissed" && !dismissedBefore.has(each)).length;
  announce(
    `${SAID[decision]}: finding ${card.number}.` +
      (along ? ` With it ${plural(along, "other finding")} of the same text on this page.` : "") +
      (kept ? "" : " This browser keeps nothing: download the decisions before you close the page."),
  );
  return true;
};

// Decide about the selected card and go on to the next one that waits.
export const decideCurrent = async (decision) => {
  const card = currentCard();
  if (!card) {
    announce("Select a finding first: j goes to the next one.");
    return;
  }
  if (!(await decide(card, decision, reasonInput.value.trim()))) return;
  const from = cards.indexOf(card);
  const waiting = [...cards.slice(from + 1), ...cards.slice(0, from)].find((each) => each.shown && each.state === "open");
  if (waiting) select(waiting, { showText: sideBySide(), focus: true });
};

export const undo = async () => {
  const step = steps.pop();
  const card = step ? step.card : currentCard();
  if (!card) return;
  const before = step && step.before.find((each) => each && !each.spread);
  await decide(card, before ? before.decision : "open", before ? before.reason : "", { isUndo: true });
  if (card.shown) select(card, { showText: sideBySide(), focus: true });
};

export const askReason = () => {
  if (!currentCard()) return;
  reasonInput.focus();
};

const keepReason = async () => {
  const card = currentCard();
  const held = card && card.findings.map(decisionOf).find((each) => each && !each.spread);
  if (held && held.reason !== reasonInput.value.trim()) await decide(card, held.decision, reasonInput.value.trim());
};

export const startReview = async () => {
  onSelect((card) => {
    const held = card.findings.map(decisionOf).find((each) => each && !each.spread);
    const place = card.element.querySelector(".decide");
    if (reasonField.parentElement !== place) {
      place.append(reasonField);
      reasonInput.value = held ? held.reason : "";
      reasonInput.setAttribute("aria-label", `Reason for finding ${card.number}`);
    }
  });
  reasonInput.addEventListener("change", keepReason);
  reasonInput.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    currentCard()?.element.focus({ preventScroll: true });
  });
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-decide]");
    const card = button && cardOf(button);
    if (!card) return;
    if (currentCard() !== card) select(card, { showCard: false, showText: sideBySide() });
    if (button.dataset.decide === "open") reasonInput.value = "";
    await decide(card, button.dataset.decide, reasonInput.value.trim());
    card.element.focus({ preventScroll: true });
  });
  byId("reviewer").value = remembered(REVIEWER) || "";
  byId("reviewer").addEventListener("input", () => remember(REVIEWER, byId("reviewer").value));
  byId("download").addEventListener("click", download);
  onDecisionElsewhere(showDecisions);
  try {
    await loadDecisions();
  } catch {
    announce("The decisions on disk could not be read: mtcheck review does not answer.");
  }
  showDecisions();
};
