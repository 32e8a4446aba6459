import { actionIds, callbackIds, shortcutIds } from './ids.ts'
import { insidersOnly } from './insiders-only.ts'
import { batonCommand } from './listeners/baton.ts'
import { channelSharingChanged, userGroupChanged } from './listeners/changed-in-slack.ts'
import { listClicked } from './listeners/chat-lists.ts'
import { chatMenuChosen } from './listeners/chat-menu.ts'
import { chatsCommand } from './listeners/chats.ts'
import {
  claimClicked,
  claimCommand,
  claimNextClicked,
  claimPickerSubmitted,
  waitingChatOptions,
} from './listeners/claim.ts'
import { contactCommand, contactPickerSubmitted } from './listeners/contact.ts'
import { contactFormSubmitted } from './listeners/contact-form.ts'
import type { ListenerContext } from './listeners/context.ts'
import { failedJobsClicked, jobGiveUpClicked, jobRetryClicked, pressed } from './listeners/doctor.ts'
import { giveableChatOptions } from './listeners/giveable.ts'
import {
  handOffClicked,
  handOffCommand,
  handOffFormSubmitted,
  receiverMenuOptions,
} from './listeners/hand-off.ts'
import { historyNewerClicked, historyOlderClicked } from './listeners/history.ts'
import { homeLookChosen, homeOpened, shownAtHome } from './listeners/home.ts'
import { linkByHandClicked, linkFormSubmitted, providerUserOptions } from './listeners/link-form.ts'
import { acceptClicked, declineClicked, declineFormSubmitted, takeBackClicked } from './listeners/offer.ts'
import { personChanged } from './listeners/person-changed.ts'
import { releaseClicked, releaseCommand, releaseFormSubmitted } from './listeners/release.ts'
import { mySeveralOptions, severalClicked, severalFormSubmitted } from './listeners/several.ts'
import {
  claimShortcut,
  contactShortcut,
  handOffShortcut,
  historyShortcut,
  releaseShortcut,
} from './listeners/shortcuts.ts'
import { undoClicked } from './listeners/undo.ts'
import type { Surface } from './surface.ts'

/** Everything in Slack that Baton answers to. manifest.yml names the same commands and events. */
export const createSurface = (context: ListenerContext): Surface =>
  insidersOnly(context, everything(context), [
    '/claim',
    actionIds.claim,
    actionIds.claimNext,
    actionIds.release,
  ])

const everything = (context: ListenerContext): Surface => ({
  commands: {
    '/claim': claimCommand(context),
    '/handoff': handOffCommand(context),
    '/release': releaseCommand(context),
    '/contact': contactCommand(context),
    '/chats': chatsCommand(context),
    '/baton': batonCommand(context),
  },
  actions: {
    ...shownAtHome(context, {
      [actionIds.claim]: claimClicked(context),
      [actionIds.claimNext]: claimNextClicked(context),
      [actionIds.handOff]: handOffClicked(context),
      [actionIds.release]: releaseClicked(context),
      [actionIds.accept]: acceptClicked(context),
      [actionIds.decline]: declineClicked(context),
      [actionIds.takeBack]: takeBackClicked(context),
      [actionIds.chatMenu]: chatMenuChosen(context),
      [actionIds.undo]: undoClicked(context),
    }),
    [actionIds.homePrevious]: homeLookChosen(context),
    [actionIds.homeNext]: homeLookChosen(context),
    [actionIds.homeShow]: homeLookChosen(context),
    [actionIds.homeAccount]: homeLookChosen(context),
    [actionIds.homeWaits]: homeLookChosen(context),
    [actionIds.several]: severalClicked(context),
    [actionIds.listPrevious]: listClicked(context),
    [actionIds.listNext]: listClicked(context),
    [actionIds.listAgain]: listClicked(context),
    [actionIds.listMine]: listClicked(context),
    [actionIds.listWaiting]: listClicked(context),
    [actionIds.linkByHand]: linkByHandClicked(context),
    [actionIds.historyNewer]: historyNewerClicked(context),
    [actionIds.historyOlder]: historyOlderClicked(context),
    [actionIds.doctorPress]: pressed(context),
    [actionIds.failedJobs]: failedJobsClicked(context),
    [actionIds.jobRetry]: jobRetryClicked(context),
    [actionIds.jobGiveUp]: jobGiveUpClicked(context),
  },
  options: {
    [actionIds.waitingChat]: waitingChatOptions(context),
    [actionIds.myChat]: giveableChatOptions(context),
    [actionIds.myChats]: mySeveralOptions(context),
    [actionIds.receiver]: receiverMenuOptions(context),
    [actionIds.providerUser]: providerUserOptions(context),
  },
  views: {
    [callbackIds.claimPicker]: claimPickerSubmitted(context),
    [callbackIds.handOffForm]: handOffFormSubmitted(context),
    [callbackIds.releaseForm]: releaseFormSubmitted(context),
    [callbackIds.severalForm]: severalFormSubmitted(context),
    [callbackIds.declineForm]: declineFormSubmitted(context),
    [callbackIds.contactPicker]: contactPickerSubmitted(context),
    [callbackIds.contactForm]: contactFormSubmitted(context),
    [callbackIds.linkForm]: linkFormSubmitted(context),
  },
  shortcuts: {
    [shortcutIds.claim]: claimShortcut(context),
    [shortcutIds.handOff]: handOffShortcut(context),
    [shortcutIds.release]: releaseShortcut(context),
    [shortcutIds.contact]: contactShortcut(context),
    [shortcutIds.claimThis]: claimShortcut(context),
    [shortcutIds.handOffThis]: handOffShortcut(context),
    [shortcutIds.releaseThis]: releaseShortcut(context),
    [shortcutIds.contactOfThis]: contactShortcut(context),
    [shortcutIds.historyOfThis]: historyShortcut(context),
  },
  events: {
    app_home_opened: homeOpened(context),
    channel_shared: channelSharingChanged(context),
    channel_unshared: channelSharingChanged(context),
    subteam_members_changed: userGroupChanged(context),
    subteam_updated: userGroupChanged(context),
    team_join: personChanged(context),
    user_change: personChanged(context),
  },
})
