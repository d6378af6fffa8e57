/* The queue on the phone, for everybody to look at: what waits, what came through, what was not accepted and why. */
"use strict";

(function () {
  const page = document.querySelector("[data-queue]");
  const vault = window.healthaidVault;
  const phone = window.healthaidPhone;
  if (!page) return;

  const texts = JSON.parse(document.getElementById("queue-texts").textContent);
  const language = document.documentElement.lang;
  const { filled } = phone;
  const one = (selector, root = page) => root.querySelector(selector);
  const SHOWN = 50;

  function moment(time) {
    const form = { month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit" };
    return new Date(time).toLocaleString(language, form);
  }

  function said(text) {
    return text && typeof text === "object" ? text[language.startsWith("en") ? "en" : "zh"] : text;
  }

  /* --- rows ----------------------------------------------------------------------------------------------- */

  function drawn(row, content) {
    const item = document.getElementById("queue-row").content.firstElementChild.cloneNode(true);
    const told = (name) => one(`[data-${name}]`, item);
    item.dataset.row = row.id;
    told("who").textContent = content ? content.who : texts.locked;
    told("form").textContent = content ? `${content.form || texts[row.kind]} · ${content.body.visited_on || content.body.on || ""}` : "";
    told("when").textContent = whenOf(row);
    const why = row.state === "refused" ? content?.problems || [] : [];
    told("why").replaceChildren(...why.map(({ message, remedy }) => {
      const words = [said(message), said(remedy)].filter(Boolean).join(language.startsWith("en") ? ". " : "，");
      return Object.assign(document.createElement("li"), { textContent: words });
    }));
    told("why").hidden = !why.length;
    acts(item, row, content);
    return item;
  }

  function whenOf(row) {
    const words = [filled(texts.saved, { time: moment(row.savedAt) })];
    if (row.state === "received") words.push(filled(texts.received, { time: moment(row.settledAt) }));
    else if (row.state === "decided") words.push(texts[`decided_${row.decision}`] || texts.decided);
    else if (row.triedAt) words.push(filled(texts.tried, { time: moment(row.triedAt) }));
    return words.join(" · ");
  }

  function acts(item, row, content) {
    const [mend, correct, again, file] = ["mend", "correct", "again", "file"].map((name) => one(`[data-act="${name}"]`, item));
    mend.hidden = !(content?.path && content.values && vault.mendable(row));
    if (!mend.hidden) mend.href = withEntry(content.path, row.id);
    correct.hidden = !(content?.values && row.kind === "visit" && (row.state === "received" || (row.state === "waiting" && row.tries)));
    if (!correct.hidden) correct.href = `/visits/${row.visit || row.id}/amend/`;
    again.hidden = row.state !== "refused" || !content;
    again.addEventListener("click", () => sendAgain(row.id));
    file.hidden = ["received", "decided"].includes(row.state) || !content;
    file.addEventListener("click", () => takeOut([row]));
    one(".queue-acts", item).hidden = [mend, correct, again, file].every((act) => act.hidden);
  }

  function withEntry(path, id) {
    const url = new URL(path, location.href);
    url.searchParams.set("entry", id);
    url.searchParams.delete("back");
    return url.pathname + url.search;
  }

  async function sendAgain(id) {
    await vault.change([id], () => ({ state: "waiting", tries: 0 }));
    await send();
  }

  /* --- the whole page ------------------------------------------------------------------------------------- */

  let drawing = Promise.resolve();
  function draw() {
    drawing = drawing.then(drawNow, drawNow);
    return drawing;
  }

  async function drawNow() {
    const found = await phone.counts();
    for (const [state, count] of Object.entries(found)) {
      const figure = one(`[data-figure="${state}"]`);
      if (!figure) continue;
      one("dd", figure).textContent = count;
      figure.classList.toggle("queue-figure-none", !count);
    }
    const now = await vault.session();
    const mine = (await vault.entries()).filter((row) => row.user === (now?.user || phone.user));
    for (const state of ["refused", "conflict", "decided", "waiting", "received"]) await drawList(state, mine);
    one("[data-queue-empty]").hidden = found.waiting + found.refused + found.conflict > 0 || !found.received;
    one("[data-queue-export]").hidden = !found.waiting || !now?.key;
    const others = one("[data-queue-others]");
    others.hidden = !found.others;
    if (found.others) others.replaceChildren(phone.note("warn", filled(texts.others, { count: found.others })));
    await drawFacts(now);
  }

  async function drawList(state, rows) {
    const box = one(`[data-list="${state}"]`);
    const here = rows.filter((row) => row.state === state).reverse().slice(0, SHOWN);
    box.hidden = !here.length;
    one("ul", box).replaceChildren(...(await Promise.all(here.map(async (row) => drawn(row, await vault.contentOf(row))))));
  }

  async function drawFacts(now) {
    const device = await vault.get("meta", "device");
    const kept = Object.keys((await vault.get("meta", "pages"))?.versions || {});
    const copies = kept.filter((url) => !url.startsWith("/sync/")).length;
    const gaps = now?.seen?.gaps || [];
    const words = [now?.sentAt ? filled(texts.sentAt, { time: moment(now.sentAt) }) : texts.never];
    if (copies) words.push(filled(texts.copies, { count: copies }));
    if (Math.abs(now?.skew || 0) > 120) words.push(filled(texts.skew, { minutes: Math.round(Math.abs(now.skew) / 60) }));
    if (gaps.length) words.push(filled(texts.gaps, { numbers: gaps.join(", ") }));
    words.push((await navigator.storage?.persisted?.()) ? texts.persisted : texts.loose);
    if (device) words.push(filled(texts.phone, { id: device.id.slice(0, 8), seq: device.seq }));
    one("[data-queue-facts]").replaceChildren(...words.map((text) => Object.assign(document.createElement("li"), { textContent: text })));
  }

  /* --- acts ----------------------------------------------------------------------------------------------- */

  async function send() {
    const button = one("[data-queue-send]");
    button.disabled = true;
    tell(texts.sending);
    const { reason } = await phone.flush();
    const { waiting } = await phone.counts();
    tell(reason ? phone.texts[reason] : waiting ? filled(texts.left, { count: waiting }) : texts.done);
    button.disabled = false;
    await draw();
  }

  function tell(words) {
    one("[data-queue-said]").textContent = words || "";
  }

  const takeOut = (rows) => window.healthaidFiles.takeOut(rows, texts.file);

  async function takeOutAll() {
    const now = await vault.session();
    await takeOut((await vault.entries()).filter((row) => row.state === "waiting" && row.user === now.user));
  }

  async function readBack({ target }) {
    const [file] = target.files;
    if (!file) return;
    try {
      const count = await window.healthaidFiles.takeIn(file);
      if (count) await send();
      tell(count ? filled(texts.readBack, { count }) : texts.readBefore);
    } catch (fault) {
      tell({ "not ours": texts.notOurs, "other user": texts.otherUser }[fault.message] || texts.notRead);
    }
    target.value = "";
  }

  function offerInstall(event) {
    event.preventDefault();
    const button = one("[data-install]");
    button.hidden = false;
    button.addEventListener("click", () => event.prompt(), { once: true });
  }

  if (!vault.possible) {
    page.replaceChildren(phone.note("warn", texts.browser));
    return;
  }
  one("[data-queue-send]").addEventListener("click", send);
  one("[data-queue-export]").addEventListener("click", takeOutAll);
  one("[data-queue-file]").addEventListener("change", readBack);
  window.addEventListener("beforeinstallprompt", offerInstall);
  vault.listen(draw);
  document.addEventListener("healthaid:copies", draw);
  phone.ready.then(async (open) => {
    await draw();
    if (open) await window.healthaidSending.askDecided();
  });
})();
