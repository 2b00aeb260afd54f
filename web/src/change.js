// Before and after: two dots on one line; and what each further change would buy.
import { canvas, cut, html, SCALE, share, svg } from "./dom.js";
import { controls, onChoice, value } from "./filters.js";
import { axis } from "./intervals.js";
import { legend } from "./legend.js";
import { tip } from "./tip.js";

export function change(figure, data) {
  const place = html("div");
  const draw = () => {
    const rows = data.values[data.choices.map(value).join("|")] ?? [];
    const width = Math.max(300, Math.round(place.clientWidth || 900));
    const narrow = width < 620;
    const left = narrow ? 8 : Math.min(330, 20 + Math.max(0, ...rows.map((one) => one.label.length)) * 6.6);
    const step = narrow ? 42 : 30;
    const x = (at) => left + (at / SCALE) * (width - left - 18);
    const height = 26 + rows.length * step;
    const shapes = rows.map((one, at) => {
      const y = 26 + at * step + (narrow ? 30 : step / 2);
      const spread = one.low !== null && one.high !== null;
      const words = [one.label, `before ${share(one.before / SCALE)}`, `after ${share(one.after / SCALE)}${spread ? ` [${share(one.low / SCALE)}, ${share(one.high / SCALE)}]` : ""}`];
      const group = svg("g", { tabindex: 0, role: "img", "aria-label": words.join(", ") },
        svg("rect", { x: 0, y: 26 + at * step, width, height: step, fill: "transparent" }),
        svg("text", { x: 0, y: narrow ? y - 13 : y + 4 }, cut(one.label, Math.floor((narrow ? width : left) / 6.4))),
        svg("path", { d: `M${x(one.before)} ${y}H${x(one.after)}`, class: "move" }),
        spread && svg("path", { d: `M${x(one.low)} ${y}H${x(one.high)}`, class: "whisker line s0" }),
        svg("circle", { cx: x(one.before), cy: y, r: 5, class: "was" }),
        svg("circle", { cx: x(one.after), cy: y, r: 6, class: "fill s0 mark" }));
      return tip(group, () => words);
    });
    place.replaceChildren(rows.length ? canvas(width, height, `${figure.dataset.label} The table below holds the same figures.`, axis((at) => x(at * SCALE), 20, height), shapes)
      : html("p", { class: "note" }, "Nothing of this kind; choose another."));
  };
  figure.append(controls(data.choices), place, legend([["was", "before", "dot"], ["fill s0", "after", "dot"], ["whisker line s0", "spread over the runs, or bounds", "line"]]));
  onChoice(place, draw);
  return draw;
}

export function frontier(figure, data) {
  const place = html("div");
  const names = Object.keys(data.series);
  const draw = () => {
    const width = Math.max(300, Math.round(place.clientWidth || 900));
    const [height, left, right, bottom] = [320, 44, 20, 44];
    const most = Math.max(1, ...names.flatMap((name) => data.series[name].map(([cost]) => cost)));
    const x = (cost) => left + (cost / most) * (width - left - right);
    const y = (at) => 16 + (1 - at / SCALE) * (height - bottom - 16);
    const ticks = [0, 0.25, 0.5, 0.75, 1].map((at) => [svg("line", { x1: left, x2: width - right, y1: y(at * SCALE), y2: y(at * SCALE) }), svg("text", { x: left - 6, y: y(at * SCALE) + 4, "text-anchor": "end", class: "quiet" }, share(at))]);
    const costs = Array.from({ length: 5 }, (_, part) => part * Math.ceil(most / 4)).filter((cost) => cost <= most).map((cost) => svg("text", { x: x(cost), y: height - 24, "text-anchor": "middle", class: "quiet" }, String(cost)));
    const lines = names.map((name, at) => svg("g", { class: `s${at}` }, svg("path", { d: data.series[name].map(([cost, removed], place) => `${place ? "L" : "M"}${x(cost)} ${y(removed)}`).join(""), class: `line strong ${["", "dash", "dot-dash"][at] ?? "dash"}` }),
      data.series[name].map(([cost, removed]) => tip(svg("circle", { cx: x(cost), cy: y(removed), r: 4, class: "fill mark", tabindex: 0, role: "img", "aria-label": `${name}: cost ${cost} removes ${share(removed / SCALE)}` }), () => [name.replaceAll("_", " "), `cost ${cost}`, `removes ${share(removed / SCALE)} of the exposure`]))));
    place.replaceChildren(canvas(width, height, `${figure.dataset.label} The table below holds the same figures.`, svg("g", { class: "axis", "aria-hidden": "true" }, ticks, costs), lines, svg("text", { x: width - right, y: height - 6, "text-anchor": "end", class: "quiet" }, "cost of the changes")));
  };
  figure.append(place, legend(names.map((name, at) => [`line strong s${at} ${["", "dash", "dot-dash"][at] ?? "dash"}`, name.replaceAll("_", " "), "line"])));
  return draw;
}
