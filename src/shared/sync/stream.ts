/** Directory, forms, roster: for every centre. */
export const nationalStream = 'nat'

/** Cases of a centre. */
export function regionStream(siteCode: string): string {
  return `reg:${siteCode}`
}

/** What one centre hands to another with the persons' agreement; the other direction is another stream. */
export function mailboxStream(fromSite: string, toSite: string): string {
  return `mbx:${fromSite}:${toSite}`
}

/** How the names of all mailboxes that a centre writes begin. */
export function mailboxPrefix(fromSite: string): string {
  return `mbx:${fromSite}:`
}

/** What a stream's name says. Undefined for a name of no known kind. */
export function parseStream(
  stream: string,
):
  | { readonly kind: 'national' }
  | { readonly kind: 'region'; readonly site: string }
  | { readonly kind: 'mailbox'; readonly from: string; readonly to: string }
  | undefined {
  if (stream === nationalStream) return { kind: 'national' }
  const m = /^(reg|mbx):([A-Z0-9]{1,20})(?::([A-Z0-9]{1,20}))?$/.exec(stream)
  if (m?.[1] === 'reg' && m[3] === undefined) return { kind: 'region', site: m[2]! }
  if (m?.[1] === 'mbx' && m[3] !== undefined) return { kind: 'mailbox', from: m[2]!, to: m[3] }
  return undefined
}
