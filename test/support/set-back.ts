import { cpSync, rmSync } from 'node:fs'
import path from 'node:path'
import { expect } from 'vitest'
import { acceptUndertaking, testLogin, testPassword, type TestCentre } from './open-test-centre.ts'
import { tempFolder } from './temp-folder.ts'

const folders = ['data', 'witness']

/** Closes the desk and keeps a copy of its whole disk, with what lies beside the data folder. */
export async function diskOf(desk: TestCentre): Promise<{ desk: TestCentre; disk: string }> {
  const disk = tempFolder()
  await desk.centre.close()
  for (const name of folders) cpSync(path.join(desk.folder, name), path.join(disk, name), { recursive: true })
  return { desk: await open(desk), disk }
}

/** The whole disk is set back: nothing on the PC tells that it was. */
export async function setBack(desk: TestCentre, disk: string): Promise<TestCentre> {
  await desk.centre.close()
  for (const name of folders) {
    rmSync(path.join(desk.folder, name), { recursive: true })
    cpSync(path.join(disk, name), path.join(desk.folder, name), { recursive: true })
  }
  const back = await open(desk)
  expect((await back.get('sync.centres', {})).renewed).toBeNull()
  return back
}

async function open(desk: TestCentre): Promise<TestCentre> {
  const opened = await desk.restart()
  await opened.get('security.unlock', { login: testLogin, password: testPassword })
  await acceptUndertaking(opened)
  return opened
}
