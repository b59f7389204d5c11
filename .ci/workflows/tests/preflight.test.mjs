import { strict as assert } from "node:assert";
import { join } from "node:path";
import { test } from "node:test";
import { folder, nameServer, root, run, scripts, write } from "./helpers.mjs";

const bicep = "param alertEmail string\nparam location string\nparam siteDomain string = ''\nparam siteDomainIsReady bool = false\nparam emailDomain string = ''\nparam emailDomainIsVerified bool = false\n";
const parameters = {
  parameters: {
    alertEmail: { value: "${ALERT_EMAIL}" },
    location: { value: "${AZURE_LOCATION}" },
    siteDomain: { value: "${SITE_DOMAIN}" },
    siteDomainIsReady: { value: "${SITE_DOMAIN_IS_READY}" },
    emailDomain: { value: "${EMAIL_DOMAIN}" },
    emailDomainIsVerified: { value: "${EMAIL_DOMAIN_IS_VERIFIED}" },
  },
};
const environment = { ALERT_EMAIL: "team@city.example", AZURE_LOCATION: "northeurope", AZURE_ENV_NAME: "city", AZURE_SUBSCRIPTION_ID: "subscription" };
const signedIn = [/account show/, { out: "subscription\n" }];
const regions = [/list-flexconsumption-locations/, { out: "westeurope\nnortheurope\n" }];
const nothingDeployed = [/deployment sub show/, { code: 3, error: "DeploymentNotFound" }];

// What infra/ gave the last time, in the case that Azure Resource Manager likes.
const deployed = [/deployment sub show --name city/, { out: JSON.stringify({
  sitE_DNS_RECORDS: { value: [
    { type: "TXT", name: "_dnsauth.site.example", value: "token", ttl: 3600 },
    { type: "CNAME", name: "site.example", value: "edge.azurefd.example", ttl: 3600 },
  ] },
  emaiL_DNS_RECORDS: { value: [
    { type: "TXT", name: "mail.example", value: "ms-domain-verification=1" },
    { type: "TXT", name: "mail.example", value: "v=spf1 include:spf.protection.outlook.com -all" },
    { type: "CNAME", name: "selector1-azurecomm-prod-net._domainkey", value: "selector1.azurecomm.example" },
    { type: "TXT", name: "_dmarc.mail.example", value: "v=DMARC1; p=none" },
  ] },
}) }];
const siteRecords = { "TXT _dnsauth.site.example": ["token"], "CNAME site.example": ["edge.azurefd.example"] };
const mailRecords = {
  "TXT mail.example": ["ms-domain-verification=1", "v=spf1 include:other.example include:spf.protection.outlook.com ~all"],
  "CNAME selector1-azurecomm-prod-net._domainkey.mail.example": ["selector1.azurecomm.example"],
  "TXT _dmarc.mail.example": ["v=DMARC1; p=reject"],
};
const ownSite = { SITE_DOMAIN: "site.example", SITE_DOMAIN_IS_READY: "true" };
const own = { ...ownSite, EMAIL_DOMAIN: "mail.example", EMAIL_DOMAIN_IS_VERIFIED: "true" };

async function preflight(context, { more = {}, answers = [signedIn, regions, nothingDeployed], records = {}, options = [], ...rest } = {}) {
  const directory = folder(context);
  write(directory, { "infra/main.bicep": bicep, "infra/main.parameters.json": parameters });
  const DNS_SERVER = await nameServer(context, records);
  return run(directory, [process.execPath, join(scripts, "preflight.mjs"), ...options], { environment: { ...environment, DNS_SERVER, ...more }, answers, ...rest });
}

test("What is right is ready", async (context) => {
  const { code, out } = await preflight(context);
  assert.equal(code, 0, out);
  assert.match(out, /^Ready: 2 parameters, region northeurope\.$/m);
});

test("The repository's own infra/ is ready with the variables that setup-azure.sh sets", async (context) => {
  const { code, out } = await preflight(context, { more: { INFRA: join(root, "infra"), VARIABLES: '{"ALERT_EMAIL":"team@city.example"}', ALERT_EMAIL: "" } });
  assert.equal(code, 0, out);
});

test("Own domains with their records are ready, beside what else a domain has", async (context) => {
  const { code, out } = await preflight(context, { more: own, answers: [signedIn, regions, deployed], records: { ...siteRecords, ...mailRecords } });
  assert.equal(code, 0, out);
});

test("The top of a zone may have the target's addresses in place of a CNAME", async (context) => {
  const records = { "TXT _dnsauth.site.example": ["token"], "A site.example": ["192.0.2.1"], "A edge.azurefd.example": ["192.0.2.2", "192.0.2.1"] };
  const { code, out } = await preflight(context, { more: ownSite, answers: [signedIn, regions, deployed], records });
  assert.equal(code, 0, out);
});

