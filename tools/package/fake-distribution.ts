// A folder that looks like Electron's distribution to electron-builder, so that packing runs without a download.
import fs from 'node:fs'
import path from 'node:path'
import { createPackage } from '@electron/asar'

/** Writes it; `electronVersion` as in node_modules. The wire holds nine fuses, all as Electron ships them. */
export async function fakeDistribution(folder: string, electronVersion: string): Promise<void> {
  fs.mkdirSync(path.join(folder, 'resources'), { recursive: true })
  fs.mkdirSync(path.join(folder, 'locales'))
  const content = path.join(folder, 'default')
  fs.mkdirSync(content)
  fs.writeFileSync(path.join(content, 'package.json'), '{"main":"x.js"}')
  await createPackage(content, path.join(folder, 'resources/default_app.asar'))
  fs.rmSync(content, { recursive: true })
  for (const locale of ['fr', 'en-US', 'de']) fs.writeFileSync(path.join(folder, `locales/${locale}.pak`), 'x')
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'chrome-sandbox']) fs.writeFileSync(path.join(folder, name), 'x')
  fs.writeFileSync(path.join(folder, 'version'), electronVersion)
  fakeProgram(path.join(folder, 'electron'), '101100001')
}

/** Writes a program that is nothing but its fuses: one `0` or `1` each, in Electron's order. */
export function fakeProgram(file: string, fuses: string): void {
  const sentinel = Buffer.from('#!/bin/sh\n# dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX')
  fs.writeFileSync(file, Buffer.concat([sentinel, Buffer.from([1, fuses.length]), Buffer.from(fuses), Buffer.alloc(64)]), {
    mode: 0o755,
  })
}
