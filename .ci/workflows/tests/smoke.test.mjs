import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { smoke } from "../../../.github/scripts/smoke.mjs";
import { folder, run, scripts, site, well } from "./helpers.mjs";

async function look(context, answer, { version, seconds = 0.4 } = {}) {
  const lines = [];
  const address = typeof answer === "string" ? answer : await site(context, answer);
  return { isWell: await smoke(address, { version, seconds, interval: 10, write: (line) => lines.push(line) }), out: lines.join("\n") };
}

test("A site that is well passes", async (context) => {
  const { isWell, out } = await look(context, well(), { seconds: 5 });
  assert.ok(isWell, out);
});

test("A site that starts slowly passes once it is well", async (context) => {
  const started = Date.now();
  const { isWell, out } = await look(context, async (path) => {
    if (Date.now() - started < 300) return { status: 502, body: "starting" };
    await pause(20);
    return well()(path);
  }, { seconds: 10 });
  assert.ok(isWell, out);
});

test("Good answers with bad ones between them do not pass", async (context) => {
  let asked = 0;
  const { isWell } = await look(context, (path) => (path === "/health" && asked++ % 4 === 3 ? { status: 503, body: { status: "unhealthy", dependencies: {} } } : well()(path)));
  assert.ok(!isWell);
});

for (const [what, answer, reason, options] of [
  ["A dependency that fails", () => ({ status: 503, body: { status: "unhealthy", dependencies: { tables: "healthy", queues: "unhealthy" } } }), /queues unhealthy\. Its identity needs its roles/],
  ["An app that does not start", () => ({ status: 500, body: "" }), /answers 500 and no JSON/],
  ["A page of somebody else's", () => ({ body: "This domain is for sale" }), /no JSON: is .* this app's address/],
  ["The platform's own home page", (path) => (path === "/" ? { body: "Your Azure Function App is up and running" } : well()(path)), /a page that is not ours.*AzureWebJobsDisableHomepage/],
  ["The version before", well("1.0.0+old"), /is that of 1\.0\.0\+old.*The package was not taken over/, { version: "new" }],
  ["An answer that does not come", () => pause(60_000, undefined, { ref: false }), /no answer in time/],
  ["Nobody there", "http://127.0.0.1:9", /no answer \(/],
]) {
  test(`${what} does not pass, and says what to do`, async (context) => {
    const { isWell, out } = await look(context, answer, options);
    assert.ok(!isWell);
    assert.match(out, /::error title=Smoke test::/);
    assert.match(out, reason);
  });
}

test("The version that was deployed passes; so does one that tells none", async (context) => {
  assert.ok((await look(context, well("1.0.0+abc"), { version: "abc", seconds: 5 })).isWell);
  assert.ok((await look(context, well(), { version: "abc", seconds: 5 })).isWell);
});

test("As a command it ends with 0 or 1, and writes the job's summary", async (context) => {
  const directory = folder(context);
  const command = (address) =>
    run(directory, [process.execPath, join(scripts, "smoke.mjs"), address], { environment: { SMOKE_SECONDS: "5", SMOKE_PAUSE_MS: "10", GITHUB_STEP_SUMMARY: join(directory, "summary") } });
  const address = await site(context, well());
  assert.equal((await command(address)).code, 0);
  assert.equal(readFileSync(join(directory, "summary"), "utf8"), `Smoke test: ${address} is well.\n\n`);
  const none = await command("");
  assert.equal(none.code, 1);
  assert.match(none.out, /Name the site/);
});
