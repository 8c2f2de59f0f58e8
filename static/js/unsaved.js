/* Asks before a page with unsaved text is left. Without this file nothing else changes. */
let unsaved = false;
document.addEventListener("input", (event) => {
  if (event.target.closest("form[method=post]")) unsaved = true;
});
document.addEventListener("submit", () => { unsaved = false; });
document.addEventListener("htmx:afterSwap", () => {
  // Text of another form that is still open counts on.
  unsaved = unsaved && document.querySelector(".record-form") !== null;
});
addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });

/* Times of day in the reader's own time zone; the server writes UTC. */
const localise = () => {
  const format = new Intl.DateTimeFormat(document.documentElement.lang, {
    dateStyle: "medium", timeStyle: "short",
  });
  for (const time of document.querySelectorAll("time[data-moment]")) {
    time.textContent = format.format(new Date(time.dateTime));
    time.removeAttribute("data-moment");
  }
};
localise();
document.addEventListener("htmx:afterSettle", localise);
