// Light, dark, or as the system says; kept where the browser lets a page keep anything.
import { html } from "./dom.js";

const KEY = "ipxray-theme";
const NAMES = { auto: "Theme: system", light: "Theme: light", dark: "Theme: dark" };

function kept() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function apply(name) {
  if (name === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = name;
  try {
    localStorage.setItem(KEY, name);
  } catch {
    // a page from a file may not be allowed to keep anything
  }
}

export function theme(place) {
  let now = kept() in NAMES ? kept() : "auto";
  const order = Object.keys(NAMES);
  const button = html("button", { type: "button" }, NAMES[now]);
  button.addEventListener("click", () => {
    now = order[(order.indexOf(now) + 1) % order.length];
    apply(now);
    button.textContent = NAMES[now];
  });
  if (now !== "auto") apply(now);
  place.replaceChildren(button);
}
