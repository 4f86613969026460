// Validates bodies by JSON Schema: node check.cjs FOLDER INPUT OUTPUT, with ajv in FOLDER/node_modules. For each body two digits, 1 for accepted: first as JSON Schema 2020-12 has it, where "format"
// only tells; then with formats checked. Or "m" where the body is not JSON.
const { createRequire } = require('node:module');
const fs = require('node:fs');
const [folder, input, output] = process.argv.slice(2);
const load = createRequire(folder + '/');
const Ajv = load('ajv/dist/2020').default;
const addFormats = load('ajv-formats').default;

const { schemas, bodies } = JSON.parse(fs.readFileSync(input, 'utf8'));
const compile = (formats) => {
  const ajv = new Ajv({ strict: true, allowUnionTypes: true, strictRequired: false, validateFormats: formats });
  addFormats(ajv);
  ajv.addVocabulary(['x-fenced', 'x-rules']);
  return schemas.map((schema) => ajv.compile(schema));
};
const [told, checked] = [compile(false), compile(true)];

const decoder = new TextDecoder('utf-8', { fatal: true });
fs.writeFileSync(output, bodies.map(([index, base64]) => {
  let body;
  try {
    body = JSON.parse(decoder.decode(Buffer.from(base64, 'base64')));
  } catch {
    return 'm';
  }
  return [told, checked].map((validators) => (validators[index](body) ? '1' : '0')).join('');
}).join('\n'));
