// Every page works without this. It adds the visitor's own time beside a webinar's, proposes their time zone
// in the form, and takes a form's errors to the one who made them.
(() => {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

  for (const time of document.querySelectorAll("time[data-zone]")) {
    const start = new Date(time.dateTime);
    const end = new Date(time.dataset.end);
    const day = { weekday: "long", day: "numeric", month: "long" };
    const hour = { hour: "2-digit", minute: "2-digit" };
    const format = (options, timeZone) => new Intl.DateTimeFormat(document.documentElement.lang, { hourCycle: "h23", ...options, timeZone });
    const clock = (timeZone) => format({ ...day, ...hour }, timeZone).format(start);
    // Whose clock shows the same needs no second time.
    if (clock(zone) === clock(time.dataset.zone)) continue;
    const yours = document.createElement("span");
    yours.className = "your-time";
    yours.textContent = `Your time: ${format({ ...day, ...hour }, zone).formatRange(start, end)}`;
    time.after(yours);
  }

  for (const select of document.querySelectorAll("select[data-guess='time-zone']")) {
    if (select.value === "" && [...select.options].some((option) => option.value === zone)) select.value = zone;
  }

  document.querySelector("[data-focus]")?.focus();
})();
