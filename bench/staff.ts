import { providerUserId, slackUserId } from '../src/routing/ids.ts'

/** The sandbox's people with their users at the provider. */
export const staff = [
  {
    slackUser: slackUserId('U0ANN'),
    providerUser: providerUserId('100'),
    name: 'Ann Abel',
    email: 'ann@acme.test',
  },
  {
    slackUser: slackUserId('U0BEN'),
    providerUser: providerUserId('101'),
    name: 'Ben Bauer',
    email: 'ben@acme.test',
  },
  {
    slackUser: slackUserId('U0CARLA'),
    providerUser: providerUserId('102'),
    name: 'Carla Cruz',
    email: 'carla@acme.test',
  },
  {
    slackUser: slackUserId('U0DORA'),
    providerUser: providerUserId('103'),
    name: 'Dora Diaz',
    email: 'dora@acme.test',
  },
] as const
