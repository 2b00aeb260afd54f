// When it happened: one bar a finding, gravest colours first; and how a figure moves from date to date.
import { canvas, cut, follow, html, levelText, SCALE, share, svg } from "./dom.js";
import { controls, onChoice, value } from "./filters.js";
import { legend } from "./legend.js";
import { tip } from "./tip.js";

const ROW = 22;
const FIRST = 30;
const SPANS = [[86400e6 * 60, (at) => at.toISOString().slice(0, 10)], [86400e6 * 1.5, (at) => `${at.toISOString().slice(5, 10)} ${at.toISOString().slice(11, 16)}`], [0, (at) => at.toISOString().slice(11, 19)]];

function timeAxis(first, last, x, top, bottom, count) {
  const name = SPANS.find(([least]) => last - first >= least)[1];
  return svg("g", { class: "axis", "aria-hidden": "true" }, Array.from({ length: count + 1 }, (_, part) => {
    const at = first + ((last - first) * part) / count;
    const anchor = part === 0 ? "start" : part === count ? "end" : "middle";
    return [svg("line", { x1: x(at), x2: x(at), y1: top, y2: bottom }), svg("text", { x: x(at), y: top - 6, "text-anchor": anchor, class: "quiet" }, name(new Date(at / 1000)))];
  }));
}

export function timeline(figure, data) {
  const place = html("div");
  const severities = [...new Set(data.findings.map((one) => one.severity))];
  let all = false;
  const draw = () => {
    const [severity, family] = data.choices.map(value);
    const found = data.findings.filter((one) => (!severity || one.severity === severity) && (!family || one.family === family));
    const shown = (all ? found : found.slice(0, FIRST)).sort((one, other) => one.first - other.first);
    const width = Math.max(300, Math.round(place.clientWidth || 900));
    const narrow = width < 620;
    const left = narrow ? 8 : 330;
    const step = narrow ? 36 : ROW;
    const first = Math.min(...shown.map((one) => one.first));
    const last = Math.max(...shown.map((one) => one.last), first + 1e6);
    const x = (at) => left + ((at - first) / (last - first)) * (width - left - 14);
    const height = 28 + shown.length * step;
    const rows = shown.map((one, at) => {
      const y = 28 + at * step + (narrow ? 24 : step / 2);
      const group = svg("g", { tabindex: 0, role: "img", class: one.severity.toLowerCase(), "aria-label": `${one.severity}: ${one.title}, ${one.from} to ${one.to}, ${one.messages} messages` },
        svg("rect", { x: 0, y: 28 + at * step, width, height: step, fill: "transparent" }),
        svg("text", { x: 0, y: narrow ? y - 9 : y + 4 }, cut(`${one.source} · ${one.title}`, Math.floor((narrow ? width : left) / 6.5))),
        svg("line", { x1: 0, x2: width, y1: 28 + (at + 1) * step, y2: 28 + (at + 1) * step, class: "row-line" }),
        svg("rect", { x: Math.min(x(one.first), width - 20), y: y - 6, width: Math.max(6, x(one.last) - x(one.first)), height: 12, rx: 3, class: "fill" }));
      group.addEventListener("click", () => follow(one.href));
      group.addEventListener("keydown", (event) => event.key === "Enter" && follow(one.href));
      return tip(group, () => [one.title, `${one.severity.toLowerCase()}, from ${one.source}`, `${one.from} to ${one.to} UTC`, `${one.messages} messages`, "Enter or click: the finding"]);
    });
    const more = html("button", { type: "button", onclick: () => { all = !all; draw(); } }, all ? `Show the gravest ${FIRST}` : `Show all ${found.length}`);
    place.replaceChildren(...[shown.length ? canvas(width, height, `${shown.length} findings in time. The table below holds the same.`, timeAxis(first, last, x, 20, height, narrow ? 2 : 4), rows)
      : html("p", { class: "note" }, "No finding of this kind; choose another."), found.length > FIRST ? more : null].filter(Boolean));
  };
  figure.append(controls(data.choices), place, legend(severities.map((name) => [`${name.toLowerCase()} fill`, name.toLowerCase()])));
  onChoice(place, draw);
  return draw;
}

export function steps(figure, data) {
  const place = html("div");
  const draw = () => {
    const points = data.values[data.choices.map(value).join("|")] ?? [];
    const width = Math.max(300, Math.round(place.clientWidth || 900));
    const [height, left, right] = [260, 44, 24];
    const days = points.map((one) => Date.parse(one.at));
    const span = Math.max(1, days.at(-1) - days[0]);
    const end = (days.at(-1) ?? 0) + span * 0.12;
    const x = (at) => left + ((at - days[0]) / (end - days[0])) * (width - left - right);
    const y = (at) => 24 + (1 - at / SCALE) * (height - 60);
    const level = (name) => points.map((one, at) => `${at ? "V" : `M${x(days[0])} `}${y(one[name])}H${x(days[at + 1] ?? end)}`).join("");
    const band = points.map((one, at) => svg("rect", { x: x(days[at]), y: y(one.high), width: x(days[at + 1] ?? end) - x(days[at]), height: Math.max(1, y(one.low) - y(one.high)), class: "fill s0 faint" }));
    const ticks = [0, 0.25, 0.5, 0.75, 1].map((at) => [svg("line", { x1: left, x2: width - right, y1: y(at * SCALE), y2: y(at * SCALE) }), svg("text", { x: left - 6, y: y(at * SCALE) + 4, "text-anchor": "end", class: "quiet" }, share(at))]);
    let free = -Infinity;
    const marks = points.map((one, at) => {
      const here = x(days[at]);
      const fits = here > free;
      if (fits) free = here + 74;
      const dot = svg("circle", { cx: here, cy: y(one.value), r: 5, class: "fill s0 mark", tabindex: 0, role: "img", "aria-label": `${one.at}: ${one.event}, ${levelText([0, one.low, one.value, one.high])}` });
      tip(dot, () => [one.at, one.event, `expected ${levelText([0, one.low, one.value, one.high])}`]);
      return [dot, fits && svg("text", { x: here > width - 90 ? width : here, y: height - 10, class: "quiet", "text-anchor": here > width - 90 ? "end" : "start" }, one.at)];
    });
    place.replaceChildren(points.length ? canvas(width, height, `${figure.dataset.label} The table below holds the same figures.`, svg("g", { class: "axis", "aria-hidden": "true" }, ticks), band, svg("path", { d: level("value"), class: "line s0 strong" }), marks)
      : html("p", { class: "note" }, "Nothing of this kind; choose another."));
  };
  figure.append(controls(data.choices), place, legend([["s0 line strong", "expected", "line"], ["fill s0 faint", "at least to at most"]]));
  onChoice(place, draw);
  return draw;
}
