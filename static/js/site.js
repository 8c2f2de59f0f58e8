/* Small comforts. Every page works without this file. */

// An open menu closes on Escape and on a click elsewhere.
const openMenus = () => document.querySelectorAll("details.menu[open]");
document.addEventListener("click", (event) => {
  for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of openMenus()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// Whatever scrolls can be reached and scrolled with the keyboard.
const reachable = () => {
  for (const box of document.querySelectorAll(".picture, .table-wrap"))
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
  const nav = document.querySelector(".section-nav");
  if (nav && nav.scrollHeight > nav.clientHeight + 1) nav.tabIndex = 0;
};
reachable();
// On a low screen the menu scrolls by itself: the page one is on stands in sight.
const menu = document.querySelector(".section-nav");
const current = menu?.querySelector("li [aria-current]");
if (current && current.offsetTop + current.offsetHeight > menu.clientHeight)
  menu.scrollTop = current.offsetTop - menu.clientHeight / 2;
document.addEventListener("htmx:afterSettle", reachable);

// A request of htmx that failed says so, and what was typed stays where it is.
const say = (key) => {
  const messages = document.getElementById("messages");
  const line = document.createElement("p");
  line.className = "notice danger";
  line.textContent = messages.dataset[key];
  messages.replaceChildren(line);
  messages.scrollIntoView({ block: "nearest" });
};
document.addEventListener("htmx:responseError", () => say("refused"));
document.addEventListener("htmx:sendError", () => say("unreachable"));
document.addEventListener("htmx:timeout", () => say("unreachable"));

// A choice that decides what else is asked is followed at once; without htmx a button does it.
const pressedForYou = () => {
  if (window.htmx)
    for (const button of document.querySelectorAll("button[data-follows]")) button.hidden = true;
};
pressedForYou();
document.addEventListener("htmx:afterSettle", pressedForYou);
document.addEventListener("change", (event) => {
  if (window.htmx)
    event.target.form?.querySelector(`button[data-follows="${event.target.name}"]`)?.click();
});
