import { argon2id } from 'hash-wasm'
import type { Clock, PasswordCost, Secrets } from '../centre/ports.ts'

const memoryKiBMin = 65_536
const passesMin = 3
const passesMax = 24
const wantedMilliseconds = 600

/**
 * argon2id by WebAssembly: the same bytes everywhere, also where Electron's own crypto has none (ADR 0005).
 *
 * `calibrate` measures one derivation and chooses the passes for about 0.6 s, never under 64 MiB and 3 passes.
 */
export function argon2Secrets(clock: Clock): Secrets {
  const derive = (password: string, salt: Uint8Array, cost: PasswordCost) =>
    argon2id({
      password: password.normalize('NFKC'),
      salt,
      iterations: cost.passes,
      memorySize: cost.memoryKiB,
      parallelism: 1,
      hashLength: 32,
      outputType: 'binary',
    })
  return {
    passwordKey: derive,
    async calibrate() {
      const start = clock.steady()
      await derive('calibration', new Uint8Array(16), { memoryKiB: memoryKiBMin, passes: passesMin })
      const perPass = (clock.steady() - start) / passesMin
      const passes = Math.min(passesMax, Math.max(passesMin, Math.round(wantedMilliseconds / perPass)))
      return { memoryKiB: memoryKiBMin, passes }
    },
  }
}
