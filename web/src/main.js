// The figures of ipxray. A figure element names its kind and holds its data as JSON; without this script its table stands alone.
import { html } from "./dom.js";
import { bars, stack, tornado } from "./bars.js";
import { change, frontier } from "./change.js";
import { flows } from "./flows.js";
import { intervals } from "./intervals.js";
import { ladder } from "./ladder.js";
import { map } from "./map.js";
import { pairs } from "./pairs.js";
import { tables } from "./tables.js";
import { theme } from "./theme.js";
import { steps, timeline } from "./timeline.js";
import { watch } from "./tip.js";

const KINDS = { map, intervals, flows, bars, stack, tornado, pairs, timeline, ladder, change, frontier, steps };

function draw(figure) {
  const source = figure.querySelector('script[type="application/json"]');
  const kind = KINDS[figure.dataset.figure];
  if (!kind || !source || figure.classList.contains("drawn")) return;
  figure.classList.add("drawn");
  try {
    const redraw = kind(figure, JSON.parse(source.textContent));
    redraw();
    let width = figure.clientWidth;
    new ResizeObserver(() => {
      if (figure.clientWidth && Math.abs(figure.clientWidth - width) > 8) {
        width = figure.clientWidth;
        redraw();
      }
    }).observe(figure);
  } catch (error) {
    figure.append(html("p", { class: "note" }, "This figure could not be drawn; the table below holds its values."));
    console.error(error);
  }
}

/** Draw every figure and enliven every table beneath `root`: the page at first, a part that was swapped in later. */
export function mount(root = document) {
  const waiting = [...root.querySelectorAll("[data-figure]")];
  // One figure a task, from the top: the page answers while the rest is drawn.
  const next = () => {
    const figure = waiting.shift();
    if (figure) {
      draw(figure);
      setTimeout(next);
    } else {
      tables(root);
      if (root === document && location.hash) open();
    }
  };
  next();
}

/** Paper does not wait. */
function print() {
  for (const figure of document.querySelectorAll("[data-figure]")) draw(figure);
}

function open() {
  const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1)); // ids need no escapes
  target?.closest?.("details")?.setAttribute("open", "");
  if (target) target.scrollIntoView();
}

watch();
const place = document.getElementById("theme");
if (place) theme(place);
mount();
addEventListener("hashchange", open);
addEventListener("beforeprint", print);
document.addEventListener("htmx:afterSwap", (event) => mount(event.target));
