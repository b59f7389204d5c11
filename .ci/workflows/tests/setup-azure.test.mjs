import { strict as assert } from "node:assert";
import { join } from "node:path";
import { test } from "node:test";
import { folder, run, scripts } from "./helpers.mjs";

const answers = [
  [/az account show --query id/, { out: "subscription\n" }],
  [/az account show --query tenantId/, { out: "tenant\n" }],
  [/gh repo view/, { out: "city/site\n" }],
  [/identity show --name citizen-focus-plan .*clientId/, { out: "plan-client\n" }],
  [/identity show --name citizen-focus-deploy .*clientId/, { out: "deploy-client\n" }],
  [/identity show .*principalId/, { out: "principal\n" }],
];
const setUp = (context, options = ["northeurope", "team@city.example"], more = []) =>
  run(folder(context), ["bash", join(scripts, "setup-azure.sh"), ...options], { answers: [...more, ...answers], environment: { SETUP_PAUSE: "0" } });

test("Each identity is trusted in one place, and gets no more than it needs", async (context) => {
  const { code, out, calls } = await setUp(context);
  assert.equal(code, 0, out);
  const has = (pattern) => calls.some((call) => pattern.test(call));
  assert.ok(has(/federated-credential create .*--identity-name citizen-focus-plan .*--subject repo:city\/site:ref:refs\/heads\/main /));
  assert.ok(has(/federated-credential create .*--identity-name citizen-focus-deploy .*--subject repo:city\/site:environment:production /));
  assert.equal(calls.filter((call) => call.includes("role definition create")).length, 2);
  for (const call of calls.filter((call) => /role assignment create .*Storage Blob/.test(call))) assert.match(call, /storageAccounts\/cfpackages[0-9a-f]{12}$/);
  assert.ok(has(/gh variable set AZURE_PLAN_CLIENT_ID --body plan-client/));
  assert.ok(has(/gh variable set AZURE_CLIENT_ID --env production --body deploy-client/));
  assert.ok(!has(/secret/));
});

test("A step that fails stops it, also in the middle of an identity", async (context) => {
  const { code, calls } = await setUp(context, undefined, [[/federated-credential create/, { code: 1 }]]);
  assert.notEqual(code, 0);
  assert.ok(!calls.some((call) => call.includes("gh variable set")));
});

test("Without its two arguments it says how it is called", async (context) => {
  const { code, out, calls } = await setUp(context, []);
  assert.equal(code, 2);
  assert.match(out, /setup-azure\.sh REGION ALERT-EMAIL/);
  assert.deepEqual(calls, []);
});
