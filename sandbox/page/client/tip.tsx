import { useState } from 'react'

const key = 'tip'

/** The first minute: what to press. Once dismissed it does not come back. */
export const Tip = ({ name }: { readonly name: string }) => {
  const [isShown, setShown] = useState(() => window.localStorage.getItem(key) !== 'dismissed')
  if (!isShown) return null
  return (
    <section className="tip" aria-label="How to begin">
      <p>
        You are {name}. Where a customer waits, press <strong>Claim Chat</strong> to take the chat, then hand
        it off or release it. In a second window you are somebody else and see the same at once.
      </p>
      <button
        type="button"
        onClick={() => {
          window.localStorage.setItem(key, 'dismissed')
          setShown(false)
        }}
      >
        Got It
      </button>
    </section>
  )
}
