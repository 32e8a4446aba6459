import type { Config } from './config.ts'
import { connectAccounts } from './connect-accounts.ts'
import { createInsideDoctor } from './doctor/check-inside.ts'
import type { Edges } from './edges.ts'
import { createHttpApp } from './http/app.ts'
import { createHooks } from './http/hooks.ts'
import { type HttpServer, listen } from './http/listen.ts'
import { createReadiness } from './http/readiness.ts'
import { createReceive } from './intake/receive.ts'
import { poolsOf } from './jobs/pools.ts'
import { createWorker, type JobHandlers } from './jobs/worker.ts'
import { createMetrics } from './metrics/metrics.ts'
import { createHttpClient } from './providers/http-client.ts'
import { createHealthDesk, createStaleAccounts } from './routing/account-health.ts'
import { createAwayDesk } from './routing/away-desk.ts'
import { createContactDesk } from './routing/contact-desk.ts'
import { createDesk } from './routing/desk.ts'
import { createOfferEnding } from './routing/end-offers.ts'
import { createEnrolment } from './routing/enrol.ts'
import { createFindChats } from './routing/find-chats.ts'
import { chatId } from './routing/ids.ts'
import { createIntroduction } from './routing/introduce.ts'
import { createCommenting } from './routing/leave-comment.ts'
import { createLook } from './routing/look.ts'
import { createLookUp } from './routing/look-up.ts'
import { createMending } from './routing/mend-failed.ts'
import { reconcileAssignment } from './routing/reconcile-assignment.ts'
import { createStaff } from './routing/staff.ts'
import { createWindowWatch } from './routing/watch-window.ts'
import { createAbsenceNotice } from './slack/absence-notice.ts'
import { createAnswerViews } from './slack/answer-views.ts'
import { createSlackConnection } from './slack/connection.ts'
import { createDirectoryReport } from './slack/directory-report.ts'
import { register } from './slack/dispatch.ts'
import { createHistoryLines } from './slack/history-lines.ts'
import { createHome } from './slack/home.ts'
import { createReadHome } from './slack/home-facts.ts'
import { createLateAnswers } from './slack/late-answers.ts'
import { createOffers } from './slack/offers.ts'
import { createPeoplePages } from './slack/people-pages.ts'
import { createPoster } from './slack/poster.ts'
import { createPresenter } from './slack/present.ts'
import { createProfiles } from './slack/profiles.ts'
import { createPublisher } from './slack/publish.ts'
import { createSurface } from './slack/register.ts'
import { createSeveral } from './slack/several.ts'
import { createSharedChannels } from './slack/shared-channels.ts'
import { createStorm } from './slack/storm.ts'
import { createTell } from './slack/tell.ts'
import { handOffCommentText } from './slack/text-contact.ts'
import { surfaceText, wentWrongText } from './slack/text-surface.ts'
import { createThread } from './slack/thread.ts'
import { createTiers } from './slack/tiers.ts'
import { watchCards } from './slack/watch-cards.ts'
import { createWhoIsWho } from './slack/who-is-who.ts'
import { openSqliteStore } from './store/sqlite/open-sqlite-store.ts'
import { watchAccounts } from './watch-accounts.ts'

export interface Baton {
  /** @throws StartError with the one sentence to print */
  start(): Promise<void>
  /** Finishes what is under way, within about 6 s; what is not done is taken up by the next start. */
  stop(): Promise<void>
  /** Where HTTP is served; known once started. */
  url(): string
  /** Asks every provider for its chats now, beside the regular polls. */
  pollNow(): Promise<void>
}

const PROVIDER_TIMEOUT_MS = 8_000
const PROVIDER_MAX_BODY_BYTES = 8 * 1024 * 1024
/** Jobs at once of one pool: an account's, or one of Slack's. */
const PER_POOL = 8
const STOP_LISTENERS_MS = 3_000
/** Then calls to providers are cut off, so that what waits for them can be put back in order. */
const STOP_CALLS_MS = 3_500
const STOP_JOBS_MS = 4_500

