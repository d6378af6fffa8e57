/* Saving a visit: checked here, kept on the phone first, then sent; what the server says of it is told in the sheet.
   Where the phone cannot keep anything safely, the form is posted the plain way. */
"use strict";

(function () {
  const sheet = window.healthaidSheet;
  if (!sheet) return;

  const { form, data, bound } = sheet;
  const { one, all, asNumber, filled } = window.healthaidInputs;
  const { needed, absent } = window.healthaidAssess;
  const { rules, texts, language } = data;
  const drafts = window.healthaidDrafts;
  const phone = window.healthaidPhone;
  const vault = window.healthaidVault;
  const asked = new URLSearchParams(location.search);
  const button = one(".visit-bar [type=submit]");
  const PAUSE = 250;
  const PATIENCE = 4000;
  let open = null;
  let leased = false;
  let busy = false;
  let timer = null;

  const clientId = () => one('[name="client_id"]').value;
  const wait = (time) => new Promise((resolve) => setTimeout(resolve, time));
  const copiedAt = document.documentElement.dataset.copied;

  /* --- the draft ------------------------------------------------------------------------------------------- */

  function typed() {
    return [...new FormData(form)].filter(([name, value]) => name !== "csrfmiddlewaretoken" && typeof value === "string");
  }

  function keep() {
    clearTimeout(timer);
    if (!data.draft || !leased || busy || !sheet.isTouched()) return;
    drafts.save(data.draft, clientId(), typed()).then((kept) => kept || cannotKeep());
  }

  function keepSoon() {
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE);
    if (sheet.isTouched()) drafts.holdRelease();
  }

  async function restoreDraft() {
    const draft = await drafts.load(data.draft);
    if (!draft || sheet.isTouched()) return;
    sheet.restore(draft.values);
    restoreReason(draft.values);
    const panel = one("[data-draft]");
    const at = new Date(draft.at).toLocaleString(language === "zh" ? "zh-CN" : "en-GB");
    one("[data-draft-time]", panel).textContent = at;
    panel.hidden = false;
    one("[data-draft-drop]", panel).addEventListener("click", async () => {
      busy = true;
      await drafts.drop(data.draft);
      location.reload();
    });
  }

  function restoreReason(values) {
    const kept = values.find(([name]) => name === "reason");
    if (reason && kept) reason.value = kept[1];
  }

  async function begin() {
    renewDay();
    leased = data.draft ? await drafts.lease(data.draft) : false;
    if (bound) return;
    const entry = asked.get("entry");
    one('[name="client_id"]').value = drafts.uuid7();
    open = await drafts.ready;
    if (entry && open) return mend(entry);
    if (data.draft && !leased) return show("[data-elsewhere]");
    if (data.draft) await restoreDraft();
  }

  /* A copy of the sheet may be days old: the day of the visit is today, not the day of the copy. */
  function renewDay() {
    const now = new Date();
    const today = new Date(now - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10);
    const input = one('[name="visit_date"]');
    if (!copiedAt || today <= data.on || data.entry?.supersedes) return;
    if (input.value === data.on) input.value = today;
    data.on = today;
    sheet.update();
  }

  /* An entry that was refused, or has not left yet, back in its sheet. */
  async function mend(id) {
    const row = await vault.get("rows", id);
    const content = row && (await vault.contentOf(row));
    if (!content || !vault.mendable(row)) return;
    sheet.restore(content.values);
    restoreReason(content.values);
    tell(problemsOf(content.problems));
  }

  /* --- looking before it is kept ----------------------------------------------------------------------------- */

  function raw() {
    const found = {};
    for (const [code, field] of Object.entries(rules.fields)) {
      const here = all(`[name="${code}"]`);
      if (field.computed) continue;
      if (field.type === "multi") found[code] = here.filter((input) => input.checked).map((input) => input.value);
      else if (field.type === "choice") found[code] = (here.find((input) => input.checked) || { value: "" }).value;
      else if (here.length) found[code] = here[0].value.trim();
      else found[code] = linesOf(code);
    }
    return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== "" && value.length !== 0));
  }

  /* Lines of a table, such as medicines-0-name. */
  function linesOf(code) {
    const lines = [];
    for (const input of all("input, select, textarea")) {
      const named = input.name.match(/^(\w+)-(\d+)-(\w+)$/);
      if (!named || named[1] !== code) continue;
      (lines[Number(named[2])] ||= {})[named[3]] = input.value.trim();
    }
    return lines.filter((line) => line && Object.values(line).some(Boolean));
  }

  const hiddenHere = (code) => sheet.box(code)?.closest("[hidden]") || !sheet.box(code);

  function check(answers) {
    const given = sheet.answers();
    const gone = absent(rules, given, sheet.who());
    const found = [];
    for (const [code, field] of Object.entries(rules.fields)) {
      const words = hiddenHere(code) ? "" : wrong(code, field, answers, gone, given);
      if (words) found.push({ code, words });
    }
    if (data.entry.needsReason && !why().amend_reason) found.push({ code: "amend_reason", words: texts.reason, whole: true });
    return found;
  }

  function wrong(code, field, answers, gone, given) {
    const value = answers[code];
    if (value === undefined) return !gone && needed(rules, code, given, sheet.who()) ? texts.needed : "";
    if (code === "visit_date" && value > data.on) return texts.future;
    if (field.type !== "number" && field.type !== "decimal") return "";
    const input = one(`[name="${code}"]`);
    const number = asNumber(value, field.type === "decimal");
    const { low, high } = input.dataset;
    if (number === "") return texts.number;
    if ((low && Number(number) < Number(low)) || (high && Number(number) > Number(high))) return filled(texts.range, { low, high });
    const confirm = one(`[data-confirm="${code}"]:not([hidden]) input`);
    return confirm && !confirm.checked ? filled(texts.rare, { value }) : "";
  }

  /* --- telling what is wrong --------------------------------------------------------------------------------- */

  function problemsOf(problems) {
    return problems.map(({ field, message, remedy }) => {
      const words = [message, remedy].map((text) => (text && typeof text === "object" ? text[language] : text)).filter(Boolean);
      const code = { visited_on: "visit_date", mode: "visit_mode", next_on: "next_date" }[field] || field;
      return { code, words: words.join(language === "zh" ? "。" : ". "), whole: true };
    });
  }

  function tell(problems) {
    clear();
    if (!problems.length) return;
    const drawn = document.getElementById("visit-faults").content.firstElementChild.cloneNode(true);
    const title = problems.length === 1 ? texts.fault : filled(texts.faults, { counter: problems.length });
    one("[data-faults-title]", drawn).textContent = title;
    for (const problem of problems) one("ul", drawn).append(lineOf(problem));
    form.prepend(drawn);
    drawn.focus();
  }

  function lineOf({ code, words, whole }) {
    const item = document.createElement("li");
    const box = code === "amend_reason" ? reason?.closest(".field") : sheet.box(code);
    const field = rules.fields[code];
    const text = whole || !field ? words : `${field.label[language]}${language === "zh" ? "：" : ": "}${words}`;
    if (!box) return Object.assign(item, { textContent: text });
    const target = one("input:not([type=hidden]), select, textarea", box);
    const link = Object.assign(document.createElement("a"), { href: `#${target?.id || ""}`, textContent: text });
    link.addEventListener("click", (event) => {
      event.preventDefault();
      for (let folded = box.closest("details"); folded; folded = folded.parentElement.closest("details")) folded.open = true;
      target?.focus();
    });
    item.append(link);
    beside(box, target, words);
    return item;
  }

  function beside(box, target, words) {
    const line = document.getElementById("visit-faults").content.querySelector(".field-error").cloneNode(true);
    line.dataset.fault = "";
    line.querySelector("span").textContent = words;
    line.hidden = false;
    box.append(line);
    box.classList.add("field-wrong");
    target?.setAttribute("aria-invalid", "true");
    box.closest("details")?.setAttribute("open", "");
  }

  function clear() {
    all(".error-summary, [data-fault]", document).forEach((each) => each.remove());
    all(".field-wrong", document).forEach((box) => box.classList.remove("field-wrong"));
    all("[aria-invalid]").forEach((input) => input.removeAttribute("aria-invalid"));
  }

  function show(selector) {
    const panel = one(selector);
    if (panel) panel.hidden = false;
  }

  /* --- saving ------------------------------------------------------------------------------------------------ */

  function body(answers) {
    const { person, household, protocol, supersedes } = data.entry;
    const duty = supersedes ? 0 : Number(asked.get("duty"));
    return {
      client_id: clientId(),
      ...(person ? { person } : { household }),
      protocol,
      visited_on: answers.visit_date,
      mode: answers.visit_mode,
      answers,
      ...(duty ? { duty } : {}),
      ...(supersedes ? { supersedes, ...why() } : need()),
      captured_at: new Date().toISOString(),
      trip: drafts.trip(data.entry.home, answers.visit_date),
    };
  }

  /* Why an earlier record is corrected. */
  const reason = document.querySelector('[name="reason"][form]');
  const why = () => (reason?.value.trim() ? { amend_reason: reason.value.trim() } : {});

  /* A need of anybody in the household, where something was written. */
  function need() {
    const names = ["need_words", "need_person", "need_kind"];
    const found = Object.fromEntries(names.map((name) => [name, one(`[name="${name}"]`)?.value.trim() || ""]));
    return found.need_words ? Object.fromEntries(Object.entries(found).filter(([, value]) => value)) : {};
  }

  function content() {
    const { who, form: title, supersedes } = data.entry;
    const path = supersedes ? `/visits/${supersedes}/amend/` : location.pathname + location.search;
    return { body: body(raw()), values: typed(), who, form: title, path };
  }

  async function save() {
    if (busy) return;
    const faults = check(raw());
    tell(faults);
    if (faults.length) return;
    busy = true;
    button.disabled = true;
    clearTimeout(timer);
    try {
      const { sent } = await phone.save(clientId(), "visit", content());
      show("[data-kept]");
      if (data.draft && leased) await drafts.drop(data.draft);
      await Promise.race([sent, wait(navigator.onLine ? PATIENCE : 0)]);
      await answer();
    } catch (fault) {
      busy = false;
      if (fault.message === "busy") leave("info", texts.savedBefore);
      else cannotKeep();
    } finally {
      button.disabled = false;
    }
  }

  /* What became of it: received, refused, against another record, or still on the phone. */
  async function answer() {
    const row = await vault.get("rows", clientId());
    busy = row.state !== "refused";
    if (row.state === "refused") one("[data-kept]").hidden = true;
    if (row.state === "refused") tell(problemsOf((await vault.contentOf(row))?.problems || []));
    else if (row.state === "conflict") leave("warn", texts.conflict, "/conflicts/");
    else if (data.entry.supersedes) corrected(row);
    else leave(...saidOf(row.state === "received"));
  }

  function corrected({ state, visit, id }) {
    const received = state === "received";
    leave(received ? "good" : "info", received ? texts.corrected : texts.correctedHere, received ? `/visits/${visit || id}/` : "/today/");
  }

  function saidOf(received) {
    const result = sheet.result();
    const next = one('[name="next_date"]').value;
    const words = [filled(received ? texts.saved : texts.kept, { word: sheet.verdict() })];
    if (next) words.push(filled(texts.next, { day: sheet.dayWords(next) }));
    if (result.referral) words.push(texts.referral);
    return [result.referral || result.urgent ? "warn" : received ? "good" : "info", words.join(language === "zh" ? "" : " ")];
  }

  function leave(tone, words, where = phone.wayBack()) {
    phone.flash(tone, words);
    location.assign(where);
  }

  /* --- when the phone cannot keep it ------------------------------------------------------------------------- */

  function cannotKeep() {
    show("[data-full]");
    one("[data-full]")?.scrollIntoView({ block: "center" });
  }

  function exportFile() {
    const told = JSON.stringify({ healthaid: 1, items: [content().body] }, null, 1);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([told], { type: "application/json" }));
    link.download = `${texts.file}-${data.on}.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }

  function plainWay() {
    const sequence = one('[name="device_seq"]');
    const device = sequence.value ? null : drafts.nextNumber();
    if (device) {
      sequence.value = device.seq;
      one('[name="device_id"]').value = device.id;
    }
    one('[name="captured_at"]').value = new Date().toISOString();
    keep();
  }

  /* A photograph travels only with the form itself. Without network it is let go, and said so, before saving. */
  const photograph = one('[data-photograph] input[type="file"]');
  const isPictured = () => Boolean(photograph?.files.length);

  function keepWithout(event) {
    event.preventDefault();
    photograph.value = "";
    show("[data-photograph-later]");
    photograph.scrollIntoView({ block: "center" });
  }

  async function submit(event) {
    if (isPictured() && !navigator.onLine) return keepWithout(event);
    if (isPictured() && !check(raw()).length) return plainWay();
    if (event.submitter?.name === "preview" || !data.entry || open === false || event.submitter?.hasAttribute("data-plain")) {
      return plainWay();
    }
    event.preventDefault();
    if (open === null) open = await Promise.race([drafts.ready, wait(PATIENCE)]);
    if (open) return save();
    plainWay();
    HTMLFormElement.prototype.submit.call(form);
  }

  form.addEventListener("input", keepSoon);
  form.addEventListener("change", keepSoon);
  form.addEventListener("click", keepSoon);
  form.addEventListener("focusout", keep);
  reason?.addEventListener("input", keepSoon);
  form.addEventListener("submit", submit);
  one("[data-export]")?.addEventListener("click", exportFile);
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && keep());
  window.addEventListener("pagehide", keep);
  window.addEventListener("pageshow", (event) => event.persisted && location.reload());
  begin();
})();
