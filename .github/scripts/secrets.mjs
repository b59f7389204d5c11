// Whether each app setting that stands in Key Vault can be read by the app: node secrets.mjs
// By the environment: FUNCTION_APP_NAME, AZURE_RESOURCE_GROUP; SECRETS_SECONDS. Without its keys the app refuses to start,
// so this is asked before it gets a package. Azure tells names and states only, never a secret.
import { execFileSync } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";

/** @returns {string[]} what is wrong, each with its remedy */
export function unresolved(references) {
  return references.filter(({ properties }) => properties.status !== "Resolved").map(({ name, properties }) => {
    const { status, vaultName, secretName } = properties;
    const setting = name.split("/").at(-1);
    const remedy = {
      SecretNotFound: `set it: az keyvault secret set --vault-name ${vaultName} --name ${secretName} --value VALUE (README, Settings, says what; keys: openssl rand -base64 32)`,
      VaultNotFound: `there is no vault ${vaultName}: see infra/`,
      InvalidSyntax: "the reference in infra/ is misspelt",
      MSINotEnabled: "keyVaultReferenceIdentity in infra/ names an identity that the app does not have",
      AccessToKeyVaultDenied: `the app's identity needs Key Vault Secrets User on ${vaultName}; a new role takes minutes`,
    }[status];
    return `${setting} is ${status}: ${remedy ?? properties.details ?? "see the app's environment variables in the portal"}.`;
  });
}

if (process.argv[1] === import.meta.filename) {
  const { FUNCTION_APP_NAME: app, AZURE_RESOURCE_GROUP: group, SECRETS_SECONDS: seconds = "300", SECRETS_PAUSE_MS: interval = "20000" } = process.env;
  if (!app || !group) {
    console.log("::error title=Secrets::FUNCTION_APP_NAME and AZURE_RESOURCE_GROUP are outputs of infra/main.bicep: deploy it first (azd provision).");
    process.exit(1);
  }

  const url = `/subscriptions/{subscriptionId}/resourceGroups/${group}/providers/Microsoft.Web/sites/${app}/config/configreferences/appsettings`;
  const az = (method, path) => {
    try {
      return execFileSync("az", ["rest", "--method", method, "--url", `${url}${path}?api-version=2022-03-01`, "--output", "json"], { encoding: "utf8" });
    } catch (fault) {
      console.log(`::error title=Secrets::Azure does not say whether the secrets are there (${fault.code ?? `az ended with ${fault.status}`}): install az and run 'az login', with the subscription that ${app} is in.`);
      process.exit(1);
    }
  };
  const end = Date.now() + Number(seconds) * 1000;
  for (let looks = 1; ; looks++) {
    const problems = unresolved(JSON.parse(az("get", "")).value);
    if (problems.length === 0) {
      console.log("All secrets are there.");
      break;
    }

    // The state may be old: it is asked for anew once. After that a secret does not come by waiting; a role does.
    const hopeless = looks > 1 && problems.every((problem) => /is (SecretNotFound|InvalidSyntax|MSINotEnabled)/.test(problem));
    if (hopeless || Date.now() > end) {
      for (const problem of problems) console.log(`::error title=Secrets::${problem}`);
      process.exit(1);
    }

    az("post", "/refresh");
    await pause(Number(interval));
  }
}