/** Builds Baton from its parts; the only file that knows them all, and it contains no rule. */
export function createApp(config: Config, edges: Edges): Baton {
  const { clock, logger, random, newId } = edges
  const metrics = createMetrics(edges)
  const store = metrics.ofStore(
    openSqliteStore({ file: config.databasePath, newChatId: () => chatId(newId()) }),
  )
  const providerHttp = createHttpClient({
    timeoutMs: PROVIDER_TIMEOUT_MS,
    maxBodyBytes: PROVIDER_MAX_BODY_BYTES,
    // Enough for all jobs, polls and look-ups even of one server: what waits for a connection may be overtaken.
    connections: PER_POOL * (config.accounts.length + 1),
    after: clock.after,
  })
  const { accounts, pollEveryMs, intakes, isTold, wantsPreview } = connectAccounts(config, {
    http: providerHttp,
    clock,
    around: metrics.ofAdapter,
  })
  const slack = createSlackConnection({
    ...clock,
    slack: config.slack,
    logger,
    onFatal: edges.onFatal,
    onAcknowledged: metrics.acknowledged,
  })
  const teamId = () => slack.identity().teamId
  const { admins } = config
  const tiers = metrics.ofTiers(createTiers({ clock }))
  const profiles = createProfiles({ client: slack.client, tiers, teamId })
  const health = createHealthDesk({ store, clock, admins })
  const watched = { client: slack.client, tiers, clock, logger }
  const channels = createSharedChannels({ ...watched, accounts: config.accounts, health })
  const { userGroups, roles, meet } = createWhoIsWho({ ...watched, store, profiles, named: config })
  const enrolment = createEnrolment({ store, profiles, clock })
  const staff = createStaff({
    store,
    profiles,
    pages: createPeoplePages({ client: slack.client, tiers, teamId }),
    accounts,
    clock,
    leads: roles.leads,
    admins,
    onError: (err) => logger.error({ err }, 'The daily look at who is there could not begin'),
  })
  const desk = metrics.ofDesk(createDesk({ store, accounts, clock, roleOf: roles.roleOf }))
  const context = { defaultCountry: config.defaultCountry, accounts: [...accounts.keys()] }
  const find = createFindChats({ store, context })
  const lookUp = createLookUp({ store, accounts, clock })
  const contacts = createContactDesk({ store, accounts, clock })
  const present = createPresenter({ store, accounts, clock })
  const lineOf = createHistoryLines({ store, present })
  const answers = createAnswerViews({ present, accounts, store, clock, admins, leads: roles.leads })
  const tell = createTell({ client: slack.client, tiers, fetch: edges.fetch, after: clock.after, logger })
  const poster = createPoster({ client: slack.client, tiers, heldMs: channels.heldMs })
  const storm = createStorm({ store, accounts, poster, clock })
  const cards = watchCards({ store, clock, logger })
  const publisher = createPublisher({ store, accounts, present, poster, storm, health, clock, logger })
  const staleAccounts = createStaleAccounts({ store, clock, pollEveryMs })
  const seen = { find, present, accounts, staleAccounts, health, isTold, meet, latest: desk.latest }
  const read = createReadHome({ store, ...seen, admins, clock })
  const home = createHome({ ...watched, store, read })
  const mending = createMending({ store, accounts, clock })
  const surface = createSurface({
    doctor: createInsideDoctor({ ...watched, config, accounts, isTold, store, fetch: edges.fetch }),
    mending,
    desk,
    find,
    lookUp,
    contacts,
    enrolment,
    away: createAwayDesk({ store, clock }),
    profiles,
    staff,
    store,
    accounts,
    present,
    answers,
    lineOf,
    home,
    staleAccounts,
    clock,
    meet,
    userGroups,
    sharedChannels: channels,
    admins,
    defaultCountry: config.defaultCountry,
  })
  register({
    app: slack.app,
    surface,
    texts: { ...surfaceText, wentWrong: wentWrongText },
    interactiveClient: slack.interactiveClient,
    tell,
    teamId,
    isStopping: slack.isStopping,
    newIncident: () => newId().slice(0, 8),
    after: clock.after,
    logger,
  })

  const handlers: JobHandlers = {
    assign: async ({ account: id, chat }, attempt) => {
      const account = accounts.get(id)
      if (account === undefined) return { kind: 'failed', reason: 'the account is no longer configured' }
      return reconcileAssignment({ store, account, clock, health }, chat, attempt)
    },
    card: publisher.card,
    storm: storm.show,
    pointer: publisher.pointer,
    notice: publisher.notice,
    reopened: publisher.reopened,
    ...createSeveral({ desk, store, present, poster, enrolment, accounts, clock }),
    ...createOffers({ store, present, poster, clock, logger }),
    ...createOfferEnding({ store, clock }),
    thread: createThread({ store, accounts, lineOf, poster, logger }),
    window: createWindowWatch({ store, clock }),
    look: createLook({ store, accounts, clock }),
    contact: contacts.bring,
    comment: createCommenting({ store, accounts, sentence: handOffCommentText }),
    introduce: createIntroduction({ store, enrolment, accounts, clock }),
    ...staff.handlers,
    'directory-report': createDirectoryReport({ store, accounts, poster }),
    'absence-notice': createAbsenceNotice({ store, accounts, present, poster }),
    mend: mending.job,
    enrol: createLateAnswers({ desk, store, meet, enrolment, accounts, answers, tell }),
  }
  const pools = poolsOf([...accounts.keys()])
  const worker = createWorker({
    jobs: store,
    handlers,
    clock,
    random,
    pools,
    perPool: PER_POOL,
    isAnswering: slack.isAnswering,
    onError: (err, job) => logger.error({ err, job: job.key }, 'A job ended in an unexpected error'),
  })

  slack.onAnswered(worker.wake)

  const watch = watchAccounts({
    store,
    accounts,
    settings: config.accounts,
    pollEveryMs,
    enrolment,
    health,
    clock,
    random,
    logger,
  })
  const receive = createReceive({ store, accounts, health, clock, wantsPreview })

  const hooks = createHooks({
    webhookOf: (id) => accounts.get(id)?.adapter.webhook,
    intakeOf: (id) => intakes.get(id),
    receive,
    isStopping: slack.isStopping,
    clock,
    logger,
    onRequest: metrics.told,
  })

  let server: HttpServer | null = null
  let phase: 'starting' | 'running' | 'stopping' = 'starting'
  const http = createHttpApp({
    readiness: createReadiness({
      phase: () => phase,
      isConnected: slack.isConnected,
      isFlowing: worker.isFlowing,
      tryWriting: store.tryWriting,
      signed: slack.signed,
    }),
    metrics: () => metrics.page({ store, accounts, intakes, pools, isConnected: slack.isConnected }),
    slack: slack.listener,
    routers: [hooks],
    logger,
  })

  return {
    url: () => {
      if (server === null) throw new Error('Baton has not been started')
      return server.url
    },
    pollNow: watch.pollNow,
    async start() {
      server = await listen({ app: http, ...config.http, after: clock.after, logger })
      await slack.start()
      await watch.readDirectories()
      for (const part of [userGroups, channels, cards]) part.look()
      await store.reviveCards(clock.now())
      worker.start()
      watch.start()
      await staff.start()
      if (phase === 'starting') phase = 'running'
    },
    async stop() {
      phase = 'stopping'
      for (const part of [staff, userGroups, channels, cards, tiers]) part.stop()
      const cancelAbort = clock.after(STOP_CALLS_MS, () => void providerHttp.abort())
      await Promise.all([
        slack.stop({ deadlineMs: STOP_LISTENERS_MS }),
        worker.stop(STOP_JOBS_MS),
        watch.stop(),
        home.stop(),
      ])
      cancelAbort()
      await server?.close()
      await providerHttp.close()
      await store.close()
    },
  }
}
