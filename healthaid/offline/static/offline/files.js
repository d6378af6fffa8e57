/* Entries as a file, the last resort of a phone that cannot send: taken out here, read back on any phone of the user. */
"use strict";

(function () {
  const vault = window.healthaidVault;
  const phone = window.healthaidPhone;
  const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

  /* Taken out as a file an entry stays here too: only the server's word takes it off the list. */
  async function takeOut(rows, name) {
    const found = await Promise.all(rows.map(async (row) => ({ kind: row.kind, body: await vault.bodyOf(row), content: await vault.contentOf(row) })));
    const whole = found.filter(({ body, content }) => body && content);
    const about = whole.map(({ kind, content: { who, form, path, values } }) => ({ kind, who, form, path, values }));
    const told = { healthaid: 1, user: phone.user, device: rows[0]?.device, items: whole.map(({ body }) => body), about };
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([JSON.stringify(told, null, 1)], { type: "application/json" }));
    link.download = `${name}-${new Date().toISOString().slice(0, 10)}.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }

  function kindOf(body) {
    if (body.answers) return "visit";
    return body.words ? "need" : "attempt";
  }

  function entryOf(body, about) {
    if (!body || typeof body !== "object" || !UUID.test(body.client_id)) throw new Error("not ours");
    const { kind, ...shown } = about || { who: "", form: "" };
    return { kind: kind || kindOf(body), content: { ...shown, body } };
  }

  /* Gives how many came in; those that are here already stay as they are.
     Throws "not ours" for another file, "other user" for another user's entries. */
  async function takeIn(file) {
    let told;
    try {
      told = JSON.parse(await file.text());
    } catch {
      throw new Error("not ours");
    }
    if (told?.healthaid !== 1 || !Array.isArray(told.items)) throw new Error("not ours");
    if (told.user && told.user !== phone.user) throw new Error("other user");
    return vault.takeIn(told.items.map((body, place) => entryOf(body, told.about?.[place])));
  }

  window.healthaidFiles = { takeOut, takeIn };
})();
