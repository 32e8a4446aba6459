import { describe, expect, it } from 'vitest'
import { SUPPORT } from '../fixtures/start-scene.ts'
import { type TimelessScene, timelessScene } from '../fixtures/timeless-scene.ts'

const IVAN = '79001234567'
/** No list has ever shown her. */
const MARIA = '79007654321'

/** Ann has Ivan's chat; Ben is linked too, Carla leads without being linked, and Dora is an admin. */
async function annHasIvan(): Promise<TimelessScene> {
  const scene = await timelessScene({ linked: ['ann', 'ben'] })
  await scene.arrives(IVAN, 'Ivan')
  await scene.slack.as('ann').click(scene.card('Ivan'), 'Claim Chat')
  await scene.cardSays('Ivan', 'With <@U0ANN>')
  await scene.settled()
  return scene
}

async function openForm(scene: TimelessScene, user: string, text = 'ivan') {
  const person = scene.slack.as(user)
  await scene.during(person.command('/contact', text))
  return scene.until(() => person.modal())
}

const says = async (scene: TimelessScene, user: string, text: string) =>
  (await scene.during(scene.slack.as(user).command('/contact', text))).message?.text ?? ''

const submit = (
  scene: TimelessScene,
  user: string,
  ...args: Parameters<ReturnType<TimelessScene['slack']['as']>['submit']>
) => scene.during(scene.slack.as(user).submit(...args))

const contact = (scene: TimelessScene, key = IVAN) => {
  const chat = scene.wamm.state.chats.get(key)
  return chat && { name: chat.name, note: chat.notes, email: chat.email, web: chat.web }
}
const saves = (scene: TimelessScene) =>
  scene.wamm.calls.filter(({ method }) => method === 'contact_to').map(({ args }) => args)
const shown = (view: unknown) => JSON.stringify(view)
const endings = (scene: TimelessScene, key = IVAN) =>
  scene
    .history(key)
    .map(({ facts }) => facts)
    .filter(({ kind }) => kind.startsWith('contact'))
const directMessages = (scene: TimelessScene, user: string) =>
  scene.slack
    .as(user)
    .dms()
    .map(({ text }) => text)

