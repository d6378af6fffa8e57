/* A sheet that the phone keeps blank, filled with what it knows of one household before anything else looks at it. */
"use strict";

(function () {
  const told = document.getElementById("blank-data");
  const form = document.querySelector("[data-visit-form]");
  if (!told || !form) return;

  const { home, sheet, amends } = JSON.parse(told.textContent);
  if (!sheet) {
    document.querySelector("[data-blank-unknown]").hidden = false;
    form.hidden = true;
    return;
  }

  const one = (selector, root = form) => root.querySelector(selector);

  function tellWhose() {
    one("[data-blank-who]", document).textContent = sheet.entry.who;
    one("[data-blank-place]", document).textContent = ` · ${home.place}`;
    document.title = document.title.replace(/^[^·|]*/, (words) => `${sheet.entry.who} · ${words}`);
    form.action = location.pathname + location.search;
  }

  /* The data that the sheet's scripts start with: those of the blank sheet, and those of this person. */
  function handOver() {
    const place = document.getElementById("visit-data");
    const entry = amends ? { ...sheet.entry, supersedes: amends.visit, needsReason: amends.needsReason } : sheet.entry;
    const history = amends ? sheet.data.history.filter((past) => past.on !== amends.on) : sheet.data.history;
    const draft = amends ? amends.draft : sheet.data.draft;
    const data = { ...JSON.parse(place.textContent), ...sheet.data, history, draft, entry };
    place.textContent = JSON.stringify(data);
  }

  function fill(values) {
    const given = new Map();
    for (const [name, value] of values) given.set(name, [...(given.get(name) || []), value]);
    for (const input of form.querySelectorAll("input, select, textarea")) {
      const here = given.get(input.name);
      if (!here || input.type === "hidden") continue;
      if (input.type === "checkbox" || input.type === "radio") input.checked = here.includes(input.value);
      else input.value = here[0];
    }
    for (const line of form.querySelectorAll("[data-line][data-spare]")) {
      if ([...line.querySelectorAll("input")].some((input) => input.value)) line.hidden = false;
    }
  }

  /* What stood there last time, under the field that it was said of. */
  function note(code, words) {
    const box = one(`[data-field="${code}"]`);
    if (!box) return;
    const below = box.closest(".visit-pair") || box;
    const line = Object.assign(document.createElement("p"), { className: "field-note", id: `id_${code}_last`, textContent: words });
    const places = [".visit-pair-fields", ".visit-columns", ".choice-list", ".field-control", ".visit-computed"];
    const place = places.map((selector) => one(selector, below)).find(Boolean);
    if (place) place.after(line);
    else below.append(line);
  }

  function listMembers() {
    const choice = one('[name="need_person"]');
    if (!choice) return;
    const options = home.members.map(([uuid, name]) => new Option(name, uuid, false, uuid === sheet.entry.person));
    choice.replaceChildren(...options);
  }

  function correct() {
    one("[data-blank-amends]", document).hidden = false;
    one("#section-need")?.remove();
  }

  tellWhose();
  handOver();
  fill(amends ? amends.values : sheet.values);
  for (const [code, words] of Object.entries(amends ? {} : sheet.notes)) note(code, words);
  listMembers();
  if (amends) correct();
})();
