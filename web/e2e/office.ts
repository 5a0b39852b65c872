// People of the second door for the stories: a unit of their own with a member, a reviewer and the administrator. They are
// made by the administrator over the API, and sign in by the page's own form.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { type APIRequestContext, type BrowserContext, type Page, request } from 'playwright-core'
import { axe, checkReach, checkThumbs } from './checks'
import { sizes, type Visitor } from './visitor'

export const password = 'three tall horses at noon'

export type Staff = { unit: string; unitName: string; member: string; reviewer: string }
type Made = { link: string }

/** The administrator: YIMI_ADMIN is account:password of one at YIMI_URL; server.mjs makes one for its own. */
function administrator(): { account: string; password: string } {
  const [account = 'stories', ...rest] = (process.env.YIMI_ADMIN ?? '').split(':').filter(Boolean)
  return { account, password: rest.join(':') || password }
}

/** Asks the server as somebody, apart from any page. */
export async function asPerson(visitor: Visitor, account: string, secret = password): Promise<APIRequestContext> {
  const baseURL = `${visitor.server.replace(/\/$/, '')}/api/`
  const asked = await request.newContext({ baseURL, extraHTTPHeaders: { Origin: new URL(visitor.server).origin } })
  const response = await asked.post('session', { data: { account, password: secret } })
  assert(response.ok(), `${account} cannot sign in: ${response.status()} ${await response.text()}`)
  return asked
}

export async function told<T>(asked: APIRequestContext, path: string): Promise<T> {
  const response = await asked.get(path)
  assert(response.ok(), `${path}: ${response.status()} ${await response.text()}`)
  return (await response.json()) as T
}

export async function makeStaff(visitor: Visitor, label: string): Promise<Staff> {
  const admin = administrator()
  const asked = await asPerson(visitor, admin.account, admin.password)
  const mark = `${label}${Date.now().toString(36).slice(-6)}`
  const unitName = `故事单位 ${mark}`
  const unit = await asked.post('units', { data: { name: unitName } })
  assert.equal(unit.status(), 201, await unit.text())
  const { id } = (await unit.json()) as { id: string }
  const person = async (role: string, name: string, own: string | null): Promise<string> => {
    const account = `${role}.${mark}`
    const made = await asked.post('people', { data: { account, name, unit: own, roles: [role] } })
    assert.equal(made.status(), 201, await made.text())
    const token = ((await made.json()) as Made).link.split('/').at(-1)
    const set = await asked.post('links', { data: { token, password } })
    assert(set.ok(), await set.text())
    // Setting a password signs in; the administrator goes on as himself.
    const back = await asked.post('session', { data: admin })
    assert(back.ok(), await back.text())
    return account
  }
  const member = await person('member', '李老师', id)
  const reviewer = await person('reviewer', '王审核', null)
  await asked.dispose()
  return { unit: id, unitName, member, reviewer }
}

export function registerPage(visitor: Visitor, path = ''): string {
  return `${visitor.server.replace(/\/$/, '')}/register.html${path && `#${path}`}`
}

/** Signs in by the form of the page, which must be open. */
export async function signIn(page: Page, account: string): Promise<void> {
  await page.fill('#account', account)
  await page.fill('#password', password)
  await page.keyboard.press('Enter')
  await page.locator('.office-doors:not([hidden])').waitFor()
}

/** Signs in without the form, which only one story needs to try. */
export async function enter(visitor: Visitor, page: Page, account: string, path: string): Promise<void> {
  const response = await page.request.post(`${visitor.server.replace(/\/$/, '')}/api/session`, {
    data: { account, password },
    headers: { Origin: new URL(visitor.server).origin },
  })
  assert(response.ok(), await response.text())
  await page.goto(registerPage(visitor, path))
  await page.locator('.office-title').first().waitFor()
}

/** Another person with a browser of their own, beside the visitor. */
export async function beside(
  visitor: Visitor,
  size: 'desktop' | 'phone',
): Promise<{ page: Page; context: BrowserContext }> {
  const browser = visitor.page.context().browser()
  assert(browser)
  const phone = size === 'phone'
  const context = await browser.newContext({
    viewport: sizes[size],
    hasTouch: phone,
    isMobile: phone,
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  page.setDefaultTimeout(8000)
  return { page, context }
}

/** Axe and thumbs on a page of the office as it stands. */
export async function checkOffice(page: Page, state: string, phone: boolean): Promise<void> {
  // Through the debugger, which the page's own policy does not bind.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(readFileSync(axe, 'utf8'))
  await checkReach(page, state)
  if (phone) await checkThumbs(page, state)
  const wide = await page.evaluate(() => {
    const main = document.querySelector('.office-main')
    return main !== null && main.scrollWidth > main.clientWidth + 1
  })
  assert.equal(wide, false, `sticks out: ${state}`)
}

/** A photo that is no file: bytes of a small PNG, made by the browser. */
export async function photo(page: Page): Promise<{ name: string; mimeType: string; buffer: Buffer }> {
  const encoded = await page.evaluate(() => {
    const canvas = document.createElement('canvas')
    canvas.width = 3000
    canvas.height = 2000
    const context = canvas.getContext('2d')
    if (!context) return ''
    for (let x = 0; x < 3000; x += 100) {
      context.fillStyle = `hsl(${x / 10} 60% 60%)`
      context.fillRect(x, 0, 100, 2000)
    }
    return canvas.toDataURL('image/png').split(',')[1] ?? ''
  })
  return { name: 'gate.png', mimeType: 'image/png', buffer: Buffer.from(encoded, 'base64') }
}

export type Registered = { id: string; version: number; state: string; name: string; photos: { id: string }[] }

/** What is registered under a name, as somebody sees it. */
export async function registered(asked: APIRequestContext, name: string): Promise<Registered[]> {
  const { registrations } = await told<{ registrations: Registered[] }>(
    asked,
    `registrations?q=${encodeURIComponent(name)}&limit=50`,
  )
  return registrations.filter((one) => one.name === name)
}

/** Registers by the API, for stories that begin after that. */
export async function register(asked: APIRequestContext, body: Record<string, unknown>): Promise<Registered> {
  const response = await asked.post('registrations', {
    data: { change: 'create', kind: 'reading_space', attributes: {}, submit: true, ...body },
  })
  assert.equal(response.status(), 201, await response.text())
  return (await response.json()) as Registered
}
