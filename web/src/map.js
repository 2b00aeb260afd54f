// The world by exposure: every country drawn, small ones as circles, those that are on no map as tiles.
import { geoEqualEarth, geoPath } from "d3-geo";
import { feature } from "topojson-client";
import world from "map-data";
import { canvas, follow, html, levelText, SCALE, share, svg } from "./dom.js";
import { controls, inWords, keyOf, onChoice, value } from "./filters.js";
import { binOf, hatch, scaleLegend } from "./legend.js";
import { tip } from "./tip.js";

export const LEVEL = {
  key: "level",
  label: "level",
  options: [["expected", "expected"], ["forced", "forced: no declared choice avoids it"], ["low", "at least"], ["high", "at most"], ["possible", "possible: some choice meets it"]],
};
const PLACE = { forced: 0, low: 1, expected: 2, high: 3, possible: 4 };
const REGION = {
  key: "region",
  label: "region",
  options: [["world", "the world"], ["europe", "Europe"], ["africa", "Africa"], ["middle-east", "Middle East"], ["asia", "Asia"], ["oceania", "Oceania"], ["north-america", "North America"], ["caribbean", "Caribbean"], ["south-america", "South America"]],
};
const BOXES = {
  europe: [[-12, 35], [34, 66]], africa: [[-20, -36], [54, 38]], "middle-east": [[30, 11], [64, 42]], asia: [[58, -11], [148, 52]],
  oceania: [[108, -48], [180, 4]], "north-america": [[-150, 12], [-56, 66]], caribbean: [[-87, 9], [-58, 26]], "south-america": [[-84, -56], [-33, 14]],
};
const features = feature(world.topology, world.topology.objects.countries).features;
const drawn = new Set([...features.map((one) => one.properties.code), ...Object.keys(world.points)]);
const display = typeof Intl.DisplayNames === "function" ? new Intl.DisplayNames(["en"], { type: "region", fallback: "code" }) : { of: (code) => code };

function projectionFor(region, width, height) {
  const projection = geoEqualEarth();
  const frame = [[9, 7], [width - 9, height - 7]];
  const box = BOXES[region];
  if (!box) return projection.fitExtent(frame, { type: "FeatureCollection", features });
  const [[west, south], [east, north]] = box;
  const points = [];
  for (let part = 0; part <= 8; part += 1)
    for (const latitude of [south, north, south + ((north - south) * part) / 8]) {
      points.push([west + ((east - west) * part) / 8, latitude], [west, latitude], [east, latitude]);
    }
  return projection.fitExtent(frame, { type: "MultiPoint", coordinates: points });
}

function nameOf(data, code) {
  return data.names[code] ?? display.of(code);
}

function words(data, code, levels, choices) {
  const count = data.networks[code];
  if (!levels)
    return [
      nameOf(data, code),
      count ? `${count} network${count === 1 ? "" : "s"} read, but no message of this kind` : "nothing declared here: not known",
      data.seats[code] && `seat of ${data.seats[code]} declared carrier${data.seats[code] === 1 ? "" : "s"}`,
    ];
  return [
    `${nameOf(data, code)} (${code})`,
    `expected ${levelText(levels)}`,
    `forced ${share(levels[0] / SCALE)} · possible ${share(levels[4] / SCALE)}`,
    `${count ?? "?"} network${count === 1 ? "" : "s"} · ${inWords(choices)}`,
  ];
}

function mark(shape, data, code, values, choices) {
  const levels = values[code];
  if (levels) {
    const at = levels[PLACE[value(LEVEL)]] / SCALE;
    shape.classList.add(`bin-${binOf(at)}`);
    shape.setAttribute("tabindex", "0");
    shape.setAttribute("role", "img");
    shape.setAttribute("aria-label", words(data, code, levels, choices).join(", "));
    shape.addEventListener("click", () => follow("#table-countries"));
  }
  shape.dataset.code = code;
  return tip(shape, () => words(data, code, levels, choices));
}

