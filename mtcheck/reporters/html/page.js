"use strict";
// Ties the marks in the text to the cards beside it. Without this script the page still has its links.
(() => {
  const cards = [...document.querySelectorAll(".card")];
  const byNumber = new Map(cards.map((card) => [card.dataset.number, card]));
  const sentences = [...document.querySelectorAll("[data-sentence]")];
  const spans = [...document.querySelectorAll("[data-findings], [data-related]")];
  const numbersOf = (element, name) => (element.dataset[name] || "").split(" ").filter(Boolean);
  let current = null;

  const reveal = (element, block) => {
    for (let fold = element.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    element.scrollIntoView({ block });
  };

  const select = (number, { showCard = true, showText = true, focus = false } = {}) => {
    const card = byNumber.get(number);
    if (!card) return;
    current = number;
    for (const other of cards) other.classList.toggle("current", other === card);
    for (const span of spans) {
      span.classList.toggle("current", numbersOf(span, "findings").includes(number));
      span.classList.toggle("current-related", numbersOf(span, "related").includes(number));
    }
    const flag = document.getElementById("at-" + number);
    if (showText && flag) reveal(flag, "center");
    if (showCard) reveal(card, sideBySide() || !showText ? "nearest" : "start");
    if (focus) card.focus({ preventScroll: true });
    history.replaceState(null, "", "#" + card.id);
  };

  // On a narrow screen the cards stand below the text: only one of the two can be shown.
  const sideBySide = () => matchMedia("(min-width: 60rem)").matches;

  document.addEventListener("click", (event) => {
    const flag = event.target.closest(".flag");
    if (flag) {
      event.preventDefault();
      select(flag.dataset.number, { showText: false, focus: true });
      return;
    }
    const mark = event.target.closest("mark[data-findings]");
    if (mark && getSelection().isCollapsed) {
      // A second click on the same words goes on to the next finding that covers them.
      const numbers = numbersOf(mark, "findings").filter((number) => !byNumber.get(number).hidden);
      if (numbers.length) {
        select(numbers[(numbers.indexOf(current) + 1) % numbers.length], { showText: false, focus: true });
      }
      return;
    }
    const card = event.target.closest(".card");
    if (card && event.target.closest(".card-number")) {
      event.preventDefault();
      select(card.dataset.number, { showCard: sideBySide() });
    } else if (card && event.target.closest(".to-related")) {
      select(card.dataset.number, { showCard: false, showText: false });
    } else if (card && !event.target.closest("a, summary") && getSelection().isCollapsed) {
      select(card.dataset.number, { showCard: false, showText: sideBySide() });
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
    const shown = cards.filter((card) => !card.hidden);
    if (event.key === "Escape") {
      for (const element of document.querySelectorAll(".current, .current-related")) {
        element.classList.remove("current", "current-related");
      }
      markSentence("");
      current = null;
    } else if ((event.key === "j" || event.key === "k") && shown.length) {
      const position = shown.findIndex((card) => card.dataset.number === current);
      const step = event.key === "j" ? 1 : -1;
      const next = position < 0 ? (step > 0 ? 0 : shown.length - 1) : position + step;
      if (shown[next]) select(shown[next].dataset.number, { showText: sideBySide(), focus: true });
      event.preventDefault();
    }
  });

  for (const button of document.querySelectorAll("button[data-severity]")) {
    button.addEventListener("click", () => {
      const on = button.getAttribute("aria-pressed") !== "true";
      button.setAttribute("aria-pressed", String(on));
      for (const card of cards) if (card.dataset.severity === button.dataset.severity) card.hidden = !on;
      for (const span of spans) {
        const numbers = numbersOf(span, "findings");
        span.classList.toggle("off", numbers.length > 0 && numbers.every((number) => byNumber.get(number).hidden));
      }
      for (const flag of document.querySelectorAll(".flag")) flag.hidden = byNumber.get(flag.dataset.number).hidden;
    });
  }

  const markSentence = (number) => {
    for (const piece of sentences) piece.classList.toggle("current-sentence", piece.dataset.sentence === number);
  };

  const follow = () => {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    markSentence(target.id.startsWith("sentence-") ? target.id.slice("sentence-".length) : "");
    if (target.classList.contains("card")) select(target.dataset.number, { showCard: true });
    else reveal(target, target.tagName === "DETAILS" ? "start" : "center");
  };
  addEventListener("hashchange", follow);
  follow();

  // Print shows everything.
  addEventListener("beforeprint", () => {
    for (const fold of document.querySelectorAll("details")) fold.open = true;
  });
})();
