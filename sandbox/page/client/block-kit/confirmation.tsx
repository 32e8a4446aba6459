import { type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { isRecord, type JsonRecord, textObjectText } from '../../../slack/json.ts'
import type { Host } from './host.ts'
import { TextObject } from './text-object.tsx'

interface Confirmation {
  /** Does it at once where the element asks for no confirmation. */
  readonly confirmed: (run: () => void) => void
  readonly dialog: ReactNode
}

/** The confirm dialog of an element, if it has one. */
export const useConfirmation = (element: JsonRecord, host: Host): Confirmation => {
  const [waiting, setWaiting] = useState<{ readonly run: () => void } | null>(null)
  const { confirm } = element
  return {
    confirmed: (run) => {
      if (isRecord(confirm)) setWaiting({ run })
      else run()
    },
    dialog:
      waiting !== null && isRecord(confirm) ? (
        <ConfirmDialog
          confirm={confirm}
          host={host}
          onClose={(isConfirmed) => {
            setWaiting(null)
            if (isConfirmed) waiting.run()
          }}
        />
      ) : null,
  }
}

const ConfirmDialog = ({
  confirm,
  host,
  onClose,
}: {
  readonly confirm: JsonRecord
  readonly host: Host
  readonly onClose: (isConfirmed: boolean) => void
}) => {
  const dialog = useRef<HTMLDialogElement>(null)
  const safest = useRef<HTMLButtonElement>(null)
  const id = useId()
  const isDangerous = confirm.style === 'danger'

  useEffect(() => {
    dialog.current?.showModal()
    safest.current?.focus()
  }, [])

  // The browser gives the focus back to where it was when the dialog is closed, not when it is removed.
  const close = (answer: 'confirm' | 'deny') => dialog.current?.close(answer)

  return (
    <dialog
      ref={dialog}
      className="bk bk-confirm"
      role="alertdialog"
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-text`}
      onClose={(event) => {
        event.stopPropagation()
        onClose(event.currentTarget.returnValue === 'confirm')
      }}
      onCancel={(event) => event.stopPropagation()}
    >
      <h2 id={`${id}-title`}>{textObjectText(confirm.title) || 'Are you sure?'}</h2>
      <div id={`${id}-text`}>
        <TextObject value={confirm.text} names={host.names} openLink={host.openLink} />
      </div>
      <div className="bk-confirm-buttons">
        <button
          type="button"
          className="bk-button"
          ref={isDangerous ? safest : undefined}
          onClick={() => close('deny')}
        >
          {textObjectText(confirm.deny) || 'Cancel'}
        </button>
        <button
          type="button"
          className="bk-button"
          data-style={isDangerous ? 'danger' : 'primary'}
          ref={isDangerous ? undefined : safest}
          onClick={() => close('confirm')}
        >
          {textObjectText(confirm.confirm) || 'Yes'}
        </button>
      </div>
    </dialog>
  )
}
