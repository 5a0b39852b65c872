import assert from 'node:assert/strict'
import type { Browser, BrowserContext, Locator, Page, Request } from 'playwright-core'

export type Look = {
  /** `small`: a phone of years ago. `large_text`: a phone at 200 %. `sideways`: a phone turned on its side. */
  size?: keyof typeof sizes
  scheme?: 'light' | 'dark'
  /** Where the device says that it is; null: the person says no. */
  position?: { longitude: number; latitude: number; accuracy?: number } | null
  /** Whether the worker may keep the page for when there is no signal. Off, so that stories do not see each other's past. */
  worker?: boolean
}
export const sizes = {
  desktop: { width: 1440, height: 900 },
  phone: { width: 390, height: 844 },
  small: { width: 320, height: 568 },
  large_text: { width: 195, height: 422 },
  sideways: { width: 844, height: 390 },
}

/** Someone with a browser in front of the page. Everything unasked-for that the page does is held against it. */
export class Visitor {
  private context: BrowserContext | null = null
  private current: Page | null = null
  private complaints: string[] = []
  private readonly underWay = new Set<Request>()
  private lastAsked = 0
  /** Complaints that a story brings about on purpose. */
  expected: RegExp | null = null

  constructor(
    private readonly browser: Browser,
    readonly server: string,
    private readonly shots: string,
  ) {}

  get page(): Page {
    assert(this.current, 'the page was not opened')
    return this.current
  }

  /** A fresh browser without opening anything yet, for stories that first change what the server says. */
  async arrive({ size = 'desktop', scheme = 'light', position, worker = false }: Look = {}): Promise<Page> {
    await this.context?.close()
    const phone = size !== 'desktop'
    this.context = await this.browser.newContext({
      viewport: sizes[size],
      colorScheme: scheme,
      hasTouch: phone,
      isMobile: phone,
      reducedMotion: 'reduce',
      permissions: ['clipboard-read', 'clipboard-write', ...(position ? ['geolocation'] : [])],
      ...(position ? { geolocation: { accuracy: 15, ...position } } : {}),
      serviceWorkers: worker ? 'allow' : 'block',
    })
    const page = await this.context.newPage()
    page.setDefaultTimeout(8000)
    page.on('pageerror', (error) => this.complaints.push(`error: ${error.message}`))
    page.on('console', (message) => {
      const blocked = /registration blocked by Playwright/.test(message.text())
      if (!blocked && /^(error|warning)$/.test(message.type())) this.complaints.push(message.text())
    })
    this.underWay.clear()
    page.on('request', (request) => {
      // A stream of news is under way for as long as the page is looked at.
      if (/\/events$/.test(new URL(request.url()).pathname)) return
      this.underWay.add(request)
      this.lastAsked = Date.now()
    })
    const over = (request: Request): void => {
      this.underWay.delete(request)
      this.lastAsked = Date.now()
    }
    page.on('requestfinished', over)
    page.on('requestfailed', over)
    const home = new URL(this.server).origin
    await page.route(
      (url) => url.origin !== home && url.protocol.startsWith('http'),
      (route) => {
        this.complaints.push(`asked elsewhere: ${route.request().url()}`)
        return route.abort()
      },
    )
    this.current = page
    return page
  }

  /** Opens the page and waits until the first sites are there. */
  async open(hash = '', look: Look = {}): Promise<Page> {
    const page = this.current && Object.keys(look).length === 0 ? this.current : await this.arrive(look)
    await page.goto(`${this.server.replace(/\/$/, '')}/${hash}`)
    await page.locator('.panel-body > *').first().waitFor({ state: 'attached' })
    await this.settled()
    return page
  }

  /** Signs in as somebody of the stories; the browser that was just opened keeps the cookie. */
  async signIn(account = 'planner', password = '春天送孩子去图书馆看书'): Promise<void> {
    const response = await this.page.request.post(`${this.server.replace(/\/$/, '')}/api/session`, {
      data: { account, password },
    })
    assert(response.ok(), `${account} is not signed in: ${response.status()} ${await response.text()}`)
  }

  /** Until nothing has been asked for longer than the page waits before it asks, and two frames have been drawn. */
  async settled(): Promise<void> {
    const quiet = (): boolean => this.underWay.size === 0 && Date.now() - this.lastAsked > 180
    await this.until(async () => quiet(), Boolean, 'the page to stop asking')
    await this.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
  }

  /** Lets the server answer and changes what it said. `address` may change the question too. */
  async alter<T>(pattern: string, change: (json: T) => unknown, address = (url: string): string => url): Promise<void> {
    await this.page.route(pattern, async (route) => {
      try {
        const response = await route.fetch({ url: address(route.request().url()) })
        // tiles of the base map are no JSON and pass as they are
        const isJson = /json/.test(response.headers()['content-type'] ?? '')
        if (isJson) await route.fulfill({ response, json: change((await response.json()) as T) })
        else await route.fulfill({ response })
      } catch (cause) {
        // The page drops requests that it no longer needs; there is then nobody left to answer.
        if (!/disposed|closed|ECONN|abort|handled/i.test(String(cause))) this.complaints.push(String(cause))
      }
    })
  }

  async shoot(name: string): Promise<void> {
    await this.page.screenshot({ path: `${this.shots}${name}.png` })
  }

  async api<T>(path: string): Promise<T> {
    const response = await this.page.request.get(`${this.server.replace(/\/$/, '')}/api/${path}`)
    assert(response.ok(), `${path}: ${response.status()}`)
    return (await response.json()) as T
  }

  /** Waits until `read` gives `wanted`; the last value is in the message when it never does. */
  async until<T>(read: () => Promise<T>, wanted: (value: T) => boolean, what: string): Promise<T> {
    const end = Date.now() + 6000
    for (;;) {
      const value = await read()
      if (wanted(value)) return value
      if (Date.now() > end) assert.fail(`${what}; at last it was ${JSON.stringify(value)}`)
      await this.page.waitForTimeout(40)
    }
  }

  async says(where: Locator, wanted: RegExp): Promise<string> {
    return this.until(
      () => where.innerText(),
      (text) => wanted.test(text),
      `wanted ${wanted}`,
    )
  }

  async addressHas(wanted: RegExp): Promise<void> {
    await this.until(
      async () => decodeURIComponent(this.page.url()),
      (url) => wanted.test(url),
      `address with ${wanted}`,
    )
  }

  checkQuiet(): void {
    const unasked = this.complaints.filter((text) => !this.expected?.test(text))
    assert.deepEqual(unasked, [], 'the page complained or asked elsewhere')
  }

  async leave(): Promise<void> {
    await this.context?.close()
    this.context = null
    this.current = null
  }
}

export type Stories = Record<string, (visitor: Visitor) => Promise<void>>
