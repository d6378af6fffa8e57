/* The visit sheet comes alive: assessment, next date and body mass index as one types; saving.js keeps it.
   Nothing here is needed to save a visit, and the server judges everything again. */
"use strict";

(function () {
  const form = document.querySelector("[data-visit-form]");
  const data = form && JSON.parse(document.getElementById("visit-data").textContent);
  if (!form) return;

  const { rules, texts, language } = data;
  const { assess, compute, shown, addDays, addMonths } = window.healthaidAssess;
  const bound = form.hasAttribute("data-bound");
  const asked = new Set();
  const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

  const inputs = window.healthaidInputs;
  const { one, all, filled, setText } = inputs;
  const wrapper = (code) => boxes.get(code) || null;
  const boxes = new Map(all("[data-field]").map((box) => [box.dataset.field, box]));
  const named = Map.groupBy ? Map.groupBy(all("[name]"), (input) => input.name) : null;
  const inputsOf = (code) => (named ? named.get(code) || [] : all(`[name="${code}"]`));

  /* Until something stands in the sheet there is nothing to say. */
  let touched = bound || rules.needs.some((code) => one(`input.input-figure[name="${code}"]`)?.value);
  let suggested = null;

  /* --- answers ---------------------------------------------------------------------------------------- */

  function answerOf(code, field) {
    if (field.type === "medicines" || field.type === "rows") return linesOf(code);
    const here = inputsOf(code);
    if (!here.length) return "";
    if (field.type === "multi") return here.filter((input) => input.checked).map((input) => input.value);
    if (field.type === "choice") return (here.find((input) => input.checked) || { value: "" }).value;
    const raw = here[0].value.trim();
    if (field.type !== "number" && field.type !== "decimal") return raw;
    return inRange(here[0], inputs.asNumber(raw, field.type === "decimal"));
  }

  function linesOf(code) {
    const lines = all("[data-line]", wrapper(code) || form);
    return lines.filter((line) => all("input", line).some((input) => input.value)).map(() => true);
  }

  function inRange(input, words) {
    const { low, high } = input.dataset;
    if (words === "" || (low && Number(words) < Number(low)) || (high && Number(words) > Number(high))) return "";
    return words;
  }

  function answers() {
    const found = {};
    for (const [code, field] of Object.entries(rules.fields)) found[code] = answerOf(code, field);
    return compute(rules, found);
  }

  const who = () => ({ on: visitDay(), birthDate: data.birthDate, sex: data.sex });

  function visitDay() {
    const typed = one('[name="visit_date"]').value;
    return /^\d{4}-\d{2}-\d{2}$/.test(typed) ? typed : data.on;
  }

  /* --- the assessment --------------------------------------------------------------------------------- */

  /* With its year where that is another one: what comes round in a year would else read as today. Written as the
     pages write it, without the browser's tables of languages: reading those takes a slow phone 50 ms. */
  function dayWords(day) {
    const [year, month, date] = day.split("-").map(Number);
    const other = day.slice(0, 4) !== data.on.slice(0, 4);
    if (language === "zh") return `${other ? `${year}年` : ""}${month}月${date}日`;
    return `${date} ${MONTHS[month - 1]}${other ? ` ${year}` : ""}`;
  }

  function verdict(result) {
    if (!touched) return { tone: "quiet", word: texts.start };
    if (result.urgent) return { tone: "bad", word: texts.urgent };
    const outcome = rules.classes.find((each) => each.code === result.cls);
    if (outcome) return { tone: outcome.tone, word: outcome.word[language] };
    const metNobody = result.reasons.some((reason) => reason.code === "absent");
    return { tone: "quiet", word: metNobody ? texts.absent : texts.unknown };
  }

  function shape(tone) {
    const drawing = document.querySelector("#visit-shapes").content.querySelector(`[data-shape="${tone}"]`);
    return drawing.firstElementChild.cloneNode(true);
  }

  function showAssessment(result) {
    const panel = one("[data-assessment]");
    const { tone, word } = verdict(result);
    const due = touched && result.next_due_by ? filled(texts.due, { day: dayWords(result.next_due_by) }) : "";
    const reasons = touched ? result.reasons.map((reason) => reason[language]) : [];
    panel.dataset.tone = tone;
    one("[data-assessment-shape]").replaceChildren(shape(tone));
    setText(one("[data-assessment-word]"), word);
    setText(one("[data-assessment-advice]"), touched ? result.advice[language] : "");
    setText(one("[data-assessment-due]"), due);
    one("[data-assessment-refer]").hidden = !(touched && result.referral);
    const list = one("[data-assessment-reasons]");
    if (all("li", list).map((item) => item.textContent).join("\n") !== reasons.join("\n")) {
      list.replaceChildren(...reasons.map((words) => Object.assign(document.createElement("li"), { textContent: words })));
    }
    showVerdict(tone, word, result);
  }

  function showVerdict(tone, word, result) {
    one("[data-verdict]").hidden = !touched;
    const pill = one("[data-verdict-pill]");
    pill.className = `pill pill-${tone}`;
    pill.replaceChildren(shape(tone), word);
    const day = result.next_due_by ? dayWords(result.next_due_by) : "";
    setText(one("[data-verdict-due]"), [result.referral && !result.urgent && texts.refer, day].filter(Boolean).join(" · "));
  }

  /* --- what follows from the answers ------------------------------------------------------------------ */

  function suggestDate(result) {
    const input = one('[name="next_date"]');
    if (!input) return;
    const own = input.value && input.value !== suggested;
    if (!own && touched && result.next_due_by) {
      input.value = result.next_due_by;
      suggested = result.next_due_by;
    }
    for (const chip of all("[data-date-chips] [data-day]")) {
      chip.dataset.day = Number(chip.dataset.days)
        ? addDays(visitDay(), Number(chip.dataset.days))
        : addMonths(visitDay(), Number(chip.dataset.months));
      chip.setAttribute("aria-pressed", String(chip.dataset.day === input.value));
    }
  }

  function showComputed(given) {
    for (const output of all("[data-computed]")) {
      const field = rules.fields[output.dataset.computed];
      const value = given[output.dataset.computed] ?? "";
      const option = field.options[value];
      const words = typeof value === "number" ? value.toFixed(field.digits) : value;
      setText(output, option ? option[language] : words || "—");
    }
  }

  /* A question about a missing reading waits until that reading was passed over. */
  function waits(condition) {
    if (condition.any || condition.all) return (condition.any || condition.all).some(waits);
    return Boolean(condition.missing) && !asked.has(condition.missing);
  }

  function showAsked(given) {
    for (const [code, field] of Object.entries(rules.fields)) {
      const box = field.show && wrapper(code);
      if (!box || one(".field-error", box)) continue;
      box.hidden = !shown(rules, code, given, who()) || (!bound && waits(field.show));
    }
    for (const section of all("[data-section]")) {
      section.hidden = all("[data-field]", section).every((box) => box.hidden);
    }
  }

  /* Symptoms that may be an emergency open the list of danger signs. */
  function openFolded() {
    for (const box of all("[data-folded]")) {
      const chosen = all("input:checked", box).map((input) => input.parentElement.textContent.trim());
      setText(one("[data-chosen]", box), chosen.join(" · "));
    }
    const symptoms = rules.fields.symptoms;
    const telling = symptoms && symptoms.danger.some((code) => one(`[name="symptoms"][value="${code}"]`).checked);
    const signs = one('[data-folded="danger_signs"]');
    if (telling && signs && !signs.dataset.opened) {
      signs.open = true;
      signs.dataset.opened = "yes";
    }
  }

  function update() {
    const given = answers();
    const result = assess(rules, given, data.history, who());
    showComputed(given);
    showAsked(given);
    openFolded();
    showAssessment(result);
    suggestDate(result);
    showNotes();
    inputs.showProgress(texts);
  }

  function showNotes() {
    for (const section of all("details.visit-section:has([data-section-note])")) {
      const boxes = all("input:checked", section).map((input) => input.parentElement.textContent.trim());
      const typed = all("input:not([type=radio], [type=checkbox]), textarea", section).filter((input) => input.value);
      const days = typed.filter((input) => input.type === "date").map((input) => dayWords(input.value));
      const count = typed.length ? filled(texts.filled, { count: typed.length }) : "";
      setText(one("[data-section-note]", section), [...boxes, ...days].slice(0, 3).join(" · ") || count);
    }
  }

  function passOver(event) {
    const { name, value } = event.target;
    if (value === "" && rules.fields[name]) asked.add(name);
  }

  /* --- what was typed before ------------------------------------------------------------------------- */

  function restore(values) {
    const given = new Map();
    for (const [name, value] of values) given.set(name, [...(given.get(name) || []), value]);
    for (const input of all("input, select, textarea")) {
      if (input.name === "csrfmiddlewaretoken") continue;
      const here = given.get(input.name) || [];
      if (input.type === "checkbox" || input.type === "radio") input.checked = here.includes(input.value);
      else input.value = here[0] || "";
    }
    touched = true;
    for (const line of all("[data-line][data-spare]")) {
      line.hidden = all("input, select", line).every((input) => !input.value);
    }
    all(".input-figure").forEach((input) => inputs.checkReading(input, texts));
    update();
  }

  /* --- listening --------------------------------------------------------------------------------------- */

  function changed(event) {
    const input = event.target;
    if (!input.name || input.name.startsWith("confirm_")) return;
    touched = true;
    if (input.dataset.jump) inputs.jump(input);
    inputs.keepExclusive(input);
    update();
  }

  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("click", (event) => inputs.allowUndo(event, changed));
  form.addEventListener("keydown", inputs.moveOn);
  form.addEventListener("focusout", (event) => {
    passOver(event);
    inputs.checkReading(event.target, texts);
    showAsked(answers());
  });
  for (const link of all("[data-error-link]")) {
    link.addEventListener("click", (event) => {
      const target = document.getElementById(link.hash.slice(1));
      if (!target) return;
      event.preventDefault();
      target.closest("details:not([open])")?.setAttribute("open", "");
      target.focus();
    });
  }
  for (const chip of all("[data-date-chips] [data-day]")) {
    chip.addEventListener("click", () => {
      one('[name="next_date"]').value = chip.dataset.day;
      touched = true;
      update();
    });
  }
  all("[data-date-chips]").forEach((chips) => (chips.hidden = false));
  for (const input of all("input[type=radio]:checked")) input.dataset.was = "yes";
  inputs.prepareLines();
  inputs.prepareLongForm(() => {
    touched = true;
    update();
  });
  update();

  /* What saving.js works with. */
  window.healthaidSheet = {
    form, data, bound, answers, restore, update, who, box: wrapper,
    isTouched: () => touched,
    result: () => assess(rules, answers(), data.history, who()),
    verdict: () => verdict(window.healthaidSheet.result()).word,
    dayWords,
  };
})();
