/* Asks before a page with unsaved text is left. Without this file nothing else changes. */
const typed = new Set(); // the forms with text that is not saved
document.addEventListener("input", (event) => {
  const form = event.target.closest("form[method=post]");
  if (form && event.target.name) typed.add(form); // a box to search in has no name
});
document.addEventListener("submit", (event) => {
  // A form that htmx sends stays until its answer takes its place, or the server was not reached.
  if (!event.defaultPrevented) typed.delete(event.target);
});
// A form that the server refused comes back with the text.
const refused = () => {
  for (const form of document.querySelectorAll("form[data-unsaved]")) typed.add(form);
};
refused();
document.addEventListener("htmx:afterSettle", refused);
addEventListener("beforeunload", (event) => {
  if ([...typed].some((form) => form.isConnected)) event.preventDefault();
});

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
