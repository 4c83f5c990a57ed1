// Structured-clone codec for a text-only transport (CDP binding payloads).
// `makeCodec` is self-contained: it is also injected into the page as source text (Function#toString).
export interface CodecHooks {
  encodeFunction?: (fn: (...a: unknown[]) => unknown) => unknown
  decodeFunction?: (ref: unknown) => unknown
  encodePromise?: (p: Promise<unknown>) => unknown
  decodePromise?: (ref: unknown) => unknown
}

export function makeCodec(hooks: CodecHooks = {}) {
  const typedNames = [
    'Int8Array',
    'Uint8Array',
    'Uint8ClampedArray',
    'Int16Array',
    'Uint16Array',
    'Int32Array',
    'Uint32Array',
    'Float32Array',
    'Float64Array',
    'BigInt64Array',
    'BigUint64Array',
  ]
  const errorNames = ['Error', 'EvalError', 'RangeError', 'ReferenceError', 'SyntaxError', 'TypeError', 'URIError']
  const g = globalThis as unknown as Record<string, any>
  const toB64 = (u8: Uint8Array): string => {
    const anyU8 = u8 as any
    if (typeof anyU8.toBase64 === 'function') return anyU8.toBase64()
    if (typeof g.Buffer === 'function') return g.Buffer.from(u8.buffer, u8.byteOffset, u8.byteLength).toString('base64')
    let s = ''
    for (let i = 0; i < u8.length; i += 0x8000) s += String.fromCharCode(...u8.subarray(i, i + 0x8000))
    return g.btoa(s)
  }
  const fromB64 = (s: string): Uint8Array => {
    if (typeof g.Uint8Array.fromBase64 === 'function') return g.Uint8Array.fromBase64(s)
    if (typeof g.Buffer === 'function') return new Uint8Array(g.Buffer.from(s, 'base64'))
    return Uint8Array.from(g.atob(s), (c: string) => c.charCodeAt(0))
  }
  const notCloneable = (): never => {
    throw new Error('An object could not be cloned.')
  }

  function encode(root: unknown): string {
    const out: unknown[] = []
    const seen = new Map<object, number>()
    const put = (v: any): unknown => {
      if (v === null || typeof v === 'string' || typeof v === 'boolean') return v
      if (v === undefined) return { u: 1 }
      if (typeof v === 'number') return Number.isFinite(v) && !Object.is(v, -0) ? v : { n: Object.is(v, -0) ? '-0' : String(v) }
      if (typeof v === 'bigint') return { b: String(v) }
      if (typeof v === 'symbol') return notCloneable()
      if (typeof v === 'function') return hooks.encodeFunction ? { f: hooks.encodeFunction(v) } : notCloneable()
      const known = seen.get(v)
      if (known !== undefined) return { r: known }
      const i = out.length
      out.push(null)
      seen.set(v, i)
      out[i] = body(v)
      return { r: i }
    }
    const body = (v: any): unknown => {
      const tag = Object.prototype.toString.call(v).slice(8, -1)
      if (Array.isArray(v)) return ['a', v.map(put)]
      if (tag === 'Date') return ['d', v.getTime()]
      if (tag === 'Map') return ['m', [...v].map(([k, x]: [unknown, unknown]) => [put(k), put(x)])]
      if (tag === 'Set') return ['s', [...v].map(put)]
      if (tag === 'RegExp') return ['x', v.source, v.flags]
      if (tag === 'ArrayBuffer') return ['B', toB64(new Uint8Array(v))]
      if (tag === 'DataView') return ['D', toB64(new Uint8Array(v.buffer, v.byteOffset, v.byteLength))]
      if (typedNames.includes(tag)) return ['t', tag, toB64(new Uint8Array(v.buffer, v.byteOffset, v.byteLength))]
      if (tag === 'Error' || v instanceof Error)
        return ['e', errorNames.includes(v.name) ? v.name : 'Error', String(v.message), v.stack ?? '', put(v.cause)]
      if (tag === 'Promise') return hooks.encodePromise ? ['p', hooks.encodePromise(v)] : notCloneable()
      if (tag === 'Boolean' || tag === 'Number' || tag === 'String') return ['w', tag, v.valueOf()]
      if (tag !== 'Object' && tag !== 'Module' && !(tag === 'Arguments')) {
        const proto = Object.getPrototypeOf(v)
        // class instances with a custom toStringTag are plain objects to structured clone; platform objects are not
        if (/\[native code\]/.test(Function.prototype.toString.call(proto?.constructor ?? (() => 0)))) notCloneable()
      }
      return ['o', Object.keys(v).map((k) => [k, put(v[k])])]
    }
    const r = put(root)
    return JSON.stringify([r, out])
  }

  function decode(text: string): any {
    const [root, table] = JSON.parse(text) as [unknown, any[]]
    const made: any[] = []
    const done: boolean[] = []
    const get = (v: any): any => {
      if (v === null || typeof v !== 'object') return v
      if ('u' in v) return undefined
      if ('n' in v) return Number(v.n)
      if ('b' in v) return BigInt(v.b)
      if ('f' in v) return hooks.decodeFunction ? hooks.decodeFunction(v.f) : undefined
      return at(v.r)
    }
    const at = (i: number): any => {
      if (done[i]) return made[i]
      done[i] = true
      const [t, a, b, c, d] = table[i] as any[]
      switch (t) {
        case 'a': {
          const arr: any[] = (made[i] = [])
          for (const x of a) arr.push(get(x))
          return arr
        }
        case 'o': {
          const o: any = (made[i] = {})
          for (const [k, x] of a)
            Object.defineProperty(o, k, { value: get(x), enumerable: true, writable: true, configurable: true })
          return o
        }
        case 'd':
          return (made[i] = new Date(a ?? Number.NaN))
        case 'm': {
          const m = (made[i] = new Map())
          for (const [k, x] of a) m.set(get(k), get(x))
          return m
        }
        case 's': {
          const s = (made[i] = new Set())
          for (const x of a) s.add(get(x))
          return s
        }
        case 'x':
          return (made[i] = new RegExp(a, b))
        case 'B':
          return (made[i] = fromB64(a).slice().buffer)
        case 'D':
          return (made[i] = new DataView(fromB64(a).slice().buffer))
        case 't': {
          const u8 = fromB64(b)
          const C = g[a]
          return (made[i] = a === 'Uint8Array' ? u8 : new C(u8.slice().buffer))
        }
        case 'e': {
          const E = g[a] ?? Error
          const err = (made[i] = new E(b))
          err.stack = c
          const cause = get(d)
          if (cause !== undefined) err.cause = cause
          return err
        }
        case 'p':
          return (made[i] = hooks.decodePromise ? hooks.decodePromise(a) : undefined)
        case 'w':
          return (made[i] = Object(b))
        default:
          throw new Error(`codec: unknown tag ${t}`)
      }
    }
    return get(root)
  }
  return { encode, decode }
}
