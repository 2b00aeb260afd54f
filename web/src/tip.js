// One tooltip for the page: on hover, on focus, gone with Escape.
import { html } from "./dom.js";

let box;

function place(node, event) {
  const at = event?.clientX !== undefined && event.type.startsWith("pointer") ? { x: event.clientX, y: event.clientY } : middle(node);
  const { width, height } = box.getBoundingClientRect();
  const room = document.documentElement.clientWidth;
  const left = Math.max(4, Math.min(at.x + 14, room - width - 8));
  const above = at.y + 18 + height > window.innerHeight;
  box.style.left = `${left + window.scrollX}px`;
  box.style.top = `${Math.max(4, above ? at.y - height - 12 : at.y + 16) + window.scrollY}px`;
}

function middle(node) {
  const { left, top, width, height } = node.getBoundingClientRect();
  return { x: left + width / 2, y: top + height / 2 };
}

function show(node, lines, event) {
  box ??= document.body.appendChild(html("div", { class: "tip", role: "tooltip", id: "tip", hidden: true }));
  const [first, ...rest] = lines();
  box.replaceChildren(html("b", null, first), ...rest.filter(Boolean).map((line) => html("span", null, line)));
  box.hidden = false;
  node.setAttribute("aria-describedby", "tip");
  place(node, event);
}

export function hide() {
  if (box) box.hidden = true;
}

/** Give a mark a tooltip; `lines` is asked when it shows. */
export function tip(node, lines) {
  node.addEventListener("pointerenter", (event) => show(node, lines, event));
  node.addEventListener("pointermove", (event) => place(node, event));
  node.addEventListener("pointerleave", hide);
  node.addEventListener("focus", (event) => show(node, lines, event));
  node.addEventListener("blur", hide);
  return node;
}

export const watch = () => document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
