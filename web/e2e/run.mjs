// Runs every story in this folder, one after the other, in one real browser, against the server at YIMI_URL, or against
// one of its own (see server.mjs).
// The stories are TypeScript; Vite, which builds the page, also reads them for Node.
import { mkdirSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { runnerImport } from 'vite'
import { startServer } from './server.mjs'

const { address: server, stop } = await startServer()
const only = process.argv[2] ?? ''
const here = fileURLToPath(new URL('.', import.meta.url))
mkdirSync(`${here}shots`, { recursive: true })

const launched = chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
})
// A server that nobody stops would hold this run's output open.
const browser = await launched.catch(async (cause) => {
  await stop()
  throw cause
})
const load = async (file) => (await runnerImport(here + file, { configFile: false, logLevel: 'error' })).module
const { Visitor } = await load('visitor.ts')
let passed = 0
let failed = 0
for (const file of readdirSync(here)
  .filter((name) => name.endsWith('.story.ts'))
  .sort()) {
  const { stories } = await load(file)
  for (const [name, story] of Object.entries(stories)) {
    const title = `${file.replace('.story.ts', '')}: ${name}`
    if (!title.includes(only)) continue
    const visitor = new Visitor(browser, server, `${here}shots/`)
    const start = Date.now()
    try {
      await story(visitor)
      visitor.checkQuiet()
      passed += 1
      console.log(`ok    ${title} (${Date.now() - start} ms)`)
    } catch (cause) {
      failed += 1
      await visitor.shoot(`failed-${title.replace(/[^a-z0-9]+/gi, '-')}`).catch(() => undefined)
      console.log(`FAIL  ${title}\n${cause?.stack ?? cause}`)
    } finally {
      await visitor.leave()
    }
  }
}
await browser.close()
await stop()
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed > 0 || passed === 0 ? 1 : 0)
