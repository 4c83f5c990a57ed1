// Every request of every page passes here: nothing reaches a network.
import type { WebContents } from './web-contents.ts'
import { fromBrowserUrl, handlers } from './protocol.ts'
import { defaultSession } from './session.ts'
import { StandInEvent } from './stand-in-state.ts'

/** Answers one request of a page: navigation events, the session's filter, then the registered protocol; everything else fails. */
export async function answerRequest(contents: WebContents, expected: Set<string>, e: any): Promise<unknown> {
  const s = contents._session
  const url: string = e.request.url
  const appUrl = fromBrowserUrl(url)
  const isMainDocument = e.resourceType === 'Document' && e.frameId === contents._targetId
  if (isMainDocument && !expected.delete(url.split('#')[0]!)) {
    const ev = new StandInEvent({
      url: appUrl,
      isMainFrame: true,
      isSameDocument: false,
      frame: contents.mainFrame,
      initiator: contents.mainFrame,
    })
    contents.emit('will-navigate', ev, appUrl)
    if (ev.defaultPrevented) return s.send('Fetch.failRequest', { requestId: e.requestId, errorReason: 'Aborted' })
  } else if (e.resourceType === 'Document' && !isMainDocument) {
    const ev = new StandInEvent({ url: appUrl, isMainFrame: false })
    contents.emit('will-frame-navigate', ev)
    if (ev.defaultPrevented) return s.send('Fetch.failRequest', { requestId: e.requestId, errorReason: 'Aborted' })
  }
  const before = defaultSession._before
  if (before) {
    const r = await new Promise<{ cancel?: boolean; redirectURL?: string }>((res) =>
      before({ url: appUrl, method: e.request.method, resourceType: e.resourceType }, res),
    )
    if (r.cancel) return s.send('Fetch.failRequest', { requestId: e.requestId, errorReason: 'BlockedByClient' })
  }
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(appUrl)?.[1] ?? ''
  const handler = handlers.get(scheme)
  if (!handler) {
    if (url !== appUrl) return s.send('Fetch.failRequest', { requestId: e.requestId, errorReason: 'NameNotResolved' })
    return s.send(
      scheme === 'data' || scheme === 'blob' || url === 'about:blank' ? 'Fetch.continueRequest' : 'Fetch.failRequest',
      scheme === 'data' || scheme === 'blob' || url === 'about:blank'
        ? { requestId: e.requestId }
        : { requestId: e.requestId, errorReason: 'InternetDisconnected' },
    )
  }
  let res: Response
  try {
    const init: any = { method: e.request.method, headers: e.request.headers }
    if (e.request.hasPostData && !['GET', 'HEAD'].includes(e.request.method))
      init.body = e.request.postDataEntries
        ? Buffer.concat(e.request.postDataEntries.map((p: any) => Buffer.from(p.bytes ?? '', 'base64')))
        : e.request.postData
    const req = new Request(appUrl, init)
    res = await handler(req)
  } catch (err) {
    console.error(err)
    return s.send('Fetch.failRequest', { requestId: e.requestId, errorReason: 'Failed' })
  }
  if (res.type === 'error') return s.send('Fetch.failRequest', { requestId: e.requestId, errorReason: 'Failed' })
  const body = Buffer.from(await res.arrayBuffer())
  const responseHeaders: { name: string; value: string }[] = []
  res.headers.forEach((value, name) => {
    if (!/^content-(length|encoding)$/i.test(name))
      responseHeaders.push({ name, value: value.replaceAll(`${scheme}:`, 'https:') })
  })
  await s.send('Fetch.fulfillRequest', {
    requestId: e.requestId,
    responseCode: res.status || 200,
    responseHeaders,
    body: body.toString('base64'),
  })
}
