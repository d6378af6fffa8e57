// A mistake's line number leads to its line in the text.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-line]");
  const text = document.getElementById("id_text");
  if (!button || !text) return;
  const rows = text.value.split("\n");
  const line = Math.min(Number(button.dataset.line), rows.length);
  const start = rows.slice(0, line - 1).reduce((sum, row) => sum + row.length + 1, 0);
  text.focus();
  text.setSelectionRange(start, start + rows[line - 1].length);
  const height = parseFloat(getComputedStyle(text).lineHeight) || 20;
  text.scrollTop = Math.max(0, (line - 4) * height);
  text.scrollIntoView({ block: "center" });
});
