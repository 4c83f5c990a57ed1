// electron-builder.yml against the builder's own schema, without building.
import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '../..')
const fromBuilder = createRequire(createRequire(path.join(root, 'package.json')).resolve('electron-builder/package.json'))
const fromLibrary = createRequire(fromBuilder.resolve('app-builder-lib/package.json'))
const Ajv = fromLibrary('ajv') as new (o: object) => {
  compile(schema: unknown): ((data: unknown) => boolean) & { errors?: { instancePath: string; message: string }[] }
}
const yaml = fromLibrary('js-yaml') as { load(text: string): unknown }
const schema: unknown = JSON.parse(fs.readFileSync(fromBuilder.resolve('app-builder-lib/scheme.json'), 'utf8'))
const validate = new Ajv({ allErrors: true, strict: false, validateFormats: false, allowUnionTypes: true }).compile(schema)
if (!validate(yaml.load(fs.readFileSync(path.join(root, 'electron-builder.yml'), 'utf8')))) {
  for (const e of validate.errors ?? []) console.error(`${e.instancePath || '/'} ${e.message}`)
  process.exit(1)
}
console.log('electron-builder.yml: valid')
