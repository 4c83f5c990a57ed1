import { draftText, type DraftChanges } from '#shared/cases/draft.ts'
import type { AnswerProblem } from '#shared/forms/check-answers.ts'
import type { Answer, Answers } from '#shared/forms/form-definition.ts'

/** From the first keystroke to the disk: less than half a second, however long somebody goes on typing (U2). */
const delayMs = 400
const retryMs = 4000

export interface KeeperState {
  readonly state: 'idle' | 'waiting' | 'saving' | 'saved' | 'failed'
  /** Milliseconds since 1970 of the last save; 0 for none. */
  readonly savedAt: number
  /** Answers that the centre refused: they stay on screen and in the draft. */
  readonly problems: Readonly<Record<string, AnswerProblem>>
  readonly failure: unknown
}
export const keeperStart: KeeperState = { state: 'idle', savedAt: 0, problems: {}, failure: undefined }

/** What a keeper needs from the page; the tests give their own. */
export interface KeeperParts {
  /** Stores answers; absent for forms that are stored as a whole at their end. */
  readonly saveAnswers?: ((answers: Answers, focused: string | undefined) => Promise<unknown>) | undefined
  readonly keepDraft: (texts: DraftChanges, focused: string | undefined) => Promise<unknown>
  readonly dropDraft: () => Promise<unknown>
  /** Which question a refusal is about, and why; undefined for any other failure. */
  readonly refusedAnswer: (error: unknown) => { readonly question: string; readonly problem: AnswerProblem } | undefined
  readonly after: (delayMs: number, action: () => void) => () => void
  readonly now: () => number
}

export interface FormKeeper {
  /** What there is to say of it; the same object until it changes. */
  readonly state: () => KeeperState
  /** Calls after every change, until the function that it gives is called. */
  readonly subscribe: (listener: () => void) => () => void
  /** Takes an answer to be stored. */
  readonly put: (question: string, answer: Answer) => void
  /** Takes a text that is not stored by itself: no answer yet, or of a form that is stored at its end; null takes it back. */
  readonly keep: (question: string, text: string | null) => void
  /** The field where the user is. */
  readonly focus: (question: string) => void
  /** Sends what waits; resolves when it is stored or could not be. */
  readonly flush: () => Promise<void>
  /** The user leaves the form: what waits is sent, and a draft without text goes. */
  readonly leave: () => Promise<void>
  /** The form was stored or thrown away together with its draft: nothing that waits is sent any more. */
  readonly abandon: () => void
  /** The form was stored: its draft goes, and the form may be filled anew. */
  readonly done: () => Promise<void>
}

/**
 * Carries what is typed to the centre in small batches, one at a time.
 *
 * A refused answer is set apart into the draft, so that the others are stored and nothing is lost; after a failure everything
 * still waits and is tried again. `drafted` are the fields whose text a draft already holds.
 */
export function formKeeper(parts: KeeperParts, drafted: readonly string[] = []): FormKeeper {
  let answers: Record<string, Answer> = {}
  let texts: Record<string, string | null> = {}
  let focused: string | undefined
  let focusTold: string | undefined
  const held = new Set(drafted)
  let rowExists = drafted.length > 0
  let stopTimer: (() => void) | undefined
  let running: Promise<void> | undefined
  let shown = keeperStart
  let abandoned = false
  const listeners = new Set<() => void>()

  const show = (change: Partial<KeeperState>) => {
    shown = { ...shown, ...change }
    for (const listener of listeners) listener()
  }
  const waits = () => !abandoned && (Object.keys(answers).length > 0 || Object.keys(texts).length > 0 || focused !== focusTold)
  // never put off by the next keystroke: the first one decides when
  const plan = (ms: number) => {
    stopTimer ??= parts.after(ms, () => {
      stopTimer = undefined
      void flush()
    })
  }
  const holdOrNot = (question: string, text: string | null) => {
    if (text === null) held.delete(question)
    else held.add(question)
  }

  async function sendAnswers(save: NonNullable<KeeperParts['saveAnswers']>): Promise<boolean> {
    const [batch, at] = [answers, focused]
    answers = {}
    try {
      await save(batch, at)
      rowExists = true
      focusTold = at
      for (const question of Object.keys(batch)) held.delete(question)
      return true
    } catch (error) {
      const refused = parts.refusedAnswer(error)
      if (refused === undefined || !(refused.question in batch)) {
        answers = { ...batch, ...answers }
        show({ state: 'failed', failure: error })
        return false
      }
      const { [refused.question]: text, ...others } = batch
      answers = { ...others, ...answers }
      if (!(refused.question in answers)) {
        texts = { [refused.question]: draftText(text), ...texts }
        show({ problems: { ...shown.problems, [refused.question]: refused.problem } })
      }
      return true
    }
  }

  async function sendDraft(): Promise<boolean> {
    const [batch, at] = [texts, focused]
    texts = {}
    try {
      await parts.keepDraft(batch, at)
      rowExists = true
      focusTold = at
      for (const [question, text] of Object.entries(batch)) holdOrNot(question, text)
      return true
    } catch (error) {
      texts = { ...batch, ...texts }
      show({ state: 'failed', failure: error })
      return false
    }
  }

  async function run(): Promise<void> {
    let typed = false
    while (waits()) {
      // typed while the focus alone was being told counts too
      if (Object.keys(answers).length > 0 || Object.keys(texts).length > 0) {
        typed = true
        show({ state: 'saving' })
      }
      const sent = Object.keys(answers).length > 0 && parts.saveAnswers ? await sendAnswers(parts.saveAnswers) : await sendDraft()
      if (!sent) {
        plan(retryMs)
        return
      }
    }
    show(typed ? { state: 'saved', savedAt: parts.now(), failure: undefined } : { failure: undefined })
  }

  function flush(): Promise<void> {
    stopTimer?.()
    stopTimer = undefined
    running ??= run().finally(() => {
      running = undefined
    })
    return running
  }

  return {
    state: () => shown,
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    put(question, answer) {
      if (question in shown.problems) {
        const { [question]: _former, ...others } = shown.problems
        show({ problems: others })
      }
      answers = { ...answers, [question]: answer }
      if (question in texts) texts = Object.fromEntries(Object.entries(texts).filter(([name]) => name !== question))
      if (shown.state !== 'waiting') show({ state: 'waiting' })
      plan(delayMs)
    },
    keep(question, text) {
      if (question in answers) answers = Object.fromEntries(Object.entries(answers).filter(([name]) => name !== question))
      if (text === null && !held.has(question) && !(question in texts)) return
      texts = { ...texts, [question]: text }
      if (shown.state !== 'waiting') show({ state: 'waiting' })
      plan(delayMs)
    },
    focus(question) {
      focused = question
      if (focused !== focusTold) plan(delayMs)
    },
    flush,
    async done() {
      await running
      stopTimer?.()
      stopTimer = undefined
      answers = {}
      texts = {}
      focusTold = focused
      held.clear()
      if (rowExists) await parts.dropDraft().catch(() => undefined)
      rowExists = false
      show(keeperStart)
    },
    abandon() {
      abandoned = true
      stopTimer?.()
    },
    async leave() {
      if (abandoned) return
      if (Object.keys(answers).length > 0 || Object.keys(texts).length > 0) await flush()
      else await running
      stopTimer?.()
      stopTimer = undefined
      const unsent = Object.keys(answers).length > 0 || Object.keys(texts).length > 0
      if (rowExists && held.size === 0 && !unsent) await parts.dropDraft().catch(() => undefined)
    },
  }
}
