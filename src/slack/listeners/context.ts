import type { Clock } from '../../clock.ts'
import type { Finding } from '../../doctor/finding.ts'
import type { StaleAccount } from '../../routing/account-health.ts'
import type { Accounts } from '../../routing/accounts.ts'
import type { AwayDesk } from '../../routing/away-desk.ts'
import type { ContactDesk } from '../../routing/contact-desk.ts'
import type { Desk } from '../../routing/desk.ts'
import type { Enrolment, Profiles } from '../../routing/enrol.ts'
import type { FindChats } from '../../routing/find-chats.ts'
import type { SlackUserId } from '../../routing/ids.ts'
import type { LookUp } from '../../routing/look-up.ts'
import type { Meet } from '../../routing/meet.ts'
import type { Mending } from '../../routing/mend-failed.ts'
import type { CountryCode } from '../../routing/phone.ts'
import type { Staff } from '../../routing/staff.ts'
import type { Store } from '../../store/contract.ts'
import type { AnswerViews } from '../answer-views.ts'
import type { LineOf } from '../history-lines.ts'
import type { Home } from '../home.ts'
import type { Presenter } from '../present.ts'
import type { SharedChannels } from '../shared-channels.ts'
import type { UserGroups } from '../user-groups.ts'

/** What listeners work with. They decide nothing: they read a request, ask the desk, and show its answer. */
export interface ListenerContext {
  readonly desk: Desk
  readonly find: FindChats
  readonly lookUp: LookUp
  readonly contacts: Pick<ContactDesk, 'read' | 'meet' | 'save'>
  readonly enrolment: Enrolment
  readonly away: AwayDesk
  readonly profiles: Profiles
  readonly staff: Pick<Staff, 'linkEveryone'>
  readonly store: Pick<
    Store,
    | 'chat'
    | 'card'
    | 'chatOfCard'
    | 'offerMessage'
    | 'change'
    | 'findChats'
    | 'countChats'
    | 'countWaiting'
    | 'historyPage'
    | 'event'
    | 'links'
    | 'slackUsers'
    | 'providerUsers'
    | 'absences'
    | 'profile'
    | 'addJobs'
    | 'addJobOnce'
    | 'away'
    | 'savePress'
    | 'countFailedJobs'
    | 'failedJobs'
  >
  readonly accounts: Accounts
  readonly present: Presenter
  readonly answers: AnswerViews
  readonly lineOf: LineOf
  readonly doctor: () => Promise<readonly Finding[]>
  readonly mending: Pick<Mending, 'mend' | 'chatOf'>
  readonly home: Pick<Home, 'show'>
  readonly staleAccounts: () => Promise<readonly StaleAccount[]>
  readonly clock: Clock
  readonly meet: Meet
  readonly userGroups: Pick<UserGroups, 'look' | 'problems'>
  readonly sharedChannels: Pick<SharedChannels, 'changed' | 'problems'>
  readonly admins: readonly SlackUserId[]
  readonly defaultCountry: CountryCode | null
}
