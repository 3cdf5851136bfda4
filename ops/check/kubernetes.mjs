// Writes each manifest as a value of the type its kind has, for a compiler that refuses fields of other names and types.
import { readFileSync } from "node:fs";
import { parseAllDocuments } from "yaml";

function home(apiVersion) {
  return apiVersion.startsWith("keda.sh/") ? `@kubernetes-models/keda/${apiVersion}` : `kubernetes-models/${apiVersion}`;
}

let count = 0;
for (const file of process.argv.slice(2)) {
  for (const document of parseAllDocuments(readFileSync(file, "utf8"))) {
    const manifest = document.toJS();
    const { apiVersion, kind } = manifest;
    count += 1;
    console.log(`// ${file}: ${kind}`);
    console.log(`import type { I${kind} as Kind${count} } from "${home(apiVersion)}";`);
    console.log(`export const manifest${count}: Kind${count} = ${JSON.stringify(manifest, null, 2)};`);
  }
}
