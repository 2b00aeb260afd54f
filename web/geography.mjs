// World geometry by ISO code: Natural Earth 1:50m without Antarctica, with a point for every place too small to see.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import countries from "i18n-iso-countries";
import { geoCentroid, geoArea } from "d3-geo";
import { feature, quantize } from "topojson-client";
import { presimplify, simplify } from "topojson-simplify";

const require = createRequire(import.meta.url);

// Natural Earth gives no number to places without an ISO one.
const BY_NAME = { Kosovo: "XK", "N. Cyprus": null, Somaliland: null, "Indian Ocean Ter.": "CX", "Ashmore and Cartier Is.": null, "Siachen Glacier": null };
// Parts of a state that Natural Earth draws as that state: [longitude, latitude].
const POINTS = {
  GF: [-53.2, 3.9], GP: [-61.5, 16.2], MQ: [-61.0, 14.65], RE: [55.5, -21.1], YT: [45.15, -12.8], BQ: [-68.3, 12.2],
  GI: [-5.35, 36.14], TK: [-171.8, -9.2], SJ: [16, 78.5], TV: [179.2, -8.5], CC: [96.8, -12.2], CX: [105.6, -10.5], UM: [166.6, 19.3],
  BV: [3.4, -54.4],
};
const SMALL = 2.2e-4; // steradians: about 9,000 km², less than a fingertip on any screen

export function geography() {
  const topology = JSON.parse(readFileSync(require.resolve("world-atlas/countries-50m.json"), "utf8"));
  delete topology.objects.land;
  const geometries = topology.objects.countries.geometries.filter((one) => one.properties.name !== "Antarctica");
  for (const one of geometries) {
    const name = one.properties.name;
    const code = name in BY_NAME ? BY_NAME[name] : countries.numericToAlpha2(one.id);
    one.properties = code ? { code } : { name };
    delete one.id;
  }
  topology.objects.countries.geometries = geometries;
  const points = { ...POINTS };
  for (const one of feature(topology, topology.objects.countries).features)
    if (one.properties.code && geoArea(one) < SMALL) points[one.properties.code] ??= geoCentroid(one).map((each) => Math.round(each * 100) / 100);
  const simple = simplify(presimplify(topology), 0.004);
  return { topology: quantize(simple, 2e4), points };
}
