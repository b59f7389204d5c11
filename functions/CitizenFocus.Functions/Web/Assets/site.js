// Every page works without this. It adds the visitor's own time beside a webinar's, proposes their time zone
// in the form, counts down to the start, and takes a form's errors to the one who made them.
(() => {
  // Europe's English has the day before the month.
  const language = document.documentElement.lang.replace(/^en$/, "en-GB");
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

  for (const time of document.querySelectorAll("time[data-zone]")) {
    const start = new Date(time.dateTime);
    const end = new Date(time.dataset.end);
    const hours = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
    const days = { weekday: "long", day: "numeric", month: "long", ...hours };
    const format = (options, timeZone) => new Intl.DateTimeFormat(language, { ...options, timeZone });
    const shows = (options, timeZone) => format(options, timeZone).format(start);
    // Whose clock shows the same needs no second time; whose calendar does, no second date.
    if (shows(days, zone) === shows(days, time.dataset.zone)) continue;
    const day = { dateStyle: "short" };
    const sameDays = shows(day, zone) === shows(day, time.dataset.zone) && shows(day, zone) === format(day, zone).format(end);
    const yours = document.createElement("span");
    yours.className = "your-time";
    yours.textContent = `Your time: ${format(sameDays ? hours : days, zone).formatRange(start, end)}`;
    time.parentElement.append(yours);
  }

  // Proposed only where one sees it: nobody sends what they did not look at.
  for (const select of document.querySelectorAll("details select[data-guess='time-zone']")) {
    select.closest("details").addEventListener("toggle", () => {
      if (select.value === "" && [...select.options].some((option) => option.value === zone)) select.value = zone;
    }, { once: true });
  }

  // By the server's clock, which decides when the doors open; the visitor's may be wrong.
  for (const timer of document.querySelectorAll("[data-countdown]")) {
    const ahead = Date.parse(timer.dataset.now) - Date.now();
    const [start, opens] = [Date.parse(timer.dataset.countdown), Date.parse(timer.dataset.opens)];
    const left = document.createElement("strong");
    timer.replaceChildren("It begins in ", left);
    const two = (number) => String(number).padStart(2, "0");
    const tick = () => {
      const now = Date.now() + ahead;
      if (now >= opens || now >= start) {
        clearInterval(ticking);
        if (now >= opens) location.reload();
        else timer.textContent = "It has begun.";
        return;
      }
      const seconds = Math.ceil((start - now) / 1000);
      const days = Math.floor(seconds / 86400);
      const clock = [seconds / 3600 % 24, seconds / 60 % 60, seconds % 60].map((part) => two(Math.floor(part))).join(":");
      left.textContent = days > 0 ? `${days} ${days === 1 ? "day" : "days"} ${clock}` : clock;
    };
    const ticking = setInterval(tick, 1000);
    tick();
  }

  document.querySelector("[data-focus]")?.focus();
})();
