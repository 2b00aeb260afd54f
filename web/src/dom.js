// Elements made from values: text is always text, never markup.
const SVG = "http://www.w3.org/2000/svg";

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  for (const child of children.flat(3)) if (child !== null && child !== undefined && child !== false) node.append(child);
  return node;
}

export const html = (tag, attributes, ...children) => fill(document.createElement(tag), attributes, children);
export const svg = (tag, attributes, ...children) => fill(document.createElementNS(SVG, tag), attributes, children);

/** A drawing as wide as its place; the label is what a screen reader says of it. */
export const canvas = (width, height, label, ...children) =>
  svg("svg", { viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": label }, ...children);

/** Cut a text to what fits, about; the whole stays in the tooltip and the table. */
export const cut = (text, room) => (text.length > room ? `${text.slice(0, Math.max(1, room - 1))}…` : text);

/** As `share` in Python: only a true zero is 0, only a true one is 1. */
export function share(value) {
  if (value <= 0) return "0";
  if (value >= 1) return "1";
  const text = value.toFixed(2);
  return text === "0.00" ? "<.01" : text === "1.00" ? ">.99" : text.slice(1);
}

export const SCALE = 10000;
export const levelText = ([, low, expected, high]) => `${share(expected / SCALE)} [${share(low / SCALE)}, ${share(high / SCALE)}]`;

/** Go to a row of evidence, opening what it lies in. */
export function follow(href) {
  const id = href?.startsWith("#") ? href.slice(1) : null;
  const target = id && document.getElementById(id);
  if (target) {
    target.closest("details")?.setAttribute("open", "");
    location.hash = href;
  } else if (href && !id) location.assign(href);
}
