import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { SlackView } from '../../../slack/model.ts'
import { Blocks } from '../block-kit/blocks.tsx'
import type { ControlEvent, FormValues, Json } from '../block-kit/contract.ts'
import { offeredOption, slackErrorText } from '../control.ts'
import { changedValues, formValuesOf, mergedValues } from '../form-values.ts'
import { useHere } from '../here.ts'
import { useTakes } from '../use-takes.ts'

/** The modal before the person: the uppermost of the stack. */
export const Modal = ({ views }: { readonly views: readonly SlackView[] }) => {
  const top = views.at(-1)
  return top === undefined ? null : <TopModal key={top.id} view={top} depth={views.length} />
}

const textOf = (value: unknown): string | null =>
  typeof value === 'object' && value !== null && 'text' in value && typeof value.text === 'string'
    ? value.text
    : null

const TopModal = ({ view, depth }: { readonly view: SlackView; readonly depth: number }) => {
  const { control, names, openLink, app } = useHere()
  const takes = useTakes()
  const [typed, setTyped] = useState<FormValues>({})
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({})
  const [failure, setFailure] = useState<string | null>(null)
  const [state, setState] = useState<'ready' | 'acting' | 'submitting'>('ready')
  /** Slack takes a choice from a menu whose options the app delivered only as the whole option. */
  const offered = useRef(new Map<string, Json>())
  const dialog = useRef<HTMLDialogElement>(null)

  useLayoutEffect(() => {
    const shown = dialog.current
    shown?.showModal()
    return () => {
      shown?.close()
      // What had opened it may have changed meanwhile: then on to the composer, as in Slack.
      const composer = document.querySelector<HTMLElement>('.conversation textarea')
      if (document.activeElement === document.body) composer?.focus()
    }
  }, [])

  // biome-ignore lint/correctness/useExhaustiveDependencies: this is about each new version
  useEffect(() => {
    if (document.activeElement === document.body) dialog.current?.focus()
  }, [view.hash])

  const saved = formValuesOf(view.values)
  const values = mergedValues(saved, typed)
  const on = { view: view.id }
  const submitText = textOf(view.source.submit)

  const entered = () =>
    Object.fromEntries(
      Object.entries(changedValues(saved, values)).map(([block, value]) => [
        block,
        typeof value === 'string'
          ? (offered.current.get(`${block} ${value}`) ?? value)
          : (value?.map((each) => offered.current.get(`${block} ${each}`) ?? each) ?? null),
      ]),
    )

  const submit = async () => {
    if (submitText === null || state !== 'ready') return
    setState('submitting')
    setFailure(null)
    setErrors({})
    try {
      const outcome = await control.act({ do: 'submit', view: view.id, values: entered() })
      setErrors(outcome.errors)
      if (outcome.error !== null) {
        setFailure(`We had some trouble connecting. Try again? ${slackErrorText(outcome.error, app.name)}`)
      }
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error))
    }
    setState('ready')
  }

  const close = (all: boolean) => void takes(control.act({ do: 'close', view: view.id, all }))

  const onAction = async ({ blockId, actionId, value }: ControlEvent) => {
    setState('acting')
    const chosen = value === null ? {} : { value }
    await takes(control.act({ do: 'click', on, element: actionId, block: blockId, ...chosen }))
    setState('ready')
  }

  const loadOptions = async (actionId: string, text: string) => {
    // What is offered may depend on the other fields, which Slack sends along.
    const others = entered()
    if (Object.keys(others).length > 0) await control.act({ do: 'fill', view: view.id, values: others })
    const outcome = await control.act({ do: 'options', on, element: actionId, typed: text })
    if (outcome.error !== null) throw new Error(slackErrorText(outcome.error, app.name))
    const block = view.blocks.find(
      ({ element }) =>
        typeof element === 'object' &&
        element !== null &&
        'action_id' in element &&
        element.action_id === actionId,
    )
    for (const option of outcome.options) {
      offered.current.set(`${String(block?.block_id)} ${String(option.value)}`, option)
    }
    return outcome.options.map(offeredOption)
  }

  return (
    <dialog
      ref={dialog}
      className="modal"
      tabIndex={-1}
      aria-labelledby={`${view.id}-title`}
      onCancel={(event) => {
        event.preventDefault()
        close(true)
      }}
    >
      <form
        noValidate
        aria-busy={state !== 'ready'}
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <header>
          {depth > 1 ? (
            <button type="button" className="quiet" aria-label="Back" onClick={() => close(false)}>
              ‹
            </button>
          ) : null}
          <h2 id={`${view.id}-title`}>{view.title}</h2>
          <button type="button" className="quiet" aria-label="Close" onClick={() => close(true)}>
            ×
          </button>
        </header>
        <div className="modal-body">
          {failure === null ? null : (
            <p className="failure" role="alert">
              {failure}
            </p>
          )}
          <Blocks
            blocks={view.blocks}
            surface="modal"
            names={names}
            disabled={state !== 'ready'}
            values={values}
            errors={errors}
            onChange={(next) => {
              setTyped(next)
              setErrors({})
            }}
            onAction={(event) => void onAction(event)}
            loadOptions={loadOptions}
            openLink={openLink}
          />
        </div>
        <footer>
          <button type="button" onClick={() => close(false)}>
            {textOf(view.source.close) ?? 'Cancel'}
          </button>
          {submitText === null ? null : (
            <button type="submit" className="primary" aria-disabled={state !== 'ready'}>
              {state === 'submitting' ? <span className="spinner" aria-hidden="true" /> : null}
              {submitText}
            </button>
          )}
        </footer>
      </form>
    </dialog>
  )
}
