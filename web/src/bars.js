// Plain bars: shares of carriers, widths of doubt; stacked ones for vendors; ranges for what an assumption moves.
import { canvas, cut, follow, html, SCALE, share, svg } from "./dom.js";
import { controls, onChoice, value } from "./filters.js";
import { axis } from "./intervals.js";
import { legend } from "./legend.js";
import { tip } from "./tip.js";

const ROW = 26;
const TICKS = [[0, 0.25, 0.5, 0.75, 1], [0, 0.1, 0.2, 0.3, 0.4, 0.5], [0, 0.05, 0.1, 0.15, 0.2], [0, 0.01, 0.02, 0.03, 0.04, 0.05]];

/** The narrowest scale that holds the largest value. */
const ticksFor = (most) => [...TICKS].reverse().find((ticks) => most <= ticks.at(-1)) ?? TICKS[0];

function frame(width, rows, longest) {
  const narrow = width < 620;
  const left = narrow ? 6 : Math.min(370, 16 + longest * 6.6);
  const step = narrow ? 42 : ROW;
  return { narrow, left, step, height: 26 + rows * step, middle: (place) => 26 + place * step + (narrow ? 29 : step / 2) };
}

function labelled(row, place, box, width, children, lines) {
  const y = box.middle(place);
  const group = svg("g", { tabindex: 0, role: "img", "aria-label": lines().filter(Boolean).join(", ") },
    svg("rect", { x: 0, y: 26 + place * box.step, width, height: box.step, fill: "transparent" }),
    svg("text", { x: 0, y: box.narrow ? y - 13 : y + 4 }, cut(row.label, Math.floor((box.narrow ? width : box.left) / 6.6))), children);
  group.addEventListener("click", () => follow(row.href));
  group.addEventListener("keydown", (event) => event.key === "Enter" && follow(row.href));
  return tip(group, lines);
}

const chosenRows = (data) => data.values[value(data.choices[0])] ?? Object.values(data.values)[0] ?? [];

export function bars(figure, data) {
  const place = html("div");
  const draw = () => {
    const rows = chosenRows(data);
    const width = Math.max(300, Math.round(place.clientWidth || 900));
    const box = frame(width, rows.length, Math.max(0, ...rows.map((one) => one.label.length)));
    const ticks = ticksFor(Math.max(0, ...rows.map((one) => one.value / SCALE)));
    const x = (at) => box.left + (at / ticks.at(-1)) * (width - box.left - 56);
    place.replaceChildren(canvas(width, box.height, `${figure.dataset.label} The table below holds the same figures.`, axis(x, 20, box.height, ticks),
      rows.map((row, at) => labelled(row, at, box, width, [
        svg("rect", { x: x(0), y: box.middle(at) - 8, width: row.value ? Math.max(1.5, x(row.value / SCALE) - x(0)) : 0, height: 16, rx: 2, class: row.hit ? "node hit" : "fill s0" }),
        svg("text", { x: x(row.value / SCALE) + 6, y: box.middle(at) + 4 }, share(row.value / SCALE))],
      () => [row.label, share(row.value / SCALE), row.words, row.hit && data.hit]))));
  };
  figure.append(controls(data.choices), place);
  if (data.hit) figure.append(legend([["node hit", data.hit], ["fill s0", "others"]]));
  onChoice(place, draw);
  return draw;
}

export function stack(figure, data) {
  const place = html("div");
  const kind = (series) => (series === "not said" ? "unsaid" : series === "others" ? "fill s7" : `fill s${data.series.indexOf(series) % 7}`);
  const draw = () => {
    const width = Math.max(300, Math.round(place.clientWidth || 900));
    const box = frame(width, data.bars.length, 12);
    const x = (at) => box.left + at * (width - box.left - 60);
    place.replaceChildren(canvas(width, box.height, `${figure.dataset.label} The table below holds the same figures.`, axis(x, 20, box.height),
      data.bars.map((row, at) => {
        const whole = row.parts.reduce((total, part) => total + part, 0);
        let before = 0;
        const parts = row.parts.map((part, number) => {
          const rect = svg("rect", { x: x(whole ? before / whole : 0), y: box.middle(at) - 9, width: Math.max(0, x((before + part) / whole) - x(whole ? before / whole : 0) - 0.7), height: 18, class: kind(data.series[number]) });
          before += part;
          return part ? tip(rect, () => [data.series[number], `${part} of ${whole} ${row.label} nodes`]) : null;
        });
        const words = row.parts.map((part, number) => part && `${data.series[number]} ${part}`).filter(Boolean).join(", ");
        return labelled(row, at, box, width, [parts, svg("text", { x: x(1) + 6, y: box.middle(at) + 4, class: "quiet" }, String(whole))], () => [row.label, words]);
      })));
  };
  figure.append(place, legend(data.series.map((series) => [kind(series), series])));
  return draw;
}

export function tornado(figure, data) {
  const place = html("div");
  const draw = () => {
    const rows = chosenRows(data);
    const width = Math.max(300, Math.round(place.clientWidth || 900));
    const box = frame(width, rows.length, Math.max(0, ...rows.map((one) => one.label.length)));
    const ticks = ticksFor(Math.max(0, ...rows.map((one) => one.high / SCALE)));
    const x = (at) => box.left + (at / ticks.at(-1)) * (width - box.left - 20);
    place.replaceChildren(canvas(width, box.height, `${figure.dataset.label} The table below holds the same figures.`, axis(x, 20, box.height, ticks),
      rows.map((row, at) => labelled(row, at, box, width, [
        svg("rect", { x: x(row.low / SCALE), y: box.middle(at) - 6, width: Math.max(2, x(row.high / SCALE) - x(row.low / SCALE)), height: 12, rx: 2, class: "fill s0 soft" }),
        svg("path", { d: `M${x(row.value / SCALE)} ${box.middle(at) - 9}v18`, class: "here" })],
      () => [row.label, row.words, `moves the mean from ${share(row.low / SCALE)} to ${share(row.high / SCALE)}, here ${share(row.value / SCALE)}`]))));
  };
  figure.append(controls(data.choices), place);
  onChoice(place, draw);
  return draw;
}
