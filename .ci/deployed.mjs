// The published app with nothing but the settings that a deployment gives it: their names come from infra/modules/functionapp.bicep,
// and an account's key stands in for its identity, which only Azure can give.
//   node deployed.mjs settings FILE             writes such settings
//   node deployed.mjs check http://localhost:7071   looks whether a site with them works
import { strict as assert } from "node:assert";
import { randomBytes } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";

const key = () => randomBytes(32).toString("base64");
const nobody = "00000000-0000-0000-0000-000000000000";

// What the Bicep would put there, as far as nobody outside is reached by it.
const values = {
  AzureWebJobsDisableHomepage: "true",
  APPLICATIONINSIGHTS_CONNECTION_STRING: `InstrumentationKey=${nobody};IngestionEndpoint=https://insights.invalid/`,
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: `ClientId=${nobody};Authorization=AAD`,
  OTEL_SERVICE_NAME: "citizen-focus",
  Site__BaseUrl: "https://site.invalid/",
  Site__Name: "Citizen Focus",
  Site__TrustedClientAddressHeader: "X-Forwarded-For",
  Keys__PersonId: key(),
  Keys__Signing: `k1:${key()}`,
  Api__Token: key(),
  Email__Providers: "acs",
  Email__From: "DoNotReply@site.invalid",
  Email__FromName: "Citizen Focus",
  Email__ReplyTo: "DoNotReply@site.invalid",
  CommunicationServices__Endpoint: "https://communication.invalid/",
  CommunicationServices__ManagedIdentityClientId: nobody,
  CommunicationServices__MessagesPerMinute: "5",
  CommunicationServices__MessagesPerHour: "10",
  Library__Delivery: "redirect",
};

const [what, where] = process.argv.slice(2);
if (what === "settings") writeSettings(where);
else await check(where);

function writeSettings(file) {
  const bicep = readFileSync("infra/modules/functionapp.bicep", "utf8");
  const block = bicep.match(/^var settings = \{\n(.*?)^\}/ms)?.[1];
  assert(block, "There is no 'var settings' in functionapp.bicep");
  const names = [...block.matchAll(/^ {2}'?(\w+)'?: /gm)].map(([, name]) => name).filter((name) => !name.startsWith("AzureWebJobsStorage__"));
  assert.deepEqual(names.toSorted(), Object.keys(values).toSorted(), "The Bicep's settings and those tried here");
  writeFileSync(file, JSON.stringify({ IsEncrypted: false, Values: Object.fromEntries(names.map((name) => [name, values[name]])) }, null, 2));
}

async function check(site) {
  for (const path of ["/", "/webinars", "/library", "/commitments", "/digest", "/commitments.atom", "/calendar.ics"]) {
    const answer = await fetch(site + path);
    assert.equal(answer.status, 200, path);
  }

  const webinar = "/webinars/citizen-engagement-in-practice";
  const form = (await (await fetch(site + webinar)).text()).match(/action="([^"]+\/registrations)">.*?name="form" value="([^"]*)"/s);
  assert(form, "The form is not on the webinar's page");
  // Sooner would be a robot.
  await new Promise((done) => setTimeout(done, 1100));
  const answer = await fetch(site + form[1], { method: "POST", body: new URLSearchParams({ name: "Smoke Test", email: "smoke@city.example", consent: "true", form: form[2] }) });
  assert.equal(answer.status, 200);
  assert(answer.redirected && (await answer.text()).includes("What happens next"), "The form does not lead to the page that says what happens next");
  console.log(`Works with the ${Object.keys(values).length} settings of the Bicep.`);
}
