// The pair explorer: choose a home and a visited network, read what the controller could do between them.
import { html, share, svg } from "./dom.js";
import { choose, onChoice, value } from "./filters.js";
import { exposure, prepare } from "./pair-model.js";

const CLASSES = ["credential", "location", "sms", "user_traffic", "identity", "profile"];
const THREATS = ["read", "alter", "inject"];
const text = (levels) => `${share(levels[2])} [${share(levels[1])}, ${share(levels[3])}]`;

function level(levels) {
  if (!levels) return html("span", { class: "none", title: "no such message" }, "–");
  const [, low, expected, high] = levels.map((each) => 100 * each);
  return html("span", { class: "level" }, html("b", null, share(levels[2])), " ", html("i", null, `[${share(levels[1])}, ${share(levels[3])}]`),
    svg("svg", { viewBox: "0 0 100 8", "aria-hidden": "true" }, svg("path", { d: `M${low} 4H${high}` }), svg("circle", { cx: expected, cy: 4, r: 3 })));
}

function sentence(data, found, home, visited) {
  const parts = ["credential", "location", "sms", "user_traffic"].filter((name) => found.has(`all|${name}|read`))
    .map((name) => `${data.names.classes[name]} ${text(found.get(`all|${name}|read`))}`);
  const forged = found.get("all|credential|inject");
  const inject = !forged ? "" : forged[1] > 0 ? " It holds a confirmed trusted link to inject over." : forged[2] > 0 ? " It is expected to hold a trusted link to inject over." : forged[3] > 0 ? " It may hold a trusted link to inject over." : " No declared link lets it inject.";
  return `When a subscriber of ${home} roams in ${visited}, ${data.controller} could read: ${parts.join(", ")}.${inject}`;
}

function levelsTable(data, found, services) {
  const rows = services.flatMap((service) => CLASSES.filter((name) => THREATS.some((threat) => found.has(`${service}|${name}|${threat}`))).map((name) =>
    html("tr", null, services.length > 1 ? html("th", { scope: "row" }, data.names.services[service]) : null, html(services.length > 1 ? "td" : "th", { scope: services.length > 1 ? null : "row" }, data.names.classes[name]),
      THREATS.map((threat) => html("td", { class: "level" }, level(found.get(`${service}|${name}|${threat}`)))))));
  const heads = ["data", ...THREATS.map((threat) => data.names.threats[threat])];
  return table(`What could be done${services.length > 1 ? ", by service" : ", all services"}: share of messages, expected [low, high]`, services.length > 1 ? ["service", ...heads] : heads, rows);
}

function table(caption, heads, rows) {
  return html("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": caption },
    html("table", null, html("caption", null, caption), html("thead", null, html("tr", null, heads.map((head) => html("th", { scope: "col" }, head)))), html("tbody", null, rows)));
}

const whose = (node) => (node.low > 0 ? "yes" : node.point > 0 ? "expected" : node.high > 0 ? "possible" : "no");

function end(world, title, tadig) {
  const network = world.data.networks.find((one) => one.id === tadig);
  const rows = Object.entries(world.boxes).flatMap(([service, boxes]) => {
    const box = boxes.get(tadig);
    const name = world.data.names.services[service];
    if (!box.declares) return [html("tr", null, html("th", { scope: "row" }, name), html("td", { colspan: 3, class: "none" }, box.applicable ? "no carrier declared: not known" : "has no such service"))];
    return [...box.parts].sort((one, other) => other.point - one.point).map((one) =>
      html("tr", null, html("th", { scope: "row" }, name), html("td", null, one.node.label), html("td", { class: "tight" }, text([0, one.low, one.point, one.high])), html("td", { class: whose(one.node) === "no" ? "" : "hit" }, whose(one.node))));
  });
  return html("div", null, html("h3", null, `${title}: `, network.href ? html("a", { href: network.href }, tadig) : tadig, ` ${network.name}`),
    table(`Carriers of ${tadig}`, ["service", "carrier", "share", `of ${world.data.controller}`], rows));
}

function picker(data, key, title, start) {
  const choice = { key, label: title, options: data.networks.map((one) => [one.id, `${one.id} · ${one.name}${one.country ? `, ${one.country}` : ""}`]) };
  const select = html("select", { "data-choice": key, onchange: (event) => choose(key, event.target.value) }, choice.options.map(([id, label]) => html("option", { value: id }, label)));
  choose(key, start);
  select.value = start;
  onChoice(select, (changed) => changed === key && (select.value = value(choice)));
  return { choice, label: html("label", null, title, select) };
}

export function pairs(figure, data) {
  const world = prepare(data);
  const ids = data.networks.map((one) => one.id);
  const home = picker(data, "home", "home network", data.start?.[0] ?? ids[0]);
  const visited = picker(data, "visited", "visited network", data.start?.[1] ?? ids.at(-1));
  const swap = html("button", { type: "button", onclick: () => {
    const [one, other] = [value(home.choice), value(visited.choice)];
    choose("home", other);
    choose("visited", one);
  } }, "Swap");
  const place = html("div", { "aria-live": "polite" });
  const draw = () => {
    const [from, to] = [value(home.choice), value(visited.choice)];
    if (from === to) return place.replaceChildren(html("p", { class: "answer-box" }, `${from} does not roam on itself: choose two networks.`));
    const found = exposure(world, from, to);
    const services = ["sccp", "diameter", "grx"].filter((service) => CLASSES.some((name) => found.has(`${service}|${name}|read`)));
    return place.replaceChildren(html("p", { class: "answer-box" }, sentence(data, found, from, to)), levelsTable(data, found, ["all"]),
      html("details", { class: "grid" }, html("summary", null, "By service"), levelsTable(data, found, services)),
      html("div", { class: "two" }, end(world, "home", from), end(world, "visited", to)));
  };
  figure.append(html("div", { class: "controls" }, home.label, visited.label, swap), place);
  onChoice(place, (key) => ["home", "visited"].includes(key) && draw());
  return draw;
}
