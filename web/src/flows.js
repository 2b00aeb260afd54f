// Country or operator → service → carrier → controller, as bands as wide as the share expected there.
import { sankey, sankeyLinkHorizontal } from "d3-sankey";
import { canvas, cut, follow, html, levelText, svg } from "./dom.js";
import { controls, onChoice, value } from "./filters.js";
import { legend } from "./legend.js";
import { tip } from "./tip.js";

const HEADS = ["", "service", "carrier", "controlled by"];
const LEAST = 860;

function layout(data, width, left, right) {
  const most = Math.max(...[0, 1, 2, 3].map((column) => data.nodes.filter((one) => one.column === column).length));
  const height = Math.max(380, most * 31) + 34;
  const nodes = data.nodes.map((one) => ({ ...one }));
  const links = data.links.filter((one) => one.value > 0).map((one) => ({ ...one, bounds: [0, one.low, one.value, one.high, 0] }));
  const graph = sankey().nodeId((one) => one.id).nodeAlign((one) => one.column).nodeWidth(12).nodePadding(14)
    .nodeSort((one, other) => rest(one) - rest(other) || other.value - one.value).extent([[left, 30], [width - right, height - 6]])({ nodes, links });
  return { ...graph, height };
}

/** What is not one thing stands last in its column. */
const rest = (node) => (/^\d:(~hit|unknown|ambiguous)?$/.test(node.id) || /^3:(no state|not known)/.test(node.id) ? 1 : 0);

function sums(node) {
  const side = node.targetLinks.length ? node.targetLinks : node.sourceLinks;
  return side.reduce((total, one) => total.map((each, place) => each + one.bounds[place]), [0, 0, 0, 0, 0]).map((each) => Math.min(10000, each));
}

function band(link) {
  const hit = link.target.hit || link.source.hit;
  const shape = svg("path", { d: sankeyLinkHorizontal()(link), class: `flow${hit ? " hit" : ""}`, "stroke-width": Math.max(0.7, link.width).toFixed(2) });
  link.shape = shape;
  return tip(shape, () => [`${link.source.label} → ${link.target.label}`, `expected ${levelText(link.bounds)} of everyone's messages`]);
}

function bar(node, width, left, right) {
  const first = node.column === 0;
  const room = Math.floor((first ? left : node.column === 3 ? right : (width - left - right) / 3) / 6.7) - 2;
  const text = svg("text", { x: first ? node.x0 - 6 : node.x1 + 6, y: (node.y0 + node.y1) / 2 + 4, "text-anchor": first ? "end" : "start", class: "halo", "pointer-events": "none" }, cut(node.label, room));
  const rect = svg("rect", { x: node.x0, y: node.y0, width: node.x1 - node.x0, height: Math.max(1, node.y1 - node.y0), class: `node${node.hit ? " hit" : ""}`, tabindex: 0, role: "img", "aria-label": `${node.label}, ${levelText(sums(node))}` });
  const touching = [...node.sourceLinks, ...node.targetLinks];
  const light = (on) => () => touching.forEach((one) => one.shape.classList.toggle("lit", on));
  for (const [event, on] of [["pointerenter", true], ["focus", true], ["pointerleave", false], ["blur", false]]) rect.addEventListener(event, light(on));
  rect.addEventListener("click", () => follow(node.href));
  rect.addEventListener("keydown", (event) => event.key === "Enter" && follow(node.href));
  tip(rect, () => [node.label, `expected ${levelText(sums(node))} of everyone's messages`, node.href && "Enter or click: the evidence"]);
  return [rect, text];
}

export function flows(figure, data) {
  const by = { key: "flows", label: "from", options: Object.keys(data).map((name) => [name, name]) };
  const place = html("div", { class: "wide", tabindex: 0, role: "region", "aria-label": "Flows, scrolls sideways where the screen is narrow" });
  const draw = () => {
    const width = Math.max(LEAST, Math.round(place.clientWidth || 960));
    const [left, right] = [175, 215];
    const graph = layout(data[value(by)], width, left, right);
    const heads = HEADS.map((head, column) => {
      const node = graph.nodes.find((one) => one.column === column);
      return node && svg("text", { x: column === 0 ? node.x0 - 6 : node.x1 + 6, y: 16, "text-anchor": column === 0 ? "end" : "start", class: "quiet" }, head || value(by));
    });
    const drawing = canvas(width, graph.height, "Flows from networks over services and carriers to those who control them. The table below holds the same figures.",
      graph.links.map(band), graph.nodes.map((one) => bar(one, width, left, right)), heads);
    drawing.style.minWidth = `${LEAST}px`;
    place.replaceChildren(drawing);
  };
  const named = Object.values(data)[0].nodes.some((one) => one.hit);
  figure.append(controls([by]), place, named ? legend([["node hit", "carriers of the controller, and what they are handed"], ["node", "all others"]]) : "");
  onChoice(place, draw);
  return draw;
}
