import { data, remember } from "./data.js";

// What was decided about findings. Kept in the browser under the report's signature, one entry a finding, so that two tabs never
// overwrite each other; or on the disk, by the program that serves this page (`mtcheck review`). The last word about a finding
// holds. A dismissal also holds for the same text elsewhere, as long as nothing was decided there.

const PREFIX = `mtcheck:${data.signature}:`;
const own = new Map();
let spread = new Map();

const reckon = () => {
  spread = new Map();
  for (const decision of own.values()) {
    if (decision.decision === "dismissed" && decision.alike) spread.set(decision.alike, decision);
  }
};

const take = (text) => {
  try {
    const decision = JSON.parse(text);
    if (typeof decision.fingerprint === "string") own.set(decision.fingerprint, decision);
  } catch {
    // Half a line, or somebody else's entry: no decision.
  }
};

export const servedBy = data.decisions || "";

export const loadDecisions = async () => {
  own.clear();
  if (servedBy) {
    const answer = await fetch(servedBy);
    if (!answer.ok) throw new Error(String(answer.status));
    for (const line of (await answer.text()).split("\n")) if (line) take(line);
  } else {
    try {
      for (let index = 0; index < localStorage.length; index += 1) {
        const key = localStorage.key(index);
        if (key.startsWith(PREFIX)) take(localStorage.getItem(key));
      }
    } catch {
      // No storage: the page works, and remembers until it is closed.
    }
  }
  reckon();
};

// Return what holds for a finding: {decision, by, spread}, `spread` where it was decided elsewhere; null for nothing.
export const decisionOf = (finding) => {
  const mine = own.get(finding.fingerprint);
  if (mine) return mine.decision === "open" ? null : { ...mine, spread: false };
  const alike = finding.alike && spread.get(finding.alike);
  return alike ? { ...alike, spread: true } : null;
};

// Decide about findings at once. Resolves to false where it could not be kept; on a served page nothing has changed then.
export const decideAll = async (findings, decision, reason, reviewer) => {
  const time = new Date().toISOString().replace(/\.\d+Z$/, "Z");
  const made = findings.map(({ fingerprint, code, text, alike }) => ({
    fingerprint, decision, reason, reviewer, time, document: data.document, code, text, alike,
  }));
  let kept = true;
  if (servedBy) {
    kept = await send(made);
    if (!kept) return false;
  }
  for (const each of made) {
    own.set(each.fingerprint, each);
    if (!servedBy) kept = remember(PREFIX + each.fingerprint, JSON.stringify(each)) && kept;
  }
  reckon();
  return kept;
};

const send = async (decisions) => {
  try {
    const answer = await fetch(servedBy, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(decisions.map(({ fingerprint, decision, reason, reviewer }) => ({ fingerprint, decision, reason, reviewer }))),
    });
    return answer.ok;
  } catch {
    return false;
  }
};

export const decisionCount = () => [...own.values()].filter(({ decision }) => decision !== "open").length;

export const decisionsByDocument = () => {
  const counts = new Map();
  for (const { decision, document } of own.values()) {
    if (decision !== "open") counts.set(document, (counts.get(document) || 0) + 1);
  }
  return counts;
};

export const download = () => {
  const lines = [...own.values()].sort((left, right) => (left.time < right.time ? -1 : left.time > right.time ? 1 : 0));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob(lines.map((each) => JSON.stringify(each) + "\n"), { type: "application/jsonl" }));
  link.download = "decisions.jsonl";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
};

// Another tab of this report has decided something.
export const onDecisionElsewhere = (then) => {
  if (servedBy) return;
  addEventListener("storage", (event) => {
    if (event.key !== null && !event.key.startsWith(PREFIX)) return;
    loadDecisions().then(then);
  });
};
