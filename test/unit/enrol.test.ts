import { describe, expect, it } from 'vitest'
import type { ProviderUser } from '../../src/providers/contract.ts'
import { matchByEmail, matchByWord } from '../../src/routing/enrol.ts'
import { providerUserId } from '../../src/routing/ids.ts'
import type { SlackProfile } from '../../src/store/contract.ts'
import { ANN } from '../fixtures/chats.ts'

const profile: SlackProfile = {
  user: ANN.slackUser,
  name: 'Ann',
  email: 'ann@acme.test',
  workspaceAdmin: false,
  eligible: true,
  deactivated: false,
}
const user = (id: string, over: Partial<ProviderUser> = {}): ProviderUser => ({
  id: providerUserId(id),
  name: `user ${id}`,
  email: 'ann@acme.test',
  active: true,
  ...over,
})

describe('who somebody is at the provider', () => {
  it('is the one active user with their e-mail', () => {
    const users = [user('1', { active: false }), user('2'), user('3', { email: 'bo@acme.test' })]
    expect(matchByEmail(profile, users)).toEqual({ kind: 'match', user: users[1] })
  })

  it.each([
    [{ kind: 'not-eligible' }, { ...profile, eligible: false }, [user('1')]],
    [{ kind: 'no-email' }, { ...profile, email: null }, [user('1', { email: null })]],
    [{ kind: 'no-match', tried: 'ann@acme.test' }, profile, [user('1', { email: null })]],
    [{ kind: 'several', tried: 'ann@acme.test' }, profile, [user('1'), user('2')]],
    [{ kind: 'inactive', name: 'user 1' }, profile, [user('1', { active: false })]],
  ] as const)('cannot be told: %o', (problem, person, users) => {
    expect(matchByEmail(person, users)).toEqual({ kind: 'problem', problem })
  })

  it('is what an admin says: an id or an e-mail address in any case', () => {
    const users = [user('1', { email: 'bo@acme.test' }), user('2')]
    expect(matchByWord('1', users)).toEqual({ kind: 'match', user: users[0] })
    expect(matchByWord('ANN@acme.test', users)).toEqual({ kind: 'match', user: users[1] })
    expect(matchByWord('3', users)).toEqual({ kind: 'problem', problem: { kind: 'no-match', tried: '3' } })
  })

  it('is never a group', () => {
    const users = [user('group:7', { email: null })]
    const problem = { kind: 'no-match', tried: 'group:7' }
    expect(matchByWord('group:7', users)).toEqual({ kind: 'problem', problem })
  })
})
