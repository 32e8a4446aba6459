import { showAelyst } from '../aelyst/show-aelyst.ts'
import type { SandboxAelyst } from '../aelyst/start-aelyst.ts'
import type { ProviderScreen } from '../provider/provider-screen.ts'
import { showSalesChat } from '../saleschat/show-saleschat.ts'
import type { SandboxSalesChat } from '../saleschat/start-saleschat.ts'
import type { SandboxSlack } from '../slack/start-slack.ts'
import { showWamm } from '../wamm/show-wamm.ts'
import type { SandboxWamm } from '../wamm/start-wamm.ts'

/** What Baton is put between. */
export interface World {
  readonly slack: SandboxSlack
  readonly wamm: SandboxWamm
  readonly saleschat: SandboxSalesChat
  readonly aelyst: SandboxAelyst
}

/** The providers' own screens, in the order in which people meet them. */
export const screensOf = ({ wamm, saleschat, aelyst }: World): readonly ProviderScreen[] => [
  showWamm(wamm),
  showSalesChat(saleschat),
  showAelyst(aelyst),
]
