// The exposure of one pair, as docs/method.md §4 and the room `exposure` have it; a test holds the two to the same figures.
const SERVICES = ["sccp", "diameter", "grx"];
const ENDS = ["home", "visited"];
export const LEVELS = ["forced", "low", "expected", "high", "possible"];
const HIDDEN = "hidden"; // what an operator that declares nothing keeps from us: one carrier of its own, whoever that is

const sum = (list, of) => list.reduce((total, one) => total + of(one), 0);
const clip = (value) => Math.min(1, Math.max(0, value));

/** Prepare a world: boxes by service and network, with the expected share of those that declare nothing. */
export function prepare(data) {
  const nodes = data.nodes.map(([id, label, low, point, high, candidates]) => ({ id, label, low, point, high, candidates, resolved: candidates.length === 1 && candidates[0] === id }));
  const boxes = Object.fromEntries(SERVICES.map((service) => [service, new Map(data.networks.map((one) => {
    const parts = (data.boxes[service]?.[one.id] ?? []).map(([place, low, point, high, confirmed]) => ({ node: nodes[place], low: Math.min(low, point), point, high: Math.max(Math.min(high, 1), point), confirmed: confirmed > 0 }));
    const declares = parts.length > 0;
    const said = !one.absent.includes(service);
    return [one.id, { parts, declares, missing: said && !declares, applicable: said || declares }];
  }))]));
  const world = { data, boxes, parameters: data.parameters };
  world.prior = Object.fromEntries(SERVICES.map((service) => [service, mean(world, service, (box) => sum(box.parts, (one) => one.point * one.node.point))]));
  world.priorLink = Object.fromEntries(SERVICES.map((service) => [service, mean(world, service, (box) => Number(holds(box, "point")))]));
  return world;
}

const holds = (box, level) => box.parts.some((one) => one.high > 0 && one.node[level] > 0);

function mean(world, service, of) {
  for (const services of [[service], SERVICES]) {
    const found = services.flatMap((each) => [...world.boxes[each].values()]).filter((box) => box.declares).map(of);
    if (found.length) return clip(sum(found, (one) => one) / found.length);
  }
  return 0;
}

const hidden = (low, point, high) => ({ low: 1, point: 1, high: 1, node: { id: HIDDEN, low, point, high, candidates: [], resolved: false } });
const partsOf = (box, prior) => (box.missing ? [hidden(0, prior, 1)] : box.parts);

function mayBeOne(one, other) {
  if (one.id === other.id && one.id !== HIDDEN) return true;
  if (!one.candidates.length || !other.candidates.length) return true;
  return one.candidates.some((name) => other.candidates.includes(name));
}

const certainlyOne = (one, other) => one.id === other.id && one.resolved;
const sameName = (one, other) => one.id === other.id && one.id !== HIDDEN;

const BOUNDS = {
  low: {
    reach: (parts) => clip(Math.max(sum(parts, (one) => one.low * one.node.low), 1 - sum(parts, (one) => one.high * (1 - one.node.low)))),
    onNet: (sender, receiver, parts, reach, preference) => {
      const serves = (one) => receiver.some((other) => other.high > 0 && other.node.low < 1 && mayBeOne(one.node, other.node));
      const most = sum(parts, (one) => (serves(one) ? one.high * (1 - one.node.low) : 0));
      const least = sum(parts, (one) => (serves(one) ? one.low * (1 - one.node.low) : 0));
      return preference.high * Math.min(most, least + Math.max(0, 1 - sum(parts, (one) => one.low)));
    },
  },
  expected: {
    reach: (parts) => sum(parts, (one) => one.point * one.node.point),
    onNet: (sender, receiver, parts, reach, preference) =>
      preference.point * sum(parts, (one) => (receiver.some((other) => other.high > 0 && sameName(one.node, other.node)) ? one.point * (1 - one.node.point) : 0)),
  },
  high: {
    reach: (parts) => clip(Math.min(sum(parts, (one) => one.high * one.node.high), 1 - sum(parts, (one) => one.low * (1 - one.node.high)))),
    onNet: (sender, receiver, parts, reach, preference) => {
      const serves = (one) => receiver.some((other) => other.high > 0 && certainlyOne(one.node, other.node));
      const slack = 1 - reach - sum(parts, (one) => one.high * (1 - one.node.high));
      const most = sum(parts, (one) => (serves(one) ? one.high * (1 - one.node.high) : 0));
      return preference.low * Math.max(most + slack, sum(parts, (one) => (serves(one) ? one.low * (1 - one.node.high) : 0)));
    },
  },
};

