// Tables that sort by a column and hide the rows that do not hold a word.
import { html } from "./dom.js";

const WORTH_FILTERING = 12;

function weight(cell) {
  const text = (cell.querySelector(".level b") ?? cell).textContent.trim();
  if (text === "–" || text === "") return null;
  const number = text.startsWith("<") ? 0.005 : text.startsWith(">") ? 0.995 : Number(text.replaceAll(",", ""));
  return Number.isNaN(number) ? text.toLowerCase() : number;
}

function compare(one, other) {
  if (one === null || other === null) return (one === null) - (other === null);
  if (typeof one === typeof other) return one < other ? -1 : one > other ? 1 : 0;
  return typeof one === "number" ? -1 : 1;
}

function sortBy(table, column, header) {
  const downwards = header.getAttribute("aria-sort") !== "descending" && !["text", "code"].includes(header.className)
    || header.getAttribute("aria-sort") === "ascending";
  for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
  header.setAttribute("aria-sort", downwards ? "descending" : "ascending");
  const body = table.tBodies[0];
  const rows = [...body.rows].map((row, place) => [weight(row.cells[column]), place, row]);
  rows.sort(([one, here], [other, there]) => {
    const order = compare(one, other);
    return (one === null || other === null ? order : downwards ? -order : order) || here - there;
  });
  body.append(...rows.map(([, , row]) => row));
}

function filterBox(table) {
  const count = html("span", { role: "status", class: "note" });
  const field = html("input", {
    type: "search",
    oninput: () => {
      const word = field.value.trim().toLowerCase();
      let shown = 0;
      for (const row of table.tBodies[0].rows) {
        row.hidden = word !== "" && !row.textContent.toLowerCase().includes(word);
        shown += !row.hidden;
      }
      count.textContent = word ? `${shown} of ${table.tBodies[0].rows.length} rows` : "";
    },
  });
  return html("div", { class: "controls" }, html("label", null, "Show rows with", field), count);
}

export function tables(root) {
  for (const table of root.querySelectorAll("table")) {
    const rows = table.tBodies[0]?.rows ?? [];
    if (table.dataset.alive || table.closest("figure") || rows.length < 2 || rows[0].cells.length < 2) continue;
    table.dataset.alive = "yes";
    [...table.tHead.rows[0].cells].forEach((header, column) => {
      const button = html("button", { type: "button" }, header.textContent);
      button.addEventListener("click", () => sortBy(table, column, header));
      header.replaceChildren(button);
    });
    if (rows.length >= WORTH_FILTERING) table.closest(".scroll")?.before(filterBox(table));
  }
}
