// Validates bodies against a JSON Schema: node check.cjs FOLDER SCHEMA BODIES OUTPUT
// FOLDER/node_modules contains ajv. BODIES has one body per line, in base64. OUTPUT gets one line per body: two digits, 1 for accepted,
// the first without checking formats (as JSON Schema 2020-12 specifies), the second with formats checked; or "m" if the body is not JSON.
const { createRequire } = require('node:module');
const fs = require('node:fs');
const [folder, schema, bodies, output] = process.argv.slice(2);
const load = createRequire(folder + '/');
const Ajv = load('ajv/dist/2020').default;
const addFormats = load('ajv-formats').default;

const compile = (formats) => {
  const ajv = new Ajv({ strict: true, allowUnionTypes: true, strictRequired: false, validateFormats: formats });
  addFormats(ajv);
  ajv.addVocabulary(['x-fenced', 'x-rules']);
  return ajv.compile(JSON.parse(fs.readFileSync(schema, 'utf8')));
};
const validators = [compile(false), compile(true)];

const decoder = new TextDecoder('utf-8', { fatal: true });
const lines = fs.readFileSync(bodies, 'latin1').split(/\r?\n/).slice(0, -1);
fs.writeFileSync(output, lines.map((base64) => {
  let body;
  try {
    body = JSON.parse(decoder.decode(Buffer.from(base64, 'base64')));
  } catch {
    return 'm';
  }
  return validators.map((validate) => (validate(body) ? '1' : '0')).join('');
}).join('\n'));
