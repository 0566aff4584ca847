// A folded day of the usual week says in its line what it holds, while that is changed too.

const week = document.querySelector(".weekform");

week?.addEventListener("input", (event) => {
  const day = event.target.closest(".day");
  const says = day.querySelector("[data-says]");
  const parts = [...runs(day), ...free(day)];
  says.replaceChildren(...(parts.length ? parts : [part(week.dataset.nothing, "soft")]));
});

function runs(day) {
  return [...day.querySelectorAll(".slot:not(.free)")].flatMap((slot) => {
    const kind = slot.querySelector("select");
    const minutes = slot.querySelector("[name=run_minutes]").value.trim();
    const name = kind.selectedOptions[0].textContent;
    if (!kind.value) return [];
    return [part(minutes ? week.dataset.run.replace("{kind}", name).replace("{n}", minutes) : name, "is-run")];
  });
}

function free(day) {
  const all = [...day.querySelectorAll("[name=free_minutes]")].map((one) => one.value.trim()).filter(Boolean);
  return all.map((minutes) => part(week.dataset.free.replace("{n}", minutes), ""));
}

function part(text, kind) {
  const one = document.createElement("span");
  one.className = kind;
  one.textContent = text;
  return one;
}
