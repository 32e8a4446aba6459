import { describe, expect, it } from 'vitest'
import type { ProviderUser } from '../../src/providers/contract.ts'
import { matchByEmail } from '../../src/routing/enrol.ts'
import { providerUserId } from '../../src/routing/ids.ts'
import type { SlackProfile } from '../../src/store/contract.ts'
import { ANN } from '../fixtures/chats.ts'

const profile: SlackProfile = {
  user: ANN.slackUser,
  name: 'Ann',
  email: 'ann@acme.test',
  workspaceAdmin: false,
  eligible: true,
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
    ['not-eligible', { ...profile, eligible: false }, [user('1')]],
    ['no-email', { ...profile, email: null }, [user('1', { email: null })]],
    ['no-match', profile, [user('1', { email: null })]],
    ['several', profile, [user('1'), user('2')]],
    ['inactive', profile, [user('1', { active: false })]],
  ] as const)('cannot be told: %s', (kind, person, users) => {
    expect(matchByEmail(person, users)).toEqual({ kind: 'problem', problem: { kind } })
  })
})
