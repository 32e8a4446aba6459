import { aelyst } from './aelyst/aelyst.ts'
import type { Provider } from './provider.ts'
import { saleschat } from './saleschat/saleschat.ts'
import { wamm } from './wamm/wamm.ts'

/** Every provider that an account can be of. */
export const providers: readonly Provider[] = [wamm, saleschat, aelyst]
