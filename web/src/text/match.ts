// Which part of a name a search has hit, so that the eye finds it.

export type Hit = { before: string; hit: string; after: string }

/** Case and width folded one character at a time, so that positions stay those of the name itself. */
function fold(text: string): string[] {
  return Array.from(text, (char) => {
    const code = char.codePointAt(0) ?? 0
    const half = code >= 0xff01 && code <= 0xff5e ? String.fromCodePoint(code - 0xfee0) : char
    return half.toLowerCase()
  })
}

export function findPart(name: string, query: string): Hit | null {
  const text = fold(name)
  const wanted = fold(query.trim())
  if (wanted.length === 0) return null
  for (let i = 0; i + wanted.length <= text.length; i++) {
    if (wanted.every((char, k) => text[i + k] === char)) return cut(name, i, i + wanted.length - 1)
  }
  return null
}

/** The name cut at character positions `from`..`to`, both included. */
export function cut(name: string, from: number, to: number): Hit {
  const chars = Array.from(name)
  return {
    before: chars.slice(0, from).join(''),
    hit: chars.slice(from, to + 1).join(''),
    after: chars.slice(to + 1).join(''),
  }
}
