// Reads a JSON array of HTML documents on stdin, and prints for each what html-validate finds wrong with it.
import { HtmlValidate } from "html-validate";
import { text } from "node:stream/consumers";

const validator = new HtmlValidate({
  root: true,
  extends: ["html-validate:standard"],
  rules: {
    // Mail clients drop style sheets, so styles stand where they apply.
    "no-inline-style": "off",
    // A subject is as long as the event's title.
    "long-title": "off",
  },
});

const documents = JSON.parse(await text(process.stdin));
const found = [];
for (const document of documents) {
  const report = await validator.validateString(document);
  found.push(report.results.flatMap(result => result.messages.map(message => `${message.line}:${message.column} ${message.ruleId}: ${message.message}`)));
}
process.stdout.write(JSON.stringify(found));
