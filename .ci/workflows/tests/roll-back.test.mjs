import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { folder, run, scripts, site, well, write } from "./helpers.mjs";

const [good, bad] = ["a".repeat(40), "b".repeat(40)];
const environment = {
  PACKAGES_ACCOUNT_NAME: "packages",
  FUNCTION_APP_NAME: "app",
  AZURE_RESOURCE_GROUP: "group",
  SMOKE_SECONDS: "1",
  SMOKE_PAUSE_MS: "10",
  DEPLOY_TRIES: "2",
};
const rollBack = (directory, address, more = {}) =>
  run(directory, ["bash", join(scripts, "roll-back.sh"), bad, address], { environment: { ...environment, GITHUB_STEP_SUMMARY: join(directory, "summary") }, ...more });
const kept = { "blobs/last-good": `${good}\n`, [`blobs/${good}.zip`]: "good package" };

test("A failed deployment goes back to the last good package, and says so", async (context) => {
  const directory = folder(context);
  write(directory, kept);
  const { code, out, calls } = await rollBack(directory, await site(context, well(`1.0.0+${good}`)));
  assert.equal(code, 0, out);
  assert.equal(calls.filter((call) => call.includes("config-zip --name app --resource-group group")).length, 1);
  assert.match(readFileSync(join(directory, "summary"), "utf8"), new RegExp(`serves ${good} again, not ${bad}`));
});

test("Without an earlier package nothing is deployed", async (context) => {
  const { code, out, calls } = await rollBack(folder(context), "http://127.0.0.1:9");
  assert.equal(code, 1);
  assert.match(out, /no earlier package: this was the first deployment/);
  assert.ok(!calls.some((call) => call.includes("config-zip")));
});

test("The package that was good before is not deployed again", async (context) => {
  const directory = folder(context);
  write(directory, { "blobs/last-good": bad, [`blobs/${bad}.zip`]: "" });
  const { code, out, calls } = await rollBack(directory, "http://127.0.0.1:9");
  assert.equal(code, 1);
  assert.match(out, /the package is not at fault: look at what changed around it/);
  assert.ok(!calls.some((call) => call.includes("config-zip")));
});

test("A store that cannot be reached is not taken for an empty one", async (context) => {
  const { code, out } = await rollBack(folder(context), "http://127.0.0.1:9", { answers: [[/blob exists/, { code: 1, error: "AuthorizationPermissionMismatch" }]] });
  assert.equal(code, 1);
  assert.match(out, /needs Storage Blob Data Contributor/);
  assert.doesNotMatch(out, /first deployment/);
});

test("A site that stays ill after the roll back is said to be down", async (context) => {
  const directory = folder(context);
  write(directory, kept);
  const { code, out } = await rollBack(directory, await site(context, () => ({ status: 503, body: { status: "unhealthy", dependencies: { tables: "unhealthy" } } })));
  assert.equal(code, 1);
  assert.match(out, /the site is down/);
});

test("A package is tried again, since a new role takes minutes; then the roles are named", async (context) => {
  const command = ["bash", join(scripts, "deploy-package.sh"), "package.zip"];
  const later = await run(folder(context), command, { environment, answers: [[/config-zip/, { code: 1, error: "403", times: 1 }]] });
  assert.equal(later.code, 0, later.out);
  assert.deepEqual(later.calls.filter((call) => call.startsWith("sleep")), ["sleep 60"]);
  const never = await run(folder(context), command, { environment, answers: [[/config-zip/, { code: 1 }]] });
  assert.equal(never.code, 1);
  assert.match(never.out, /Website Contributor/);
});

test("A package is kept, fetched and found again; one that is not there is named", async (context) => {
  const directory = folder(context);
  write(directory, { "package.zip": "bytes" });
  const packages = (...options) => run(directory, ["bash", join(scripts, "packages.sh"), ...options], { environment });
  assert.equal((await packages("last")).out, "");
  assert.equal((await packages("keep", good, "package.zip")).code, 0);
  assert.equal((await packages("last")).out.trim(), good);
  assert.equal((await packages("fetch", good, "fetched.zip")).code, 0);
  assert.equal(readFileSync(join(directory, "fetched.zip"), "utf8"), "bytes");
  for (const wrong of [bad, "main", "$(id)"]) {
    const { code, out } = await packages("fetch", wrong, "none.zip");
    assert.equal(code, 1);
    assert.match(out, /name a whole commit of 40 digits/);
  }
});
