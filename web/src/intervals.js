// Dots with whiskers: expected share, least to greatest as a thick bar, forced to possible as a thin one.
import { canvas, cut, follow, html, levelText, SCALE, share, svg } from "./dom.js";
import { controls, inWords, keyOf, onChoice } from "./filters.js";
import { legend } from "./legend.js";
import { tip } from "./tip.js";

const ROW = 24;
const FIRST = 20;

export function axis(x, top, bottom, ticks = [0, 0.25, 0.5, 0.75, 1]) {
  return svg("g", { class: "axis", "aria-hidden": "true" }, ticks.map((at) => [
    svg("line", { x1: x(at), x2: x(at), y1: top, y2: bottom }),
    svg("text", { x: x(at), y: top - 6, "text-anchor": "middle", class: "quiet" }, at === 0 || at === 1 ? String(at) : share(at)),
  ]));
}

function row(subject, levels, y, x, edge, narrow, choices) {
  const [forced, low, expected, high, possible] = levels.map((each) => x(each / SCALE));
  const text = narrow ? cut(subject.id, 10) : cut(subject.label, 38);
  const group = svg("g", { tabindex: 0, role: "img", class: "s0", "aria-label": `${subject.label}, ${levelText(levels)}` },
    svg("rect", { x: 0, y: y - ROW / 2, width: edge, height: ROW, fill: "transparent" }),
    svg("line", { x1: 0, x2: edge, y1: y + ROW / 2, y2: y + ROW / 2, class: "row-line" }),
    svg("text", { x: 0, y: y + 4 }, text),
    svg("path", { d: `M${forced} ${y}H${possible}`, class: "whisker wide line" }),
    svg("path", { d: `M${low} ${y}H${high}`, class: "whisker line" }),
    svg("circle", { cx: expected, cy: y, r: 5, class: "fill mark" }));
  group.addEventListener("click", () => follow(subject.href));
  group.addEventListener("keydown", (event) => event.key === "Enter" && follow(subject.href));
  return tip(group, () => [subject.label, subject.place, `expected ${levelText(levels)}`,
    levels[0] !== levels[1] || levels[4] !== levels[3] ? `forced ${share(levels[0] / SCALE)} · possible ${share(levels[4] / SCALE)}` : null, inWords(choices), subject.href && "Enter or click: the declarations behind it"]);
}

export function intervals(figure, data) {
  const place = html("div");
  let all = false;
  const draw = () => {
    const values = data.values[keyOf(data.choices)] ?? {};
    const found = data.subjects.filter((one) => values[one.id]).sort((one, other) => values[other.id][2] - values[one.id][2] || values[other.id][3] - values[one.id][3]);
    const shown = all ? found : found.slice(0, FIRST);
    const width = Math.max(300, Math.round(place.clientWidth || 900));
    const narrow = width < 620;
    const left = narrow ? 70 : 300;
    const x = (at) => Math.round((left + at * (width - left - 14)) * 10) / 10;
    const height = 26 + shown.length * ROW;
    const more = html("button", { type: "button", onclick: () => { all = !all; draw(); } }, all ? `Show the first ${FIRST}` : `Show all ${found.length}`);
    place.replaceChildren(...[
      found.length ? canvas(width, height, `${inWords(data.choices)}: ${shown.length} rows, expected share with bounds. The table below holds the same figures.`,
        axis(x, 20, height), shown.map((one, index) => row(one, values[one.id], 26 + ROW / 2 + index * ROW, x, width, narrow, data.choices)))
        : html("p", { class: "note" }, "No message carries this data in this way; choose another."),
      legend([["s0 fill", "expected", "dot"], ["s0 line whisker", "at least to at most", "line"], data.bounds_only ? null : ["s0 line whisker wide", "forced to possible", "line"]].filter(Boolean)),
      found.length > FIRST ? more : null].filter(Boolean));
  };
  figure.append(controls(data.choices), place);
  onChoice(place, draw);
  return draw;
}
