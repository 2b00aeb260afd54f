// Bundles src/ into the one viz.js that the report carries inside itself and the dashboard serves.
import { build } from "esbuild";
import { copyFileSync, mkdirSync, readFileSync, readdirSync } from "node:fs";
import { geography } from "./geography.mjs";

const target = new URL("../src/ipxray/report/static/", import.meta.url).pathname;
mkdirSync(target, { recursive: true });

const map = {
  name: "map data",
  setup(bundler) {
    bundler.onResolve({ filter: /^map-data$/ }, () => ({ path: "map-data", namespace: "map-data" }));
    bundler.onLoad({ filter: /.*/, namespace: "map-data" }, () => {
      // A string parses faster than the same object as source text.
      const text = JSON.stringify(JSON.stringify(geography()));
      return { contents: `export default JSON.parse(${text});`, loader: "js" };
    });
  },
};

// Each report carries the notices of what stands in its script, as their licences ask.
const bundled = ["d3-geo", "d3-array", "d3-sankey", "d3-shape", "d3-path", "internmap", "topojson-client", "world-atlas"];
const notices = bundled.map((name) => {
  const folder = new URL(`node_modules/${name}/`, import.meta.url).pathname;
  const file = readdirSync(folder).find((one) => one.startsWith("LICENSE"));
  return `${name}\n\n${readFileSync(folder + file, "utf8").trim()}`;
});
const banner = `/*! The figures of ipxray (Apache-2.0), with parts of:\n\n${notices.join("\n\n").replaceAll("*/", "* /")}\n\nMap: Natural Earth, public domain. */`;

await build({
  entryPoints: [new URL("src/main.js", import.meta.url).pathname],
  outfile: `${target}viz.js`,
  bundle: true,
  minify: true,
  format: "iife",
  globalName: "ipxray",
  target: ["es2020"],
  charset: "utf8",
  legalComments: "none",
  banner: { js: banner },
  plugins: [map],
  logLevel: "warning",
});

// htmx as its authors ship it: the dashboard serves it, so that filters and progress need no page load.
const beside = new URL("../src/ipxray/dashboard/static/", import.meta.url).pathname;
copyFileSync(new URL("node_modules/htmx.org/dist/htmx.min.js", import.meta.url).pathname, `${beside}htmx.js`);