function drawing(data, choices, width) {
  const region = value(REGION);
  const height = Math.round(width * (region === "world" ? 0.47 : 0.58));
  const projection = projectionFor(region, width, height);
  const path = geoPath(projection, null).digits(1);
  const values = data.values[keyOf(choices)] ?? {};
  const pattern = hatch();
  const radius = region === "world" ? Math.max(2.2, width / 330) : 5;
  const areas = features.map((one) => {
    const shape = svg("path", { d: path(one), class: "country", fill: pattern.fill });
    if (!values[one.properties.code]) shape.style.fill = pattern.fill;
    return one.properties.code ? mark(shape, data, one.properties.code, values, choices) : shape;
  });
  const circles = Object.entries(world.points).map(([code, at]) => {
    const [x, y] = projection(at);
    if (x < -9 || y < -9 || x > width + 9 || y > height + 9) return null;
    const shape = svg("circle", { cx: x.toFixed(1), cy: y.toFixed(1), r: (values[code] ? radius * 1.35 : radius).toFixed(1), class: "country dot" });
    if (!values[code]) shape.style.fill = pattern.fill;
    return mark(shape, data, code, values, choices);
  });
  const known = (shape) => (shape?.hasAttribute("tabindex") ? 1 : 0);
  circles.sort((one, other) => known(one) - known(other));
  const label = `World map, ${inWords(choices)}, ${value(LEVEL)}. The table below holds the same figures.`;
  return canvas(width, height, label, pattern.defs, svg("rect", { width, height, class: "sphere", rx: 6 }), clip(width, height, [areas, circles]));
}

function clip(width, height, children) {
  const inner = svg("svg", { x: 0, y: 0, width, height, viewBox: `0 0 ${width} ${height}` }, children);
  inner.style.overflow = "hidden";
  return inner;
}

/** Codes that no atlas holds: the states of a fictional world, or a code that nobody assigned. */
function tiles(data, choices, width) {
  const values = data.values[keyOf(choices)] ?? {};
  const codes = [...new Set([...Object.keys(values), ...Object.keys(data.networks), ...Object.keys(data.seats)])].filter((code) => !drawn.has(code) && code !== "AQ").sort();
  if (!codes.length) return null;
  const size = Math.min(150, Math.max(140, Math.floor((width - 8) / Math.min(codes.length, 7)) - 8));
  const columns = Math.max(1, Math.floor((width + 8) / (size + 8)));
  const pattern = hatch();
  const shapes = codes.map((code, place) => {
    const x = (place % columns) * (size + 8);
    const y = Math.floor(place / columns) * 62;
    const levels = values[code];
    const bin = levels ? binOf(levels[PLACE[value(LEVEL)]] / SCALE) : null;
    const rect = svg("rect", { x, y, width: size, height: 54, rx: 4, class: "tile country", fill: pattern.fill });
    if (!levels) rect.style.fill = "var(--faint)";
    const ink = bin === null ? "" : bin > 3 ? "on-dark" : "on-light";
    const seats = data.seats[code];
    return svg("g", null, mark(rect, data, code, values, choices),
      svg("text", { x: x + 8, y: y + 21, class: ink, "font-weight": 700, "pointer-events": "none" }, code),
      svg("text", { x: x + 8, y: y + 40, class: `${ink} small`, "pointer-events": "none" },
        levels ? share(levels[PLACE[value(LEVEL)]] / SCALE) : seats ? `seat of ${seats} carrier${seats === 1 ? "" : "s"}` : "not known"));
  });
  const rows = Math.ceil(codes.length / columns);
  return [html("p", { class: "note" }, "On no map: states that do not exist, and where carriers of this world have their seat."),
    canvas(width, rows * 62 - 6, "States that are on no map", pattern.defs, shapes)];
}

export function map(figure, data) {
  const choices = data.choices;
  const place = html("div", { class: "map" });
  const draw = () => {
    const width = Math.max(320, Math.round(place.clientWidth || 960));
    const values = data.values[keyOf(choices)];
    place.replaceChildren(...[values ? null : html("p", { class: "note" }, "No message carries this data in this way; choose another."), drawing(data, choices, width), scaleLegend(), tiles(data, choices, width)].flat().filter(Boolean));
  };
  figure.append(controls([...choices, LEVEL, REGION]), place);
  onChoice(place, draw);
  return draw;
}
