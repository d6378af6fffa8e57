/* Nobody there: kept on the phone first, like a visit, then sent; one entry for each duty the call was about. */
"use strict";

(function () {
  const told = document.getElementById("attempt-data");
  const form = told && document.querySelector("#main form.form");
  if (!form) return;

  const data = JSON.parse(told.textContent);
  const phone = window.healthaidPhone;
  const PATIENCE = 4000;
  const wait = (time) => new Promise((resolve) => setTimeout(resolve, time));

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
