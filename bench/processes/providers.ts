import { startAelyst } from '../../sandbox/aelyst/start-aelyst.ts'
import { startSalesChat } from '../../sandbox/saleschat/start-saleschat.ts'
import { startWamm } from '../../sandbox/wamm/start-wamm.ts'
import { answerParent } from '../remote.ts'

/** The three providers with one customer and one user each. Their limits are not to be met. */
const TOKEN = 'bench-token'
let now = Date.UTC(2026, 10, 20)
/** So much later each time it is read that no limit counts two requests. */
const clock = () => {
  now += 10_000
  return now
}

const wamm = await startWamm({ token: TOKEN, clock })
wamm.addUser({ id: '100', name: 'Ann Abel' })
wamm.customerWrites('79001234567', { name: 'Ivan Petrov', text: 'Hello?' })

const saleschat = await startSalesChat({ token: TOKEN, orgId: 'org-1', clock })
saleschat.addUser({ id: 'u-ann', name: 'Ann Abel' })
saleschat.addContact({ id: 'c-ivan', phone: '+79001234567', firstName: 'Ivan', lastName: 'Petrov' })

const aelyst = await startAelyst({ token: TOKEN, clock })
aelyst.addUser({ id: '1', firstName: 'Ann', lastName: 'Abel' })
aelyst.customerWrites({ phone: '+79001234567' }, { text: 'Hello?', firstName: 'Ivan', lastName: 'Petrov' })

const answers = {
  addresses: () => ({ token: TOKEN, wamm: wamm.url, saleschat: saleschat.url, aelyst: `${aelyst.url}/v1` }),
}
export type Providers = typeof answers

answerParent(answers)
