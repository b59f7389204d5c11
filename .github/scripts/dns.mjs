// Whether DNS has the records that infra/ asks for: node dns.mjs [site | email], with SITE_DNS_RECORDS and EMAIL_DNS_RECORDS,
// outputs of infra/main.bicep, in the environment. A record is { type, name, value }. DNS_SERVER: who is asked.
import { Resolver } from "node:dns/promises";

/** @returns {Promise<{type: string, name: string, value: string, found: string[], fault?: string}[]>} those that are not there */
export async function missing(records, resolver = newResolver()) {
  const looked = await Promise.all(records.map(async (record) => {
    try {
      const found = await resolve(record, resolver);
      return { ...record, found, isThere: found.some((value) => answers(record, value)) };
    } catch (fault) {
      return { ...record, found: [], fault: fault.code, isThere: false };
    }
  }));
  return looked.filter(({ isThere }) => !isThere);
}

/** The records of an output, under whole names: Communication Services name some of them from the domain downwards only. */
export function recordsOf(json) {
  // Front Door's token is empty once it was looked at.
  const records = Object.values(JSON.parse(json || "[]")).filter(({ value }) => value);
  const domain = records.find(({ value }) => value.startsWith("ms-domain-verification"))?.name;
  return records.map(({ type, name, value }) => ({ type: type.toUpperCase(), name: whole(name, domain), value }));
}

export function describe({ type, name, value, found, fault }) {
  const instead = fault ? ` (${fault})` : found.length > 0 ? `, not '${found.join("', '")}'` : "";
  return `${type} ${name} with the value '${value}'${instead}`;
}

function whole(name, domain) {
  const plain = name.replace(/\.$/, "");
  if (!domain || plain === domain || plain.endsWith(`.${domain}`)) return plain;
  return plain === "@" ? domain : `${plain}.${domain}`;
}

async function resolve({ type, name, value }, resolver) {
  const ask = async (asked, kind) => {
    try {
      return await resolver.resolve(asked, kind);
    } catch (fault) {
      if (["ENODATA", "ENOTFOUND"].includes(fault.code)) return [];
      throw fault;
    }
  };
  const found = await ask(name, type);
  if (type === "TXT") return found.map((parts) => parts.join(""));
  if (type !== "CNAME" || found.length > 0) return found.map(String);

  // The top of a zone can have no CNAME; providers give it the addresses of the target instead.
  const [own, target] = await Promise.all([ask(name, "A"), ask(value, "A")]);
  return own.some((address) => target.includes(address)) ? [value] : own;
}

function answers({ type, value }, found) {
  const same = (text) => text.toLowerCase().replace(/\.$/, "");
  if (type !== "TXT") return same(found) === same(value);

  // A domain has one SPF record, which may allow others as well; and any DMARC policy is better than ours.
  if (/^v=spf1 /i.test(value)) return /^v=spf1 /i.test(found) && (value.match(/include:\S+/gi) ?? []).every((include) => same(found).split(/\s+/).includes(same(include)));
  if (/^v=DMARC1/i.test(value)) return /^v=DMARC1/i.test(found);
  return found === value;
}

function newResolver() {
  const resolver = new Resolver({ timeout: 3000, tries: 2 });
  if (process.env.DNS_SERVER) resolver.setServers([process.env.DNS_SERVER]);
  return resolver;
}

if (process.argv[1] === import.meta.filename) {
  const outputs = { site: process.env.SITE_DNS_RECORDS, email: process.env.EMAIL_DNS_RECORDS };
  const records = Object.entries(outputs).filter(([which]) => [which, undefined].includes(process.argv[2])).flatMap(([, json]) => recordsOf(json));
  const absent = await missing(records);
  for (const record of absent) console.log(`::error title=DNS::Add ${describe(record)}; then run this again.`);
  console.log(`${records.length - absent.length} of ${records.length} records are there.`);
  process.exitCode = absent.length > 0 ? 1 : 0;
}
