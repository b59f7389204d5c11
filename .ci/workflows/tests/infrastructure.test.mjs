import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { folder, nameServer, run, scripts } from "./helpers.mjs";

const environment = { AZURE_ENV_NAME: "city", AZURE_LOCATION: "northeurope", FUNCTION_APP_NAME: "app", AZURE_RESOURCE_GROUP: "group", SECRETS_PAUSE_MS: "1", SECRETS_SECONDS: "1" };
const outputs = {
  azurE_RESOURCE_GROUP: { type: "String", value: "group" },
  functioN_APP_NAME: { type: "String", value: "app" },
  sitE_URL: { type: "String", value: "https://site.example/" },
  sitE_DNS_RECORDS: { type: "Array", value: [{ type: "TXT", name: "a b", value: "v" }] },
};
const infrastructure = (context, options, answers) => {
  const directory = folder(context);
  const files = { GITHUB_ENV: join(directory, "env"), GITHUB_OUTPUT: join(directory, "output"), GITHUB_STEP_SUMMARY: join(directory, "summary") };
  return run(directory, ["bash", ...options], { environment: { ...environment, ...files }, answers }).then((result) => ({ ...result, directory }));
};
const script = join(scripts, "infrastructure.sh");

test("Outputs become the environment of later steps, whatever case Azure gives them", async (context) => {
  const { code, out, directory } = await infrastructure(context, [script, "deploy", "parameters.json"], [[/deployment sub create --name city/, { out: JSON.stringify(outputs) }]]);
  assert.equal(code, 0, out);
  const lines = readFileSync(join(directory, "env"), "utf8");
  assert.match(lines, /^AZURE_RESOURCE_GROUP=group$/m);
  assert.match(lines, /^SITE_DNS_RECORDS=\[\{"type":"TXT","name":"a b","value":"v"\}\]$/m);
  assert.equal(lines, readFileSync(join(directory, "output"), "utf8"));
});

test("An output that is missing, and a deployment that failed or never was, are named", async (context) => {
  const { FUNCTION_APP_NAME, ...rest } = Object.fromEntries(Object.entries(outputs).map(([name, value]) => [name.toUpperCase(), value]));
  assert.match((await infrastructure(context, [script, "outputs"], [[/sub show/, { out: JSON.stringify(rest) }]])).out, /gives no output FUNCTION_APP_NAME/);
  assert.match((await infrastructure(context, [script, "deploy", "p"], [[/sub create/, { code: 1 }]])).out, /The package is as before/);
  assert.match((await infrastructure(context, [script, "outputs"], [[/sub show/, { code: 3 }]])).out, /There was no deployment city yet/);
});

test("What would change is in the summary, also where Azure refuses", async (context) => {
  for (const [code, said] of [[0, "+ Microsoft.Web/sites"], [1, "InvalidTemplate"]]) {
    const result = await infrastructure(context, [join(scripts, "what-if.sh"), "parameters.json"], [[/what-if .*--validation-level ProviderNoRbac/, { out: said, code }]]);
    assert.equal(result.code, code);
    assert.ok(readFileSync(join(result.directory, "summary"), "utf8").includes(said));
  }
});

const reference = (name, status) => ({ name, properties: { status, vaultName: "vault", secretName: "keys-person-id" } });
const secrets = (context, ...looks) =>
  run(folder(context), [process.execPath, join(scripts, "secrets.mjs")], {
    environment,
    answers: [...looks.map((value) => [/rest --method get/, { out: JSON.stringify({ value }), times: 1 }]), [/rest --method get/, { out: JSON.stringify({ value: looks.at(-1) }) }], [/--method post/, {}]],
  });

test("Secrets that are there let the deployment go on; a role may take its time", async (context) => {
  assert.equal((await secrets(context, [reference("a", "Resolved")])).code, 0);
  assert.equal((await secrets(context, [reference("a", "AccessToKeyVaultDenied")], [reference("a", "AccessToKeyVaultDenied")], [reference("a", "Resolved")])).code, 0);
});

test("A secret that is missing is named with the command that sets it", async (context) => {
  const { code, out, calls } = await secrets(context, [reference("Keys__PersonId", "SecretNotFound")]);
  assert.equal(code, 1);
  assert.match(out, /::error title=Secrets::Keys__PersonId is SecretNotFound: set it: az keyvault secret set --vault-name vault --name keys-person-id/);
  assert.equal(calls.filter((call) => call.includes("--method get")).length, 2);
});

test("What is left to do is told after a deployment", async (context) => {
  const nextSteps = async (more) =>
    (await run(folder(context), [process.execPath, join(scripts, "next-steps.mjs")], {
      environment: { ...environment, SITE_URL: "https://app.azurewebsites.example/", KEY_VAULT_NAME: "vault", EMAIL_FROM: "DoNotReply@managed.example", DNS_SERVER: await nameServer(context, {}), ...more },
    })).out;

  const plain = await nextSteps({});
  assert.match(plain, /az keyvault secret show --vault-name vault/);
  assert.doesNotMatch(plain, /DNS|domain/);

  const domains = {
    SITE_DNS_RECORDS: '[{"type":"TXT","name":"_dnsauth.site.example","value":""},{"type":"CNAME","name":"site.example","value":"edge.example"}]',
    EMAIL_DNS_RECORDS: '[{"type":"TXT","name":"mail.example","value":"ms-domain-verification=1"}]',
    FRONT_DOOR_NAME: "door",
    EMAIL_SERVICE_NAME: "mail",
  };
  const before = await nextSteps(domains);
  assert.match(before, /DNS, for the site: add CNAME site\.example with the value 'edge\.example'/);
  assert.match(before, /custom-domain-name site-example .* set SITE_DOMAIN_IS_READY to true/);
  assert.match(before, /initiate-verification --domain-name mail\.example --email-service-name mail .* set EMAIL_DOMAIN_IS_VERIFIED to true/);
  const after = await nextSteps({ ...domains, SITE_URL: "https://site.example/", EMAIL_FROM: "team@mail.example" });
  assert.doesNotMatch(after, /IS_READY|IS_VERIFIED/);
});
