import { data, byId } from "./data.js";
import { readAddress, writeAddress } from "./address.js";
import { paintCurrent, numbersUnder } from "./highlights.js";

// The cards beside the text, and the way from one to the other. `state` is open, accepted, dismissed or settled.
export const cards = [...document.querySelectorAll(".card")].map((element) => ({
  element,
  number: element.dataset.number,
  severity: element.dataset.severity,
  wide: "wide" in element.dataset,
  codes: element.dataset.codes.split(" "),
  settled: element.classList.contains("settled"),
  findings: [],
  state: "open",
  drawn: "open ",
  shown: true,
}));
const byNumber = new Map(cards.map((card) => [card.number, card]));
for (const finding of data.findings) byNumber.get(String(finding.card)).findings.push(finding);

let current = null;
export const currentCard = () => current;
export const cardOf = (element) => byNumber.get(element?.closest(".card")?.dataset.number);
export const cardNumbered = (number) => byNumber.get(number);

// On a narrow screen the cards stand below the text: only one of the two can be shown.
export const sideBySide = () => matchMedia("(min-width: 60rem)").matches;

export const reveal = (element, block) => {
  for (let fold = element.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  element.scrollIntoView({ block });
};

const listeners = [];
export const onSelect = (listener) => listeners.push(listener);

export const select = (card, { showCard = true, showText = true, focus = false, address = "" } = {}) => {
  if (current) current.element.classList.remove("current");
  current = card;
  card.element.classList.add("current");
  paintCurrent(card.number);
  const flag = byId("at-" + card.number);
  if (showText && flag) reveal(flag, "center");
  // Of a card that is taller than the screen the head is what must be seen.
  const fits = card.element.offsetHeight < innerHeight - 40;
  if (showCard) reveal(card.element, fits && (sideBySide() || !showText) ? "nearest" : "start");
  if (focus) card.element.focus({ preventScroll: true });
  writeAddress({ ...readAddress(), target: address || card.element.id });
  for (const listener of listeners) listener(card);
};

export const letGo = () => {
  if (current) current.element.classList.remove("current");
  current = null;
  paintCurrent("");
};

const onFlag = (event, flag) => {
  event.preventDefault();
  select(byNumber.get(flag.dataset.number), { showText: false, focus: true });
};

const onText = (event) => {
  // A second click on the same words goes on to the next finding that covers them.
  const numbers = numbersUnder(event).filter((number) => byNumber.get(number).shown);
  if (!numbers.length) return false;
  const next = numbers[(numbers.indexOf(current?.number) + 1) % numbers.length];
  select(byNumber.get(next), { showText: false, focus: true });
  return true;
};

export const startCards = () => {
  document.addEventListener("click", (event) => {
    const flag = event.target.closest(".flag");
    if (flag) return onFlag(event, flag);
    if (getSelection().isCollapsed && onText(event)) return undefined;
    const card = cardOf(event.target);
    if (card && event.target.closest(".card-number")) {
      event.preventDefault();
      select(card, { showCard: sideBySide() });
    } else if (card && event.target.closest(".to-related")) {
      select(card, { showCard: false, showText: false });
    } else if (card && !event.target.closest("a, summary, button, input, label") && getSelection().isCollapsed) {
      select(card, { showCard: false, showText: sideBySide() });
    }
    return undefined;
  });
  document.querySelector("main")?.addEventListener("mousemove", (event) => {
    event.currentTarget.classList.toggle("over-finding", numbersUnder(event).length > 0);
  });
};