/** Share of the sender's messages to the receiver that cross the set, by level; before what protection leaves. */
function path(world, service, sender, receiver) {
  const { parameters } = world;
  const [from, to] = [sender, receiver].map((box) => partsOf(box, world.prior[service]));
  const point = parameters.on_net_point;
  const preference = { low: Math.min(parameters.on_net_low, point), point, high: Math.max(parameters.on_net_high, point) };
  const found = {};
  for (const [level, { reach, onNet }] of Object.entries(BOUNDS)) {
    const own = reach(from);
    found[level] = clip(own + reach(to) * (1 - own - onNet(sender, to, from, own, preference)));
  }
  const captured = (box) => Number(box.parts.some((one) => one.high > 0) && box.parts.every((one) => one.high <= 0 || one.node.low >= 1));
  const touched = (box) => Number(box.missing || holds(box, "high"));
  const either = (of) => 1 - (1 - of(sender)) * (1 - of(receiver));
  const [least, most] = [parameters.direct_share_low, parameters.direct_share_high].sort((one, other) => one - other);
  const scale = { low: 1 - most, expected: 1 - (least + most) / 2, high: 1 - least };
  return [scale.low * either(captured), scale.low * found.low, scale.expected * found.expected, scale.high * found.high, scale.high * either(touched)];
}

/** Whether a carrier of the set holds a trusted link to the network; the least asks that a register confirms it. */
function link(world, service, box) {
  if (box.missing) return [0, 0, world.priorLink[service], 1, 1];
  const low = Number(box.parts.some((one) => one.high > 0 && one.confirmed && one.node.low > 0));
  const high = Number(holds(box, "high"));
  return [low, low, Number(holds(box, "point")), high, high];
}

function left(parameters, threat, service) {
  if (threat === "inject") return 1 - parameters.firewall_effectiveness;
  return 1 - parameters[`${threat === "read" ? "confidentiality" : "integrity"}_${service}`];
}

/** `service|class|threat` → the five levels, for every combination with a message; services that an end has not count for none. */
export function exposure(world, home, visited) {
  const { parameters } = world;
  const sources = {};
  for (const service of SERVICES) {
    const [here, there] = [home, visited].map((tadig) => world.boxes[service].get(tadig));
    if (!here.applicable || !there.applicable) continue;
    sources[service] = {
      path: { home: path(world, service, here, there), visited: path(world, service, there, here) },
      link: { home: link(world, service, here), visited: link(world, service, there) },
    };
  }
  const totals = new Map();
  for (const [service, dataClass, , chooser, weight, threats, forgedTo] of world.data.messages) {
    if (!sources[service]) continue;
    for (const threat of ["read", "alter", "inject"]) {
      const end = threat === "inject" ? forgedTo : threats.includes(threat) ? chooser : null;
      if (!ENDS.includes(end)) continue;
      const levels = sources[service][threat === "inject" ? "link" : "path"][end];
      for (const [name, mix] of [[service, 1], ["all", parameters[`weight_${service}`]]])
        add(totals, `${name}|${dataClass}|${threat}`, weight * mix, left(parameters, threat, service), levels);
    }
  }
  return new Map([...totals].filter(([, one]) => one.weight > 0).map(([key, one]) => [key, ordered(one.levels.map((each) => each / one.weight))]));
}

function add(totals, key, weight, kept, levels) {
  if (!totals.has(key)) totals.set(key, { weight: 0, levels: [0, 0, 0, 0, 0] });
  const total = totals.get(key);
  total.weight += weight;
  levels.forEach((level, place) => (total.levels[place] += weight * kept * level));
}

/** Only rounding can cross the levels; put them back in order. */
function ordered([forced, low, expected, high, possible]) {
  return [Math.min(forced, low), low, Math.min(Math.max(expected, low), high), high, Math.max(possible, high)];
}
