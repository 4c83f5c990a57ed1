import { startTransition, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { nowMs, today } from '#renderer/api/clock.ts'
import { useLanguage } from '#renderer/i18n/text.tsx'
import type { Draft } from '#shared/cases/contract.ts'
import type { Unread } from '#shared/cases/draft.ts'
import { takenUpRecord } from '#shared/cases/taken-up-record.ts'
import type { CompiledForm } from '#shared/forms/compile-form.ts'
import { keysOfPath, nodeOfPath, worldOn } from '#shared/forms/filled-form.ts'
import type { Answer, Answers } from '#shared/forms/form-definition.ts'
import { instancePath } from '#shared/forms/form-outline.ts'
import { FormState } from '#shared/forms/form-state.ts'
import { below, pathOf, type FormNode } from '#shared/forms/form-tree.ts'
import { instanceHere, instanceRemoved } from '#shared/forms/path-answers.ts'
import { withChange, type AnswerChange } from './answer-changes.ts'
import type { FormKeeper } from './form-keeper.ts'

export interface FilledProfile {
  /** Changes in place; `turn` tells when. */
  readonly state: FormState
  readonly turn: number
  readonly unread: Readonly<Record<string, Unread>>
  readonly answer: (path: string, answer: Answer) => void
  /** The same for an answer that grows key by key: kept at once, while what is around its field is drawn after the key is on screen (U4). */
  readonly type: (path: string, answer: Answer) => void
  /** Draws what `type` left for later: before the focus moves on, for the next question may be one that the answer brought. */
  readonly settle: () => void
  /** The question whose answer `undo` takes back; undefined when nothing was changed since the record was opened. */
  readonly undoes: string | undefined
  /** Takes back the last change of an answer (ux.md, 7); gives its path. */
  readonly undo: () => string | undefined
  readonly keepUnread: (path: string, unread: Unread) => void
  /** Adds an instance of a repeat at its end; gives its path. */
  readonly add: (repeat: FormNode, around: readonly string[]) => string
  readonly remove: (path: string) => void
  /** Brings a removed instance back with its answers. */
  readonly restore: (path: string) => void
}

/** A record being filled on the page: what is typed is worked out here at once and handed to the keeper. */
export function useFilledProfile(form: CompiledForm, stored: Answers, left: Draft | null, keeper: FormKeeper): FilledProfile {
  const language = useLanguage()
  const [start] = useState(() => takenUpRecord(form, left?.texts ?? {}))
  const [state] = useState(() => new FormState(form, { ...stored, ...start.answers }, worldOn(today(), language)))
  const [turn, setTurn] = useState(0)
  const [unread, setUnread] = useState<Readonly<Record<string, Unread>>>(start.unread)
  const changed = useCallback(() => setTurn((t) => t + 1), [])

  // answers that only the draft had are stored; one whose instance went meanwhile stays in the draft
  useEffect(() => {
    for (const [path, answer] of Object.entries(start.answers)) if (state.at(path)) keeper.put(path, answer)
  }, [keeper, start, state])
  useEffect(() => {
    state.refresh(worldOn(today(), language))
    changed()
  }, [changed, language, state])

  const [changes, setChanges] = useState<readonly AnswerChange[]>([])
  const store = useCallback(
    (path: string, given: Answer) => {
      state.set(path, given)
      changed()
      setUnread((u) => (path in u ? Object.fromEntries(Object.entries(u).filter(([p]) => p !== path)) : u))
      keeper.put(path, given)
    },
    [changed, keeper, state],
  )
  const change = useCallback(
    (path: string, given: Answer, typed: boolean) => {
      const before = state.at(path)?.answer ?? null
      setChanges((list) => withChange(list, { path, before, typed }, given))
      store(path, given)
    },
    [state, store],
  )
  const answer = useCallback((path: string, given: Answer) => change(path, given, false), [change])
  const undrawn = useRef(false)
  const type = useCallback(
    (path: string, given: Answer) => {
      undrawn.current = true
      startTransition(() => change(path, given, true))
    },
    [change],
  )
  const last = changes.at(-1)
  const undo = useCallback(() => {
    if (!last) return undefined
    setChanges((list) => list.slice(0, -1))
    store(last.path, last.before)
    return last.path
  }, [last, store])
  const settle = useCallback(() => {
    if (!undrawn.current) return
    undrawn.current = false
    flushSync(changed)
  }, [changed])
  const keepUnread = useCallback(
    (path: string, wrong: Unread) => {
      setUnread((u) => ({ ...u, [path]: wrong }))
      keeper.keep(path, wrong.text)
    },
    [keeper],
  )
  const put = useCallback(
    (repeat: FormNode, keys: readonly string[]) => {
      state.addInstance(repeat, keys.slice(0, -1), keys.at(-1) ?? '')
      changed()
      keeper.put(pathOf(repeat, keys), instanceHere)
      // what a new line begins with
      for (const node of below(repeat)) {
        const initial = node.row.default === undefined ? null : (state.at(pathOf(node, keys))?.answer ?? null)
        if (initial !== null && node.repeats.length === keys.length) keeper.put(pathOf(node, keys), initial)
      }
    },
    [changed, keeper, state],
  )
  const add = useCallback(
    (repeat: FormNode, around: readonly string[]) => {
      // keys stand in the order of their time, at whatever desk
      const key = `${nowMs().toString(36).padStart(9, '0')}${crypto.randomUUID().slice(0, 4)}`
      put(repeat, [...around, key])
      return instancePath(repeat, around, key)
    },
    [put],
  )
  const remove = useCallback(
    (path: string) => {
      const repeat = nodeOfPath(form, path)
      if (!repeat) return
      state.removeInstance(repeat, keysOfPath(path))
      changed()
      keeper.put(path, instanceRemoved)
    },
    [changed, form, keeper, state],
  )
  const restore = useCallback(
    (path: string) => {
      const repeat = nodeOfPath(form, path)
      if (repeat) put(repeat, keysOfPath(path))
    },
    [form, put],
  )
  const undoes = last?.path
  // the same while nothing changed: what is drawn from it is not drawn again
  return useMemo(
    () => ({ state, turn, unread, answer, type, settle, undoes, undo, keepUnread, add, remove, restore }),
    [state, turn, unread, answer, type, settle, undoes, undo, keepUnread, add, remove, restore],
  )
}
