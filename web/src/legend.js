// The scale of shares: seven steps that stay apart for every kind of colour vision, and hatching for what is not known.
import { html, svg } from "./dom.js";

export const STEPS = [0, 0.05, 0.1, 0.25, 0.5, 0.75, 1];
const WORDS = ["none", "up to .05", "up to .10", "up to .25", "up to .50", "up to .75", "up to 1"];
let made = 0;

export const binOf = (value) => (value <= 0 ? 0 : STEPS.findIndex((step) => value <= step));

/** A pattern of thin lines; each drawing needs its own, since an id is unique. */
export function hatch() {
  const id = `hatch-${++made}`;
  const pattern = svg(
    "pattern",
    { id, width: 5, height: 5, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
    svg("rect", { width: 5, height: 5, class: "hatch-ground" }),
    svg("line", { x1: 0, y1: 0, x2: 0, y2: 5, class: "hatch-line" }),
  );
  return { defs: svg("defs", null, pattern), fill: `url(#${id})` };
}

const swatch = (...children) => svg("svg", { viewBox: "0 0 20 13", "aria-hidden": "true" }, ...children);

export function scaleLegend() {
  const pattern = hatch();
  return html(
    "ul",
    { class: "legend", "aria-label": "Legend" },
    WORDS.map((words, bin) => html("li", null, swatch(svg("rect", { width: 20, height: 13, class: `bin-${bin} tile` })), words)),
    html("li", null, swatch(pattern.defs, svg("rect", { width: 20, height: 13, fill: pattern.fill, class: "tile" })), "nothing declared: not known"),
  );
}

/** Entries of [class, words, shape]. */
export const legend = (entries) =>
  html("ul", { class: "legend", "aria-label": "Legend" }, entries.map(([name, words, shape = "rect"]) =>
    html("li", null, swatch(shape === "dot" ? svg("circle", { cx: 10, cy: 6.5, r: 5, class: name }) : shape === "line"
      ? svg("path", { d: "M0 6.5H20", class: name }) : svg("rect", { width: 20, height: 13, class: name })), words)));
