import { useEffect } from 'react'

/** A dialog that opens later looks for `autofocus`; in one that is open already, the focus is moved. */
export const useFocusOnLoad = (
  field: { readonly current: HTMLElement | null },
  focusOnLoad: boolean,
): void => {
  useEffect(() => {
    if (!focusOnLoad) return
    field.current?.setAttribute('autofocus', '')
    field.current?.focus()
  }, [field, focusOnLoad])
}
