// Checks what is published beside this folder: exits with 1 and says what is wrong, or with 0.
//
// AsyncAPI's parser checks the document and the schemas it refers to, but no examples; so a second implementation of
// JSON Schema (the Java tests are the first) says of each example whether it keeps to its schema.
import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Parser, fromFile } from "@asyncapi/parser";
import Ajv2020 from "ajv/dist/2020.js";

const folder = process.argv[2] ?? join(dirname(fileURLToPath(import.meta.url)), "..");
const problems = [];

async function checkAsyncApi() {
  const { document, diagnostics } = await fromFile(new Parser(), join(folder, "asyncapi.yaml")).parse();
  for (const { severity, message, path, range } of diagnostics) {
    const line = `asyncapi.yaml:${range.start.line + 1}: ${message} (${path.join("/")})`;
    if (severity === 0) {
      problems.push(line);
    } else {
      console.log(`note: ${line}`);
    }
  }
  if (!document && problems.length === 0) {
    problems.push("asyncapi.yaml: no document came out of the parser, and it does not say why");
  }
  return document ? document.operations().length : 0;
}

const jsonFiles = (...path) =>
  readdirSync(join(folder, ...path))
    .filter((name) => name.endsWith(".json"))
    .map((name) => join(folder, ...path, name));

const parse = (file) => JSON.parse(readFileSync(file, "utf8"));

function checkExamples() {
  const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, allErrors: true });
  for (const file of jsonFiles()) {
    ajv.addSchema(parse(file), basename(file));
  }
  let count = 0;
  for (const kind of readdirSync(join(folder, "examples"))) {
    const validate = ajv.getSchema(`${kind}.schema.json`);
    for (const file of jsonFiles("examples", kind)) {
      count++;
      if (!validate(parse(file))) {
        problems.push(`${file}: ${ajv.errorsText(validate.errors)}`);
      }
    }
    const bad = readdirSync(join(folder, "examples", kind)).includes("invalid");
    for (const file of bad ? jsonFiles("examples", kind, "invalid") : []) {
      count++;
      if (validate(parse(file))) {
        problems.push(`${file}: is meant to be bad, and keeps to its schema`);
      }
    }
  }
  return count;
}

const operations = await checkAsyncApi();
let examples = 0;
try {
  examples = checkExamples();
} catch (brokenSchema) {
  problems.push(`a schema is broken: ${brokenSchema.message}`);
}
for (const problem of problems) {
  console.error(problem);
}
console.log(`asyncapi.yaml: ${operations} operations; ${examples} examples; ${problems.length} problems`);
process.exit(problems.length === 0 ? 0 : 1);
