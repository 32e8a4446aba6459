import { useEffect, useRef } from 'react'

/**
 * Who is at a control when an update replaces it stays at the one that says the same; where there is none
 * any more, they go on from these blocks, not from the top of the page. Returns the ref of their container, which must be able to take the focus.
 */
export const useKeptFocus = <Container extends HTMLElement>(shown: unknown) => {
  const container = useRef<Container>(null)
  const focused = useRef<Element | null>(null)

  useEffect(() => {
    const { current } = container
    const remember = ({ target }: FocusEvent) => {
      focused.current = target instanceof Element ? target : null
    }
    // What is being taken away loses the focus too, but is gone a moment later.
    const forget = ({ target }: FocusEvent) =>
      queueMicrotask(() => {
        if (focused.current === target && focused.current?.isConnected === true) focused.current = null
      })
    current?.addEventListener('focusin', remember)
    current?.addEventListener('focusout', forget)
    return () => {
      current?.removeEventListener('focusin', remember)
      current?.removeEventListener('focusout', forget)
    }
  }, [])

  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when other blocks are shown
  useEffect(() => {
    const lost = focused.current
    if (lost === null || lost.isConnected || document.activeElement !== document.body) return
    const again = [...(container.current?.querySelectorAll<HTMLElement>(lost.localName) ?? [])].find(
      ({ textContent }) => textContent === lost.textContent,
    )
    ;(again ?? container.current)?.focus()
  }, [shown])

  return container
}
