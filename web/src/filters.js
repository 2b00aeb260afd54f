// Choices shared by every figure of the page: what one shows, the others show too where they can.
import { html } from "./dom.js";

const chosen = new Map();
const listeners = new Map();
const shown = new WeakSet();

/** The option of this key that the page chose, if it is one of these; else the first. */
export function value(choice) {
  const wanted = chosen.get(choice.key);
  return choice.options.some(([id]) => id === wanted) ? wanted : choice.options[0]?.[0];
}

export function choose(key, id) {
  chosen.set(key, id);
  for (const [node, redraw] of listeners) {
    if (node.isConnected) {
      shown.add(node);
      redraw(key);
    } else if (shown.has(node)) listeners.delete(node); // a part that was swapped out; one not yet in the page stays
  }
}

/** Call `redraw` whenever any choice of the page changes, as long as `node` is in it. */
export const onChoice = (node, redraw) => listeners.set(node, redraw);

/** One select a choice; a choice of one option needs none. */
export function controls(choices, extra = []) {
  const selects = choices
    .filter((choice) => choice.options.length > 1)
    .map((choice) => {
      const select = html(
        "select",
        { "data-choice": choice.key, onchange: (event) => choose(choice.key, event.target.value) },
        choice.options.map(([id, label]) => html("option", { value: id }, label)),
      );
      select.value = value(choice);
      onChoice(select, (key) => key === choice.key && (select.value = value(choice)));
      return html("label", null, choice.label, select);
    });
  const words = html("p", { class: "chosen" }, inWords(choices));
  onChoice(words, () => (words.textContent = inWords(choices)));
  return html("div", null, html("div", { class: "controls" }, selects, extra), words);
}

/** The key of `values` that the current choices name. */
export const keyOf = (choices) => choices.map(value).join("|");

/** The current choices in words. */
export const inWords = (choices) =>
  choices.map((choice) => choice.options.find(([id]) => id === value(choice))?.[1] ?? "").filter(Boolean).join(", ");
