// The server that the stories visit: the one at YIMI_URL, or the program at YIMI_BINARY with the demonstration county in a
// database of its own, on a free port.
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'

/** Who plans in the stories. */
export const planner = { account: 'planner', password: '春天送孩子去图书馆看书' }

function addPlanner(binary, env, cwd) {
  const who = ['people', 'add', planner.account, '--name', '规划员', '--role', 'planner', '--password-stdin']
  const added = spawnSync(binary, who, { env, cwd, encoding: 'utf8', input: planner.password })
  if (added.status !== 0) throw new Error(`yimi people add failed: ${added.error ?? added.stderr}`)
}

/** @returns {Promise<{ address: string, stop: () => Promise<void> }>} */
export async function startServer() {
  if (process.env.YIMI_URL) return { address: process.env.YIMI_URL, stop: async () => {} }
  if (!process.env.YIMI_BINARY) {
    console.error('set YIMI_BINARY (a built yimi) or YIMI_URL (a running one with the demonstration county)')
    process.exit(2)
  }
  const binary = resolve(process.env.YIMI_BINARY)
  const folder = mkdtempSync(join(tmpdir(), 'yimi-stories-'))
  const env = { ...process.env, YIMI_DATABASE: `sqlite:${join(folder, 'yimi.db')}` }
  const root = resolve('..')
  const demo = spawnSync(binary, ['demo'], { env, cwd: root, encoding: 'utf8' })
  if (demo.status !== 0) throw new Error(`yimi demo failed: ${demo.error ?? demo.stderr}`)
  addPlanner(binary, env, root)
  // Who adds the people of the stories; see office.ts.
  const admin = spawnSync(binary, ['people', 'add', 'stories', '--role', 'administrator', '--password-stdin'], {
    env,
    cwd: root,
    encoding: 'utf8',
    input: 'three tall horses at noon\n',
  })
  if (admin.status !== 0) throw new Error(`yimi people add failed: ${admin.error ?? admin.stderr}`)
  const server = spawn(binary, ['serve', '--listen', '127.0.0.1:0'], {
    env,
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const address = await new Promise((found, failed) => {
    server.once('error', failed)
    server.once('exit', (code) => failed(new Error(`yimi serve ended with ${code}`)))
    createInterface({ input: server.stdout }).on('line', (line) => {
      const match = line.match(/http:\/\/\S+/)
      if (match) found(match[0])
    })
  })
  const stop = async () => {
    server.removeAllListeners('exit')
    const ended = new Promise((done) => server.once('exit', done))
    server.kill('SIGTERM')
    await ended
    rmSync(folder, { recursive: true, force: true })
  }
  return { address, stop }
}
