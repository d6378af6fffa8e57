/* Single fields of the visit sheet: readings that look wrong, the jump between two pressures, chips, lines of a table. */
"use strict";

(function () {
  const form = document.querySelector("[data-visit-form]");
  if (!form) return;

  const one = (selector, root = form) => root.querySelector(selector);
  const all = (selector, root = form) => [...root.querySelectorAll(selector)];

  function folded(words) {
    return words.normalize("NFKC").replace(/。/g, ".").replace(/\s+/g, "");
  }

  /* What was typed as a plain number, as text; empty where it is none. */
  function asNumber(raw, decimal) {
    let words = folded(raw).replace(/[a-z/²℃°%\u4e00-\u9fff]+$/i, "");
    if (decimal) words = words.replace(",", ".");
    return /^\d+(\.\d+)?$/.test(words) ? words : "";
  }

  function filled(sentence, values) {
    return sentence.replace(/%\((\w+)\)s/g, (_, name) => values[name]);
  }

  function setText(element, words) {
    if (element.textContent !== words) element.textContent = words;
  }

  function checkReading(input, texts) {
    const box = input.closest("[data-field]");
    if (!box || !input.matches(".input-figure")) return;
    const words = asNumber(input.value, input.inputMode === "decimal");
    const { low, high, rareLow, rareHigh } = input.dataset;
    const number = Number(words);
    const outside = words !== "" && ((low && number < Number(low)) || (high && number > Number(high)));
    const rare = words !== "" && !outside && ((rareLow && number < Number(rareLow)) || (rareHigh && number > Number(rareHigh)));
    const below = input.closest(".visit-pair") || box;
    note(below, input.name, outside ? filled(texts.range, { low, high }) : rare ? filled(texts.rare, { value: words }) : "");
    askToConfirm(below, input.name, rare ? String(number) : "");
  }

  function note(box, code, words) {
    let line = one(`[data-live="${code}"]`, box);
    if (!line && words) {
      line = Object.assign(document.createElement("p"), { className: "visit-warning" });
      line.dataset.live = code;
      line.setAttribute("role", "status");
      (one(".visit-pair-fields", box) || one(".visit-columns", box)).after(line);
    }
    if (line) setText(line, words);
  }

  function askToConfirm(box, code, value) {
    const label = one(`[data-confirm="${code}"]`, box);
    if (!label) return;
    const check = one("input", label);
    if (check.value !== value) check.checked = false;
    check.value = value;
    label.hidden = value === "";
  }

  /* Three digits beginning with 1 to 3 are a whole upper pressure; 138/86 in one go fills both. */
  function jump(input) {
    const next = one(`[name="${input.dataset.jump}"]`);
    const words = folded(input.value);
    const pair = words.match(/^(\d{2,3})[/-](\d{2,3})$/);
    if (pair) {
      [input.value, next.value] = [pair[1], pair[2]];
    } else if (new RegExp(`^[1-3]\\d{${Number(input.dataset.jumpAfter) - 1}}$`).test(words)) {
      next.focus();
      next.select();
    }
  }

  function keepExclusive(input) {
    const box = input.closest("[data-exclusive]");
    if (!box || !input.checked || input.name !== box.dataset.field) return;
    const alone = input.value === box.dataset.exclusive;
    for (const other of all(`[name="${input.name}"]`, box)) {
      if (other !== input && (alone || other.value === box.dataset.exclusive)) other.checked = false;
    }
  }

  /* A second tap on a chosen answer takes it back, where none is needed. */
  function allowUndo(event, changed) {
    const input = event.target;
    if (input.type !== "radio" || input.closest("[data-required]")) return;
    if (input.dataset.was === "yes") {
      input.checked = false;
      delete input.dataset.was;
      changed(event);
    } else {
      for (const other of all(`[name="${input.name}"]`)) delete other.dataset.was;
      input.dataset.was = "yes";
    }
  }

  function moveOn(event) {
    const input = event.target;
    if (event.key !== "Enter" || event.isComposing || !input.matches("input:not([type=checkbox], [type=radio])")) return;
    event.preventDefault();
    const inputs = all("input:not([type=hidden]), select, textarea").filter((each) => each.offsetParent !== null);
    const next = inputs[inputs.indexOf(input) + 1];
    if (next) next.focus();
    else input.blur();
  }

  function prepareLines() {
    for (const list of all("[data-lines]")) {
      const button = one("[data-line-add]", list);
      const spare = all("[data-line][data-spare]", list);
      spare.forEach((line) => (line.hidden = true));
      button.hidden = !spare.length;
      button.addEventListener("click", () => {
        const line = spare.find((each) => each.hidden);
        line.hidden = false;
        one("input, select", line).focus();
        button.hidden = !spare.some((each) => each.hidden);
      });
    }
  }

  /* Whether a question has an answer; its target and its confirmation are no part of it. */
  function isFilled(box) {
    return all("input, select, textarea", box).some((input) => {
      if (input.name.startsWith("confirm_") || input.name.endsWith("_target")) return false;
      return /^(radio|checkbox)$/.test(input.type) ? input.checked : input.value.trim() !== "";
    });
  }

  /* The questions asked of everybody that are on the sheet now, by section. */
  function asked(section) {
    return all("[data-field]:not([data-optional])", section).filter((box) => !box.closest("[hidden]"));
  }

  function showProgress(texts) {
    const whole = { filled: 0, asked: 0 };
    for (const section of all("[data-section]")) {
      const boxes = asked(section);
      const part = { filled: boxes.filter(isFilled).length, asked: boxes.length };
      const label = one("[data-section-progress]", section);
      if (label) {
        setText(label, filled(texts.progress, part));
        label.toggleAttribute("data-whole", part.filled === part.asked);
      }
      whole.filled += part.filled;
      whole.asked += part.asked;
    }
    const bar = one("[data-progress-bar]");
    if (!bar) return;
    setText(one("[data-progress]"), filled(texts.progress, whole));
    [bar.max, bar.value] = [Math.max(whole.asked, 1), whole.filled];
    one("[data-next-gap]").hidden = whole.filled === whole.asked;
  }

  /* Every question of a section that has no answer yet gets the one that means normal. */
  function restIsNormal(button) {
    const section = button.closest("[data-section]");
    const empty = asked(section).filter((box) => !isFilled(box));
    for (const box of empty) {
      const normal = one("[data-normal]", box);
      if (normal) normal.checked = true;
      if (normal?.type === "radio") normal.dataset.was = "yes";
    }
    return empty.length;
  }

  /* To the next question without an answer, after the one that has the focus. */
  function goToGap() {
    const gaps = all("[data-section]").flatMap(asked).filter((box) => !isFilled(box));
    const here = document.activeElement?.closest("[data-field]");
    const after = (box) => !here || here.compareDocumentPosition(box) & Node.DOCUMENT_POSITION_FOLLOWING;
    const next = gaps.find((box) => box !== here && after(box)) || gaps[0];
    if (!next) return;
    for (let fold = next.closest("details:not([open])"); fold; fold = next.closest("details:not([open])")) fold.open = true;
    one("input, select, textarea", next).focus();
    next.scrollIntoView({ block: "center" });
  }

  function prepareLongForm(changed) {
    one("[data-next-gap]")?.addEventListener("click", goToGap);
    for (const button of all("[data-rest-normal]")) {
      button.hidden = false;
      button.addEventListener("click", () => {
        if (restIsNormal(button)) changed();
      });
    }
    const first = one("[data-first-fault]");
    if (!first) return;
    first.hidden = false;
    first.addEventListener("click", () => one("[data-error-link]").click());
  }

  window.healthaidInputs = {
    one, all, asNumber, filled, setText, checkReading, jump, keepExclusive, allowUndo, moveOn, prepareLines,
    showProgress, prepareLongForm,
  };
})();
