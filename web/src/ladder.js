// The ladder of one finding: networks as posts, messages as rungs, time downwards.
import { canvas, cut, html, SCALE, share, svg } from "./dom.js";
import { choose, onChoice, value } from "./filters.js";
import { legend } from "./legend.js";
import { tip } from "./tip.js";

const STEP = 38;
const POSTS = 8;
const OTHERS = "others";

/** The networks of a ladder in the order in which they appear; the least busy share one post. */
function postsOf(finding) {
  const counts = new Map();
  for (const rung of finding.rungs) for (const end of [rung.from, rung.to]) counts.set(end, (counts.get(end) ?? 0) + 1);
  const names = [...counts.keys()];
  if (names.length <= POSTS) return names;
  const kept = new Set([...names].sort((one, other) => counts.get(other) - counts.get(one)).slice(0, POSTS - 1));
  return [...names.filter((name) => kept.has(name)), OTHERS];
}

function after(rung, first) {
  const seconds = (rung.at - first) / 1e6;
  if (!Number.isFinite(seconds)) return "";
  if (seconds < 60) return `+${seconds.toFixed(seconds < 10 ? 3 : 1)} s`;
  if (seconds < 7200) return `+${(seconds / 60).toFixed(1)} min`;
  return `+${(seconds / 3600).toFixed(1)} h`;
}

/** Messages that repeat one another are one rung with a count. */
function folded(rungs) {
  const kept = [];
  for (const one of rungs) {
    const last = kept.at(-1);
    if (last && ["from", "to", "what", "error", "exposes"].every((part) => last[part] === one[part])) last.times += 1;
    else kept.push({ ...one, times: 1 });
  }
  return kept;
}

function rung(one, at, x, posts, first, width) {
  const y = 62 + at * STEP;
  const [from, to] = [one.from, one.to].map((name) => x(posts.includes(name) ? name : OTHERS));
  const loop = from === to;
  const kind = one.exposes ? "hit" : one.error ? "refused" : "";
  const towards = to > from ? 1 : -1;
  const d = loop ? `M${from} ${y - 6}c34 0 34 16 4 16` : `M${from} ${y}H${to - towards * 5}`;
  const tipAt = loop ? [from + 4, y + 10, -1] : [to, y, towards];
  const middle = loop ? from + 34 : (from + to) / 2;
  const words = `${one.what}${one.error ? ` ✕ ${one.error}` : one.exposes ? ` → ${one.exposes}` : ""}${one.times > 1 ? ` (${one.times} times)` : ""}`;
  const room = Math.floor((loop ? width - from - 40 : Math.max(Math.abs(to - from), 190)) / 6.4);
  const group = svg("g", { class: `rung ${kind}`, tabindex: 0, role: "img", "aria-label": `${after(one, first)}: ${one.from} to ${one.to}, ${words}` },
    svg("rect", { x: 0, y: y - 22, width, height: STEP, fill: "transparent" }),
    svg("text", { x: 0, y: y + 4, class: "quiet" }, after(one, first)),
    svg("path", { d, class: "arrow" }),
    svg("path", { d: `M${tipAt[0]} ${tipAt[1]}l${-tipAt[2] * 9} -4.5v9z`, class: "head" }),
    svg("text", { x: Math.max(90, Math.min(middle, width - 70)), y: y - 6, "text-anchor": loop ? "start" : "middle", class: "halo" }, cut(words, room)));
  return tip(group, () => [one.what, `${one.ends[0] ?? "not known"} → ${one.ends[1] ?? "not known"}`, one.time && `${one.times > 1 ? "from " : ""}${one.time} UTC`, one.type, one.error && `answered: ${one.error}`, one.exposes && `exposes: ${one.exposes}`, one.subscriber && `subscriber ${one.subscriber}`, one.frame]);
}

function drawing(finding, width) {
  const posts = postsOf(finding);
  const wide = Math.max(width, 100 + posts.length * 120);
  const x = (name) => 130 + (posts.length < 2 ? 0 : (posts.indexOf(name) * (wide - 200)) / (posts.length - 1));
  const rungs = folded(finding.rungs);
  const height = 62 + rungs.length * STEP;
  const first = finding.rungs[0]?.at;
  const heads = posts.map((name) => [
    svg("line", { x1: x(name), x2: x(name), y1: 30, y2: height - 14, class: "post" }),
    svg("text", { x: x(name), y: 20, "text-anchor": "middle", "font-weight": 650, class: name === finding.home ? "home" : "" }, cut(name, 16))]);
  const picture = canvas(wide, height, `${finding.rungs.length} messages of “${finding.title}” between ${posts.length} networks. The table of messages holds the same.`, heads,
    rungs.map((one, at) => rung(one, at, x, posts, first, wide)));
  if (wide > width) picture.style.minWidth = `${wide}px`;
  return picture;
}

export function ladder(figure, data) {
  const choice = { key: "finding", label: "finding", options: data.findings.map((one) => [one.id, `${one.severity.toLowerCase()}: ${one.title}${one.home ? ` (${one.home})` : ""}`]) };
  const select = html("select", { "data-choice": "finding", onchange: (event) => choose("finding", event.target.value) }, choice.options.map(([id, label]) => html("option", { value: id }, label)));
  const place = html("div", { "aria-live": "polite" });
  const draw = () => {
    const finding = data.findings.find((one) => one.id === value(choice));
    select.value = finding.id;
    const scroll = html("div", { class: "wide", tabindex: 0, role: "region", "aria-label": "Ladder, scrolls sideways where the screen is narrow" });
    const width = Math.max(300, Math.round(place.clientWidth || 900));
    scroll.append(finding.rungs.length ? drawing(finding, width) : html("p", { class: "note" }, "No message of this finding was kept."));
    const more = finding.total > finding.rungs.length ? `The first ${finding.rungs.length} of ${finding.total} messages.` : "";
    place.replaceChildren(html("p", { class: "answer-box" }, finding.explanation, " ", html("b", null, finding.advice ?? ""), ` Confidence ${share(finding.confidence / SCALE)}.`), scroll, html("p", { class: "note" }, more));
  };
  figure.append(html("div", { class: "controls" }, html("label", null, "finding", select)), place, legend([["rung-line", "message", "line"], ["rung-line hit", "gives data away", "line"], ["rung-line refused", "refused with an error", "line"]]));
  onChoice(place, (key) => key === "finding" && draw());
  return draw;
}
