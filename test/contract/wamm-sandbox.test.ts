import { afterEach, describe, expect, it } from 'vitest'
import { type SandboxWamm, startWamm } from '../../sandbox/wamm/start-wamm.ts'

let wamm: SandboxWamm
afterEach(() => wamm.close())

const start = async (): Promise<void> => {
  wamm = await startWamm({ token: 'tok', clock: () => Date.UTC(2026, 10, 20, 12), timeZone: 'Europe/Moscow' })
  wamm.addUser({ id: '100', name: 'Anna' })
  wamm.customerWrites('79001234567', { name: 'Ivan', text: 'hello' })
}
const api = async (path: string): Promise<unknown> => (await fetch(`${wamm.url}/api2/${path}`)).json()
const control = (name: string, body?: unknown): Promise<Response> =>
  fetch(`${wamm.url}/control/${name}`, {
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  })

describe("the sandbox's WAMM", () => {
  it('prints what the documentation shows', async () => {
    await start()
    expect(await api('user_chats/tok')).toEqual({
      err: 0,
      data: [
        {
          chat_id: '1000',
          chat_name: 'Ivan',
          phone: '79001234567',
          avatar: '',
          user_id: '',
          date_msg: '2026-11-20 15:00:00',
          api_id: '1001',
        },
      ],
    })
    expect(await api('user_list/tok')).toMatchObject({ data: [{ user_id: 100, lock: 0, deleted: 0 }] })
    expect(await api('user_chats/tok/100')).toEqual({ err: 'fail get data' })
    expect(await api('user_chats/tok/999')).toEqual({ err: 'user_id fail' })
    expect(await api('contact_to_user/tok/79001234567/100')).toEqual({ err: 0, result: 'success' })
    expect(await api('user_chats/tok/100/1')).toMatchObject({ data: [{ user_id: '100' }] })
    expect(await api('contact_get/tok/79001234567')).toMatchObject({ data: { tip: 'user', user_id: '100' } })
    expect(await api('user_list/wrong')).toEqual({ err: 'token fail' })
  })

  it('adds and updates contacts as the documentation shows, and refuses numbers on demand', async () => {
    await start()
    expect(await api('contact_to/tok/?phone=79005555555&name=Zoe+B&info=a%0Ab')).toEqual({
      err: 0,
      result: 'insert',
    })
    expect(await api('contact_to/tok/?phone=79005555555&name=Zoe&email=z@b.c')).toEqual({
      err: 0,
      result: 'update',
    })
    expect(await api('contact_get/tok/79005555555')).toMatchObject({
      data: { name: 'Zoe', notes: 'a\nb', email: 'z@b.c', web: '', user_id: '' },
    })
    expect(wamm.calls[1]?.args).toEqual(['phone=79005555555', 'name=Zoe', 'email=z@b.c'])
    await control('number', { key: '79006666666', refusal: 'no WhatsApp on the number' })
    expect(await api('contact_to/tok/?phone=79006666666&name=Yan')).toEqual({
      err: 'no WhatsApp on the number',
    })
  })

  it('makes who writes first responsible, as WAMM does', async () => {
    await start()
    wamm.staffWrites('79001234567', { userId: '100', text: 'hi' })
    expect(wamm.holder('79001234567')).toBe('100')
    expect(wamm.writes).toEqual([])
  })

  it('never records the token', async () => {
    await start()
    await api('contact_get/tok-secret/79001234567')
    expect(JSON.stringify(wamm.calls)).not.toContain('secret')
    expect(wamm.calls).toMatchObject([{ method: 'contact_get', args: ['79001234567'], tokenAccepted: false }])
  })

  it('holds a call until the fault is cleared, so that a test can act in between', async () => {
    await start()
    wamm.addUser({ id: '101', name: 'Boris' })
    const hold = wamm.faults.add({ fault: { kind: 'hold' }, method: 'contact_to_user', times: 1 })
    const held = api('contact_to_user/tok/79001234567/100')
    await wamm.until(() => hold.met === 1, { timeoutMs: 5000 })
    await api('contact_to_user/tok/79001234567/101')
    hold.clear()
    expect(await held).toEqual({ err: 0, result: 'success' })
    expect(wamm.writesOf('79001234567').map(({ to }) => to)).toEqual(['101', '100'])
  })

  it('says what it waited for when that does not come', async () => {
    await start()
    await expect(wamm.until(() => wamm.writes.length === 1, { timeoutMs: 20 })).rejects.toThrow('20 ms')
  })

  it('is driven over HTTP by the same functions', async () => {
    await start()
    expect((await control('assign', { key: '79001234567', userId: '100' })).status).toBe(200)
    expect(wamm.holder('79001234567')).toBe('100')
    await control('customer-writes', { key: '79002222222', text: 'hi', name: 'Zoe' })
    await control('fault', { fault: { kind: 'err', err: 'token fail' }, times: 1 })
    expect(await api('user_list/tok')).toEqual({ err: 'token fail' })
    expect(await (await control('state')).json()).toMatchObject({
      chats: [{ holder: '100' }, { name: 'Zoe' }],
    })
    expect(await (await control('calls')).json()).toMatchObject([{ method: 'user_list', fault: 'err' }])
  })

  it.each([
    ['assign', { key: 'unknown', userId: null }, 400],
    ['assign', {}, 400],
    ['fault', { fault: { kind: 'flood' } }, 400],
    ['constructor', {}, 404],
  ])('refuses a wrong %s with %j over HTTP', async (name, body, status) => {
    await start()
    expect((await control(name, body)).status).toBe(status)
  })

  it('tells of each change over server-sent events', async () => {
    await start()
    const reader = (await control('events')).body?.pipeThrough(new TextDecoderStream()).getReader()
    expect((await reader?.read())?.value).toContain('"calls":0')
    await api('user_list/tok')
    expect((await reader?.read())?.value).toContain('"calls":1')
    await reader?.cancel()
  })

  it('comes back on the same port', async () => {
    await start()
    await wamm.goDown()
    await expect(api('user_list/tok')).rejects.toThrow()
    await wamm.comeBack()
    expect(await api('user_list/tok')).toMatchObject({ err: 0 })
    await control('down', { forMs: 30 })
    await expect
      .poll(() => api('user_list/tok').then(Boolean, () => false), { timeout: 5000, interval: 5 })
      .toBe(true)
  })

  it('says whether it is up and what goes wrong with it', async () => {
    await start()
    const seen: unknown[] = []
    wamm.onChange(() => seen.push({ up: wamm.isUp, faults: wamm.faults.active().length }))
    await control('fault', { fault: { kind: 'delay', delayMs: 1 } })
    await control('clear-faults', {})
    await wamm.goDown()
    await wamm.comeBack()
    expect(seen).toEqual([
      { up: true, faults: 1 },
      { up: true, faults: 0 },
      { up: false, faults: 0 },
      { up: true, faults: 0 },
    ])
  })
})
