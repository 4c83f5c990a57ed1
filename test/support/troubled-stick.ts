import { watchDisk, type DiskOperation } from './watched-disk.ts'

const never = new Set<DiskOperation['kind']>()
/** What a stick can do to a program: the errors of the operations that fail from some moment on, until it is put right. */
export const troubles = {
  full: {
    error: 'ENOSPC',
    spares: new Set<DiskOperation['kind']>(['read', 'remove', 'rename', 'open', 'sync', 'sync-folder']),
    codes: ['disk-full'],
  },
  'read-only': {
    error: 'EROFS',
    spares: new Set<DiskOperation['kind']>(['read', 'sync', 'sync-folder']),
    codes: ['disk-read-only'],
  },
  pulled: { error: 'EIO', spares: never, codes: ['disk-read-only', 'file-unreadable'] },
} as const

/** Runs `work` while the `from`-th operation on the stick that can fail, and all after it, fail. */
export async function troubled<T>(
  stick: string,
  trouble: keyof typeof troubles,
  from: number,
  work: () => Promise<T>,
): Promise<T> {
  const { error, spares } = troubles[trouble]
  let count = 0
  const end = watchDisk((op) => {
    if (!op.path.startsWith(stick) || spares.has(op.kind)) return
    count += 1
    if (count >= from) throw Object.assign(new Error(error), { code: error })
  })
  try {
    return await work()
  } finally {
    end()
  }
}
