/* Comfort for the window: sums while typing, keys in the grid, the disease's code with its name.
   Nothing here is needed: the server adds up again and asks for whatever is missing. */
"use strict";

(() => {
  const WIDE = { "．": ".", "，": ",", "－": "-", "−": "-" };

  function amountOf(text) {
    const narrow = [...text]
      .map((mark) => WIDE[mark] || (mark >= "０" && mark <= "９" ? String.fromCharCode(mark.charCodeAt(0) - 0xfee0) : mark))
      .join("")
      .replace(/[,\s¥￥元]/g, "");
    return /^[+-]?\d+(\.\d+)?$/.test(narrow) ? Math.round(Number(narrow) * 100) : 0;
  }

  function shown(fen) {
    const sign = fen < 0 ? "−" : "";
    const whole = String(Math.floor(Math.abs(fen) / 100)).replace(/\B(?=(\d{3})+$)/g, ",");
    return `${sign}${whole}.${String(Math.abs(fen) % 100).padStart(2, "0")}`;
  }

  function cellsOf(row) {
    return [...row.querySelectorAll("input[data-cell]")];
  }

  function addUp(grid) {
    const rows = [...grid.tBodies[0].rows].filter((row) => cellsOf(row).length);
    const columns = [];
    let all = 0;
    for (const row of rows) {
      let sum = 0;
      cellsOf(row).forEach((input, place) => {
        const fen = amountOf(input.value);
        columns[place] = (columns[place] || 0) + fen;
        if (input.dataset.cell === "amount") sum += fen;
      });
      row.querySelector("[data-row-sum]").textContent = sum ? shown(sum) : "";
      all += sum;
    }
    grid.querySelectorAll("[data-column-sum]").forEach((output, place) => {
      output.textContent = shown(columns[place] || 0);
    });
    grid.querySelector("[data-grid-sum]").textContent = shown(all);
    compare(all);
  }

  function compare(all) {
    const line = document.querySelector("[data-compare]");
    const typed = document.getElementById("id_typed_total");
    if (!line || !typed) return;
    const difference = all - amountOf(typed.value);
    if (!typed.value.trim()) {
      line.textContent = "";
      delete line.dataset.state;
    } else if (!difference) {
      line.textContent = line.dataset.same;
      line.dataset.state = "same";
    } else {
      line.textContent = `${difference > 0 ? line.dataset.more : line.dataset.less} ${shown(Math.abs(difference))}`;
      line.dataset.state = "apart";
    }
  }

  /* Up, down and Enter stay in the column; left and right leave the cell only at its ends. */
  function move(event, grid) {
    const input = event.target;
    if (!input.matches("input[data-cell]")) return;
    const rows = [...grid.tBodies[0].rows].filter((row) => cellsOf(row).length);
    const at = rows.indexOf(input.closest("tr"));
    const place = cellsOf(rows[at]).indexOf(input);
    const ends = { ArrowLeft: input.selectionStart === 0, ArrowRight: input.selectionEnd === input.value.length };
    const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], Enter: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
    const step = steps[event.key];
    if (!step || event.ctrlKey || event.metaKey || ends[event.key] === false) return;
    const row = rows[at + step[0]];
    const next = row ? cellsOf(row)[place + step[1]] : event.key === "Enter" && document.getElementById("id_typed_total");
    if (event.key === "Enter") event.preventDefault();
    if (!next) return;
    event.preventDefault();
    next.focus();
    next.select();
  }

  function watchGrid() {
    const grid = document.querySelector("[data-grid]");
    if (!grid) return;
    grid.addEventListener("input", () => addUp(grid));
    grid.addEventListener("keydown", (event) => move(event, grid));
    const typed = document.getElementById("id_typed_total");
    if (typed) typed.addEventListener("input", () => addUp(grid));
    addUp(grid);
  }

  function watchDiagnosis() {
    const input = document.querySelector("[data-diagnosis]");
    const list = document.getElementById("diseases");
    const code = document.getElementById("id_icd10");
    if (!input || !list) return;
    let waiting;
    input.addEventListener("input", () => {
      const chosen = [...list.options].find((option) => option.value === input.value);
      if (chosen && code && chosen.dataset.code) code.value = chosen.dataset.code;
      if (chosen) return;
      clearTimeout(waiting);
      waiting = setTimeout(() => ask(input.value, list), 250);
    });
  }

  async function ask(text, list) {
    if (!text.trim()) return;
    const answer = await fetch(`${list.dataset.url}?diagnosis=${encodeURIComponent(text)}`).catch(() => null);
    if (!answer || !answer.ok || answer.redirected) return;
    const found = new DOMParser().parseFromString(await answer.text(), "text/html");
    list.replaceChildren(...found.querySelectorAll("option"));
  }

  document.addEventListener("DOMContentLoaded", () => {
    watchGrid();
    watchDiagnosis();
  });
})();
