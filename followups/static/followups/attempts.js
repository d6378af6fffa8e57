/* Nobody there: kept on the phone first, like a visit, then sent; one entry for each duty the call was about. */
"use strict";

(function () {
  const told = document.getElementById("attempt-data");
  const form = told && document.querySelector("#main form.form");
  if (!form) return;

  const blank = JSON.parse(document.getElementById("blank-data")?.textContent || "{}");
  const data = { ...JSON.parse(told.textContent), ...(blank.owed ? fillIn(blank) : {}) };
  const phone = window.healthaidPhone;
  const PATIENCE = 4000;
  const wait = (time) => new Promise((resolve) => setTimeout(resolve, time));

  /* The sheet that the phone keeps blank: whom the call was about, and who else was not met. */
  function fillIn({ duty, owed }) {
    const about = owed.find((each) => each.duty === duty);
    const others = new Map(owed.filter(({ person }) => person !== about.person).map((each) => [each.person || "0", each]));
    document.querySelector(".page-lede").textContent = `${about.title} · ${about.form}`;
    const also = form.querySelector("#id_also_field");
    const sample = also.querySelector("#id_also > div");
    also.hidden = !others.size;
    sample.parentElement.replaceChildren(...[...others].map(([key, { title }], place) => option(sample, key, title, place)));
    const groups = {};
    for (const each of owed) (groups[each.person || "0"] ||= []).push(each.duty);
    return { duty, also: groups, who: about.who, back: window.healthaidPhone.wayBack() };
  }

  function option(sample, key, title, place) {
    const drawn = sample.cloneNode(true);
    const [label, input] = [drawn.querySelector("label"), drawn.querySelector("input")];
    Object.assign(input, { value: key, checked: true, id: `id_also_${place}` });
    label.htmlFor = input.id;
    label.replaceChildren(input, ` ${title}`);
    return drawn;
  }

  function today() {
    const now = new Date();
    return new Date(now - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10);
  }

  function duties(given) {
    return [data.duty, ...given.getAll("also").flatMap((key) => data.also[key] || [])];
  }

  async function keep(given) {
    const shared = { reason: given.get("reason"), note: given.get("note").trim(), on: today() };
    let sent = null;
    for (const duty of duties(given)) {
      const body = { client_id: crypto.randomUUID(), duty, ...shared };
      ({ sent } = await phone.save(body.client_id, "attempt", { body, who: data.who, form: data.form }));
    }
    await Promise.race([sent, wait(navigator.onLine ? PATIENCE : 0)]);
    const { waiting } = await phone.counts();
    phone.flash(waiting ? "info" : "good", waiting ? data.kept : data.noted);
    location.assign(data.back);
  }

  const unknown = document.querySelector("[data-blank-unknown]");
  if (unknown && !blank.owed) {
    unknown.hidden = false;
    form.hidden = true;
  }
  let ready = false;
  phone?.ready.then((open) => (ready = open));
  form.addEventListener("submit", (event) => {
    const given = new FormData(form);
    if (!ready || !given.get("reason") || form.dataset.plain) return;
    event.preventDefault();
    if (form.dataset.busy) return;
    form.dataset.busy = "yes";
    keep(given).catch(() => {
      form.dataset.plain = "yes";
      HTMLFormElement.prototype.submit.call(form);
    });
  });
})();
