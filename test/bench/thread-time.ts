/** Milliseconds of the processor that this thread has used, its own and the system's for it. */
export function threadMilliseconds(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}
