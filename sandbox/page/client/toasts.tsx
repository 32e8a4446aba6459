import { createContext, type ReactNode, useCallback, useContext, useRef, useState } from 'react'

interface Toast {
  readonly id: number
  readonly text: string
}

type Warn = (text: string) => void

const WarnContext = createContext<Warn>(() => {})

/** Tells the person that something did not work; it stays until they have read it. */
export const useWarn = (): Warn => useContext(WarnContext)

const mostShown = 4

export const Toasts = ({ children }: { readonly children: ReactNode }) => {
  const [toasts, setToasts] = useState<readonly Toast[]>([])
  const lastId = useRef(0)
  const warn = useCallback((text: string) => {
    lastId.current += 1
    const toast = { id: lastId.current, text }
    setToasts((before) => [...before, toast].slice(-mostShown))
  }, [])
  const dismiss = (id: number) => setToasts((before) => before.filter((each) => each.id !== id))
  return (
    <WarnContext value={warn}>
      {children}
      <section className="toasts" aria-label="Warnings" role="alert">
        {toasts.map(({ id, text }) => (
          <div key={id} className="toast">
            <span aria-hidden="true" className="toast-sign">
              !
            </span>
            <p>{text}</p>
            <button type="button" className="quiet" onClick={() => dismiss(id)}>
              Dismiss
            </button>
          </div>
        ))}
      </section>
    </WarnContext>
  )
}
