/*
 * Checks the OpenAPI document of a server, by libraries that have not seen it before: it is valid OpenAPI 3.1, and the
 * YAML says what the JSON says.
 *
 * node src/test/js/openapi.mjs http://127.0.0.1:8080/rollcall/openapi
 */
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(resolve("target/npm/package.json"));
const load = (name) => import(pathToFileURL(require.resolve(name)));
const { Validator } = await load("@seriousme/openapi-schema-validator");
const { parse } = await load("yaml");

const read = async (accept) => (await fetch(process.argv[2], { headers: { accept } })).text();
const json = JSON.parse(await read("application/json"));
const yaml = await read("application/yaml");

for (const version of ["1.1", "1.2"]) {
  assert.deepEqual(parse(yaml, { version }), json);
}
const validator = new Validator();
const { valid, errors } = await validator.validate(json);
assert.deepEqual({ valid, errors, version: validator.version }, { valid: true, errors: undefined, version: "3.1" });
validator.resolveRefs();
console.log(`${Object.keys(json.paths).length} paths`);
