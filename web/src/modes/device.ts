/** What this device keeps for the person; nothing where the browser lets nothing be kept. */
export function device(): Storage | null {
  try {
    return localStorage
  } catch {
    return null
  }
}
