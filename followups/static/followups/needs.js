/* A need: kept on the phone first, like a visit, then sent. Where one like it is open already, it asks before that. */
"use strict";

(function () {
  const form = document.querySelector("[data-need-form]");
  if (!form) return;

  const json = (id) => JSON.parse(document.getElementById(id)?.textContent || "{}");
  const data = { needs: [], ...json("need-data") };
  const blank = json("blank-data");
  const drafts = window.healthaidDrafts;
  const phone = window.healthaidPhone;
  const vault = window.healthaidVault;
  const PAUSE = 250;
  const PATIENCE = 4000;
  const wait = (time) => new Promise((resolve) => setTimeout(resolve, time));
  const field = (name) => form.elements[name];
  let open = false;
  let timer = null;

  /* --- the sheet that the phone keeps blank ------------------------------------------------------------------- */

  function fillIn({ home, person }) {
    const sample = form.querySelector("#id_person > div");
    const options = home.members.map(([uuid, name], place) => option(sample, uuid, name, place, uuid === person || home.members.length === 1));
    sample.parentElement.replaceChildren(...options);
    form.querySelector("[type=file]")?.closest(".field").remove();
    data.needs = home.needs;
    data.draft = `need-${home.home}`;
  }

  function option(sample, uuid, name, place, chosen) {
    const drawn = sample.cloneNode(true);
    const [label, input] = [drawn.querySelector("label"), drawn.querySelector("input")];
    Object.assign(input, { value: uuid, checked: chosen, id: `id_person_${place}` });
    label.htmlFor = input.id;
    label.replaceChildren(input, ` ${name}`);
    return drawn;
  }

  function isUnknown() {
    const unknown = document.querySelector("[data-blank-unknown]");
    if (!unknown || blank.home) return false;
    unknown.hidden = false;
    form.hidden = true;
    return true;
  }

  /* --- what is typed ------------------------------------------------------------------------------------------ */

  const typed = () => [...new FormData(form)].filter(([name, value]) => name !== "csrfmiddlewaretoken" && typeof value === "string");

  function restore(values) {
    const given = new Map(values);
    for (const input of form.querySelectorAll("input:not([type=file]), textarea, select")) {
      if (input.name === "csrfmiddlewaretoken") continue;
      if (input.type === "radio" || input.type === "checkbox") input.checked = given.has(input.name) && (input.type === "checkbox" || given.get(input.name) === input.value);
      else input.value = given.get(input.name) ?? "";
    }
  }

  function keepSoon() {
    clearTimeout(timer);
    timer = setTimeout(() => data.draft && drafts.save(data.draft, field("uuid").value, typed()), PAUSE);
    drafts.holdRelease();
  }

  async function begin() {
    if (isUnknown()) return;
    if (blank.home) fillIn(blank);
    if (blank.home) field("uuid").value = drafts.uuid7();
    open = await drafts.ready;
    const entry = new URLSearchParams(location.search).get("entry");
    if (entry && open) return mend(entry);
    const draft = data.draft && !form.querySelector(".field-wrong") ? await drafts.load(data.draft) : null;
    if (draft) showDraft(draft);
  }

  function showDraft(draft) {
    const panel = document.querySelector("[data-draft]");
    restore(draft.values);
    panel.querySelector("[data-draft-time]").textContent = new Date(draft.at).toLocaleString(document.documentElement.lang);
    panel.hidden = false;
    panel.querySelector("[data-draft-drop]").addEventListener("click", async () => {
      await drafts.drop(data.draft);
      location.reload();
    });
  }

  async function mend(id) {
    const row = await vault.get("rows", id);
    const content = row && (await vault.contentOf(row));
    if (content && vault.mendable(row)) restore(content.values);
  }

  /* --- saving --------------------------------------------------------------------------------------------------- */

  const text = (name) => field(name)?.value.trim() || "";
  const ticked = (name) => (field(name)?.checked ? { [name]: true } : {});
  const where = (names) => Object.fromEntries(names.map((name) => [name, text(name)]).filter(([, value]) => value));

  function body(more) {
    const now = new Date();
    const on = new Date(now - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10);
    const money = text("kind") === "cost" ? { ...where(["quoted_amount"]), ...ticked("is_put_off") } : {};
    return {
      client_id: text("uuid"), person: text("person"), kind: text("kind"), words: text("description"), on,
      ...where(["due_on", "owner"]), ...money, ...ticked("is_sensitive"), ...more,
    };
  }

  function missing() {
    const gap = ["person", "kind", "description"].find((name) => !text(name));
    for (const line of form.querySelectorAll("[data-fault]")) line.remove();
    if (!gap) return false;
    const first = form.querySelector(`[name="${gap}"]`);
    const line = Object.assign(document.createElement("p"), { className: "field-error", textContent: data.missing });
    line.dataset.fault = "";
    first.closest(".field").append(line);
    first.focus();
    return true;
  }

  function alike() {
    return data.needs.filter(({ person, kind }) => person === text("person") && kind === text("kind"));
  }

  /* One of this kind is open already: nothing is saved before it is said whether it is the same. */
  function ask(similar) {
    form.querySelector("[data-similar]")?.remove();
    const drawn = document.getElementById("need-similar").content.firstElementChild.cloneNode(true);
    drawn.dataset.similar = "";
    drawn.querySelector("ul").replaceChildren(...similar.map(({ words }) => Object.assign(document.createElement("li"), { textContent: words })));
    drawn.querySelector("[data-join]").addEventListener("click", () => save({ join: similar[0].uuid }));
    drawn.querySelector("[data-another]").addEventListener("click", () => save({ another: true }));
    form.append(drawn);
    drawn.scrollIntoView({ block: "center" });
  }

  async function save(more) {
    if (form.dataset.busy) return;
    form.dataset.busy = "yes";
    clearTimeout(timer);
    const sent = body(more);
    const who = form.querySelector('[name="person"]:checked')?.closest("label").textContent.trim() || "";
    const path = location.pathname + location.search;
    try {
      const saved = await phone.save(sent.client_id, "need", { body: sent, values: typed(), who, form: data.form, path });
      if (data.draft) await drafts.drop(data.draft);
      await Promise.race([saved.sent, wait(navigator.onLine ? PATIENCE : 0)]);
      await answer(sent);
    } catch {
      delete form.dataset.busy;
      plainly();
    }
  }

  async function answer({ client_id: id, join }) {
    const { state } = await vault.get("rows", id);
    const words = state === "received" ? (join ? data.joined : data.noted) : data.kept;
    phone.flash(state === "received" ? "good" : state === "refused" ? "warn" : "info", words);
    const there = state === "received" && !document.documentElement.dataset.copied;
    location.assign(state === "refused" ? "/queue/" : there ? `/needs/${join || id}/` : phone.wayBack());
  }

  function plainly() {
    form.removeEventListener("submit", submit);
    HTMLFormElement.prototype.submit.call(form);
  }

  /* Photographs travel only with the form itself. */
  const hasFiles = () => [...form.querySelectorAll("input[type=file]")].some((input) => input.files.length);

  function submit(event) {
    if (!open || hasFiles() || event.submitter?.name) return;
    event.preventDefault();
    delete form.dataset.sent;
    if (missing()) return;
    const similar = alike();
    if (similar.length) ask(similar);
    else save({});
  }

  form.addEventListener("input", keepSoon);
  form.addEventListener("submit", submit);
  begin();
})();
