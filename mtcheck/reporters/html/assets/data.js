// What the page says to its scripts, as data: `signature` of the report, and what the page is about.
export const data = JSON.parse(document.getElementById("report-data").textContent);

export const byId = (id) => document.getElementById(id);

export const announce = (text) => {
  const said = byId("said");
  if (said) said.textContent = text;
};

// Storage may be forbidden or full: then nothing is remembered, and the caller is told.
export const remember = (key, value) => {
  try {
    localStorage.setItem(key, value);
    return true;
  } catch {
    return false;
  }
};

export const remembered = (key) => {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
};
