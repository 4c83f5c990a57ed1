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

/** The text of the configuration that is used. */
export const builderConfig = (): string => fs.readFileSync(path.join(root, 'electron-builder.yml'), 'utf8')

/** What the builder would refuse in a configuration: `place message`. Throws if it is not YAML. */
export function builderFaults(text: string): string[] {
  return validate(yaml.load(text)) ? [] : (validate.errors ?? []).map((e) => `${e.instancePath || '/'} ${e.message}`)
}
