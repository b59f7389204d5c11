// What a deployment leaves to people: node next-steps.mjs, with the outputs of infra/main.bicep in the environment.
import { appendFileSync } from "node:fs";
import { describe, missing, recordsOf } from "./dns.mjs";

const { AZURE_RESOURCE_GROUP: group, EMAIL_DNS_RECORDS, EMAIL_FROM, EMAIL_SERVICE_NAME, FRONT_DOOR_NAME, GITHUB_STEP_SUMMARY, KEY_VAULT_NAME: vault, SITE_DNS_RECORDS, SITE_URL } = process.env;
const lines = [`Site: ${SITE_URL}`, `Mail comes from: ${EMAIL_FROM}`];

const site = recordsOf(SITE_DNS_RECORDS);
const mail = recordsOf(EMAIL_DNS_RECORDS);
for (const [what, records] of [["the site", site], ["mail", mail]]) {
  for (const record of await missing(records)) lines.push(`DNS, for ${what}: add ${describe(record)}`);
}

// The flags say that this was done; they are checked before the next deployment.
const siteDomain = site.find(({ type }) => type === "CNAME")?.name;
if (siteDomain && new URL(SITE_URL).hostname !== siteDomain) {
  lines.push(`Own domain: when 'az afd custom-domain show --profile-name ${FRONT_DOOR_NAME} --custom-domain-name ${siteDomain.replaceAll(".", "-")} --resource-group ${group} --query domainValidationState' says Approved and https://${siteDomain}/health/live answers, set SITE_DOMAIN_IS_READY to true and deploy again`);
}
const mailDomain = mail.find(({ value }) => value.startsWith("ms-domain-verification"))?.name;
if (mailDomain && !EMAIL_FROM.endsWith(`@${mailDomain}`)) {
  lines.push(`Own mail domain: with its records in DNS, 'az communication email domain initiate-verification --domain-name ${mailDomain} --email-service-name ${EMAIL_SERVICE_NAME} --resource-group ${group} --verification-type TYPE' for each of Domain, SPF, DKIM and DKIM2; when all are Verified, set EMAIL_DOMAIN_IS_VERIFIED to true and deploy again`);
}
lines.push(`Keys and the organisers' token were made in the vault ${vault}, which OPERATOR_ID may read. Keep the value of the one that can never change outside of Azure, since a backup file opens in this subscription only: az keyvault secret show --vault-name ${vault} --name keys-person-id --query value --output tsv`);
lines.push(`Where SendGrid or an OTLP collector is used, its secret is a placeholder until: az keyvault secret set --vault-name ${vault} --name sendgrid-api-key (or otlp-headers) --value VALUE`);

console.log(lines.map((line) => `- ${line}`).join("\n"));
if (GITHUB_STEP_SUMMARY) appendFileSync(GITHUB_STEP_SUMMARY, `### By hand\n\n${lines.map((line) => `- ${line}`).join("\n")}\n\n`);
