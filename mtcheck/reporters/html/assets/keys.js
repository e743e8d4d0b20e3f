import { byId, remember, remembered } from "./data.js";
import { cards, currentCard, letGo, select, sideBySide } from "./cards.js";
import { paintSentence } from "./highlights.js";
import { askReason, decideCurrent, undo } from "./review.js";

// Keys of one letter. They can be switched off (WCAG 2.1.4), since they get in the way of those who dictate.
const SHORTCUTS = "mtcheck:shortcuts";
let on = remembered(SHORTCUTS) !== "off";

const walk = (step) => {
  const shown = cards.filter((card) => card.shown);
  const position = shown.indexOf(currentCard());
  const next = position < 0 ? (step > 0 ? 0 : shown.length - 1) : position + step;
  if (shown[next]) select(shown[next], { showText: sideBySide(), focus: true });
};

export const help = () => {
  if (byId("help").open) byId("help").close();
  else byId("help").showModal();
};

const ACTIONS = {
  j: () => walk(1),
  k: () => walk(-1),
  a: () => decideCurrent("accepted"),
  d: () => decideCurrent("dismissed"),
  r: askReason,
  u: undo,
  f: () => {
    byId("filter").focus();
    byId("filter").select();
  },
  "?": help,
};

export const startKeys = () => {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "Escape" && byId("help").open) {
      // At once: the browser would close it a moment later, and a quick next key would still go into its fields.
      event.preventDefault();
      byId("help").close();
      return;
    }
    if (event.target.closest("input, select, textarea")) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (event.key === "Escape") {
      letGo();
      paintSentence("");
    }
    // With a letter of another alphabet the key is told by its place on the keyboard.
    const key = event.key in ACTIONS ? event.key : /^Key[A-Z]$/.test(event.code) && /[^\x00-\x7f]/.test(event.key) ? event.code.slice(3).toLowerCase() : event.key;
    const action = on && Object.hasOwn(ACTIONS, key) && (key === "?" || !byId("help").open) ? ACTIONS[key] : null;
    if (!action) return;
    event.preventDefault();
    action();
  });
  const box = byId("shortcuts");
  box.checked = on;
  box.addEventListener("change", () => {
    on = box.checked;
    remember(SHORTCUTS, on ? "on" : "off");
  });
  byId("help-button").addEventListener("click", help);
  byId("help-close").addEventListener("click", () => byId("help").close());
};
