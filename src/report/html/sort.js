"use strict";
// The matrix of the collection, sorted by a column. Worst first, so that what needs a look is on top.
(() => {
  const table = document.querySelector(".sortable");
  const order = ["conflict", "no", "ask", "if", "yes", "–"];
  const heads = [...table.querySelectorAll("thead th")];
  const sort = (head, column) => {
    const down = head.getAttribute("aria-sort") === "ascending";
    heads.forEach((other) => other.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const key = (row) => {
      const text = row.cells[column].textContent.trim();
      return column === 0 ? text : String(order.indexOf(text));
    };
    const rows = [...table.tBodies[0].rows].map((row) => [key(row), row]);
    rows.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0) * (down ? -1 : 1));
    table.tBodies[0].append(...rows.map(([, row]) => row));
  };
  heads.forEach((head, column) => {
    // Not a button element: browsers leave these out where they repeat the head of a table on paper.
    const button = document.createElement("span");
    button.setAttribute("role", "button");
    button.tabIndex = 0;
    button.textContent = head.textContent;
    button.addEventListener("click", () => sort(head, column));
    button.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      sort(head, column);
    });
    head.replaceChildren(button);
  });
})();
