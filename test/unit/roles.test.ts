import { describe, expect, it } from 'vitest'
import { slackUserId, userGroupId } from '../../src/routing/ids.ts'
import { createRoles } from '../../src/routing/roles.ts'
import type { SlackProfile } from '../../src/store/contract.ts'

const ann = slackUserId('U0ANN')
const ben = slackUserId('U0BEN')
const carla = slackUserId('U0CARLA')
const support = userGroupId('S0SUPPORT')

const profile = (more: Partial<SlackProfile> = {}): SlackProfile => ({
  user: ann,
  name: 'Ann',
  email: null,
  workspaceAdmin: false,
  eligible: true,
  deactivated: false,
  ...more,
})

const members = new Set([carla])
const nobody = { admins: [], leads: [], leadGroups: [], members: () => members }

describe("somebody's role", () => {
  it.each([
    ['who is not named anywhere', nobody, profile(), { role: 'agent' }],
    [
      'whom the settings name as an admin',
      { ...nobody, admins: [ann] },
      profile(),
      { role: 'admin', because: 'named' },
    ],
    [
      'who is an admin of the workspace',
      nobody,
      profile({ workspaceAdmin: true }),
      { role: 'admin', because: 'workspace-admin' },
    ],
    [
      'whom the settings name as a lead',
      { ...nobody, leads: [ann] },
      profile(),
      { role: 'lead', because: 'named' },
    ],
    [
      'who is both',
      { ...nobody, leads: [ann], admins: [ann] },
      profile(),
      { role: 'admin', because: 'named' },
    ],
    [
      'who is a guest, whatever the settings say',
      { ...nobody, admins: [ann] },
      profile({ eligible: false }),
      { role: 'outsider' },
    ],
  ] as const)('%s', (_who, settings, known, standing) => {
    expect(createRoles(settings).standing(ann, known)).toEqual(standing)
  })

  it('is not known while Slack was never asked, not even of an admin', () => {
    expect(createRoles({ ...nobody, admins: [ann] }).roleOf(ann, null)).toBeNull()
  })

  it("follows the members of the settings' user groups at once", () => {
    const inGroup = new Set([ann])
    const roles = createRoles({ ...nobody, leadGroups: [support], members: () => inGroup })
    expect(roles.standing(ann, profile())).toEqual({ role: 'lead', because: support })
    inGroup.delete(ann)
    expect(roles.roleOf(ann, profile())).toBe('agent')
  })
})

it('names as leads those whom the settings name, then the members of the groups, each once', () => {
  const inGroup = new Set([ben, carla])
  const roles = createRoles({ ...nobody, leads: [ann, ben], leadGroups: [support], members: () => inGroup })
  expect(roles.leads()).toEqual([ann, ben, carla])
})
