import type { Address } from './office'

/** The words after #; what is no address, such as a lone %, is a word that names no room. */
export function readAddress(hash: string): Address {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?')
  return { parts: path.split('/').map(decoded), query: new URLSearchParams(query) }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    // Somebody's broken link; the page then says that there is no such room.
    return text
  }
}
