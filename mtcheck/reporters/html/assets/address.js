// What is selected and what is filtered lives behind the # of the address: #finding-1f3a&severity=critical,major&check=QUO003.
// A query would not do: browsers refuse to change that of a file.

export const readAddress = () => {
  const [first, ...rest] = location.hash.slice(1).split("&");
  const named = first.includes("=");
  return {
    target: named ? "" : safelyDecoded(first),
    settings: new URLSearchParams((named ? [first, ...rest] : rest).join("&")),
  };
};

export const writeAddress = ({ target, settings }) => {
  const parts = [target ? encodeURIComponent(target) : "", settings.toString()].filter(Boolean);
  const address = location.pathname + location.search + (parts.length ? "#" + parts.join("&") : "");
  history.replaceState(null, "", address);
};

const safelyDecoded = (text) => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};
