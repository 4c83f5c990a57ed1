// Runs a command with the network cut: in a namespace of its own that has loopback and nothing else (S02). Where the kernel does not permit
// that (another system, no root and no user namespaces), says so in one line and runs it as it is. Plain JavaScript, for any Node.
//   node tools/without-network.mjs npm run demo
import { spawnSync } from 'node:child_process'
import { networkInterfaces } from 'node:os'

/** Whoever runs inside finds this in the environment, with `cut` or `there`. */
const told = 'PASSERELLE_NETWORK'

// loopback is down in a new namespace; perl is in every Debian, ip and ifconfig are not
const up = String.raw`ip link set lo up 2>/dev/null || ifconfig lo up 2>/dev/null || perl -MSocket -e 'socket(S, PF_INET, SOCK_DGRAM, 0) or die; my $r = pack("a16s x14", "lo", 0x41); ioctl(S, 0x8914, $r) or die'`
const inside = ['sh', '-c', `{ ${up}; } && exec "$@"`, 'sh']

/** The beginning of a command line that cuts the network, or undefined; `why` then says what was in the way. */
function cutter() {
  if (process.platform !== 'linux') return { why: `${process.platform} has no network namespaces` }
  const sees = `process.stdout.write(String(Object.keys(require('os').networkInterfaces())))`
  let why = ''
  // root cuts with -n alone and stays root; others become root of a user namespace
  for (const flags of process.getuid?.() === 0 ? ['-n', '-rn'] : ['-rn']) {
    const prefix = ['unshare', flags, ...inside]
    const tried = spawnSync(prefix[0], [...prefix.slice(1), process.execPath, '-e', sees], { encoding: 'utf8' })
    if (tried.status === 0 && tried.stdout === 'lo') return { prefix }
    why = (tried.error?.message ?? (tried.stderr.trim().split('\n').at(-1) || 'loopback did not come up')).slice(0, 100)
  }
  return { why }
}

const [command, ...args] = process.argv.slice(2)
if (!command) {
  console.error('node tools/without-network.mjs <command> …')
  process.exit(2)
}
const { prefix, why } = cutter()
const already = Object.values(networkInterfaces()).every((all) => all?.every((i) => i.internal))
const state = prefix || already ? 'cut' : 'there'
console.error(
  state === 'cut' ? 'network: cut, loopback alone' : `network: NOT cut (${why}); what follows does not prove that none is needed`,
)
const [program, ...rest] = [...(prefix ?? []), command, ...args]
const run = spawnSync(program, rest, { stdio: 'inherit', env: { ...process.env, [told]: state } })
if (run.error) console.error(run.error.message)
process.exit(run.status ?? 1)
