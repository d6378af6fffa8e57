/* The numbers of the own list, of which one household's are shown: the one that was asked for. */
"use strict";

(function () {
  const asked = location.pathname.match(/\/call\/([0-9a-f-]{36})\//);
  if (!asked) return;
  let found = false;
  for (const home of document.querySelectorAll("[data-home]")) {
    const here = home.dataset.home === asked[1];
    home.hidden = !here;
    found ||= here;
  }
  document.querySelector("[data-no-number]").hidden = found;
})();
