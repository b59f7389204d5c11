// Registers once by the form and waits for the e-mail: node smoke.mjs http://localhost:7071
import { strict as assert } from "node:assert";
import { setTimeout as pause } from "node:timers/promises";

const site = process.argv[2];
const email = "smoke@city.example";

/** Looks until there is something to see; fails at the deadline, with what stood in the way. */
async function eventually(what, seconds, look) {
  const end = Date.now() + seconds * 1000;
  for (let reason; ; await pause(200)) {
    try {
      const seen = await look();
      if (seen) return seen;
    } catch (fault) {
      reason = fault;
    }
    if (Date.now() > end) throw new Error(`No ${what} within ${seconds} s`, { cause: reason });
  }
}

await eventually("healthy site", 60, async () => (await fetch(`${site}/health`)).ok);

const webinars = await (await fetch(`${site}/webinars`)).text();
const webinar = webinars.match(/href="(\/webinars\/citizen-engagement-in-practice)"/)?.[1];
assert(webinar, "The upcoming webinar is not in the list");
const form = (await (await fetch(site + webinar)).text()).match(/<form class="form" method="post" action="([^"]+\/registrations)">.*?name="form" value="([^"]*)"/s);
assert(form, "The form is not on the webinar's page");

const answer = await fetch(site + form[1], {
  method: "POST",
  body: new URLSearchParams({ name: "Smoke Test", email, consent: "true", form: form[2] }),
});
assert.equal(answer.status, 200);
assert(answer.redirected && (await answer.text()).includes("What happens next"), "The form does not lead to the page that says what happens next");

const mail = await eventually("e-mail", 20, async () =>
  (await (await fetch(`${site}/_local/mailbox.json`)).json()).find(({ to }) => to.includes(email)));
assert.match(mail.subject, /^You are registered: /);
assert.match(await (await fetch(site + mail.raw)).text(), /Content-Type: text\/calendar; .*method=REQUEST/);
console.log(`Registered; the e-mail is there: ${mail.subject}`);