describe('The contact form', () => {
  it('shows what WAMM has, and saves what was changed; the card follows with the name', async () => {
    const scene = await annHasIvan()
    Object.assign(scene.wamm.state.chats.get(IVAN) ?? {}, { notes: 'Likes tea', email: 'old@acme.test' })
    const form = await openForm(scene, 'ann')
    expect(shown(form.blocks)).toContain('+7 900 123 45 67')
    expect(shown(form.blocks)).toContain('Likes tea')
    const { view } = await submit(scene, 'ann', form, {
      contact_name: 'Ivan Petrov',
      contact_email: 'ivan@example.com',
      contact_web: 'example.com',
    })
    expect(shown(view)).toContain('The contact of Ivan Petrov was saved in WAMM.')
    expect(contact(scene)).toEqual({
      name: 'Ivan Petrov',
      note: 'Likes tea',
      email: 'ivan@example.com',
      web: 'example.com',
    })
    await scene.cardSays('Ivan Petrov', 'With <@U0ANN>')
    await scene.settled()
    expect(endings(scene)).toEqual([
      { kind: 'contact-saved', added: false, fields: ['name', 'note', 'email', 'web'] },
    ])
    expect(directMessages(scene, 'ann')).toEqual([])
    expect(scene.log.join()).not.toMatch(/Likes tea|ivan@example/)
  })

  it('opens from the menu of the card', async () => {
    const scene = await annHasIvan()
    await scene.slack.as('ann').click(scene.card('Ivan'), 'Contact')
    const form = await scene.until(() => scene.slack.as('ann').modal())
    await submit(scene, 'ann', form, { contact_note: 'Called twice' })
    expect(contact(scene)?.note).toBe('Called twice')
  })

  it('clears what is emptied', async () => {
    const scene = await annHasIvan()
    Object.assign(scene.wamm.state.chats.get(IVAN) ?? {}, { notes: 'Likes tea', email: 'ivan@acme.test' })
    await submit(scene, 'ann', await openForm(scene, 'ann'), { contact_note: null, contact_email: '  ' })
    expect(contact(scene)).toEqual({ name: 'Ivan', note: '', email: '', web: '' })
  })

  it('keeps what is left empty where it could not show what there is', async () => {
    const scene = await annHasIvan()
    const note = 'x'.repeat(3_001)
    Object.assign(scene.wamm.state.chats.get(IVAN) ?? {}, { notes: note })
    const form = await openForm(scene, 'ann')
    expect(shown(form.blocks)).toContain('Leave it empty to keep it.')
    await submit(scene, 'ann', form, { contact_web: 'https://example.com' })
    expect(contact(scene)).toEqual({ name: 'Ivan', note, email: '', web: 'https://example.com' })
  })

  it('opens in time when WAMM is slow, says that it is not filled, and keeps what is left empty', async () => {
    const scene = await annHasIvan()
    Object.assign(scene.wamm.state.chats.get(IVAN) ?? {}, { notes: 'Likes tea' })
    const before = scene.clock.now()
    const held = scene.wamm.faults.add({ fault: { kind: 'hold' }, method: 'contact_get' })
    const form = await openForm(scene, 'ann')
    expect(scene.clock.now() - before).toBeLessThan(2_500)
    expect(shown(form.blocks)).toContain('The present values could not be read.')
    held.clear()
    await submit(scene, 'ann', form, { contact_name: 'Ivan P.' })
    expect(contact(scene)).toMatchObject({ name: 'Ivan P.', note: 'Likes tea' })
  })

  it("says at the field what breaks WAMM's limits, and sends nothing", async () => {
    const scene = await annHasIvan()
    const form = await openForm(scene, 'ann')
    const long = { contact_name: 'x'.repeat(251), contact_email: 'nobody', contact_web: 'two words' }
    const { errors, view } = await submit(scene, 'ann', form, long, { forged: true })
    expect(errors).toEqual({
      contact_name: 'Please use at most 250 characters.',
      contact_email: 'Please write an e-mail address, such as ivan@example.com.',
      contact_web: 'Please write the address of a web page, such as https://example.com.',
    })
    expect(view?.id).toBe(form.id)
    expect((await submit(scene, 'ann', form, { contact_name: ' ' }, { forged: true })).errors).toEqual({
      contact_name: 'Please fill this in.',
    })
    await scene.settled()
    expect(saves(scene)).toEqual([])
  })

  it('says at the field what WAMM refuses, and stays open for another try', async () => {
    const scene = await annHasIvan()
    const form = await openForm(scene, 'ann')
    scene.wamm.faults.add({
      fault: { kind: 'err', err: 'web fail, more 150' },
      method: 'contact_to',
      times: 1,
    })
    const { errors, view } = await submit(scene, 'ann', form, { contact_web: 'example.com' })
    expect(errors).toEqual({
      contact_web: 'WAMM does not take a text of this length. Shorten it.',
    })
    expect(view?.id).toBe(form.id)
    await submit(scene, 'ann', form)
    expect(contact(scene)?.web).toBe('example.com')
    await scene.settled()
    expect(endings(scene).map(({ kind }) => kind)).toEqual(['contact-refused', 'contact-saved'])
    expect(directMessages(scene, 'ann')).toEqual([])
  })

  it.each([
    ['no WhatsApp on the number', 'Nobody uses the messenger under this number'],
    ['token fail', "does not accept Baton's access token"],
    ['something new', 'refused without a reason'],
  ])('says in the form why WAMM saved nothing: %s', async (err, sentence) => {
    const scene = await annHasIvan()
    const form = await openForm(scene, 'ann')
    scene.wamm.faults.add({ fault: { kind: 'err', err }, method: 'contact_to' })
    const { errors } = await submit(scene, 'ann', form, { contact_note: 'Likes tea' })
    expect(Object.keys(errors)).toEqual(['contact_name'])
    expect(errors.contact_name).toContain(sentence)
    expect(errors.contact_name).not.toMatch(/[`&]|assign/)
  })
})

describe('What was filled in is kept', () => {
  it('when WAMM asks to retry, and its end is told once', async () => {
    const scene = await annHasIvan()
    scene.wamm.setNumber(IVAN, 'phone not checked, please retry')
    const { view } = await submit(scene, 'ann', await openForm(scene, 'ann'), { contact_note: 'Likes tea' })
    expect(shown(view)).toContain('What you filled in is kept, but WAMM has not checked yet')
    await scene.told('ann', 'The contact of Ivan was saved in WAMM.')
    await scene.settled()
    expect(contact(scene)?.note).toBe('Likes tea')
    expect(directMessages(scene, 'ann')).toHaveLength(1)
  })

  it('while WAMM is down, and saved when it is back', async () => {
    const scene = await annHasIvan()
    const form = await openForm(scene, 'ann')
    await scene.wamm.goDown()
    const { view } = await submit(scene, 'ann', form, { contact_note: 'Likes tea' })
    expect(shown(view)).toContain('is kept, but WAMM cannot be reached')
    await scene.pass(10_000)
    await scene.wamm.comeBack()
    await scene.told('ann', 'The contact of Ivan was saved in WAMM.')
    expect(contact(scene)?.note).toBe('Likes tea')
  })

  it('when WAMM does not answer in time, and told privately whichever way it ends', async () => {
    const scene = await annHasIvan()
    const form = await openForm(scene, 'ann')
    const held = scene.wamm.faults.add({ fault: { kind: 'hold' }, method: 'contact_to', times: 1 })
    const { view } = await submit(scene, 'ann', form, { contact_note: 'Likes tea' })
    expect(shown(view)).toContain('is kept, but WAMM has not answered yet')
    expect(directMessages(scene, 'ann')).toEqual([])
    scene.wamm.setNumber(IVAN, 'no WhatsApp on the number')
    held.clear()
    await scene.told('ann', 'What you filled in about Ivan was not saved. Nobody uses the messenger')
    await scene.settled()
    expect(directMessages(scene, 'ann')).toHaveLength(1)
    expect(contact(scene)?.note).toBe('')
  })

  it('when the answer of WAMM is lost: saved again, which changes nothing, and told once', async () => {
    const scene = await annHasIvan()
    const form = await openForm(scene, 'ann')
    scene.wamm.faults.add({ fault: { kind: 'reset', handled: true }, method: 'contact_to', times: 1 })
    await submit(scene, 'ann', form, { contact_note: 'Likes tea' })
    await scene.told('ann', 'The contact of Ivan was saved in WAMM.')
    await scene.settled()
    expect(saves(scene)).toHaveLength(2)
    expect(endings(scene)).toHaveLength(1)
  })

  it('over a restart, and then saved and told', async () => {
    const scene = await annHasIvan()
    const form = await openForm(scene, 'ann')
    await scene.wamm.goDown()
    await submit(scene, 'ann', form, { contact_note: 'Likes tea' })
    await scene.during(scene.restart())
    await scene.wamm.comeBack()
    await scene.told('ann', 'The contact of Ivan was saved in WAMM.')
    expect(contact(scene)?.note).toBe('Likes tea')
  })

  it('until Baton gives up after many tries, with every other edit of the chat, and both people are told', async () => {
    const scene = await annHasIvan()
    const [anns, carlas] = [await openForm(scene, 'ann'), await openForm(scene, 'carla')]
    await scene.wamm.goDown()
    await submit(scene, 'ann', anns, { contact_note: 'Likes tea' })
    await submit(scene, 'carla', carlas, { contact_web: 'example.com' })
    await scene.until(() => directMessages(scene, 'carla').length > 0, { stepMs: 30_000 })
    await scene.settled()
    await scene.wamm.comeBack()
    for (const who of ['ann', 'carla']) {
      expect(directMessages(scene, who)).toEqual([
        expect.stringMatching(
          /^What you filled in about Ivan was not saved\. WAMM (?:cannot be reached|did not answer in time), and Baton has stopped trying\./,
        ),
      ])
    }
    const again = await openForm(scene, 'ann')
    await submit(scene, 'ann', again, { contact_note: 'Likes coffee' })
    await scene.settled()
    expect(contact(scene)).toMatchObject({ note: 'Likes coffee', web: '' })
  })
})

describe('Several at once', () => {
  it('two people change one contact: both are saved, in their order', async () => {
    const scene = await annHasIvan()
    const [anns, carlas] = [await openForm(scene, 'ann'), await openForm(scene, 'carla')]
    const held = scene.wamm.faults.add({ fault: { kind: 'hold' }, method: 'contact_to', times: 1 })
    await submit(scene, 'ann', anns, { contact_note: 'from Ann' })
    await submit(scene, 'carla', carlas, { contact_note: 'from Carla' })
    held.clear()
    await scene.told('ann', 'was saved in WAMM')
    await scene.told('carla', 'was saved in WAMM')
    await scene.settled()
    expect(saves(scene).map((args) => args.find((arg) => arg.startsWith('info=')))).toEqual([
      'info=from Ann',
      'info=from Carla',
    ])
    expect(contact(scene)?.note).toBe('from Carla')
  })

  it('one that WAMM refuses does not hold up the next', async () => {
    const scene = await annHasIvan()
    const [anns, carlas] = [await openForm(scene, 'ann'), await openForm(scene, 'carla')]
    const down = scene.wamm.faults.add({ fault: { kind: 'status', status: 502 }, method: 'contact_to' })
    await submit(scene, 'ann', anns, { contact_note: 'from Ann' })
    await submit(scene, 'carla', carlas, { contact_note: 'from Carla' })
    scene.wamm.faults.add({
      fault: { kind: 'err', err: 'acc not authorized' },
      method: 'contact_to',
      times: 1,
    })
    down.clear()
    await scene.told('ann', 'about Ivan was not saved')
    await scene.told('carla', 'was saved in WAMM')
    expect(contact(scene)?.note).toBe('from Carla')
  })

  it('the same form sent twice is saved twice, which changes nothing', async () => {
    const scene = await annHasIvan()
    const form = await openForm(scene, 'ann')
    const entered = { contact_note: 'Likes tea' }
    const ann = scene.slack.as('ann')
    await scene.during(Promise.all([ann.submit(form, entered), ann.submit(form, entered, { forged: true })]))
    await scene.settled()
    expect(contact(scene)?.note).toBe('Likes tea')
    expect(saves(scene).length).toBeLessThanOrEqual(2)
    expect(endings(scene).every(({ kind }) => kind === 'contact-saved')).toBe(true)
  })
})

describe('Who may', () => {
  it("see somebody else's contact: leads, linked or not, but no colleague", async () => {
    const scene = await annHasIvan()
    expect(await says(scene, 'ben', 'ivan')).toContain('<@U0ANN> has had the chat with Ivan since')
    expect(scene.slack.as('ben').modal()).toBeNull()
    await submit(scene, 'carla', await openForm(scene, 'carla'), { contact_note: 'from the lead' })
    expect(contact(scene)?.note).toBe('from the lead')
  })

  it('not somebody who is not linked, who reads how to be', async () => {
    const scene = await timelessScene()
    await scene.arrives(IVAN, 'Ivan')
    expect(await says(scene, 'ann', 'ivan')).toContain('`/baton link`')
    expect(await says(scene, 'ann', MARIA)).toContain('`/baton link`')
    expect(scene.wamm.calls.filter(({ method }) => method === 'contact_get')).toEqual([])
  })

  it('nobody as long as the chat waits: claiming it comes first', async () => {
    const scene = await timelessScene({ linked: ['ann'] })
    await scene.arrives(IVAN, 'Ivan')
    expect(await says(scene, 'ann', 'ivan')).toContain('it is waiting, and you can claim it')
  })

  it('not the one whose chat has changed hands since the form was opened', async () => {
    const scene = await annHasIvan()
    const form = await openForm(scene, 'ann')
    await scene.slack.as('ann').command('/handoff', 'ivan @ben')
    await scene.settled()
    const { view } = await submit(scene, 'ann', form, { contact_note: 'too late' })
    expect(shown(view)).toContain('<@U0BEN> has had the chat with Ivan since')
    await scene.settled()
    expect(saves(scene)).toEqual([])
  })

  it('nobody at another account than the one of the chat, whatever the form says', async () => {
    const scene = await timelessScene({ linked: ['ann'], aelyst: {} })
    await scene.arrives(IVAN, 'Ivan')
    await scene.slack.as('ann').click(scene.card('Ivan'), 'Claim Chat')
    await scene.cardSays('Ivan', 'With <@U0ANN>')
    await scene.settled()
    const form = await openForm(scene, 'ann')
    const ofAelyst: typeof form = JSON.parse(
      JSON.stringify(form).replaceAll('contact_name', 'contact_first-name'),
    )
    const privateMetadata = form.privateMetadata.replace('"wamm"', '"aelyst"')
    const forged = { ...ofAelyst, privateMetadata }
    const { error } = await submit(scene, 'ann', forged, { 'contact_first-name': 'x' }, { forged: true })
    expect(error).toBeUndefined()
    await scene.told('ann', 'Baton could not read that, and nothing was changed')
    await scene.settled()
    expect(endings(scene)).toEqual([])
    expect(scene.aelyst?.calls.filter(({ args }) => args.join().includes(IVAN))).toEqual([])
  })

  it('not by the menu of an old card', async () => {
    const scene = await annHasIvan()
    const old = scene.card('Ivan')
    await scene.slack.as('ann').command('/release', 'ivan')
    await scene.settled()
    await scene.slack.as('ben').click(old, 'Contact', { forged: true })
    await scene.told('ben', 'it is waiting, and you can claim it')
    expect(scene.slack.as('ben').modal()).toBeNull()
  })
})

describe('A customer whom no list has shown', () => {
  it('can be added by number, and claimed then', async () => {
    const scene = await annHasIvan()
    const form = await openForm(scene, 'ben', '8 (900) 765-43-21')
    expect(shown(form.blocks)).toContain('WAMM does not know this customer. Fill in the form to add them.')
    expect(form.source.submit).toMatchObject({ text: 'Add' })
    const { view } = await submit(scene, 'ben', form, { contact_name: 'Maria' })
    expect(shown(view)).toContain('Maria was added to WAMM.')
    await scene.settled()
    expect(contact(scene, MARIA)).toMatchObject({ name: 'Maria' })
    expect(endings(scene, MARIA)).toEqual([{ kind: 'contact-saved', added: true, fields: ['name'] }])
    const claimed = await scene.slack.as('ben').command('/claim', '+7 900 765-43-21')
    expect(claimed.message?.text).toContain('the chat with Maria')
    await scene.settled()
    expect(scene.wamm.holder(MARIA)).toBe('101')
  })

  it('has a filled form when WAMM knows them, and nothing is added', async () => {
    const scene = await annHasIvan()
    scene.wamm.customerWrites(MARIA, { name: 'Maria', text: 'Bye.' })
    Object.assign(scene.wamm.state.chats.get(MARIA) ?? {}, { notes: 'Likes tea', open: false })
    const form = await openForm(scene, 'ben', MARIA)
    expect(form.source.submit).toMatchObject({ text: 'Save' })
    expect(shown(form.blocks)).toContain('Likes tea')
    expect(shown(form.blocks)).not.toContain('Phone number')
    const { view } = await submit(scene, 'ben', form, { contact_note: 'Likes coffee' })
    expect(shown(view)).toContain('The contact of Maria was saved in WAMM.')
    expect(contact(scene, MARIA)).toMatchObject({ name: 'Maria', note: 'Likes coffee' })
  })

  it('is found by a chat id too, which nobody can be added by', async () => {
    const scene = await annHasIvan()
    scene.wamm.customerWrites('-100500600', { name: 'Tanya', text: 'Bye.' })
    scene.wamm.closeChat('-100500600')
    const form = await openForm(scene, 'ben', 'id:-100500600')
    await submit(scene, 'ben', form, { contact_note: 'On Telegram' })
    expect(contact(scene, '-100500600')).toMatchObject({ name: 'Tanya', note: 'On Telegram' })
    expect(await says(scene, 'ben', 'id:-100500601')).toContain('No open chat matches')
  })

  it('whose chat is closed can still be changed by whoever names them', async () => {
    const scene = await annHasIvan()
    scene.wamm.closeChat(IVAN)
    await scene.baton.pollNow()
    await scene.baton.pollNow()
    await scene.cardSays('Ivan', 'Closed in WAMM')
    const form = await openForm(scene, 'ben', IVAN)
    await submit(scene, 'ben', form, { contact_note: 'Came back' })
    expect(contact(scene)?.note).toBe('Came back')
    expect(scene.card('Ivan').text).toContain('Closed in WAMM')

    const named = await openForm(scene, 'ben', 'Ivan')
    expect(JSON.stringify(named.blocks)).toContain('Came back')
  })

  it('may be one whom WAMM has not told about in time; the form says so', async () => {
    const scene = await annHasIvan()
    const held = scene.wamm.faults.add({ fault: { kind: 'hold' }, method: 'contact_get' })
    const form = await openForm(scene, 'ben', MARIA)
    held.clear()
    expect(shown(form.blocks)).toContain('WAMM has not said whether it knows this customer.')
    const { view } = await submit(scene, 'ben', form, { contact_name: 'Maria' })
    expect(shown(view)).toContain('Maria was added to WAMM.')
  })

  it('asks again for a number that is none', async () => {
    const scene = await annHasIvan()
    const form = await openForm(scene, 'ben', MARIA)
    const { errors } = await submit(scene, 'ben', form, { phone: '12', contact_name: 'Maria' })
    expect(errors).toEqual({
      phone: 'Please write a phone number with its country code, such as +7 900 123-45-67.',
    })
    await submit(scene, 'ben', form, { phone: '+7 900 765 43 22', contact_name: 'Maria' })
    await scene.settled()
    expect(contact(scene, '79007654322')).toMatchObject({ name: 'Maria' })
    expect(contact(scene, MARIA)).toBeUndefined()
  })

  it("is no way around a colleague: somebody else's number in the form is refused", async () => {
    const scene = await annHasIvan()
    const form = await openForm(scene, 'ben', MARIA)
    const { view } = await submit(scene, 'ben', form, { phone: IVAN, contact_name: 'Mine now' })
    expect(shown(view)).toContain('<@U0ANN> has had the chat with Ivan since')
    await scene.settled()
    expect(saves(scene)).toEqual([])
    expect(contact(scene)?.name).toBe('Ivan')
  })

  it('is kept too when the answer is lost, and told by name', async () => {
    const scene = await annHasIvan()
    const form = await openForm(scene, 'ben', MARIA)
    await scene.wamm.goDown()
    await submit(scene, 'ben', form, { contact_name: 'Maria' })
    await scene.during(scene.restart())
    await scene.wamm.comeBack()
    await scene.told('ben', 'Maria was added to WAMM.')
  })
})

describe('`/contact` alone', () => {
  it('asks whose, and goes on to the form', async () => {
    const scene = await annHasIvan()
    const ann = scene.slack.as('ann')
    await ann.command('/contact')
    const picker = await scene.until(() => ann.modal())
    const { options } = await ann.options(picker, 'my_chat', '')
    const { view } = await submit(scene, 'ann', picker, { my_chat: String(options[0]?.value) })
    expect(shown(view)).toContain('+7 900 123 45 67')
    if (view === null) throw new Error('no form')
    await submit(scene, 'ann', view, { contact_note: 'Likes tea' })
    expect(contact(scene)?.note).toBe('Likes tea')
  })

  it('says so when one has no chats, and when the chosen one is gone', async () => {
    const scene = await annHasIvan()
    const [ann, ben] = [scene.slack.as('ann'), scene.slack.as('ben')]
    await ben.command('/contact')
    expect(shown(await scene.until(() => ben.modal()))).toContain('You have no chats')
    await ann.command('/contact')
    const picker = await scene.until(() => ann.modal())
    const { options } = await ann.options(picker, 'my_chat', '')
    await ann.command('/release', 'ivan')
    await scene.settled()
    const { view } = await submit(scene, 'ann', picker, { my_chat: String(options[0]?.value) })
    expect(shown(view)).toContain('it is waiting, and you can claim it')
  })
})

it('Secrets and customers are protected: a customer cannot ping or format through their contact', async () => {
  const scene = await annHasIvan()
  const evil = { name: '<!channel> *x*', notes: '<!here> `y`' }
  Object.assign(scene.wamm.state.chats.get(IVAN) ?? {}, evil)
  await scene.baton.pollNow()
  await scene.settled()
  const form = await openForm(scene, 'ann', IVAN)
  expect(shown(form.blocks)).toContain('"initial_value":"<!channel> *x*"')
  const { view } = await submit(scene, 'ann', form, { contact_email: 'ivan@example.com' })
  expect(shown(view)).toContain('&lt;!channel&gt; ∗x∗')
  expect(contact(scene)).toMatchObject({ name: evil.name, note: evil.notes })
  for (const { text } of scene.slack.messagesIn(SUPPORT)) expect(text).not.toContain('<!channel>')
})

it.each([
  '',
  'not json',
  '{"account":"wamm","chat":"x","filled":[]}',
  '{"account":"other","chat":null,"filled":[]}',
])(
  'Bad input costs nothing: a contact form with the metadata %j is answered and changes nothing',
  async (privateMetadata) => {
    const scene = await annHasIvan()
    const form = await openForm(scene, 'ann')
    const forged = { ...form, privateMetadata }
    const { error } = await submit(scene, 'ann', forged, { contact_note: 'x' }, { forged: true })
    expect(error).toBeUndefined()
    await scene.settled()
    expect(saves(scene)).toEqual([])
  },
)
