// Makes src/api/types.gen.ts from the server's description of itself. Only the nouns are taken: the page has one small
// gateway of its own (api/client.ts), and types for every path would be three times as long and used by nobody.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import openapiTS, { astToString, COMMENT_HEADER } from 'openapi-typescript'

export const target = new URL('src/api/types.gen.ts', import.meta.url)

/** @returns {Promise<string>} */
export async function makeTypes() {
  const description = JSON.parse(readFileSync(new URL('../docs/openapi.json', import.meta.url), 'utf8'))
  return COMMENT_HEADER + astToString(await openapiTS({ ...description, paths: {} }))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(target, await makeTypes())