for (const [what, options, remedies] of [
  ["Parameters left out", { more: { ALERT_EMAIL: "", AZURE_LOCATION: "" } }, [/ALERT_EMAIL is not set.*gh variable set ALERT_EMAIL/, /AZURE_LOCATION is not set/, /No region: gh variable set AZURE_LOCATION/]],
  ["An address that is none", { more: { ALERT_EMAIL: "a@b.example,team" } }, [/'alertEmail' has 'team', which is no e-mail address/]],
  ["A region without Flex Consumption", { more: { AZURE_LOCATION: "Mars Central" } }, [/marscentral has no Flex Consumption: set AZURE_LOCATION to one of northeurope, westeurope/]],
  ["An az that is not signed in", { answers: [[/account show/, { code: 1, error: "Please run 'az login'" }]] }, [/az is not signed in: run 'az login'/]],
  ["Another subscription", { answers: [[/account show/, { out: "other" }], regions] }, [/az account set --subscription subscription/]],
  ["An az that is too old", { answers: [signedIn, [/list-flex/, { code: 2, error: "no such command" }]] }, [/could not be listed: no such command \(az upgrade/]],
  ["Own domains without their DNS", { more: own, answers: [signedIn, regions, deployed] }, [
    /Nobody would find site\.example: add TXT _dnsauth\.site\.example with the value 'token' to DNS/,
    /Nobody would find site\.example: add CNAME site\.example with the value 'edge\.azurefd\.example'/,
    /Mail from mail\.example would be refused: add TXT mail\.example with the value 'v=spf1 .*' to DNS, or set EMAIL_DOMAIN_IS_VERIFIED to false/,
    /add CNAME selector1-azurecomm-prod-net\._domainkey\.mail\.example/,
  ]],
  ["A domain that points elsewhere", { more: ownSite, answers: [signedIn, regions, deployed], records: { ...siteRecords, "CNAME site.example": ["parking.example"] } }, [
    /add CNAME site\.example with the value 'edge\.azurefd\.example', not 'parking\.example'/,
  ]],
  ["An SPF record that forgets the sender", { more: own, answers: [signedIn, regions, deployed], records: { ...siteRecords, ...mailRecords, "TXT mail.example": ["ms-domain-verification=1", "v=spf1 include:other.example -all"] } }, [
    /add TXT mail\.example with the value 'v=spf1 include:spf\.protection\.outlook\.com -all', not 'ms-domain-verification=1', 'v=spf1 include:other\.example -all'/,
  ]],
  ["Domains that are to be used before they were made", { more: own }, [
    /The records of mail\.example are not known yet: set EMAIL_DOMAIN_IS_VERIFIED to false, deploy, add the records/,
    /The records of site\.example are not known yet: set SITE_DOMAIN_IS_READY to false/,
  ]],
]) {
  test(`${what}: each with its remedy`, async (context) => {
    const { code, out } = await preflight(context, options);
    assert.equal(code, 1, out);
    for (const remedy of remedies) assert.match(out, remedy);
    for (const line of out.trim().split("\n").filter((text) => text.includes("::error"))) assert.match(line, /^::error title=Preflight::.*(add|az |set|correct|leave|deploy)/);
  });
}

test("Domains that are not in use yet, and what is only advice, hold nothing up", async (context) => {
  const first = await preflight(context, { more: { SITE_DOMAIN: "site.example", EMAIL_DOMAIN: "mail.example" } });
  assert.equal(first.code, 0, first.out);
  const { "TXT _dmarc.mail.example": _, ...withoutAdvice } = mailRecords;
  const later = await preflight(context, { more: own, answers: [signedIn, regions, deployed], records: { ...siteRecords, ...withoutAdvice } });
  assert.equal(later.code, 0, later.out);
  assert.match(later.out, /mail\.example lacks TXT _dmarc/);
});

test("azd asks for what is not set, so it is no fault there", async (context) => {
  const { code, out } = await preflight(context, { more: { ALERT_EMAIL: "", AZURE_LOCATION: "" }, options: ["--azd"] });
  assert.equal(code, 0, out);
});

test("Without az what it would know is not checked, and said so", async (context) => {
  const { code, out } = await preflight(context, { withoutAz: true });
  assert.equal(code, 0, out);
  assert.match(out, /az is not installed here/);
});

test("Records can be looked for alone, and those that are missing are named", async (context) => {
  const SITE_DNS_RECORDS = JSON.stringify(JSON.parse(deployed[1].out).sitE_DNS_RECORDS.value);
  const check = async (records) => run(folder(context), [process.execPath, join(scripts, "dns.mjs"), "site"], { environment: { SITE_DNS_RECORDS, DNS_SERVER: await nameServer(context, records) } });
  assert.equal((await check(siteRecords)).code, 0);
  const { code, out } = await check({});
  assert.equal(code, 1);
  assert.match(out, /::error title=DNS::Add TXT _dnsauth\.site\.example with the value 'token'/);
});
