import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin, Rollup } from 'vite'

/** Rooms of planners and reviewers: of no use without a signal, so nobody loads them ahead. */
const left = /\/modes\/(coverage|plan|siting|scenarios|review|sheets|admin)\//

/** Writes worker.js beside the pages, with the names of what both doors need to open. */
export function workerFile(): Plugin {
  return {
    name: 'yimi-worker',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const files = ['./', 'register.html', 'manifest.webmanifest', ...shellFiles(bundle)]
        const mark = createHash('sha256').update(files.join()).digest('hex').slice(0, 12)
        const source = readFileSync(join(import.meta.dirname, 'worker.js'), 'utf8')
          .replace(/^const files = .*$/m, `const files = ${JSON.stringify(files)}`)
          .replace(/^const shell = .*$/m, `const shell = 'yimi-shell-${mark}'`)
        this.emitFile({ type: 'asset', fileName: 'worker.js', source })
      },
    },
  }
}

/** Entries with all that they load, at once or later. */
function shellFiles(bundle: Rollup.OutputBundle): string[] {
  const wanted = new Set<string>()
  const add = (name: string): void => {
    const chunk = bundle[name]
    if (chunk?.type !== 'chunk' || wanted.has(name) || left.test(chunk.facadeModuleId ?? '')) return
    wanted.add(name)
    for (const css of chunk.viteMetadata?.importedCss ?? []) wanted.add(css)
    for (const next of [...chunk.imports, ...chunk.dynamicImports]) add(next)
  }
  for (const [name, chunk] of Object.entries(bundle)) if (chunk.type === 'chunk' && chunk.isEntry) add(name)
  return [...wanted].sort()
}
