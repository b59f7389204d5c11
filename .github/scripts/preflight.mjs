// What can be known before anything is deployed: node preflight.mjs [--azd, which asks for what is not set]. All that is wrong
// is said at once, each with its remedy.
// Parameters: those that infra/main.parameters.json names. Region: that it has Flex Consumption. DNS: that an own domain
// which is to be used has the records that the deployment before asked for.
import { execFileSync } from "node:child_process";
import { missing, describe, recordsOf } from "./dns.mjs";
import { fillFromFiles, howToSet } from "./parameters.mjs";

const environment = process.env;
const isAskedLater = process.argv.includes("--azd");
const { values, leftOut, problems } = fillFromFiles(environment.INFRA ?? "infra", environment);
const value = (name) => values[name]?.value;
const notes = [];
if (!isAskedLater) problems.unshift(...leftOut);

for (const [name, { value: text }] of Object.entries(values)) {
  for (const address of /email$/i.test(name) && typeof text === "string" ? text.split(",") : []) {
    if (!/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(address.trim())) problems.push(`'${name}' has '${address}', which is no e-mail address: correct its variable.`);
  }
}

const account = az("account", "show", "--query", "id", "--output", "tsv");
if (account.isAbsent) {
  notes.push("az is not installed here: the region was not checked, nor DNS.");
} else if (account.fault) {
  problems.push("az is not signed in: run 'az login' (in a pipeline: the step azure/login, with the client id that setup-azure.sh set).");
} else {
  if (environment.AZURE_SUBSCRIPTION_ID && account.text !== environment.AZURE_SUBSCRIPTION_ID) {
    problems.push(`az works on the subscription ${account.text}, not on ${environment.AZURE_SUBSCRIPTION_ID}: az account set --subscription ${environment.AZURE_SUBSCRIPTION_ID}`);
  }

  checkRegion();
  await checkDns();
}

for (const note of notes) console.log(note);
for (const problem of problems) console.log(`::error title=Preflight::${problem}`);
if (problems.length === 0) console.log(`Ready: ${Object.keys(values).length} parameters, region ${region() ?? "to be asked for"}.`);
process.exitCode = problems.length > 0 ? 1 : 0;

function region() {
  return value("location") ?? environment.AZURE_LOCATION;
}

function checkRegion() {
  const wanted = region()?.toLowerCase().replaceAll(" ", "");
  if (!wanted && !isAskedLater) problems.push(`No region: ${howToSet("AZURE_LOCATION")}`);
  if (!wanted) return;

  const list = az("functionapp", "list-flexconsumption-locations", "--query", "[].name", "--output", "tsv");
  if (list.fault) {
    problems.push(`The regions with Flex Consumption could not be listed: ${list.fault} (az upgrade, where it does not know the command)`);
    return;
  }

  const known = list.text.split(/\s+/).map((name) => name.toLowerCase());
  if (!known.includes(wanted)) problems.push(`${wanted} has no Flex Consumption: set AZURE_LOCATION to one of ${known.sort().join(", ")}.`);
}

async function checkDns() {
  const [emailDomain, siteDomain] = [value("emailDomain"), value("siteDomain")];
  const outputs = emailDomain || siteDomain ? lastOutputs() : {};

  if (emailDomain && value("emailDomainIsVerified")) {
    const records = recordsOf(outputs.EMAIL_DNS_RECORDS);
    if (records.length === 0) problems.push(unknown(emailDomain, "EMAIL_DOMAIN_IS_VERIFIED"));
    for (const record of await missing(records)) {
      // The rest is looked at once, by Azure, or is an advice.
      if (record.type === "CNAME" || /^v=spf1/i.test(record.value)) problems.push(`Mail from ${emailDomain} would be refused: add ${describe(record)} to DNS, or set EMAIL_DOMAIN_IS_VERIFIED to false.`);
      else notes.push(`${emailDomain} lacks ${describe(record)}.`);
    }
  }

  if (siteDomain && value("siteDomainIsReady")) {
    // What the deployment before gave may be about another domain.
    const records = recordsOf(outputs.SITE_DNS_RECORDS).filter(({ name }) => name === siteDomain || name.endsWith(`.${siteDomain}`));
    if (records.length === 0) problems.push(unknown(siteDomain, "SITE_DOMAIN_IS_READY"));
    for (const record of await missing(records)) problems.push(`Nobody would find ${siteDomain}: add ${describe(record)} to DNS, or set SITE_DOMAIN_IS_READY to false.`);
  }

  function unknown(domain, variable) {
    return `The records of ${domain} are not known yet: set ${variable} to false, deploy, add the records that are printed at the end to DNS, then set it to true.`;
  }
}

/** azd has the outputs in its environment; otherwise Azure remembers the deployment before. */
function lastOutputs() {
  if (environment.EMAIL_DNS_RECORDS || environment.SITE_DNS_RECORDS) return environment;

  const shown = az("deployment", "sub", "show", "--name", environment.AZURE_ENV_NAME ?? "", "--query", "properties.outputs", "--output", "json");
  if (shown.fault || !shown.text) return {};
  return Object.fromEntries(Object.entries(JSON.parse(shown.text) ?? {}).map(([name, { value: output }]) => [name.toUpperCase(), JSON.stringify(output)]));
}

function az(...options) {
  try {
    return { text: execFileSync("az", options, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }).trim() };
  } catch (fault) {
    return { isAbsent: fault.code === "ENOENT", fault: String(fault.stderr ?? fault.message).trim().split("\n").at(-1) };
  }
}
