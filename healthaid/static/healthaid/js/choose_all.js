/* One tick for all rows of the page; without script each row is ticked by itself. */
"use strict";

for (const form of document.querySelectorAll("[data-choose]")) {
  const all = form.querySelector("[data-choose-all]");
  if (!all) continue;
  const rows = () => [...form.querySelectorAll("tbody input[type=checkbox]")];
  all.hidden = false;
  all.addEventListener("change", (event) => {
    for (const row of rows()) row.checked = event.target.checked;
  });
  form.addEventListener("change", (event) => {
    if (!all.contains(event.target)) all.querySelector("input").checked = rows().every((row) => row.checked);
  });
}
