/* Comfort for every page. Nothing here is needed: each form and link works without it. */
"use strict";

function focusSummary(root) {
  const summary = root.querySelector("[data-focus]");
  if (summary) summary.focus();
}

function openDialog(event) {
  const link = event.target.closest("[data-dialog]");
  const dialog = link && document.getElementById(link.dataset.dialog);
  if (!dialog || typeof dialog.showModal !== "function") return;
  event.preventDefault();
  dialog.showModal();
}

function closeDialog(event) {
  const inside = event.target.closest("[data-close]");
  const dialog = inside ? inside.closest("dialog") : event.target.matches("dialog") && event.target;
  if (dialog) dialog.close();
}

function closeMenu(event) {
  const menu = document.querySelector("[data-menu][open]");
  if (!menu) return;
  if (event.type === "keydown" && event.key === "Escape") {
    menu.open = false;
    menu.querySelector("summary").focus();
  } else if (event.type === "click" && !menu.contains(event.target)) {
    menu.open = false;
  }
}

/* The server sets the same cookie; here the page changes at once and keeps what was typed. */
function switchType(event) {
  const form = event.target.closest("[data-type-switch]");
  if (!form) return;
  event.preventDefault();
  const size = document.documentElement.dataset.type === "large" ? "normal" : "large";
  fetch(form.getAttribute("action"), { method: "POST", body: new URLSearchParams([...new FormData(form), ["size", size]]) });
  document.documentElement.dataset.type = size;
  window.dispatchEvent(new CustomEvent("healthaid:type", { detail: { size } }));
  relabelTypeSwitches(size);
}

function relabelTypeSwitches(size) {
  for (const form of document.querySelectorAll("[data-type-switch]")) {
    form.querySelector("[data-type-label]").textContent = form.dataset[size === "large" ? "toNormal" : "toLarge"];
  }
}

function revealPassword(event) {
  const button = event.target.closest("[data-reveal]");
  const input = button && document.getElementById(button.dataset.reveal);
  if (!input) return;
  const hidden = input.type === "password";
  input.type = hidden ? "text" : "password";
  button.setAttribute("aria-pressed", String(hidden));
}

/* One press is one request: a second press within five seconds does nothing. */
function preventRepeat(event) {
  const form = event.target;
  if (event.defaultPrevented || form.getAttribute("method") !== "post" || form.hasAttribute("data-type-switch")) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
  setTimeout(() => delete form.dataset.sent, 5000);
}

function forgetSent() {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
}

/* A session that ended answers a fragment's request with the sign-in page: go there instead of swapping it in. */
function leaveForSignIn(event) {
  const answered = new URL(event.detail.xhr.responseURL || location.href);
  if (answered.pathname !== document.body.dataset.signIn) return;
  event.detail.shouldSwap = false;
  location.assign(`${answered.pathname}?next=${encodeURIComponent(location.pathname + location.search)}`);
}

function sayTrouble() {
  const strip = document.getElementById("offline-strip");
  if (strip) window.healthaid.strip(strip.dataset.trouble, { late: true });
}

function forgetTrouble() {
  const strip = document.getElementById("offline-strip");
  if (strip && strip.textContent === strip.dataset.trouble) window.healthaid.strip("");
}

document.addEventListener("click", openDialog);
document.addEventListener("click", closeDialog);
document.addEventListener("click", closeMenu);
document.addEventListener("click", revealPassword);
document.addEventListener("keydown", closeMenu);
document.addEventListener("click", (event) => event.target.closest("[data-print]") && window.print());
document.addEventListener("submit", switchType);
document.addEventListener("submit", preventRepeat);
window.addEventListener("pageshow", forgetSent);
document.addEventListener("DOMContentLoaded", () => {
  focusSummary(document);
  for (const button of document.querySelectorAll("[data-reveal]")) button.hidden = false;
});
document.addEventListener("htmx:beforeSwap", leaveForSignIn);
document.addEventListener("htmx:sendError", sayTrouble);
document.addEventListener("htmx:responseError", sayTrouble);
document.addEventListener("htmx:afterOnLoad", (event) => event.detail.successful && forgetTrouble());
document.addEventListener("htmx:afterSwap", (event) => focusSummary(event.detail.target));

/* window.healthaid: what other scripts may use. */
window.healthaid = {
  /* Shows `text` in the strip above the page, or hides it when there is none. */
  strip(text, { late = false } = {}) {
    const strip = document.getElementById("offline-strip");
    if (!strip) return;
    strip.textContent = text || "";
    strip.classList.toggle("strip-late", late);
    strip.hidden = !text;
  },
  focusSummary,
};
