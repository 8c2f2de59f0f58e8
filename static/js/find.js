/* Finding one among many choices by typing. Without this file they stand there, folded by group. */
const plain = (text) => text.normalize("NFKC").toLowerCase();
const groupOf = (choice) => choice.closest("details.choice-group");

const narrow = (box) => {
  const words = plain(box.querySelector("input").value).split(/\s+/).filter(Boolean);
  const list = box.closest("fieldset");
  const choices = [...list.querySelectorAll("label.form-check")];
  let found = 0;
  for (const choice of choices) {
    const group = groupOf(choice)?.querySelector("summary").firstChild.textContent ?? "";
    const text = plain(`${choice.textContent} ${group}`);
    choice.hidden = !words.every((word) => text.includes(word));
    if (!choice.hidden) found += 1;
  }
  for (const group of list.querySelectorAll("details.choice-group")) {
    group.dataset.open ??= group.open; // as it was before anything was typed
    group.hidden = !group.querySelector("label.form-check:not([hidden])");
    group.open = words.length > 0 || group.dataset.open === "true";
  }
  const said = box.dataset.find.replace("{found}", found).replace("{all}", choices.length);
  box.querySelector("output").textContent = words.length ? said : "";
};

document.addEventListener("input", (event) => {
  const box = event.target.closest(".find");
  if (box) narrow(box);
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.closest(".find")) event.preventDefault(); // else it saves
});
const offer = () => {
  for (const box of document.querySelectorAll(".find")) box.hidden = false;
};
offer();
document.addEventListener("htmx:afterSettle", offer);
